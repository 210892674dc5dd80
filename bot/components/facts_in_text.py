"""Facts of the contract that a text states. What it does not state is left out; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.components.dates_in_text import DayFound, days_in
from bot.components.money_in_text import SumFound, sums_in
from bot.components.sum_paid import sum_paid
from knowledge.scripts import folded

CUES = Path(__file__).parent / "cues" / "facts.yml"
CHOICES = (
    "buyer", "channel", "item_type", "payment", "trader_status", "trader_location", "trader_response", "service_started",
    "service_completed",
)  # fmt: skip
WEAK = ("item_type",)
"""Facts read from the first word found; for the others two values found at once cancel each other."""

NEAR = 18
"""How many characters a verb may stand away from its date."""


@dataclass(frozen=True)
class FactFound:
    """One fact read from a text. `name` is "date" for a day of which the text does not say what it is."""

    name: str
    value: str


def facts_in(text: str, today: date) -> list[FactFound]:
    """The facts that a text states.

    Args:
        today: Day from which "yesterday" is counted.
    """
    text = folded(text)
    found = [FactFound(name, value) for name in CHOICES if (value := _choice(name, text)) is not None]
    days = days_in(text, today)
    found.extend(_dated(days, text, today))
    paid = _paid(sums_in(text), text)
    if paid is not None:
        found.append(FactFound("amount", format(paid.amount, "f")))
        if paid.currency:
            found.append(FactFound("currency", paid.currency))
    return found


def _choice(name: str, text: str) -> str | None:
    """The one value of a choice that the text names."""
    found: dict[str, int] = {}
    for value, pattern in _cues().choices[name].items():
        for match in pattern.finditer(text):
            if not _negated(text, match.start(), name):
                found.setdefault(value, match.start())
    if len(found) > 1 and name not in WEAK:
        return None
    return min(found, key=lambda value: found[value]) if found else None


def _negated(text: str, position: int, name: str) -> bool:
    if name in ("trader_response", "service_started", "trader_status"):
        return False  # their own words carry the negation
    return bool(_cues().negation.search(text[max(0, position - 24) : position]))


def _dated(days: list[DayFound], text: str, today: date) -> list[FactFound]:
    """Each day with the fact whose verb stands nearest; a day without a verb is a plain "date"."""
    found: dict[str, str] = {}
    for item in days:
        if item.day > today and not _cues().dates["start_date"].search(text):
            continue
        name = _nearest_verb(item, text) or (_only_verb(text) if len(days) == 1 else None) or "date"
        found.setdefault(name, item.day.isoformat())
    return [FactFound(name, day) for name, day in found.items()]


def _nearest_verb(item: DayFound, text: str) -> str | None:
    best: tuple[int, str] | None = None
    for name, pattern in _cues().dates.items():
        for match in pattern.finditer(text):
            between = text[match.end() : item.start] if match.end() <= item.start else text[item.end : match.start()]
            if len(between) > NEAR or re.search(r"[。!?;]|\. ", between):
                continue
            distance = len(between)
            if best is None or distance < best[0]:
                best = (distance, name)
    return best[1] if best else None


def _only_verb(text: str) -> str | None:
    """The date fact whose verbs are the only ones in the text."""
    named = [name for name, pattern in _cues().dates.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def _paid(sums: list[SumFound], text: str) -> SumFound | None:
    """The sum that was paid for the thing in dispute."""
    return sum_paid(sums, text)


@dataclass(frozen=True)
class _Cues:
    choices: dict[str, dict[str, re.Pattern[str]]]
    dates: dict[str, re.Pattern[str]]
    paid: re.Pattern[str]
    negation: re.Pattern[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))
    negations = data["negations"]
    latin = "|".join(re.escape(word) for word in negations["en"])
    chinese = "|".join(map(re.escape, negations["zh"]))
    return _Cues(
        choices={name: {str(value): _pattern(words) for value, words in data[name].items()} for name in CHOICES},
        dates={name: _pattern(words) for name, words in data["dates"].items()},
        paid=_pattern(data["paid"]),
        negation=re.compile(rf"(?:(?<![a-z])(?:{latin})\s(?:\w+\s){{0,2}}|(?:{chinese})[用以通过在刷拿靠]?)$"),
    )


def _pattern(words: dict[str, list[Any]]) -> re.Pattern[str]:
    latin = "|".join(f"(?:{word})" for word in words.get("en", []))
    chinese = "|".join(re.escape(folded(str(word))) for word in words.get("zh", []))
    parts = [rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*parts, *([chinese] if chinese else [])]))
