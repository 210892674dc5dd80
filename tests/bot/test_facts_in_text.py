"""Facts read from free text: what is said, nothing that is not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

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
        ("在瑜伽馆充了6000，11月20号充的，一次没去", {"purchase_date": "2026-11-20", "amount": "6000", "service_started": "false"}),
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


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("my concert ticket was never sent", "item_type", "event"),
        ("the gym bag I bought fell apart", "item_type", "goods"),
        ("I called the hotline and paid for a French course", "item_type", "service"),
        ("手机软件不能用", "item_type", "digital"),
        ("訂了民宿兩晚", "item_type", "travel"),
        ("从网上买的", "channel", "online"),
        ("he won't refund, he offers a voucher", "trader_response", "partial"),
        ("they have closed down", "trader_status", "closed"),
        ("给女儿报的课", "buyer", "consumer"),
        ("our company ordered it", "buyer", "business"),
        ("卖家在美国", "trader_location", "foreign"),
        ("课还没开始", "service_started", "false"),
        ("I asked them to begin right away", "asked_to_start_early", "true"),
    ],
)
def test_reads_choices(text: str, name: str, value: str) -> None:
    assert read(text).get(name) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("if they refuse, what then", "trader_response"),
        ("可以用信用卡付款吗", "payment"),
        ("the contract says no refunds", "trader_response"),
        ("I refused to sign", "trader_response"),
        ("还没收到货", "trader_response"),
        ("the refund goes to my PayPal", "payment"),
        ("我公公接到电话", "channel"),
        ("向一间公司订购家具", "buyer"),
        ("他们没关门", "trader_status"),
        ("they charged me on 3 November", "purchase_date"),
    ],
)
def test_reads_nothing_that_is_not_said(text: str, name: str) -> None:
    assert name not in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ordered on 2 November and it arrived on 9 November",
            {"purchase_date": "2026-11-02", "delivery_date": "2026-11-09"},
        ),
        ("11月3日下单,11月6日收到", {"purchase_date": "2026-11-03", "delivery_date": "2026-11-06"}),
        ("取消昨天在网上买的课程", {"purchase_date": "2026-11-24"}),
    ],
)
def test_a_day_goes_to_the_verb_of_its_clause(text: str, expected: dict[str, str]) -> None:
    assert {name: value for name, value in read(text).items() if name.endswith("date")} == expected


def test_the_development_messages_are_read() -> None:
    """Over all choices: at most 4 % invented, at least 90 % found. Days depend on dates_in_text and are measured there."""
    right = wrong = missed = 0
    for line in (Path(__file__).parent / "facts_dev.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        wanted = {item for item in case["facts"].items() if not item[0].endswith("date")}
        skip = ("amount", "currency")
        found = {item for item in read(case["text"]).items() if not item[0].endswith("date") and item[0] not in skip}
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    assert wrong <= 0.04 * (right + wrong)
    assert right >= 0.9 * (right + missed)
