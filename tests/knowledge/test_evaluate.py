"""The evaluation of the retriever: figures of a corpus small enough to check by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.errors import DataFaults
from knowledge.evaluate import evaluate, report
from tests.fakes import FakeEncoder


def written(path: Path, rows: list[object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_counts_what_is_found(tmp_path: Path) -> None:
    corpus = written(
        tmp_path / "c.jsonl",
        [{"id": f"t{n}", "text": text} for n, text in enumerate(["alpha beta", "gamma delta", "epsilon zeta"])],
    )
    queries = written(
        tmp_path / "q.jsonl",
        [
            {"id": "1", "text": "alpha beta", "relevant": ["t0"]},
            {"id": "2", "text": "gamma delta", "relevant": ["t1", "t2"]},
            {"id": "3", "text": "gamma delta", "relevant": ["t0"]},
        ],
    )
    hybrid, words = evaluate(corpus, queries, FakeEncoder())  # type: ignore[arg-type]
    assert hybrid.recall[1] == pytest.approx((1 + 0.5 + 0) / 3)
    assert hybrid.recall[5] == hybrid.recall[100] == 1
    assert 2 / 3 < hybrid.mrr <= (1 + 1 + 1 / 2) / 3
    assert words.recall[1] == pytest.approx(0.5)
    for heading in ("Recall@1", "Recall@5", "Recall@10", "Recall@100", "MRR@10", "ms/query", "BM25 alone"):
        assert heading in report([hybrid, words])


def test_names_every_line_that_cannot_be_read(tmp_path: Path) -> None:
    corpus = written(tmp_path / "c.jsonl", [{"id": "t0", "text": "alpha"}])
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"id": "1"}\n{broken\n{"id": "2", "text": "x", "relevant": ["t9"]}\n', "utf-8")
    with pytest.raises(DataFaults) as raised:
        evaluate(corpus, queries, FakeEncoder())  # type: ignore[arg-type]
    assert [fault.line for fault in raised.value.faults] == [1, 2]
    queries.write_text('{"id": "2", "text": "x", "relevant": ["t9"]}\n', "utf-8")
    with pytest.raises(DataFaults, match="'t9' is no id of the corpus"):
        evaluate(corpus, queries, FakeEncoder())  # type: ignore[arg-type]
