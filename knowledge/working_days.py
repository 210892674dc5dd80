"""Days that count: periods, working days and the holidays of each place."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from knowledge.model import Jurisdiction
from knowledge.quantities import Quantity

SUNDAY = 6


@lru_cache(maxsize=32)
def _calendar(country: str, subdivision: str | None, moved: bool = True) -> Any:
    import holidays  # loads its country tables; only needed once a deadline is rolled

    return holidays.country_holidays(country, subdiv=subdivision, observed=moved)


def is_working_day(day: date, place: Jurisdiction) -> bool:
    """Whether offices work that day, public holidays and moved working days of the place included."""
    if place.holidays is None:
        return day.weekday() < 5
    return bool(_calendar(place.holidays, place.holidays_subdivision).is_working_day(day))


def is_business_day(day: date, place: Jurisdiction) -> bool:
    """Whether the day counts where Saturdays do: any but Sundays and public holidays, not moved to another day."""
    if day.weekday() == SUNDAY or place.holidays is None:
        return day.weekday() != SUNDAY
    return day not in _calendar(place.holidays, place.holidays_subdivision, False)


def next_working_day(day: date, place: Jurisdiction) -> date:
    """The day itself if it is a working day, else the next one."""
    while not is_working_day(day, place):
        day += timedelta(days=1)
    return day


def last_day(start: date, period: Quantity, place: Jurisdiction, roll: bool = False, first_day_counts: bool = False) -> date:
    """Last day of a period that begins on the day after `start`, or on `start` itself where `first_day_counts`.

    Months and years end on the day with the number of the start day, or on the last day of a shorter month. Hours are
    shown as the day on which they end.

    Args:
        start: Day of the event.
        first_day_counts: Whether the law lets the period begin with the day of the event ("beginning with the day").
        roll: Whether a last day that is no working day moves to the next one.
    Source: 16 CFR 429.0(f) (US business days, Saturdays included); 民法典 art. 200-203 (CN); 民法 art. 120-122 (TW); Regulation 1182/71 art. 3 (EU); the corresponding-date rule in GB.
    """
    number = int(period.number)
    if first_day_counts and period.unit in ("day", "week", "working_day", "business_day"):
        start -= timedelta(days=1)
    if period.unit == "working_day":
        end = start
        for _ in range(number):
            end = next_working_day(end + timedelta(days=1), place)
        return end
    if period.unit == "business_day":
        end = start
        while number:
            end += timedelta(days=1)
            number -= is_business_day(end, place)
        return end
    end = {
        "hour": start + timedelta(days=-(-number // 24)),
        "day": start + timedelta(days=number),
        "week": start + timedelta(weeks=number),
        "month": start + relativedelta(months=number) if period.unit == "month" else start,
        "year": start + relativedelta(years=number) if period.unit == "year" else start,
    }[period.unit]
    if first_day_counts and period.unit in ("month", "year") and end.day == start.day:
        end -= timedelta(days=1)  # the day before the corresponding date; a shorter month ends with itself
    return next_working_day(end, place) if roll else end
