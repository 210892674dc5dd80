"""Sums read from text, with their currency where the words tell it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.components.money_in_text import chinese_number, sums_in
from bot.components.sum_paid import sum_paid
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
        ("€1.299,00", [("1299.00", "EUR")]),
        ("two grand for it", [("2000", None)]),
        ("a hundred and twenty pounds", [("120", "GBP")]),
        ("it cost 549.", [("549", None)]),
        ("千二蚊", [("1200", "HKD")]),
        ("九块九", [("9.9", None)]),
        ("我在台灣，1,280元", [("1280", "TWD")]),
        ("給了S$2,000 deposit", [("2000", "SGD")]),
        ("1,250 not 125", [("1250", None)]),
        ("三百個用戶，千萬別，萬一，掉了一塊", []),
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


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("paid 320 for it, a partial refund of 50 offered", "320"),
        ("they charged me 119 instead of 19", "119"),
        ("原价五千，我花了3980买的", "3980"),
        ("they only offer a £20 voucher", None),
        ("the quote was 200, the bill 480", None),
    ],
)
def test_chooses_the_sum_paid(text: str, amount: str | None) -> None:
    paid = sum_paid(sums_in(folded(text)), folded(text))
    assert (paid and paid.amount) == (Decimal(amount) if amount else None)
