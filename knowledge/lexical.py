"""Ranking by the words themselves: BM25 over words and pairs of Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from knowledge.scripts import folded

_RUNS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\W_]+(?:['’][^\W_]+)?")
_STOP = frozenset(
    "a an and are as at be but by can do for from had has have how i if in is it its me my of on or so that the them they"
    " this to was we what when where who will with you your".split()
)


def terms(text: str) -> list[str]:
    """Words in Latin and other scripts with a light stem, and single characters and pairs of Chinese."""
    found: list[str] = []
    for run in _RUNS.findall(folded(text)):
        if "\u3400" <= run[0] <= "\ufaff":
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        elif run not in _STOP:
            found.append(_stem(run))
    return found


def _stem(word: str) -> str:
    """The word without the commonest English endings; enough to bring "refunds" and "refunded" together."""
    for ending, least in (("ing", 5), ("ed", 4), ("es", 5), ("s", 4)):
        if len(word) >= least + len(ending) - 1 and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


class Lexicon:
    """BM25 over a list of texts.

    Args:
        texts: What can be found, at least one.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._known: set[str] = set()
        tokens = [terms(text) or [""] for text in texts]
        for words in tokens:
            self._known.update(words)
        self._bm25 = bm25s.BM25(method="lucene")
        self._bm25.index(tokens, show_progress=False)
        self.size = len(texts)

    def scores(self, text: str) -> np.ndarray:
        """How well each text matches. Returns float32 (n,), zero where no word is shared."""
        words = [word for word in terms(text) if word in self._known]
        if not words:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(words), dtype=np.float32)
