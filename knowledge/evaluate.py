"""The retriever measured on any corpus, beside plain BM25."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.errors import DataFaults, Fault
from knowledge.lexical import Lexicon
from knowledge.scripts import folded

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

DEPTHS = (1, 5, 10, 100)
MRR_DEPTH = 10
_BATCH = 256


@dataclass(frozen=True)
class Query:
    """A question and the ids of the texts that answer it, at least one."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Measured:
    """Figures of one ranker. `recall` is per depth, the mean share of the relevant texts found; all between 0 and 1."""

    name: str
    recall: dict[int, float]
    mrr: float
    ms_per_query: float


def evaluate(corpus: Path, queries: Path, encoder: Encoder) -> list[Measured]:
    """Ranks the whole corpus for every query, once by the retriever and once by BM25 alone.

    Args:
        corpus: {"id", "text"} a line.
        queries: {"id", "text", "relevant": [ids]} a line.
    Raises:
        DataFaults: Lines that cannot be read, or that name texts the corpus does not have; all of them.
    """
    import faiss

    from knowledge.search import Retriever

    ids, texts = _corpus(corpus)
    asked = _queries(queries, frozenset(ids))
    vectors = faiss.IndexFlatIP(encoder.dimension)
    for start in _progress(range(0, len(texts), _BATCH), "texts embedded"):
        vectors.add(encoder.passages([folded(text) for text in texts[start : start + _BATCH]]))
    retriever, lexicon = Retriever(vectors, texts), Lexicon(texts)

    def hybrid(text: str) -> np.ndarray:
        return retriever.rank(encoder.queries([folded(text)])[0], text).score

    return [
        _measure("vectors and words", ids, asked, hybrid),
        _measure("BM25 alone", ids, asked, lexicon.scores),
    ]


def report(measured: Sequence[Measured]) -> str:
    """The figures as a table."""
    heads = [*(f"Recall@{depth}" for depth in DEPTHS), f"MRR@{MRR_DEPTH}", "ms/query"]
    width = max(len(row.name) for row in measured)
    lines = ["  ".join([" " * width, *(f"{head:>10}" for head in heads)])]
    for row in measured:
        figures = [*(f"{row.recall[depth]:.3f}" for depth in DEPTHS), f"{row.mrr:.3f}", f"{row.ms_per_query:.1f}"]
        lines.append("  ".join([f"{row.name:<{width}}", *(f"{figure:>10}" for figure in figures)]))
    return "\n".join(lines)


def _measure(name: str, ids: Sequence[str], asked: Sequence[Query], score: Callable[[str], np.ndarray]) -> Measured:
    recall = {depth: 0.0 for depth in DEPTHS}
    reciprocal = seconds = 0.0
    for query in _progress(asked, name):
        started = time.perf_counter()
        order = np.argsort(-score(query.text), kind="stable")[: max(DEPTHS)]
        seconds += time.perf_counter() - started
        hits = [ids[position] in query.relevant for position in order]
        for depth in DEPTHS:
            recall[depth] += sum(hits[:depth]) / len(query.relevant)
        if any(hits[:MRR_DEPTH]):
            reciprocal += 1 / (hits.index(True) + 1)
    count = len(asked)
    return Measured(name, {d: total / count for d, total in recall.items()}, reciprocal / count, 1000 * seconds / count)


def _corpus(path: Path) -> tuple[list[str], list[str]]:
    rows = _lines(path, {"id": str, "text": str})
    return [row["id"] for row in rows], [row["text"] for row in rows]


def _queries(path: Path, known: frozenset[str]) -> list[Query]:
    rows = _lines(path, {"id": str, "text": str, "relevant": list})
    faults = [
        Fault(str(path), row["line"], f"relevant: {wanted!r} is no id of the corpus")
        for row in rows
        for wanted in row["relevant"]
        if wanted not in known
    ]
    faults += [Fault(str(path), row["line"], "relevant: found none, at least one") for row in rows if not row["relevant"]]
    if faults:
        raise DataFaults(faults)
    return [Query(row["id"], row["text"], frozenset(row["relevant"])) for row in rows]


def _lines(path: Path, fields: dict[str, type]) -> list[dict[str, Any]]:
    """The objects of a JSONL file, each with its line number under "line"."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise DataFaults([Fault(str(path), 0, error.strerror or "cannot be read")]) from None
    rows, faults = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or any(not isinstance(row.get(name), kind) for name, kind in fields.items()):
            allowed = ", ".join(f"{name} ({kind.__name__})" for name, kind in fields.items())
            faults.append(Fault(str(path), number, f"allowed: a JSON object with {allowed}"))
        else:
            rows.append({**row, "line": number})
    if not rows and not faults:
        faults.append(Fault(str(path), 0, "found no lines"))
    if faults:
        raise DataFaults(faults)
    return rows


def _progress(items: Any, what: str) -> Any:
    from tqdm import tqdm

    return tqdm(items, desc=what, file=sys.stderr)
