"""Requests for advice: read strictly, every wrong field named."""

from __future__ import annotations

from datetime import date

import pytest

from bot.enquiry import read_enquiry
from knowledge.errors import FactFaults
from knowledge.model import KnowledgeBase, Language

TODAY = date(2026, 11, 25)


def test_reads_a_whole_request(base: KnowledgeBase) -> None:
    enquiry = read_enquiry(
        {"id": 7, "text": " help ", "language": "zh-Hant", "jurisdiction": "TW", "facts": {"buyer": "consumer"}, "today": "2026-01-02"},
        base,
        TODAY,
    )  # fmt: skip
    assert (enquiry.text, enquiry.today) == ("help", date(2026, 1, 2))
    assert (enquiry.given.language, enquiry.given.code, enquiry.given.facts.buyer) == (Language.ZH_HANT, "TW", "consumer")


@pytest.mark.parametrize(
    ("given", "field", "allowed"),
    [
        ([], "", "a JSON object with a field `text`"),
        ({}, "text", "1 to 4,000 characters"),
        ({"text": ""}, "text", "1 to 4,000 characters"),
        ({"text": "\x00 \x07"}, "text", "1 to 4,000 characters"),
        ({"text": "x" * 4001}, "text", "1 to 4,000 characters"),
        ({"text": 5}, "text", "1 to 4,000 characters"),
        ({"text": "x", "language": "fr"}, "language", "en, zh-Hant, zh-Hans"),
        ({"text": "x", "jurisdiction": "FR"}, "jurisdiction", "CN, TW, HK, EU, GB, US, AU, SG"),
        ({"text": "x", "jurisdiction": ["GB"]}, "jurisdiction", "CN, TW, HK, EU, GB, US, AU, SG"),
        ({"text": "x", "today": "2026-02-30"}, "today", "a day of the calendar, like 2026-11-25"),
        ({"text": "x", "facts": []}, "facts", "an object of facts"),
        ({"text": "x", "facts": {"purchase_date": "2027-01-01"}}, "facts.purchase_date", "a day up to today, 2026-11-25"),
        ({"text": "x", "topic": "y"}, "topic", "text, language, jurisdiction, facts, today, id"),
    ],
)
def test_refuses_with_what_is_allowed(base: KnowledgeBase, given: object, field: str, allowed: str) -> None:
    with pytest.raises(FactFaults) as raised:
        read_enquiry(given, base, TODAY)
    (fault,) = raised.value.faults
    assert (fault.field, fault.allowed) == (field, allowed)


def test_names_all_wrong_fields_at_once(base: KnowledgeBase) -> None:
    with pytest.raises(FactFaults) as raised:
        read_enquiry({"text": "", "language": "fr", "facts": {"buyer": "me"}}, base, TODAY)
    assert [fault.field for fault in raised.value.faults] == ["text", "language", "facts.buyer"]
