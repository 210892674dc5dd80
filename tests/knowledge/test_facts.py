"""Facts from outside: read strictly, refused with what is allowed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.errors import FactFaults
from knowledge.facts import Facts, parse_facts, readable_facts
from knowledge.model import KnowledgeBase

TODAY = date(2026, 11, 25)


def test_reads_every_kind(base: KnowledgeBase) -> None:
    given = {
        "buyer": "consumer", "purchase_date": "2026-11-01", "amount": "19.90", "currency": "gbp", "service_started": True,
        "item": " a robot ", "channel": None,
    }  # fmt: skip
    facts = parse_facts(given, base.facts, TODAY)
    assert facts == Facts(
        buyer="consumer", purchase_date=date(2026, 11, 1), amount=Decimal("19.90"), currency="GBP", service_started=True,
        item="a robot",
    )  # fmt: skip
    assert facts.as_json() == {
        "buyer": "consumer", "item": "a robot", "purchase_date": "2026-11-01", "amount": "19.90", "currency": "GBP",
        "service_started": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field", "allowed"),
    [
        ({"buyr": "consumer"}, "facts.buyr", "Did you mean 'buyer'?"),
        ({"buyer": "me"}, "facts.buyer", "consumer, business"),
        ({"purchase_date": "2026-02-30"}, "facts.purchase_date", "a day of the calendar"),
        ({"purchase_date": "2026-11-26"}, "facts.purchase_date", "a day up to today, 2026-11-25"),
        ({"purchase_date": "1800-01-01"}, "facts.purchase_date", "a day from 1950 on"),
        ({"amount": "-1"}, "facts.amount", "a sum from 0 up"),
        ({"amount": "NaN"}, "facts.amount", "a sum from 0 up"),
        ({"amount": True}, "facts.amount", "a sum from 0 up"),
        ({"currency": "pounds"}, "facts.currency", "an ISO 4217 code"),
        ({"service_started": "maybe"}, "facts.service_started", "true, false"),
        ({"item": ["x"]}, "facts.item", "text of 1 to 200 characters"),
    ],
)
def test_refuses_with_what_is_allowed(base: KnowledgeBase, given: dict[str, object], field: str, allowed: str) -> None:
    with pytest.raises(FactFaults) as raised:
        parse_facts(given, base.facts, TODAY)
    (fault,) = raised.value.faults
    assert fault.field == field
    assert allowed in fault.allowed


def test_names_all_wrong_facts_at_once(base: KnowledgeBase) -> None:
    with pytest.raises(FactFaults) as raised:
        parse_facts({"buyer": "me", "amount": "much", "channel": "online"}, base.facts, TODAY)
    assert [fault.field for fault in raised.value.faults] == ["facts.buyer", "facts.amount"]


def test_a_journey_may_start_in_the_future_but_a_purchase_may_not(base: KnowledgeBase) -> None:
    facts, faults = readable_facts({"start_date": "2027-01-01", "purchase_date": "2027-01-01"}, base.facts, TODAY)
    assert facts == Facts(start_date=date(2027, 1, 1))
    assert [fault.field for fault in faults] == ["facts.purchase_date"]
