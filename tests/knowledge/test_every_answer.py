"""Every topic of every place can be answered, whatever is known, in every language: no law is missing on any day that can be asked about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.advice import Understanding, advise
from knowledge.facts import Facts
from knowledge.model import KnowledgeBase, Language
from knowledge.reply import FULL, SHORT, UPDATE, reply

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 25)
KNOWN = [
    Facts(),
    Facts(buyer="consumer", channel="online", item_type="service"),
    Facts(buyer="business", channel="in_store", item_type="goods", purchase_date=TODAY),
    Facts(
        buyer="consumer", channel="doorstep", item_type="goods", payment="credit_card", amount=Decimal(500), trader_status="insolvent",
        purchase_date=date(2026, 11, 10), delivery_date=date(2026, 11, 12), discovered_date=date(2026, 11, 13),
        notice_date=date(2026, 11, 14), start_date=date(2026, 11, 15), service_started=True,
    ),
    Facts(buyer="consumer", item_type="travel", purchase_date=date(2023, 6, 1), start_date=date(2027, 1, 5)),
    Facts(buyer="consumer", item_type="digital", purchase_date=date(2015, 1, 1), payment="debit_card"),
]  # fmt: skip


@pytest.mark.parametrize("code", ["CN", "TW", "HK", "EU", "GB", "US", "AU", "SG", None])
def test_every_topic_is_answered_in_every_language(base: KnowledgeBase, code: str | None) -> None:
    for topic in base.topics:
        if topic == "out_of_scope":
            continue
        for facts in KNOWN:
            for language in Language:
                source = "stated" if code else "unknown"
                understood = Understanding(language, code, source, 1.0, ((topic, 0.9),), facts=facts)
                advice = advise(understood, TODAY, base)
                assert advice.rights, (topic, facts)
                for length in (SHORT, UPDATE, FULL):
                    text = reply(advice, base, length)
                    assert "{" not in text and "None" not in text


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2027, 7, 1), date(2028, 2, 29)])
def test_law_that_is_to_come_can_be_previewed(base: KnowledgeBase, today: date) -> None:
    for code in base.jurisdictions:
        for topic in base.topics:
            understood = Understanding(Language.EN, code, "stated", 1.0, ((topic, 0.9),))
            assert reply(advise(understood, today, base), base, FULL)
