"""The law of one place on one day: numbers, texts and last days as they were then."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge.errors import NotInForceError, UnknownIdError
from knowledge.model import Authority, Entry, KnowledgeBase, Language, Parameter, Words
from knowledge.quantities import Quantity
from knowledge.working_days import last_day

PLACEHOLDER = re.compile(r"\{(@?)([a-z0-9_]+(?:\.[a-z0-9_]+)?)(:number)?\}")


@dataclass(frozen=True)
class Law:
    """The law of one place.

    Attributes:
        on: Day whose law decides (the day of purchase, or today when it is not known).
        today: Day of asking; decides fees and the limits of authorities.
    """

    base: KnowledgeBase
    code: str
    on: date
    today: date

    @property
    def place(self) -> str:
        return self.base.jurisdictions[self.code].place

    def while_in_force(self, entry: Entry) -> Law:
        """This law on a day on which the entry was law: shown beside its successor while the day of purchase is not known."""
        if entry.in_force(self.on):
            return self
        day = entry.ends if entry.ends is not None and entry.ends < self.on else entry.starts
        return replace(self, on=day) if day is not None else self

    def quantity(self, address: str) -> Quantity:
        """A parameter, addressed `file.key` within the place.

        Raises:
            UnknownIdError: There is no such parameter.
            NotInForceError: No value was law on the day that decides.
        """
        parameter = self._parameter(address)
        return value_on(parameter, self.today if parameter.by_today else self.on)

    def amount_limit(self, address: str) -> tuple[Decimal, str]:
        """A parameter in a currency, as (number, ISO 4217 code)."""
        quantity = self.quantity(address)
        if quantity.currency is None:
            raise UnknownIdError("parameter in a currency", address, ())
        return quantity.number, quantity.currency

    def last_day(self, start: date, address: str, roll: bool = False, first_day_counts: bool = False) -> date:
        """Last day of a period that is a parameter, counted from the day after `start`."""
        return last_day(start, self.quantity(address), self.base.jurisdictions[self.code], roll, first_day_counts)

    def authority(self, key: str) -> Authority:
        """An authority, addressed by its key within the place."""
        return self.base.authorities[f"{self.place}.{key}"]

    def text(self, words: Words, language: Language) -> str:
        """A text with its placeholders filled: `{file.key}`, `{file.key:number}`, `{@authority}`."""

        def filled(match: re.Match[str]) -> str:
            is_authority, address, bare = match.groups()
            if is_authority:
                return self.authority(address).name[language]
            quantity = self.quantity(address)
            return quantity.bare() if bare else quantity.words(language)

        return PLACEHOLDER.sub(filled, words[language])

    def _parameter(self, address: str) -> Parameter:
        full = f"{self.place}.{address}"
        if full not in self.base.parameters:
            raise UnknownIdError("parameter", full, sorted(self.base.parameters))
        return self.base.parameters[full]


def value_on(parameter: Parameter, day: date) -> Quantity:
    """The value that was law on a day.

    Raises:
        NotInForceError: The day lies before the first value, or the law had ended.
    """
    current = None
    for dated in parameter.values:
        if dated.since <= day:
            current = dated
    if current is None or current.value is None:
        raise NotInForceError(f"{parameter.id}: no value was law on {day.isoformat()}")
    return Quantity(current.value, parameter.unit)
