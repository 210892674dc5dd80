"""The encoder that ships: shapes, prefixes, and the vectors computed beforehand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.training_examples import examples
from knowledge.encoder import DEFAULT, encoder
from knowledge.index import rows_of
from knowledge.known_vectors import KNOWN, KnownVectors, key_of, write
from knowledge.model import KnowledgeBase
from knowledge.scripts import folded


def test_known_vectors_come_back_in_their_places(tmp_path: Path) -> None:
    vectors = np.random.default_rng(5).normal(size=(2, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write(tmp_path / "k.npz", "some", [key_of("a", "query"), key_of("b", "query")], vectors)
    known, unknown, found = KnownVectors(tmp_path / "k.npz").split(["x", "b", "a"], "query")
    assert (known, unknown) == ([1, 2], [0])
    assert np.allclose(found, vectors[[1, 0]], atol=0.01)
    assert KnownVectors(tmp_path / "k.npz").split(["a"], "document")[0] == []


def test_nearly_all_texts_that_a_first_start_embeds_are_known(base: KnowledgeBase) -> None:
    """Else `make vectors` is due: the first start would take minutes longer."""
    stored = KnownVectors()
    asked = list(dict.fromkeys(folded(text) for text, _ in examples()))
    told = list(dict.fromkeys(folded(row.text) for row in rows_of(base)))
    unknown = len(stored.split(asked, "query")[1]) + len(stored.split(told, "document")[1])
    assert unknown <= 0.05 * (len(asked) + len(told))


@pytest.mark.slow
def test_vectors_are_unit_and_in_order_and_the_known_ones_are_the_computed_ones(base: KnowledgeBase) -> None:
    model = encoder(DEFAULT)
    assert KnownVectors(KNOWN).encoder == model.name
    texts = [folded(text) for text, _ in examples()[:40]]
    looked_up = model.queries(texts)
    computed = np.vstack([model.queries([text]) for text in texts])
    assert looked_up.dtype == computed.dtype == np.float32
    assert looked_up.shape == (40, model.dimension)
    assert np.allclose(np.linalg.norm(computed, axis=1), 1, atol=1e-4)
    assert ((looked_up * computed).sum(axis=1) > 0.999).all()
    assert model.queries([]).shape == (0, model.dimension)
    assert (model.queries(["refund"]) @ model.passages(["refund"]).T).item() < 0.9999  # the prefix tells them apart


@pytest.mark.slow
def test_the_same_question_in_two_scripts_has_one_vector() -> None:
    model = encoder(DEFAULT)
    one, other = model.queries([folded("業者說服務已經開始不能退費")]), model.queries([folded("业者说服务已经开始不能退费")])
    assert np.allclose(one, other, atol=1e-5)
