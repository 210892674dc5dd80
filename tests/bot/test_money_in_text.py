"""Sums read from text, with their currency where the words tell it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.components.money_in_text import chinese_number, sums_in
from knowledge.scripts import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I paid £1,200.50", [("1200.50", "GBP")]),
        ("65 quid", [("65", "GBP")]),
        ("$40 a month", [("40", None)]),
        ("US$40", [("40", "USD")]),
        ("HK$3000", [("3000", "HKD")]),
        ("NT$12,000", [("12000", "TWD")]),
        ("120 euros", [("120", "EUR")]),
        ("€99", [("99", "EUR")]),
        ("2k dollars", [("2000", None)]),
        ("3980元", [("3980", None)]),
        ("三千八百元", [("3800", None)]),
        ("四千五百塊", [("4500", None)]),
        ("兩萬塊", [("20000", None)]),
        ("1萬2", [("12000", None)]),
        ("付了四千五，", [("4500", None)]),
        ("人民币5000", [("5000", "CNY")]),
        ("港幣800", [("800", "HKD")]),
        ("room 12, 3 people, 50%", []),
    ],
)
def test_reads_sums(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(found.amount, found.currency) for found in sums_in(folded(text))] == [
        (Decimal(amount), currency) for amount, currency in expected
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三千八", 3800),
        ("一万二", 12000),
        ("两百五十", 250),
        ("十五", 15),
        ("三千零五", 3005),
        ("一百零二万", 1020000),
        ("甲", None),
    ],
)
def test_chinese_numbers(words: str, number: int | None) -> None:
    assert chinese_number(words) == number
