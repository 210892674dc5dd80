"""What is known of a case: the contract's facts, all optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.errors import FactFaults, FieldFault, did_you_mean
from knowledge.model import FactDefinition


@dataclass(frozen=True)
class Facts:
    """The facts of one case; None is not known, never a guess. Values of choices are those of data/facts.yml."""

    buyer: str | None = None
    channel: str | None = None
    item_type: str | None = None
    item: str | None = None
    purchase_date: date | None = None
    delivery_date: date | None = None
    start_date: date | None = None
    discovered_date: date | None = None
    notice_date: date | None = None
    payment: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    service_started: bool | None = None
    asked_to_start_early: bool | None = None
    service_completed: bool | None = None
    trader_status: str | None = None
    trader_location: str | None = None
    trader_response: str | None = None

    def day(self, name: str) -> date | None:
        """A date fact."""
        value = getattr(self, name)
        return value if isinstance(value, date) else None

    def token(self, name: str) -> str | None:
        """A fact as conditions write it: yes-or-no facts as "true" and "false"."""
        value = getattr(self, name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return None if value is None else str(value)

    def known(self) -> dict[str, Any]:
        """The known facts, in the contract's order."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}

    def as_json(self) -> dict[str, Any]:
        """The known facts as JSON values: ISO dates, decimals as text."""
        return {name: _as_json(value) for name, value in self.known().items()}

    def with_over(self, other: Facts) -> Facts:
        """These facts, with those that `other` knows put over them."""
        return replace(self, **other.known())


FACT_NAMES = tuple(f.name for f in fields(Facts))


def parse_facts(given: Mapping[str, Any], definitions: Mapping[str, FactDefinition], today: date) -> Facts:
    """Facts from JSON or text values. A null counts as not given.

    Raises:
        FactFaults: Unknown names, values outside the lists, days that do not exist or lie in the future.
    """
    known: dict[str, Any] = {}
    faults: list[FieldFault] = []
    for name, value in given.items():
        if value is None:
            continue
        if name not in FACT_NAMES:
            allowed = ", ".join(FACT_NAMES)
            faults.append(FieldFault(f"facts.{name}", "an unknown fact", allowed + "." + did_you_mean(name, FACT_NAMES)))
            continue
        try:
            known[name] = _read(definitions[name], value, today)
        except ValueError as error:
            faults.append(FieldFault(f"facts.{name}", _shown(value), str(error)))
    if faults:
        raise FactFaults(faults)
    return Facts(**known)


def readable_facts(
    given: Mapping[str, Any], definitions: Mapping[str, FactDefinition], today: date
) -> tuple[Facts, tuple[FieldFault, ...]]:
    """The facts that can be read, and what was wrong with the others. For facts read from free text."""
    facts, faults = Facts(), []
    for name, value in given.items():
        try:
            facts = facts.with_over(parse_facts({name: value}, definitions, today))
        except FactFaults as error:
            faults.extend(error.faults)
    return facts, tuple(faults)


def _read(definition: FactDefinition, value: Any, today: date) -> Any:
    """The typed value. Raises ValueError whose text says what is allowed."""
    if definition.kind == "choice":
        allowed = [option.value for option in definition.options]
        if value not in allowed:
            raise ValueError(", ".join(allowed))
        return value
    if definition.kind == "bool":
        token = str(value).lower()
        if token not in ("true", "false"):
            raise ValueError("true, false")
        return token == "true"
    if definition.kind == "date":
        return _read_day(value, definition.may_be_future, today)
    if definition.kind == "money":
        return _read_amount(value)
    text = str(value).strip() if isinstance(value, str) else ""
    if definition.id == "currency":
        if len(text) != 3 or not text.isascii() or not text.isalpha():
            raise ValueError("an ISO 4217 code such as GBP, TWD, CNY")
        return text.upper()
    if not text or len(text) > 200:
        raise ValueError("text of 1 to 200 characters")
    return text


def _read_day(value: Any, may_be_future: bool, today: date) -> date:
    try:
        day = value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"a day of the calendar, like {today.isoformat()}") from None
    if day.year < 1950:
        raise ValueError("a day from 1950 on")
    if day > today and not may_be_future:
        raise ValueError(f"a day up to today, {today.isoformat()}")
    return day


def _read_amount(value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal(-1)
    if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount < Decimal(10) ** 12:
        raise ValueError("a sum from 0 up, as a decimal such as 450 or 19.99")
    return amount


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
