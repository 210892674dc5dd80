"""From a question to the entries that speak of it: vectors and words together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from knowledge.entry_source import GENERAL
from knowledge.index import Index
from knowledge.lexical import Lexicon
from knowledge.model import KnowledgeBase

LEXICAL_WEIGHT = 0.15
"""Share of the words in the score. Measured on the stored retrieval sets: see tests/evaluation/README.md."""


@dataclass(frozen=True)
class Hit:
    """One entry found. `score` is between 0 and 1; `cosine` is that of its best text."""

    entry_id: str
    score: float
    cosine: float


@dataclass(frozen=True)
class Ranking:
    """Scores of all texts for one question, float32 (n,)."""

    cosine: np.ndarray
    score: np.ndarray


class Retriever:
    """Ranks texts for a question.

    Args:
        vectors: A faiss.IndexFlatIP with one row per text.
        texts: The texts, in the same order.
    """

    def __init__(self, vectors: Any, texts: Sequence[str]) -> None:
        self._vectors = vectors
        self._lexicon = Lexicon(texts)
        self.size = len(texts)

    def rank(self, vector: np.ndarray, text: str) -> Ranking:
        """Score of every text: (1 - w) * cosine + w * bm25 / (bm25 + 10), w = LEXICAL_WEIGHT.

        Args:
            vector: The question as `Encoder.queries` gives it, (d,) or (1, d).
        """
        row = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        distances, order = self._vectors.search(row, self.size)
        cosine = np.empty(self.size, dtype=np.float32)
        cosine[order[0]] = distances[0]
        words = self._lexicon.scores(text)
        return Ranking(cosine, (1 - LEXICAL_WEIGHT) * cosine + LEXICAL_WEIGHT * words / (words + 10))


class Search:
    """Searches the entries of a knowledge base through its index."""

    def __init__(self, base: KnowledgeBase, index: Index) -> None:
        self._base = base
        self._retriever = Retriever(index.vectors, [f"{row.text} {row.more}" for row in index.rows])
        entry_ids = list(dict.fromkeys(row.owner for row in index.rows))
        number = {entry_id: position for position, entry_id in enumerate(entry_ids)}
        self._entries = [base.entries[entry_id] for entry_id in entry_ids]
        self._owner = np.array([number[row.owner] for row in index.rows], dtype=np.int64)

    def hits(self, vector: np.ndarray, text: str, code: str | None, on: date, top: int = 10) -> list[Hit]:
        """The best entries of a jurisdiction and of what holds everywhere, best first.

        Args:
            vector: The question, embedded as a query.
            code: Jurisdiction; None searches only what holds everywhere.
            on: Day whose law applies.
        """
        return self.hits_by_place(vector, text, [code], on, top)[code or GENERAL]

    def hits_by_place(
        self, vector: np.ndarray, text: str, codes: Sequence[str | None], on: date, top: int = 10
    ) -> dict[str, list[Hit]]:
        """The same for several jurisdictions with one pass over the texts; None stands under "general"."""
        ranking = self._retriever.rank(vector, text)
        best = np.full(len(self._entries), -np.inf, dtype=np.float32)
        np.maximum.at(best, self._owner, ranking.score)
        cosine = np.full(len(self._entries), -np.inf, dtype=np.float32)
        np.maximum.at(cosine, self._owner, ranking.cosine)
        order = np.argsort(-best, kind="stable")
        found: dict[str, list[Hit]] = {}
        for code in codes:
            places = {GENERAL} | ({self._base.place_of(code)} if code else set())
            wanted = [
                position
                for position in order
                if self._entries[position].place in places and self._entries[position].in_force(on)
            ]
            found[code or GENERAL] = [
                Hit(self._entries[position].id, float(best[position]), float(cosine[position])) for position in wanted[:top]
            ]
        return found
