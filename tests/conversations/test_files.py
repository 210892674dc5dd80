"""The conversations as a whole: enough of them, of all languages, places and topics, in their form."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.model import KnowledgeBase
from tests.conversations.test_conversations import FILES, KEYS, conversation


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_has_the_form(path, base: KnowledgeBase) -> None:
    told = conversation(path)
    assert set(told) <= {"about", "given", "misread", "turns"} and told["about"].strip() and told.get("misread", "x").strip()
    assert 3 <= len(told["turns"]) <= 9
    for turn in told["turns"]:
        assert set(turn) <= KEYS and ("say" in turn) != ("press" in turn)
    for entry in (
        entry
        for turn in told["turns"]
        for key in ("applies", "holds", "applies_not", "last_days")
        for entry in turn.get(key, [])
    ):
        assert entry in base.entries, entry


def test_there_are_enough_of_every_kind(base: KnowledgeBase) -> None:
    languages: Counter[str] = Counter()
    places, topics = set(), set()
    for path in FILES:
        told = conversation(path)
        languages[path.stem.split("_")[0]] += 1
        for turn in told["turns"]:
            places.add(turn.get("place"))
            named = turn.get("topic")
            topics |= set(named if isinstance(named, list) else [named])
            topics |= set(turn.get("topics", []))
    assert len(FILES) >= 60
    assert all(languages[code] >= 20 for code in ("en", "hans", "hant")), languages
    assert places >= set(base.jurisdictions)
    assert len(topics & set(base.topics)) >= 25
