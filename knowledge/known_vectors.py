"""Vectors computed beforehand: the training messages and the entries need not be embedded again at a first start.

They are keyed by the text and bound to one encoder, so a changed text or another encoder is simply embedded as usual.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

KNOWN = Path(__file__).parent / "known_vectors.npz"


class KnownVectors:
    """Unit vectors by text, each stored as 8-bit steps of its own scale (cosine to the exact vector above 0.9999)."""

    def __init__(self, path: Path = KNOWN) -> None:
        self._place: dict[int, int] = {}
        self.encoder = ""
        if path.is_file():
            with np.load(path) as stored:
                self.encoder = str(stored["encoder"])
                self._steps = stored["steps"]
                self._place = {int(key): number for number, key in enumerate(stored["keys"])}

    def split(self, texts: Sequence[str], prompt: str) -> tuple[list[int], list[int], np.ndarray]:
        """(positions that are known, positions that are not, vectors of the known ones as float32 (k, d))."""
        places = [self._place.get(key_of(text, prompt)) for text in texts]
        known = [position for position, place in enumerate(places) if place is not None]
        unknown = [position for position, place in enumerate(places) if place is None]
        if not known:
            return [], unknown, np.zeros((0, 0), dtype=np.float32)
        rows = self._steps[[place for place in places if place is not None]].astype(np.float32)
        return known, unknown, rows / np.linalg.norm(rows, axis=1, keepdims=True)


def key_of(text: str, prompt: str) -> int:
    """The key of a text embedded in one way."""
    return int.from_bytes(hashlib.blake2b(f"{prompt}\0{text}".encode(), digest_size=8).digest(), "big")


def write(path: Path, encoder: str, keys: Sequence[int], vectors: np.ndarray) -> None:
    """Stores vectors, float32 (n, d) of unit length, under their keys."""
    steps = np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    np.savez_compressed(path, encoder=np.array(encoder), keys=np.array(keys, dtype=np.uint64), steps=steps)
