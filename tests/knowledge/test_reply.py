"""A reply: in the order of urgency, short first, in the reader's language, with its law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.advice import Understanding, advise
from knowledge.dates import day_words
from knowledge.facts import Facts
from knowledge.load import load
from knowledge.model import KnowledgeBase, Language
from knowledge.reply import FULL, UPDATE, reply

TODAY = date(2026, 11, 25)
FACTS = Facts(
    buyer="consumer", channel="online", item_type="service", purchase_date=date(2026, 11, 20), service_completed=False,
    amount=Decimal(900), currency="GBP",
)  # fmt: skip


def understood(language: Language = Language.EN, code: str | None = "GB", **changes: object) -> Understanding:
    given = {"source": "stated", "confidence": 1.0, "topics": (("refund_refused_started", 0.9),), "facts": FACTS, **changes}
    return Understanding(language=language, code=code, **given)  # type: ignore[arg-type]


@pytest.fixture
def example(data_folder: Path) -> KnowledgeBase:
    """The example place, whose content does not change."""
    return load(data_folder)


def test_says_first_what_expires_first(example: KnowledgeBase) -> None:
    text = reply(advise(understood(), TODAY, example), example)
    assert text.startswith("**By 4 December 2026 (9 days left):** A started service can still be cancelled within 14 days")
    order = [
        "**By 4",
        "**What you are entitled to",
        "**Why**",
        "**What to do now**",
        "**Whom to turn to**",
        "*This is general information",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 12, 3), "(1 day left)"),
        (date(2026, 12, 4), "(today is the last day)"),
    ],
)
def test_counts_the_days_left(example: KnowledgeBase, today: date, said: str) -> None:
    assert said in reply(advise(understood(), today, example), example).splitlines()[0]


def test_a_day_that_has_passed_is_not_said_to_expire(example: KnowledgeBase) -> None:
    text = reply(advise(understood(), date(2026, 12, 5), example), example)
    assert not text.startswith("**By")


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (Language.ZH_HANT, ["最遲 2026年12月4日（還有 9 天）**：", "14 日", "依據", "第 29 條", "不是法律意見"]),
        (Language.ZH_HANS, ["最迟 2026年12月4日（还有 9 天）**：", "14 日", "依据", "第 29 条", "不是法律意见"]),
    ],
)
def test_speaks_chinese_throughout(example: KnowledgeBase, language: Language, parts: list[str]) -> None:
    text = reply(advise(understood(language), TODAY, example), example)
    for part in parts:
        assert part in text
    assert "What you" not in text and "days" not in text


def test_the_law_stands_in_its_own_language_with_the_readers_beside_it(example: KnowledgeBase) -> None:
    text = reply(advise(understood(Language.ZH_HANT), TODAY, example), example)
    assert "Consumer Contracts (Information, Cancellation and Additional Charges) Regulations 2013（2013 年" in text


def test_law_is_told_with_the_day_on_which_it_was_read(example: KnowledgeBase) -> None:
    advice = advise(understood(), TODAY, example)
    citations = [citation for right in advice.rights for citation in right.citations]
    days = sorted({citation["checked_on"] for citation in citations if citation["checked_on"]})
    assert len(days) == 1 and not all(citation["checked_on"] for citation in citations)
    text = reply(advice, example, FULL)
    assert f"**Why** (read {day_words(date.fromisoformat(days[0]), Language.EN)})" in text
    for citation in citations:
        assert (f"]({citation['url']}) (not re-checked)" in text) is (citation["checked_on"] is None)


def test_what_nobody_has_read_again_is_marked(example: KnowledgeBase) -> None:
    text = reply(advise(understood(), TODAY, example), example, FULL)
    assert "Schedule 2" in text or "Sch. 2" in text
    assert "(not re-checked)" in text


def test_an_unknown_place_is_asked_for_and_what_holds_everywhere_is_said(example: KnowledgeBase) -> None:
    advice = advise(understood(code=None, source="unknown", confidence=0.0), TODAY, example)
    assert [question["fact"] for question in advice.questions] == ["jurisdiction"]
    assert advice.rights and all(right.id.startswith("general.") for right in advice.rights)
    assert all(right.deadline is None for right in advice.rights)


def test_out_of_scope_gives_no_rights_and_says_so(example: KnowledgeBase) -> None:
    advice = advise(understood(in_scope=False, topics=()), TODAY, example)
    assert advice.rights == () and advice.as_json("x", "y")["in_scope"] is False
    assert "outside what I know" in reply(advice, example)


def test_an_update_leaves_out_what_was_said_before(example: KnowledgeBase) -> None:
    advice = advise(understood(), TODAY, example)
    assert len(reply(advice, example, UPDATE)) < len(reply(advice, example)) < len(reply(advice, example, FULL))


def test_what_depends_says_on_what(example: KnowledgeBase) -> None:
    open_facts = Facts(buyer="consumer", item_type="service", service_completed=False)
    text = reply(advise(understood(facts=open_facts), TODAY, example), example)
    assert "(depends on how it was bought" in text
    assert "I still need to know" in text or "How did you buy it?" in text


def test_no_reply_promises(base: KnowledgeBase) -> None:
    """What is shown says what one may ask for, not what will happen."""
    for entry in base.entries.values():
        for text in (entry.title[Language.EN], entry.summary[Language.EN]):
            assert "you will win" not in text.lower() and "guaranteed to" not in text.lower(), entry.id


def test_what_the_trader_may_say_is_not_told_as_a_right(base: KnowledgeBase) -> None:
    text = reply(advise(understood(), TODAY, base), base, FULL)
    assert "- If they say: “The service has started, so no refund”" in text
    assert "✓ “The service has started" not in text
    assert "- ! After the cancellation period: exit terms, if fair" in text


def test_a_deadline_names_the_day_that_it_was_counted_from(base: KnowledgeBase) -> None:
    facts = Facts(channel="online", item_type="goods", payment="credit_card", purchase_date=date(2026, 11, 1))
    advice = advise(understood(code="TW", topics=(("non_delivery", 0.9),), facts=facts), TODAY, base)
    (clock,) = [right for right in advice.rights if right.id == "tw.unauthorised_charge.dispute_clock"]
    assert clock.deadline == {"date": "2027-03-01", "days_left": 96, "rule": "120 days from: date of purchase"}
