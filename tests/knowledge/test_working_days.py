"""Last days: leap days, month ends, holidays of each place, both sides of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.model import KnowledgeBase
from knowledge.quantities import Quantity
from knowledge.working_days import is_working_day, last_day, next_working_day


def ends(base: KnowledgeBase, code: str, start: date, number: int, unit: str, roll: bool = False) -> date:
    return last_day(start, Quantity(Decimal(number), unit), base.jurisdictions[code], roll)


@pytest.mark.parametrize(
    ("start", "number", "unit", "expected"),
    [
        (date(2026, 11, 1), 14, "day", date(2026, 11, 15)),
        (date(2026, 12, 25), 14, "day", date(2027, 1, 8)),
        (date(2024, 2, 15), 14, "day", date(2024, 2, 29)),
        (date(2026, 11, 25), 1, "week", date(2026, 12, 2)),
        (date(2026, 8, 31), 6, "month", date(2027, 2, 28)),
        (date(2027, 8, 31), 6, "month", date(2028, 2, 29)),
        (date(2028, 2, 29), 1, "year", date(2029, 2, 28)),
        (date(2026, 11, 25), 6, "year", date(2032, 11, 25)),
        (date(2026, 11, 25), 24, "hour", date(2026, 11, 26)),
        (date(2026, 11, 25), 36, "hour", date(2026, 11, 27)),
    ],
)
def test_periods_end_where_the_calendar_says(
    base: KnowledgeBase, start: date, number: int, unit: str, expected: date
) -> None:
    assert ends(base, "GB", start, number, unit) == expected


@pytest.mark.parametrize(
    ("start", "number", "unit", "expected"),
    [
        (date(2026, 11, 1), 30, "day", date(2026, 11, 30)),
        (date(2026, 11, 1), 90, "day", date(2027, 1, 29)),
        (date(2026, 1, 15), 6, "month", date(2026, 7, 14)),
        (date(2026, 3, 1), 6, "month", date(2026, 8, 31)),
        (date(2026, 8, 31), 6, "month", date(2027, 2, 28)),
        (date(2026, 11, 25), 1, "year", date(2027, 11, 24)),
        (date(2026, 11, 27), 1, "working_day", date(2026, 11, 27)),
    ],
)
def test_where_the_first_day_counts_the_last_is_one_earlier(
    base: KnowledgeBase, start: date, number: int, unit: str, expected: date
) -> None:
    period = Quantity(Decimal(number), unit)
    assert last_day(start, period, base.jurisdictions["GB"], first_day_counts=True) == expected


def test_working_days_pass_over_holidays(base: KnowledgeBase) -> None:
    assert ends(base, "GB", date(2026, 12, 23), 1, "working_day") == date(2026, 12, 24)
    assert ends(base, "GB", date(2026, 12, 24), 1, "working_day") == date(
        2026, 12, 29
    )  # Christmas, Boxing Day moved to Monday
    assert ends(base, "TW", date(2026, 2, 13), 1, "working_day") > date(2026, 2, 20)  # the lunar new year


def test_mainland_china_works_on_moved_days(base: KnowledgeBase) -> None:
    """In 2025 the Sunday 26 January was a working day, moved for the spring festival."""
    place = base.jurisdictions["CN"]
    assert is_working_day(date(2025, 1, 26), place)
    assert not is_working_day(date(2025, 1, 29), place)


def test_a_last_day_rolls_only_where_the_law_says_so(base: KnowledgeBase) -> None:
    saturday = date(2026, 11, 28)
    assert ends(base, "TW", date(2026, 11, 21), 7, "day") == saturday
    assert ends(base, "TW", date(2026, 11, 21), 7, "day", roll=True) == date(2026, 11, 30)


def test_a_working_day_is_its_own_next(base: KnowledgeBase) -> None:
    place = base.jurisdictions["GB"]
    assert next_working_day(date(2026, 11, 25), place) == date(2026, 11, 25)
    assert next_working_day(date(2026, 11, 28), place) == date(2026, 11, 30)


def test_business_days_count_saturdays_and_pass_over_sundays_and_holidays(base: KnowledgeBase) -> None:
    us = base.jurisdictions["US"]
    three = Quantity(Decimal(3), "business_day")
    assert last_day(date(2026, 11, 16), three, us) == date(2026, 11, 19)
    assert last_day(date(2026, 11, 20), three, us) == date(2026, 11, 24)
    assert last_day(date(2026, 11, 24), three, us) == date(2026, 11, 28)
    assert last_day(date(2026, 7, 1), three, us) == date(
        2026, 7, 6
    )  # 4 July is a Saturday; the 3rd is a day off, not the holiday
