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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paid $62,000, is there a lemon law", [("62000", None)]),
        ("paid $62,000 in Ohio", [("62000", "USD")]),
        ("I sent $40 by Zelle", [("40", None)]),
        ("買了一台咖啡機38,000，", [("38000", None)]),
        ("簽了9萬8的課程", [("98000", None)]),
        ("共3萬6，", [("36000", None)]),
        ("HK$2,400 to terminate", [("2400", "HKD")]),
        ("€9,500, half of it paid", [("9500", "EUR")]),
        ("日幣18,000", [("18000", "JPY")]),
        ("买了双跑鞋,399,穿了一天", [("399", None)]),
    ],
)
def test_reads_sums_of_every_writing(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(found.amount, found.currency) for found in sums_in(folded(text))] == [
        (Decimal(amount), currency) for amount, currency in expected
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("I bought a used car for £6,995. Paid the £500 deposit by card and the rest by transfer.", "6995"),
        ("bought it for £11,250. Paid £1,000 by card and £10,250 by bank transfer", "11250"),
        ("we paid a £500 deposit for a hall that costs £3,000, they keep the deposit", "500"),
        ("In Europe people get 600 euro", None),
        ("买了一部手机,$1,899,坏了,要修得付$650。", "1899"),
        ("two seats at €64 each", "64"),
        ("they want HK$2,400 to end it", "2400"),
        ("they only give a meal voucher of 300", None),
    ],
)
def test_chooses_the_price_of_the_thing(text: str, amount: str | None) -> None:
    paid = sum_paid(sums_in(folded(text)), folded(text))
    assert (paid and paid.amount) == (Decimal(amount) if amount else None)
