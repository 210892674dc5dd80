"""Facts of the contract that a text states. What it does not state is left out; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.components.choices_in_text import choices_in
from bot.components.dated_facts import dated
from bot.components.dates_in_text import days_in
from bot.components.items_in_text import item_type_of
from bot.components.money_in_text import sums_in
from bot.components.sum_paid import sum_paid
from knowledge.scripts import folded

_BLANKS = re.compile(r"[ \t]{3,}")
"""Say nothing, and cost every pattern that steps over blanks."""

_SPACE_BY_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])")
_COMMA_BETWEEN = re.compile(r"(?<=\d),(?=\d{4})")


@dataclass(frozen=True)
class FactFound:
    """One fact read from a text. `name` is "date" for a day of which the text does not say what it is."""

    name: str
    value: str


def _spaced(text: str) -> str:
    """Numbers set close to the Chinese words around them, and apart from one another: 做了 4 次, iPhone 15,3200块."""
    return _COMMA_BETWEEN.sub(", ", _SPACE_BY_NUMBER.sub("", text))


def facts_in(text: str, today: date) -> list[FactFound]:
    """The facts that a text states.

    Args:
        today: Day from which "yesterday" is counted.
    """
    text = _spaced(_BLANKS.sub("  ", folded(text)))
    item_type = item_type_of(text)
    found = [FactFound("item_type", item_type)] if item_type else []
    found += [FactFound(name, value) for name, value in choices_in(text, item_type)]
    found += [FactFound(name, day) for name, day in dated(days_in(text, today), text, today, item_type)]
    paid = sum_paid(sums_in(text), text)
    if paid is not None:
        found.append(FactFound("amount", format(paid.amount, "f")))
        if paid.currency:
            found.append(FactFound("currency", paid.currency))
    return found
