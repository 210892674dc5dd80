"""Facts read from free text: what is said, nothing that is not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.components.facts_in_text import facts_in

TODAY = date(2026, 11, 25)


def read(text: str) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts_in(text, TODAY)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I bought it online on 3 November and paid £40 by credit card",
         {"channel": "online", "purchase_date": "2026-11-03", "amount": "40", "currency": "GBP", "payment": "credit_card"}),
        ("our company ordered it for the sales team", {"buyer": "business"}),
        ("it is for my daughter", {"buyer": "consumer"}),
        ("I did not pay by credit card", {}),
        ("they have gone into liquidation", {"trader_status": "insolvent"}),
        ("they refuse to refund me", {"trader_response": "refused"}),
        ("網路上買的，11月3日簽約，刷信用卡付了4500元",
         {"channel": "online", "purchase_date": "2026-11-03", "payment": "credit_card", "amount": "4500"}),
        ("公司採購的，用匯款", {"buyer": "business", "payment": "bank_transfer"}),
        ("昨天收到貨", {"delivery_date": "2026-11-24"}),
        ("用支付宝付的", {"payment": "alipay"}),
        ("在瑜伽馆充了6000，11月20号充的，一次没去", {"purchase_date": "2026-11-20", "amount": "6000"}),
        ("不是刷信用卡", {}),
        ("what is your name", {}),
    ],
)  # fmt: skip
def test_reads_what_is_said(text: str, expected: dict[str, str]) -> None:
    found = read(text)
    assert {name: value for name, value in found.items() if name in expected} == expected
    assert set(found) - set(expected) <= {"item_type"}


def test_two_contradicting_values_give_none() -> None:
    assert "payment" not in read("I paid half by credit card and half in cash")


def test_a_day_without_a_verb_is_a_plain_date() -> None:
    assert read("3 November") == {"date": "2026-11-03"}
