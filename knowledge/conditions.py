"""Conditions over facts, three-valued: yes, no, or depends on facts that are not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.facts import Facts

TODAY = "today"


class Status(str, Enum):
    """Whether something holds."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


@dataclass(frozen=True)
class Verdict:
    """A status and, when it depends, the facts that would settle it."""

    status: Status
    depends_on: tuple[str, ...] = ()


YES = Verdict(Status.YES)
NO = Verdict(Status.NO)


@dataclass(frozen=True)
class Is:
    """The fact has one of these values ("true" and "false" for yes-or-no facts)."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True)
class AmountBetween:
    """The amount lies between two parameters in its currency, both ends included."""

    at_least: str | None
    at_most: str | None


@dataclass(frozen=True)
class Within:
    """Not more than a period has passed from one day to another (`at` is a date fact or today)."""

    start: tuple[str, ...]
    period: str
    at: str = TODAY
    roll: bool = False
    first_day_counts: bool = False


Condition = Is | All | Some | Not | AmountBetween | Within


@dataclass(frozen=True)
class Setting:
    """What a condition is judged against.

    `amount_limit` gives a parameter as (number, ISO 4217 code), `last_day` the last day of a period
    that starts on a day. Both raise NotInForceError when no value was law.
    """

    facts: Facts
    today: date
    amount_limit: Callable[[str], tuple[Decimal, str]]
    last_day: Callable[[date, str, bool, bool], date]


def judge(condition: Condition | None, setting: Setting) -> Verdict:
    """Whether the condition holds. `depends_on` is in the order in which the condition names the facts."""
    if condition is None:
        return YES
    if isinstance(condition, Is):
        return _judge_is(condition, setting.facts)
    if isinstance(condition, All):
        return _join((judge(part, setting) for part in condition.parts), decisive=Status.NO)
    if isinstance(condition, Some):
        return _join((judge(part, setting) for part in condition.parts), decisive=Status.YES)
    if isinstance(condition, Not):
        return _negate(judge(condition.part, setting))
    if isinstance(condition, AmountBetween):
        return _judge_amount(condition, setting)
    return _judge_within(condition, setting)


def facts_named(condition: Condition | None) -> tuple[str, ...]:
    """Every fact that the condition looks at, in order of first mention."""
    if condition is None:
        return ()
    if isinstance(condition, Is):
        return (condition.fact,)
    if isinstance(condition, (All, Some)):
        return tuple(dict.fromkeys(fact for part in condition.parts for fact in facts_named(part)))
    if isinstance(condition, Not):
        return facts_named(condition.part)
    if isinstance(condition, AmountBetween):
        return ("amount", "currency")
    return tuple(fact for fact in (*condition.start, condition.at) if fact != TODAY)


def _judge_is(condition: Is, facts: Facts) -> Verdict:
    value = facts.token(condition.fact)
    if value is None:
        return Verdict(Status.DEPENDS, (condition.fact,))
    return YES if value in condition.values else NO


def _judge_amount(condition: AmountBetween, setting: Setting) -> Verdict:
    amount, currency = setting.facts.amount, setting.facts.currency
    if amount is None:
        return Verdict(Status.DEPENDS, ("amount",))
    for limit_id, fits in (
        (condition.at_least, lambda limit: amount >= limit),
        (condition.at_most, lambda limit: amount <= limit),
    ):
        if limit_id is None:
            continue
        limit, limit_currency = setting.amount_limit(limit_id)
        if currency != limit_currency:
            # Sums in another currency are not converted: the rate of the day is not in the data.
            return Verdict(Status.DEPENDS, ("currency",) if currency is None else ("amount",))
        if not fits(limit):
            return NO
    return YES


def _judge_within(condition: Within, setting: Setting) -> Verdict:
    start = next((day for name in condition.start if (day := setting.facts.day(name))), None)
    if start is None:
        return Verdict(Status.DEPENDS, condition.start[:1])
    last = setting.last_day(start, condition.period, condition.roll, condition.first_day_counts)
    if setting.today <= last:
        return YES  # whatever happened, happened by today
    if condition.at == TODAY:
        return NO
    at = setting.facts.day(condition.at)
    if at is None:
        return Verdict(Status.DEPENDS, (condition.at,))
    return YES if at <= last else NO


def _join(verdicts: Iterable[Verdict], decisive: Status) -> Verdict:
    """Kleene's conjunction (decisive NO) or disjunction (decisive YES)."""
    open_facts: list[str] = []
    for verdict in verdicts:
        if verdict.status is decisive:
            return verdict
        open_facts.extend(verdict.depends_on)
    if open_facts:
        return Verdict(Status.DEPENDS, tuple(dict.fromkeys(open_facts)))
    return NO if decisive is Status.YES else YES


def _negate(verdict: Verdict) -> Verdict:
    if verdict.status is Status.DEPENDS:
        return verdict
    return NO if verdict.status is Status.YES else YES
