"""What one more message adds to a case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions.case import Case, case_of, heard, slots_of
from knowledge.facts import FACT_NAMES, Facts
from knowledge.model import KnowledgeBase, Language

TODAY = date(2026, 11, 25)


def message(
    text: str, intent: str = "give_fact", confidence: float = 0.9, language: str = "en", **entities: str
) -> dict[str, Any]:
    """A parsed message, as the pipeline gives it."""
    ranking = [{"name": intent, "confidence": confidence}]
    return {
        "text": text,
        "intent": ranking[0],
        "intent_ranking": ranking,
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        "language": {"code": language, "foreign": None},
        "place": None,
        "retrieval": {},
    }


def pressed(intent: str, **entities: str) -> dict[str, Any]:
    """A button's payload, which has an intent and entities only."""
    return {
        "text": f"/{intent}",
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }


def test_slots_hold_a_case_and_give_it_back(base: KnowledgeBase) -> None:
    case = Case(
        language=Language.ZH_HANT, chosen=True, code="TW", source="stated",
        facts=Facts(buyer="consumer", amount=Decimal("19.90"), purchase_date=date(2026, 11, 1), service_started=False),
        topics=(("cooling_off", 0.8),), found={"TW": ["tw.x"]}, asked="channel", declined=("payment",), said="abc", wanted="refund_demand",
    )  # fmt: skip
    assert case_of(slots_of(case), base, TODAY) == case


def test_every_fact_has_a_slot() -> None:
    assert set(FACT_NAMES) <= set(slots_of(Case()))


def test_a_button_fills_the_fact_that_was_asked(base: KnowledgeBase) -> None:
    case = heard(Case(asked="channel"), pressed("give_fact", channel="online"), base, TODAY)
    assert (case.facts.channel, case.asked, case.answered) == ("online", None, True)


@pytest.mark.parametrize(
    ("asked", "text", "intent", "entities", "expected"),
    [
        ("service_completed", "yes", "affirm", {}, Facts(service_completed=True)),
        ("service_completed", "no", "deny", {}, Facts(service_completed=False)),
        ("delivery_date", "3 November", "give_fact", {"date": "2026-11-03"}, Facts(delivery_date=date(2026, 11, 3))),
        ("amount", "1,200", "give_fact", {}, Facts(amount=Decimal(1200))),
        ("item", "Voice robot", "nuisance_calls", {}, Facts(item="Voice robot")),
        ("item", "online English course", "change_language", {}, Facts(item="online English course")),
        ("item", "線上英文課程", "change_language", {}, Facts(item="線上英文課程")),
    ],
)
def test_a_short_answer_is_read_in_the_light_of_the_question(
    base: KnowledgeBase, asked: str, text: str, intent: str, entities: dict[str, str], expected: Facts
) -> None:
    case = heard(Case(asked=asked), message(text, intent, **entities), base, TODAY)
    assert case.facts == expected
    assert case.asked is None


def test_what_is_not_known_is_not_asked_again(base: KnowledgeBase) -> None:
    case = heard(Case(asked="channel"), pressed("dont_know"), base, TODAY)
    assert case.declined == ("channel",) and case.asked is None
    case = heard(case, message("I bought it online", channel="online"), base, TODAY)
    assert case.declined == ()


def test_a_corrected_fact_replaces_the_earlier_one(base: KnowledgeBase) -> None:
    case = Case(facts=Facts(payment="credit_card"))
    assert (
        heard(case, message("no, debit card", "correct_fact", payment="debit_card"), base, TODAY).facts.payment
        == "debit_card"
    )


def test_a_day_in_the_future_is_said_and_not_taken(base: KnowledgeBase) -> None:
    case = heard(Case(), message("x", purchase_date="2026-12-24"), base, TODAY)
    assert case.facts == Facts()
    assert [fault.field for fault in case.faults] == ["facts.purchase_date"]


def test_a_place_that_a_link_gave_holds_only_where_people_do_not_say(base: KnowledgeBase) -> None:
    """The link to the bot was made in Britain; the gym was in Berlin."""
    by_link = {**message("x"), "metadata": {"jurisdiction": "GB"}}
    inferred = {**by_link, "place": {"code": "EU", "source": "inferred", "confidence": 0.8}}
    linked = heard(Case(), by_link, base, TODAY)
    assert (linked.code, linked.understanding().source) == ("GB", "inferred")
    for case in (linked, Case()):
        case = heard(heard(case, inferred, base, TODAY), by_link, base, TODAY)
        assert (case.code, case.understanding().source) == ("EU", "inferred")
    other_link = {**by_link, "metadata": {"jurisdiction": "TW"}}
    assert heard(linked, other_link, base, TODAY).code == "TW"
    stated = {**by_link, "place": {"code": "HK", "source": "stated", "confidence": 0.95}}
    assert heard(heard(linked, stated, base, TODAY), by_link, base, TODAY).understanding().source == "stated"


def test_words_that_do_not_tell_the_script_take_that_of_the_client(base: KnowledgeBase) -> None:
    both = {**message("想退", language="zh"), "metadata": {"client_language": "zh-Hant"}}
    assert heard(Case(), both, base, TODAY).language is Language.ZH_HANT
    assert heard(Case(language=Language.ZH_HANS), both, base, TODAY).language is Language.ZH_HANS
    english = {**message("They say no refund after it started", language="en"), "metadata": {"client_language": "zh-Hant"}}
    assert heard(Case(), english, base, TODAY).language is Language.EN


def test_a_place_that_was_stated_is_not_overturned_by_one_inferred(base: KnowledgeBase) -> None:
    inferred = {**message("x"), "place": {"code": "GB", "source": "inferred", "confidence": 0.8}}
    assert heard(Case(code="TW", source="stated"), inferred, base, TODAY).code == "TW"
    stated = {**message("x"), "place": {"code": "GB", "source": "stated", "confidence": 0.95}}
    assert heard(Case(code="TW", source="stated"), stated, base, TODAY).code == "GB"


def test_a_short_latin_word_does_not_change_the_language(base: KnowledgeBase) -> None:
    case = heard(Case(language=Language.ZH_HANT), message("PayPal"), base, TODAY)
    assert case.language is Language.ZH_HANT
    case = heard(case, message("I would rather write in English now"), base, TODAY)
    assert case.language is Language.EN


def test_a_few_characters_do_not_change_the_script(base: KnowledgeBase) -> None:
    case = heard(Case(language=Language.ZH_HANT), message("台北", language="zh-Hans"), base, TODAY)
    assert case.language is Language.ZH_HANT
    case = heard(case, message("我想用简体字写", language="zh-Hans"), base, TODAY)
    assert case.language is Language.ZH_HANS


def test_a_sum_without_currency_takes_that_of_the_place(base: KnowledgeBase) -> None:
    assert heard(Case(code="TW", source="stated"), message("x", amount="500"), base, TODAY).facts.currency == "TWD"
    assert heard(Case(), message("x", amount="500"), base, TODAY).facts.currency is None


def test_two_likely_topics_are_kept_for_asking(base: KnowledgeBase) -> None:
    parsed = message("x", "cooling_off", 0.3)
    parsed["intent_ranking"] = [
        {"name": "cooling_off", "confidence": 0.30}, {"name": "deposit_refused", "confidence": 0.28}, {"name": "evidence", "confidence": 0.27},
    ]  # fmt: skip
    assert heard(Case(), parsed, base, TODAY).unsure == ("cooling_off", "deposit_refused")


def test_a_new_problem_elsewhere_moves_the_case_there(base: KnowledgeBase) -> None:
    """Stated for the first problem, read from the second one's words."""
    first = Case(code="HK", source="stated", topics=(("pressure_selling", 0.9),))
    parsed = {**message("x", "travel_cancelled"), "place": {"code": "EU", "source": "inferred", "confidence": 0.8}}
    case = heard(first, parsed, base, TODAY)
    assert (case.code, case.source) == ("EU", "inferred")
    answer = {**message("x", "give_fact"), "place": {"code": "EU", "source": "inferred", "confidence": 0.8}}
    assert heard(first, answer, base, TODAY).code == "HK"


def test_details_with_nothing_before_them_tell_a_problem(base: KnowledgeBase) -> None:
    parsed = message("I bought a laptop for 500 and it is broken", "give_fact", 0.5)
    parsed["intent_ranking"] += [{"name": "faulty_goods", "confidence": 0.3}, {"name": "evidence", "confidence": 0.05}]
    case = heard(Case(), parsed, base, TODAY)
    assert case.topics[0][0] == "faulty_goods" and not case.answered
    later = heard(case, message("it was 500", "give_fact", amount="500"), base, TODAY)
    assert later.topics == case.topics and later.answered
