"""Which kind of thing a message is about."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.load import knowledge_base
from knowledge.parsed import Given, understanding
from knowledge.sectors import sectors_in, sectors_told

BASE = knowledge_base()


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("My flight to Rome was cancelled and they only offer a voucher", ("flight",)),
        ("The gym will not let me go", ("gym",)),
        ("The transfer went to Spain without my approval, and the hotel was swapped", ("hotel",)),
        ("Of course it does not match what they show on the website", ()),
        ("They refuse to ship it although the training was useless", ()),
    ],
)
def test_words_of_sectors(text: str, sectors: tuple[str, ...]) -> None:
    assert tuple(found for found in sectors_in(text, BASE) if found != "unclear") == sectors


def test_a_word_of_several_kinds_leaves_the_kind_open() -> None:
    assert sectors_told("They cancelled our trip and offer a voucher", None, True, BASE) is None


@pytest.mark.parametrize(("item_type", "sectors"), [("travel", None), ("event", None), ("goods", ()), ("service", ())])
def test_a_journey_without_its_name_may_be_any_journey(item_type: str, sectors: tuple[str, ...] | None) -> None:
    parsed = {
        "text": "It was delayed by five hours, I want my money back",
        "intent": {"name": "travel_cancelled", "confidence": 0.9},
        "entities": [{"entity": "item_type", "value": item_type}],
    }
    assert understanding(parsed, Given(code="GB"), BASE, date(2026, 11, 25)).sectors == sectors
