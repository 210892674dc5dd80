"""A linear model of the intent on n-grams, as arrays that load in a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

_HAN = "\u3400-\u9fff"
COUNTERS: Mapping[str, Mapping[str, Any]] = {
    "characters": {"analyzer": "char_wb", "ngram_range": (1, 4)},
    "words": {
        "analyzer": "word",
        "ngram_range": (1, 2),
        "token_pattern": rf"[{_HAN}]|[^\W_{_HAN}]+(?:'[^\W_{_HAN}]+)?",
    },
}
"""What is counted. Characters: up to four in a row within a word; Chinese, which has no blanks, is one long word. Words: one or two
in a row; each Chinese character counts as a word. A line end never lies inside an n-gram of either."""


@dataclass(frozen=True)
class NgramHead:
    """One linear model an intent, against all others, on n-grams.

    Attributes:
        kind: What is counted, a key of COUNTERS.
        ngrams: In the order of the rows of `weights`.
        idf: Weight of each n-gram in a text, float32 (n-grams,).
        weights, bias: float32 (n-grams, intents) and (intents,).
    """

    kind: str
    ngrams: tuple[str, ...]
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(cls, kind: str, texts: Sequence[str], wanted: Sequence[str], alpha: float) -> NgramHead:
        """Fits the head on texts; the intents are those of `wanted`, sorted. `alpha` is the strength of regularisation."""
        counter = _counter(kind, min_df=2)
        model = SGDClassifier(
            loss="log_loss", alpha=alpha, max_iter=40, tol=1e-5, average=True, class_weight="balanced", random_state=0
        )
        model.fit(counter.fit_transform(texts), wanted)
        return cls(
            kind=kind,
            ngrams=tuple(counter.get_feature_names_out()),
            idf=counter.idf_.astype(np.float32),
            weights=np.ascontiguousarray(model.coef_.T, dtype=np.float32),
            bias=model.intercept_.astype(np.float32),
        )

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Of every intent, float32 (n, intents), rows sum to one."""
        counted = self._counting.transform(texts)
        margins = np.vstack([row.data.astype(np.float32) @ self.weights[row.indices] + self.bias for row in counted])
        single = 1 / (1 + np.exp(-margins))
        return np.asarray(single / single.sum(axis=1, keepdims=True))

    def arrays(self) -> dict[str, np.ndarray]:
        """What to store; the weights with half the digits, which changes no answer that is not a tie."""
        return {
            "ngrams": np.frombuffer("\n".join(self.ngrams).encode(), dtype=np.uint8),
            "idf": self.idf,
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
        }

    @classmethod
    def of_arrays(cls, kind: str, stored: Mapping[str, np.ndarray]) -> NgramHead:
        """Reads what `arrays` gave."""
        ngrams = tuple(stored["ngrams"].tobytes().decode().split("\n"))
        return cls(kind, ngrams, stored["idf"], stored["weights"].astype(np.float32), stored["bias"])

    @cached_property
    def _counting(self) -> TfidfVectorizer:
        counter = _counter(self.kind, vocabulary={ngram: position for position, ngram in enumerate(self.ngrams)})
        counter.idf_ = self.idf
        return counter


def _counter(kind: str, **more: object) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, **COUNTERS[kind], **more)
