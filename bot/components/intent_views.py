"""Four views of a message, and their joint opinion of its intent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.components.nearest_examples import NearestExamples
from bot.components.ngram_head import NgramHead
from bot.components.vector_head import VectorHead

VIEWS = ("vector", "characters", "words", "nearest")
_LEAST = 1e-6


@dataclass(frozen=True)
class IntentViews:
    """What a message means as a whole (vector), the parts of words and the words that only one intent uses, and the training messages
    that are most like it. Each errs on other messages; together they err less than any."""

    intents: tuple[str, ...]
    vector: VectorHead
    characters: NgramHead
    words: NgramHead
    nearest: NearestExamples

    @classmethod
    def fit(
        cls, vectors: np.ndarray, texts: Sequence[str], wanted: Sequence[str], inverse_strength: float, alpha: float
    ) -> IntentViews:
        """Fits all four.

        Args:
            vectors: float32 (n, d), rows of unit length.
            inverse_strength, alpha: Regularisation of the head on vectors (its inverse) and of those on n-grams.
        """
        return cls(
            intents=tuple(sorted(set(wanted))),
            vector=VectorHead.fit(vectors, wanted, inverse_strength),
            characters=NgramHead.fit("characters", texts, wanted, alpha),
            words=NgramHead.fit("words", texts, wanted, alpha),
            nearest=NearestExamples.fit(vectors, wanted),
        )

    def probabilities(
        self, vectors: np.ndarray, texts: Sequence[str], shares: Mapping[str, float], sharpness: float
    ) -> np.ndarray:
        """Of every intent, float64 (n, intents), rows sum to one: the views' own ones multiplied.

        Args:
            shares: Weight of each view in the product, by its name.
            sharpness: Exponent on the product that makes its confidence honest on messages it was not trained on.
        """
        views = {
            "vector": self.vector.probabilities(vectors),
            "characters": self.characters.probabilities(texts),
            "words": self.words.probabilities(texts),
            "nearest": self.nearest.probabilities(vectors),
        }
        mixed = sharpness * sum(share * np.log(views[name] + _LEAST) for name, share in shares.items())
        powers = np.exp(mixed - mixed.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        """Writes an .npz."""
        parts = {name: getattr(self, name).arrays() for name in VIEWS}
        named = {f"{name}.{key}": array for name, arrays in parts.items() for key, array in arrays.items()}
        np.savez(path, intents=np.array(self.intents), **named)

    @classmethod
    def open(cls, path: Path) -> IntentViews:
        """Reads what `save` wrote."""
        with np.load(path) as stored:
            parts: dict[str, dict[str, np.ndarray]] = {}
            for name in stored.files:
                view, _, key = name.partition(".")
                parts.setdefault(view, {})[key] = stored[name]
        return cls(
            intents=tuple(str(name) for name in parts["intents"][""]),
            vector=VectorHead.of_arrays(parts["vector"]),
            characters=NgramHead.of_arrays("characters", parts["characters"]),
            words=NgramHead.of_arrays("words", parts["words"]),
            nearest=NearestExamples.of_arrays(parts["nearest"]),
        )
