"""Stand-ins for what is slow: an encoder whose vectors are counts of character pairs."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence

import numpy as np


class FakeEncoder:
    """Texts that share pairs of characters are near to each other. `embedded` records every text it was given."""

    def __init__(self, name: str = "fake", dimension: int = 256) -> None:
        self.name, self.dimension = name, dimension
        self.embedded: list[str] = []

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed(texts)

    def passages(self, texts: Sequence[str], progress: bool = False) -> np.ndarray:
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for first, second in itertools.pairwise(text):
                row[zlib.crc32((first + second).encode()) % self.dimension] += 1
            row /= np.linalg.norm(row) or 1.0
        return rows
