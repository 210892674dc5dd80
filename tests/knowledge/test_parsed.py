"""What a parsed message is taken to say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge.facts import Facts
from knowledge.load import knowledge_base
from knowledge.parsed import Given, understanding

BASE = knowledge_base()


def _parsed(topic: str, confidence: float, item_type: str) -> dict[str, Any]:
    other = "aftersales_missing" if topic != "aftersales_missing" else "evidence"
    return {
        "text": "My flight with the suitcase was cancelled",
        "intent": {"name": topic, "confidence": confidence},
        "intent_ranking": [{"name": topic, "confidence": confidence}, {"name": other, "confidence": 1 - confidence}],
        "entities": [{"entity": "item_type", "value": item_type}],
    }


@pytest.mark.parametrize(
    ("topic", "confidence", "item_type", "kept"),
    [
        ("travel_cancelled", 0.9, "goods", False),
        ("travel_cancelled", 0.9, "travel", True),
        ("travel_cancelled", 0.4, "goods", True),
        ("counterfeit", 0.9, "service", False),
        ("cooling_off", 0.9, "goods", True),
    ],
)
def test_a_type_that_a_clear_topic_excludes_is_left_open(topic: str, confidence: float, item_type: str, kept: bool) -> None:
    facts = understanding(_parsed(topic, confidence, item_type), Given(), BASE, date(2026, 11, 25)).facts
    assert facts.item_type == (item_type if kept else None)


def test_a_type_that_was_given_stays() -> None:
    given = Given(facts=Facts(item_type="goods"))
    facts = understanding(_parsed("travel_cancelled", 0.9, "service"), given, BASE, date(2026, 11, 25)).facts
    assert facts.item_type == "goods"


def test_every_type_of_a_topic_is_one() -> None:
    types = {option.value for option in BASE.facts["item_type"].options}
    assert all(set(topic.item_types) <= types for topic in BASE.topics.values())
