"""Coverage: no gap in the data that ships, and gaps are seen where there are some."""

from __future__ import annotations

from pathlib import Path

from knowledge.coverage import NOT_COVERED, gaps, table
from knowledge.load import load
from knowledge.model import KnowledgeBase


def test_every_place_has_every_topic(base: KnowledgeBase) -> None:
    assert gaps(base) == []
    assert table(base).endswith("No gap.")


def test_what_holds_everywhere_is_said_on_every_topic(base: KnowledgeBase) -> None:
    said = {topic for entry in base.entries.values() if entry.place == "general" for topic in entry.topics}
    assert set(base.topics) - said == {NOT_COVERED}


def test_every_place_has_ten_authorities_and_legal_aid(base: KnowledgeBase) -> None:
    for place in base.jurisdictions.values():
        own = [body for body in base.authorities if body.startswith(f"{place.place}.")]
        assert len(own) >= 10, place.code
        assert f"{place.place}.legal_aid" in own


def test_gaps_are_seen(data_folder: Path) -> None:
    base = load(data_folder)
    missing = gaps(base)
    assert ("GB", "refund_refused_started") not in missing
    assert ("GB", "counterfeit") in missing and ("TW", "cooling_off") in missing
    assert f"{len(missing)} cells are missing:" in table(base)
