"""Days read from text: exact ones only, ambiguous ones not at all."""

from __future__ import annotations

from datetime import date

import pytest

from bot.components.dates_in_text import days_in
from knowledge.scripts import folded

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bought on 2026-11-01", ["2026-11-01"]),
        ("2026/3/4 signed", ["2026-03-04"]),
        ("on 3 November", ["2026-11-03"]),
        ("on 3 December", ["2025-12-03"]),
        ("Nov 3rd, 2025", ["2025-11-03"]),
        ("March 5", ["2026-03-05"]),
        ("25/12/2025", ["2025-12-25"]),
        ("12/25/2025", ["2025-12-25"]),
        ("03/04/2026", []),
        ("05/05/2026", ["2026-05-05"]),
        ("yesterday", ["2026-11-24"]),
        ("3 days ago", ["2026-11-22"]),
        ("last Friday", ["2026-11-20"]),
        ("two weeks ago", []),
        ("30 February", []),
        ("11月3日買的", ["2026-11-03"]),
        ("去年12月1號", ["2025-12-01"]),
        ("民國115年3月2日", ["2026-03-02"]),
        ("115年3月2日", ["2026-03-02"]),
        ("2025年12月31日", ["2025-12-31"]),
        ("昨天", ["2026-11-24"]),
        ("前天买的", ["2026-11-23"]),
        ("三天前", ["2026-11-22"]),
        ("上週三", ["2026-11-18"]),
        ("上星期五", ["2026-11-20"]),
        ("尋日", ["2026-11-24"]),
        ("2月30日", []),
        ("上个月5号", ["2026-10-05"]),
        ("十月三號", ["2026-10-03"]),
        ("it arrived on Monday", ["2026-11-23"]),
        ("it comes on Mondays", []),
        ("11/20 到貨", ["2026-11-20"]),
        ("I live in Texas, bought on 03/04/2026", ["2026-03-04"]),
        ("I live in London, bought on 03/04/2026", ["2026-04-03"]),
        ("my flight is on 12 December", ["2026-12-12"]),
        ("bought on 3 November, arrived two days later", ["2026-11-03", "2026-11-05"]),
        ("每月5号扣款", []),
        ("不是十月三号，是十月四号", ["2026-10-04"]),
        ("出发三天前取消", []),
        ("about ten days ago", []),
        ("it may 3 times fail, 24/7, 八號風球", []),
    ],
)
def test_reads_exact_days(text: str, expected: list[str]) -> None:
    assert [found.day.isoformat() for found in days_in(folded(text), TODAY)] == expected


def test_the_leap_day_exists_in_leap_years_only() -> None:
    assert [found.day for found in days_in("29 feb 2028", date(2029, 1, 1))] == [date(2028, 2, 29)]
    assert days_in("29 feb 2027", date(2029, 1, 1)) == []


def test_the_order_given_decides() -> None:
    assert [found.day for found in days_in("03/04/2026", TODAY, order="dmy")] == [date(2026, 4, 3)]
    assert [found.day for found in days_in("03/04/2026", TODAY, order="mdy")] == [date(2026, 3, 4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it arrived on Saturday 14 November", ["2026-11-14"]),
        ("it arrived on Saturday, 14 November, in pieces", ["2026-11-14"]),
        ("11月14日(周六)收到", ["2026-11-14"]),
        ("11月8日禮拜日買的", ["2026-11-08"]),
        ("booked for 16 January 2027, 20 tables", ["2027-01-16"]),
        ("bought on 3 October last year", ["2025-10-03"]),
        ("our wedding is on 5 December", ["2026-12-05"]),
        ("we booked a band for our wedding on 5 December", ["2026-12-05"]),
        ("booked a ski week for 16 January", ["2027-01-16"]),
        ("on Friday 5 December it broke", ["2025-12-05"]),
        ("訂了12/20的跨年民宿", ["2026-12-20"]),
        ("bought on 3 November, it broke the same day", ["2026-11-03", "2026-11-03"]),
        ("11月19日買的，收到隔天就想退", ["2026-11-19"]),
        ("到今日都冇覆", []),
        ("paid for a pup to be picked up 28 December", ["2026-12-28"]),
        ("it came Tuesday", ["2026-11-24"]),
    ],
)
def test_reads_days_by_what_stands_beside_them(text: str, expected: list[str]) -> None:
    assert [found.day.isoformat() for found in days_in(folded(text), TODAY)] == expected
