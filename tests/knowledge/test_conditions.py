"""Three-valued conditions: what is not known never becomes yes or no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from knowledge.conditions import All, AmountBetween, Condition, Is, Not, Setting, Some, Status, Within, judge
from knowledge.facts import Facts

BUYER, CHANNEL = Is("buyer", ("consumer",)), Is("channel", ("online", "phone"))
TODAY = date(2026, 11, 25)


def setting(facts: Facts, today: date = TODAY) -> Setting:
    """A place where limits are 100 to 30,000 GBP and every period is thirty days."""
    limits = {"low": (Decimal(100), "GBP"), "high": (Decimal(30000), "GBP")}
    return Setting(facts, today, limits.__getitem__, lambda start, *_: start + relativedelta(days=30))


def status(condition: Condition, facts: Facts, today: date = TODAY) -> tuple[str, tuple[str, ...]]:
    verdict = judge(condition, setting(facts, today))
    return verdict.status.value, verdict.depends_on


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (BUYER, Facts(), ("depends", ("buyer",))),
        (BUYER, Facts(buyer="consumer"), ("yes", ())),
        (BUYER, Facts(buyer="business"), ("no", ())),
        (All((BUYER, CHANNEL)), Facts(buyer="business"), ("no", ())),
        (All((BUYER, CHANNEL)), Facts(buyer="consumer"), ("depends", ("channel",))),
        (All((BUYER, CHANNEL)), Facts(), ("depends", ("buyer", "channel"))),
        (Some((BUYER, CHANNEL)), Facts(buyer="consumer"), ("yes", ())),
        (Some((BUYER, CHANNEL)), Facts(buyer="business"), ("depends", ("channel",))),
        (Some((BUYER, CHANNEL)), Facts(buyer="business", channel="in_store"), ("no", ())),
        (Not(BUYER), Facts(), ("depends", ("buyer",))),
        (Not(BUYER), Facts(buyer="business"), ("yes", ())),
        (Is("service_completed", ("true",)), Facts(service_completed=False), ("no", ())),
    ],
)
def test_what_is_unknown_stays_open(condition: Condition, facts: Facts, expected: tuple[str, tuple[str, ...]]) -> None:
    assert status(condition, facts) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("99.99", "GBP", "no"), ("100", "GBP", "yes"), ("30000", "GBP", "yes"), ("30000.01", "GBP", "no"),
        ("500", "EUR", "depends"), ("500", None, "depends"),
    ],
)  # fmt: skip
def test_amounts_are_compared_in_their_own_currency_only(amount: str, currency: str | None, expected: str) -> None:
    condition = AmountBetween("low", "high")
    assert status(condition, Facts(amount=Decimal(amount), currency=currency))[0] == expected


def test_within_counts_to_the_last_day() -> None:
    condition = Within(("delivery_date",), "any")
    facts = Facts(delivery_date=date(2026, 11, 1))
    assert status(condition, facts, date(2026, 12, 1))[0] == "yes"
    assert status(condition, facts, date(2026, 12, 2))[0] == "no"
    assert status(condition, Facts()) == ("depends", ("delivery_date",))


def test_within_another_day_is_open_only_after_the_period() -> None:
    condition = Within(("delivery_date",), "any", at="discovered_date")
    facts = Facts(delivery_date=date(2026, 11, 1))
    assert status(condition, facts, date(2026, 12, 1))[0] == "yes"
    assert status(condition, facts, date(2027, 1, 5)) == ("depends", ("discovered_date",))
    assert (
        status(condition, Facts(delivery_date=date(2026, 11, 1), discovered_date=date(2026, 12, 1)), date(2027, 1, 5))[0]
        == "yes"
    )
    assert (
        status(condition, Facts(delivery_date=date(2026, 11, 1), discovered_date=date(2026, 12, 2)), date(2027, 1, 5))[0]
        == "no"
    )


def conditions() -> st.SearchStrategy[Condition]:
    leaves = st.sampled_from([BUYER, CHANNEL, Is("payment", ("credit_card",)), Is("service_started", ("true",))])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=6,
    )


FACTS = st.builds(
    Facts,
    buyer=st.sampled_from([None, "consumer", "business"]),
    channel=st.sampled_from([None, "online", "in_store"]),
    payment=st.sampled_from([None, "credit_card", "cash"]),
    service_started=st.sampled_from([None, True, False]),
)


@given(conditions(), FACTS, FACTS)
def test_learning_more_never_overturns_a_verdict(condition: Condition, known: Facts, more: Facts) -> None:
    """What holds on what is known holds whatever else is learnt."""
    first = judge(condition, setting(known))
    if first.status is not Status.DEPENDS:
        assert judge(condition, setting(more.with_over(known))).status is first.status
    else:
        assert all(known.token(fact) is None for fact in first.depends_on) and first.depends_on
