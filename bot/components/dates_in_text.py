"""Days named in a text, counted from a day of reference. Only exact days: "two weeks ago" is not one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class DayFound:
    """A day and where in the text it stands."""

    day: date
    start: int
    end: int


_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAYS = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}
_WEEKDAY_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_NUMBERS_ZH = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMBERS_EN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def days_in(text: str, today: date) -> list[DayFound]:
    """Every day that a folded text names, in order. Days that do not exist are left out; without a year, the latest past one."""
    found: list[DayFound] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            day = read(match, today)
            if day is not None:
                found.append(DayFound(day, match.start(), match.end()))
    return sorted(found, key=lambda item: item.start)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, today: date) -> date | None:
    this_year = _day(today.year, month, day)
    if this_year is not None and this_year > today:
        return _day(today.year - 1, month, day)
    return this_year


def _year(text: str | None, today: date) -> int | None:
    if not text:
        return None
    if text in ("今年", "去年", "前年"):
        return today.year - ("今年", "去年", "前年").index(text)
    year = int(text)
    return year + 1911 if 100 <= year <= 199 else year  # years of the Republic, as in Taiwan


def _chinese_day(match: re.Match[str], today: date) -> date | None:
    year, month, day = _year(match.group(1), today), int(match.group(2)), int(match.group(3))
    return _day(year, month, day) if year else _latest(month, day, today)


def _day_month(match: re.Match[str], today: date) -> date | None:
    month, day = _MONTHS[match.group(2)], int(match.group(1))
    return _day(int(match.group(3)), month, day) if match.group(3) else _latest(month, day, today)


def _month_day(match: re.Match[str], today: date) -> date | None:
    month, day = _MONTHS[match.group(1)], int(match.group(2))
    return _day(int(match.group(3)), month, day) if match.group(3) else _latest(month, day, today)


def _numeric(match: re.Match[str], today: date) -> date | None:
    """12/10/2026 only when one part cannot be a month: countries write the two in different orders."""
    first, second, year = (int(part) for part in match.groups())
    if first > 12 >= second:
        return _day(year, second, first)
    if second > 12 >= first:
        return _day(year, first, second)
    return _day(year, first, second) if first == second else None


def _ago(match: re.Match[str], today: date) -> date | None:
    word = match.group(1)
    number = int(word) if word.isdigit() else {**_NUMBERS_ZH, **_NUMBERS_EN}.get(word)
    return today - timedelta(days=number) if number is not None and number < 3650 else None


def _last_weekday(numbers: dict[str, int]) -> Callable[[re.Match[str], date], date | None]:
    def read(match: re.Match[str], today: date) -> date | None:
        monday = today - timedelta(days=today.weekday() + 7)
        return monday + timedelta(days=numbers[match.group(1)[:3]])

    return read


def _fixed(days: int) -> Callable[[re.Match[str], date], date | None]:
    return lambda match, today: today - timedelta(days=days)


def _patterns() -> Iterator[tuple[str, Callable[[re.Match[str], date], date | None]]]:
    yield r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", lambda m, t: _day(*map(int, m.groups()))
    yield r"(?:(今年|去年|前年|\d{4}|1\d\d)年?)?\s*(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", _chinese_day
    yield rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: (\d{{4}}))?(?!\w)", _day_month
    yield rf"(?<!\w){_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?(?!\d)", _month_day
    yield r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)", _numeric
    yield r"(\d{1,4}|[一两二三四五六七八九十])\s*(?:天|日)(?:之)?前", _ago
    yield r"\b(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten) days? ago\b", _ago
    yield r"上(?:个)?(?:周|星期|礼拜|拜)([一二三四五六日天])", _last_weekday(_WEEKDAY_ZH)
    yield r"\blast (mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)day\b", _last_weekday(_WEEKDAYS)
    yield r"前天|前日|the day before yesterday", _fixed(2)
    yield r"昨天|昨日|昨晚|寻日|琴日|\byesterday\b", _fixed(1)
    yield r"今天|今日|今早|\btoday\b|\bthis morning\b", _fixed(0)


_READERS = [(re.compile(pattern), read) for pattern, read in _patterns()]
