"""Search: exact, filtered by place and day, refused when the index is stale."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import faiss
import numpy as np
import pytest

from knowledge.errors import NoIndexError, StaleIndexError
from knowledge.index import build, is_current, open_index, rows_of
from knowledge.lexical import Lexicon, terms
from knowledge.load import load
from knowledge.scripts import folded
from knowledge.search import LEXICAL_WEIGHT, Retriever, Search
from tests.fakes import FakeEncoder

from tests.knowledge.test_load import spoil, STARTED  # isort: skip

TODAY = date(2026, 11, 25)


def hits(folder: Path, index: Path, text: str, code: str | None, on: date = TODAY) -> list[str]:
    base, encoder = load(folder), FakeEncoder()
    if not is_current(index, base.digest, encoder.name):
        build(base, encoder, index)
    search = Search(base, open_index(index, base, encoder))
    return [hit.entry_id for hit in search.hits(encoder.queries([folded(text)])[0], text, code, on)]


def test_finds_the_entry_that_is_asked_for_in_each_language(data_folder: Path, tmp_path: Path) -> None:
    for text in ("software account activated and refund refused", "帳號啟用了還能取消嗎", "账号激活了还能取消吗"):
        assert hits(data_folder, tmp_path / "i", text, "GB")[0] == "gb.refund_refused_started.cancel_started_service"


def test_traditional_and_simplified_find_the_same(data_folder: Path, tmp_path: Path) -> None:
    """Asked in the other script than the entry's text, it is found too."""
    assert hits(data_folder, tmp_path / "i", "帐号启用了还能取消吗", "GB") == hits(
        data_folder, tmp_path / "i", "帳號啟用了還能取消嗎", "GB"
    )


def test_another_place_and_none_see_only_what_holds_everywhere(data_folder: Path, tmp_path: Path) -> None:
    for code in (None, "AU"):
        found = hits(data_folder, tmp_path / "i", "software account activated and refund refused", code)
        assert found and all(entry_id.startswith("general.") for entry_id in found)


def test_law_of_another_day_is_not_found(data_folder: Path, tmp_path: Path) -> None:
    text = "software account activated and refund refused"
    wanted = "gb.refund_refused_started.cancel_started_service"
    assert wanted in hits(data_folder, tmp_path / "i", text, "GB", date(2014, 6, 13))
    assert wanted not in hits(data_folder, tmp_path / "i", text, "GB", date(2014, 6, 12))


def test_scores_are_those_of_brute_force() -> None:
    """FAISS and numpy agree on random vectors, and words add their share."""
    random = np.random.default_rng(7)
    vectors = random.normal(size=(50, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = faiss.IndexFlatIP(16)
    index.add(vectors)
    texts = [f"text number{n} refund" if n % 7 == 0 else f"text number{n}" for n in range(50)]
    ranking = Retriever(index, texts).rank(vectors[3], "refund")
    assert np.allclose(ranking.cosine, vectors @ vectors[3], atol=1e-5)
    words = Lexicon(texts).scores("refund")
    assert np.allclose(
        ranking.score, (1 - LEXICAL_WEIGHT) * ranking.cosine + LEXICAL_WEIGHT * words / (words + 10), atol=1e-5
    )
    assert (words > 0).sum() == 8


def test_words_of_both_scripts_and_inflections_meet() -> None:
    assert terms("退費") == terms("退款")
    assert terms("Refunds refunded") == ["refund", "refund"]
    assert "健身" in terms("健身房") and "身房" in terms("健身房")


def test_an_index_of_other_data_is_refused(data_folder: Path, tmp_path: Path) -> None:
    base, encoder, folder = load(data_folder), FakeEncoder(), tmp_path / "i"
    with pytest.raises(NoIndexError):
        open_index(folder, base, encoder)
    manifest = build(base, encoder, folder)
    assert manifest.rows == len(rows_of(base)) == open_index(folder, base, encoder).vectors.ntotal
    with pytest.raises(StaleIndexError):
        open_index(folder, base, FakeEncoder("another"))
    spoil(data_folder, STARTED, "A started service", "A service that has started")
    with pytest.raises(StaleIndexError):
        open_index(folder, load(data_folder), encoder)


def test_a_changed_entry_alone_is_embedded_again(data_folder: Path, tmp_path: Path) -> None:
    first, second = FakeEncoder(), FakeEncoder()
    build(load(data_folder), first, tmp_path / "i")
    spoil(data_folder, STARTED, '"帳號啟用了還能取消嗎"', '"帳號開好了還能取消嗎"')
    base = load(data_folder)
    build(base, second, tmp_path / "i")
    assert second.embedded == [folded("帳號開好了還能取消嗎")]
    kept = open_index(tmp_path / "i", base, second).vectors
    build(base, FakeEncoder(), tmp_path / "j")
    anew = open_index(tmp_path / "j", base, second).vectors
    assert np.allclose(kept.reconstruct_n(0, kept.ntotal), anew.reconstruct_n(0, anew.ntotal))
