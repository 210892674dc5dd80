"""The messages on which the reading of facts was developed: it must not fall behind what it once read in them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot.components.facts_in_text import facts_in
from bot.components.places import place_of

HERE = Path(__file__).parent
TODAY = date(2026, 11, 25)
FLOOR_PRECISION, FLOOR_RECALL = 0.92, 0.95


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines() if line.strip()]


def test_facts_are_read_as_before() -> None:
    right = read = stated = 0
    for row in rows("facts_dev.jsonl"):
        found = {fact.name: fact.value for fact in facts_in(str(row["text"]), TODAY) if fact.name not in ("date", "item")}
        wanted = {
            name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in dict(row["facts"]).items()
        }  # type: ignore[call-overload]
        wanted.pop("item", None)
        stated += len(wanted)
        read += len(found)
        right += sum(wanted.get(name) == value for name, value in found.items())
    assert right / read >= FLOOR_PRECISION, (right, read)
    assert right / stated >= FLOOR_RECALL, (right, stated)


def test_places_are_read_as_before() -> None:
    decided = [
        (row.get("place"), found.code) for row in rows("days_sums_places_dev.jsonl") if (found := place_of(str(row["text"])))
    ]
    assert all(wanted == got for wanted, got in decided)
    assert len(decided) >= 25


def test_stories_are_read_as_before() -> None:
    """Whole stories: what they state in `facts` and `place`; what may be read beside it, or left out, in `may` ("*": any value)."""
    right = wrong = missed = 0
    for row in rows("stories_dev.jsonl"):
        text, may = str(row["text"]), dict(row.get("may", {}))  # type: ignore[call-overload]
        wanted = dict(row["facts"]) | ({"place": row["place"]} if row.get("place") else {})  # type: ignore[call-overload]
        found = {fact.name: fact.value for fact in facts_in(text, TODAY) if fact.name not in ("date", "item")}
        place = place_of(text)
        found |= {"place": place.code} if place else {}
        found = {name: value for name, value in found.items() if name in wanted or may.get(name) not in ("*", value)}
        right += sum(wanted.get(name) == value for name, value in found.items())
        wrong += sum(wanted.get(name) != value for name, value in found.items())
        missed += sum(found.get(name) != value for name, value in wanted.items())
    assert right / (right + wrong) >= 0.97, (right, wrong)
    assert right / (right + missed) >= 0.93, (right, missed)
