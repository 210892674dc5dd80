"""The intent of a message by the training messages that lie nearest to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

NEAREST = 40
STEEPNESS = 100.0
"""How fast the say of a neighbour falls with its distance: by e for each 0.01 of cosine."""
DOUBT = 0.02
"""Share that is spread over all intents: no neighbour is no proof against."""


@dataclass(frozen=True)
class NearestExamples:
    """The training messages.

    Attributes:
        vectors: float32 (n, d), unit length.
        rows: Place of each one's intent, (n,).
        intents: How many there are.
    """

    vectors: np.ndarray
    rows: np.ndarray
    intents: int

    @classmethod
    def fit(cls, vectors: np.ndarray, wanted: Sequence[str]) -> NearestExamples:
        """Takes the messages as they are, vectors float32 (n, d) of unit length, and the place of each intent among the sorted ones."""
        names, rows = np.unique(np.array(wanted), return_inverse=True)
        return cls(vectors, rows.astype(np.int16), len(names))

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """Of every intent, float32 (n, intents), rows sum to one: by the neighbours' nearness, those of intents with many examples less."""
        cosines = vectors @ self.vectors.T
        rarity = 1 / np.sqrt(np.maximum(np.bincount(self.rows, minlength=self.intents), 1))
        most = min(NEAREST, cosines.shape[1])
        nearest = np.argpartition(-cosines, most - 1, axis=1)[:, :most]
        near = np.take_along_axis(cosines, nearest, axis=1)
        says = np.exp((near - near.max(axis=1, keepdims=True)) * STEEPNESS) * rarity[self.rows[nearest]]
        shares = np.zeros((len(vectors), self.intents))
        for row, (places, say) in enumerate(zip(self.rows[nearest], says, strict=True)):
            np.add.at(shares[row], places, say)
        shares /= shares.sum(axis=1, keepdims=True)
        return np.asarray((1 - DOUBT) * shares + DOUBT / self.intents, dtype=np.float32)

    def arrays(self) -> dict[str, np.ndarray]:
        """What to store; vectors in 8-bit steps (cosine to the exact ones above 0.9999)."""
        scale = np.abs(self.vectors).max(axis=1, keepdims=True)
        return {
            "steps": np.rint(self.vectors / scale * 127).astype(np.int8),
            "rows": self.rows,
            "intents": np.array(self.intents),
        }

    @classmethod
    def of_arrays(cls, stored: Mapping[str, np.ndarray]) -> NearestExamples:
        """Reads what `arrays` gave."""
        vectors = stored["steps"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return cls(vectors, stored["rows"], int(stored["intents"]))
