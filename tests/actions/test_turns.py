"""What the actions send in a turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions.advise import ActionAdvise
from actions.alarm import fraud_bodies
from actions.aside import ActionAside
from actions.case import Case, back, case_of, heard, slots_of
from actions.conversation import ActionChangeJurisdiction, ActionChangeLanguage, ActionHandoff, ActionStartOver
from actions.letter import ActionLetter
from actions.turn import Turn, TurnAction
from actions.understand import ActionUnderstand
from actions.why import ActionDeadlines, ActionWhy
from knowledge.advice import Understanding, advise, problems_of
from knowledge.facts import Facts
from knowledge.model import KnowledgeBase, Language
from knowledge.reply import reply
from tests.actions.test_case import TODAY, message, pressed

BAG = Facts(channel="online", item_type="goods", buyer="consumer", delivery_date=date(2026, 11, 18))
OPEN = Case(
    language=Language.EN, code="GB", source="stated", facts=BAG, topics=(("cooling_off", 0.9),), asked="payment", said="x"
)


def turn_of(case: Case, parsed: dict[str, Any], base: KnowledgeBase, *actions: TurnAction) -> Turn:
    turn = Turn(case, slots_of(case), parsed, base, TODAY)
    for action in actions or (ActionUnderstand(), ActionAdvise()):
        action.take(turn)
    return turn


def told(turn: Turn) -> str:
    return "\n".join(said["text"] for said in turn.messages)


def kinds(turn: Turn) -> list[str]:
    return [said["json_message"]["type"] for said in turn.messages]


def test_a_side_question_is_answered_and_the_open_one_asked_again(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("what is a chargeback?", "help"), base, ActionUnderstand())
    assert turn.follow_up == "action_aside" and turn.messages == []
    turn = turn_of(turn.case, turn.parsed, base, ActionAside())
    assert kinds(turn) == ["notice", "question"]
    assert "**Chargeback**" in told(turn) and "How did you pay?" in told(turn)
    assert turn.case == OPEN


def test_why_a_question_is_asked_names_the_rules_that_it_decides(base: KnowledgeBase) -> None:
    case = Case(
        language=Language.EN, code="GB", source="stated", topics=(("provider_insolvent", 0.9),), asked="payment",
        facts=Facts(buyer="consumer", amount=Decimal(400), currency="GBP"),
    )  # fmt: skip
    turn = turn_of(case, message("why do you need that?", "why"), base, ActionAside())
    assert "Consumer Credit Act 1974" in told(turn) and "I don't know" in told(turn)
    assert kinds(turn) == ["notice", "question"]


def test_why_in_general_takes_up_the_open_question(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("why", "why"), base, ActionWhy())
    assert kinds(turn)[-1] == "question"


def test_a_correction_says_what_it_changed(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("not online, in the shop", "correct_fact", channel="in_store"), base)
    first = turn.messages[0]
    assert first["json_message"]["reason"] == "changed" and first["json_message"]["facts"]["channel"] == "in_store"
    assert "How it was bought: Online → In a shop" in first["text"]
    assert "No longer in your case" in first["text"]
    assert first["text"].index("Changed") < first["text"].index("No longer")


def test_a_last_day_that_moves_is_said(base: KnowledgeBase) -> None:
    parsed = message("no, 20 November", "correct_fact", date="2026-11-20")
    turn = turn_of(OPEN, parsed, base)
    assert turn.case.facts.delivery_date == date(2026, 11, 20)
    assert "2 December 2026 → 4 December 2026" in told(turn)


def test_a_fact_taken_back_without_the_right_one_is_asked_for(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("no, it was in May", "correct_fact"), base)
    assert turn.case.facts.delivery_date is None and turn.case.asked == "delivery_date"
    assert "18 November 2026 → not known" in told(turn)
    case = Case(language=Language.ZH_HANT, code="TW", facts=Facts(payment="cash"), topics=(("faulty_goods", 0.9),), said="x")
    turn = turn_of(case, message("其實是刷卡不是現金", "correct_fact", language="zh-Hant"), base)
    assert turn.case.facts.payment is None and turn.case.asked == "payment"
    assert "現金 → 還不知道" in told(turn)


def test_a_change_of_place_is_a_change(base: KnowledgeBase) -> None:
    parsed = message("sorry, I bought it in Hong Kong, not Great Britain", "change_jurisdiction")
    turn = turn_of(OPEN, parsed, base)
    assert turn.case.code == "HK"
    assert "Great Britain → Hong Kong" in told(turn)


def test_what_was_taken_over_is_said_and_what_was_not_is_not_called_noted(base: KnowledgeBase) -> None:
    case = turn_of(OPEN, pressed("dont_know"), base).case
    turn = turn_of(case, message("I paid by bank transfer", "give_fact", payment="bank_transfer"), base)
    assert "Bank transfer" in told(turn) or kinds(turn)[0] == "advice"
    turn = turn_of(turn.case, message("well you see", "give_fact"), base)
    assert "could not read" in told(turn)


def test_a_letter_does_not_ask_for_what_is_not_known(base: KnowledgeBase) -> None:
    case = Case(language=Language.EN, code="GB", topics=(("faulty_goods", 0.9),), declined=("item", "purchase_date"))
    turn = turn_of(case, message("write the letter", "ask_letter"), base, ActionLetter())
    assert kinds(turn) == ["notice"] and "still open: item, date of purchase" in told(turn)
    turn = turn_of(
        Case(language=Language.EN, code="GB", topics=(("faulty_goods", 0.9),), declined=("item",)),
        message("write the letter", "ask_letter"), base, ActionLetter(),
    )  # fmt: skip
    assert turn.case.asked == "purchase_date"


@pytest.mark.parametrize("text", ["idk", "skip", "rather not say"])
def test_not_knowing_works_whatever_the_intent(base: KnowledgeBase, text: str) -> None:
    case = heard(OPEN, message(text, "out_of_scope"), base, TODAY)
    assert case.declined == ("payment",) and case.in_scope and case.answered


def test_another_matter_has_facts_of_its_own_and_a_way_back(base: KnowledgeBase) -> None:
    parsed = message("I also have another problem, the lamp came broken", "faulty_goods", item_type="goods", amount="80")
    case = heard(OPEN, parsed, base, TODAY)
    assert case.facts == Facts(buyer="consumer", item_type="goods", amount=Decimal(80), currency="GBP")
    assert case.beside[0]["topics"][0][0] == "cooling_off" and case.matter == 2
    assert case_of(slots_of(case), base, TODAY) == case
    again = heard(case, pressed("cooling_off"), base, TODAY)
    assert again.facts == BAG and again.topics == OPEN.topics and again.matter == 1
    assert back(again, message("back to the lamp")).facts.amount == Decimal(80)


def test_a_further_topic_of_the_same_story_keeps_its_facts(base: KnowledgeBase) -> None:
    case = heard(OPEN, message("they also sold my address to others, I get letters now", "personal_data"), base, TODAY)
    assert case.facts.delivery_date == BAG.delivery_date and case.matter == 1
    assert case.topics[0][0] == "personal_data"
    assert heard(case, pressed("cooling_off"), base, TODAY).topics[0][0] == "cooling_off"


def test_several_problems_are_named_with_the_nearest_last_day_first(base: KnowledgeBase) -> None:
    topics = (("aftersales_missing", 0.5), ("cooling_off", 0.4))
    understood = Understanding(Language.EN, "GB", "stated", 1.0, topics, facts=BAG)
    advice = advise(understood, TODAY, base)
    assert advice.problems == problems_of(understood, TODAY, base)
    assert advice.problems == (("cooling_off", "2026-12-02"), ("aftersales_missing", None))
    assert "change of mind and cancelling (by 2 December 2026); no after-sales service" in reply(advice, base)


@pytest.mark.parametrize(("share", "several", "count"), [(0.3, False, 2), (0.29, False, 0), (0.1, True, 2), (0.09, True, 0)])
def test_a_second_topic_that_is_mere_doubt_is_no_second_problem(
    base: KnowledgeBase, share: float, several: bool, count: int
) -> None:
    topics = (("aftersales_missing", 0.5), ("cooling_off", share))
    understood = Understanding(Language.EN, "GB", "stated", 1.0, topics, facts=BAG, several=several)
    assert len(problems_of(understood, TODAY, base)) == count


def test_an_insolvency_comes_before_what_has_no_last_day(base: KnowledgeBase) -> None:
    topics = (("aftersales_missing", 0.5), ("provider_insolvent", 0.4))
    understood = Understanding(Language.EN, "GB", "stated", 1.0, topics, several=True)
    assert [topic for topic, _ in problems_of(understood, TODAY, base)] == ["provider_insolvent", "aftersales_missing"]


@pytest.mark.parametrize("code", ["CN", "TW", "HK", "EU", "GB", "US", "AU", "SG"])
def test_the_bodies_of_an_alarm_and_the_lines_of_a_crisis_exist(base: KnowledgeBase, code: str) -> None:
    place = base.place_of(code)
    assert fraud_bodies()[code]
    assert all(f"{place}.{name}" in base.authorities for name in fraud_bodies()[code])
    assert f"crisis_line_{place}" in base.wording


def test_a_fraud_in_progress_is_answered_before_all_else(base: KnowledgeBase) -> None:
    parsed = message("someone from my bank wants me to move my money to a safe account", "unauthorised_charge")
    turn = turn_of(Case(code="SG", source="stated"), parsed, base)
    assert turn.messages[0]["json_message"]["reason"] == "alarm"
    assert "1799" in turn.messages[0]["text"]
    assert kinds(turn)[1] == "advice"


def test_a_life_in_danger_is_all_that_is_answered_and_the_case_is_kept(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("I want to end my life", "out_of_scope"), base, ActionUnderstand())
    assert "116 123" in told(turn) and kinds(turn) == ["notice"] and turn.follow_up == "action_listen"
    assert turn.case.topics == OPEN.topics and turn.case.in_scope


def test_distress_is_answered_once(base: KnowledgeBase) -> None:
    parsed = message("I'm so stressed", "out_of_scope")
    turn = turn_of(OPEN, parsed, base, ActionUnderstand())
    assert kinds(turn) == ["notice", "question"]
    assert kinds(turn_of(turn.case, parsed, base, ActionUnderstand())) == ["question"]


def test_out_of_scope_in_the_middle_keeps_the_case_and_asks_again(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("my landlord is awful as well", "out_of_scope"), base)
    assert kinds(turn) == ["advice", "question"] and turn.case.said == OPEN.said and turn.case.asked == "payment"


def test_a_case_is_not_lost_by_a_word_that_only_sounds_like_starting_over(base: KnowledgeBase) -> None:
    turn = turn_of(OPEN, message("back to my case please", "start_over", 0.7), base, ActionStartOver())
    assert turn.case == OPEN and [button["payload"] for button in turn.messages[0]["buttons"]] == [
        "/start_over",
        "/next_steps",
    ]
    turn = turn_of(OPEN, message("start over", "start_over"), base, ActionStartOver())
    assert turn.case.topics == ()


def test_whom_to_turn_to_is_asked_about_the_problem_in_hand(base: KnowledgeBase) -> None:
    case = Case(language=Language.EN, code="AU", source="stated", topics=(("nuisance_calls", 0.9),), said="x")
    turn = turn_of(case, message("who can I complain to?", "complaint_escalation"), base)
    assert "ACMA" in told(turn) and turn.case.topics == case.topics


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("可以講中文嗎", "zh-Hant", Language.ZH_HANT),
        ("能说中文吗", "zh-Hans", Language.ZH_HANS),
        ("Chinese please", "en", Language.ZH_HANT),
    ],
)
def test_chinese_is_taken_in_the_script_that_is_used(
    base: KnowledgeBase, text: str, script: str, expected: Language
) -> None:
    case = Case(language=Language.EN, chosen=True, code="TW")
    turn = turn_of(case, message(text, "change_language", language=script), base, ActionChangeLanguage())
    assert turn.case.language is expected


def test_which_topic_can_be_answered_in_words(base: KnowledgeBase) -> None:
    parsed = message("x", "cooling_off", 0.3)
    parsed["intent_ranking"] = [{"name": "cooling_off", "confidence": 0.30}, {"name": "deposit_refused", "confidence": 0.28},
                                {"name": "evidence", "confidence": 0.27}]  # fmt: skip
    turn = turn_of(Case(), parsed, base)
    assert turn.case.asked == "topic" and kinds(turn) == ["question"]
    assert heard(turn.case, message("the second one"), base, TODAY).topics == (("deposit_refused", 1.0),)


def test_a_place_that_was_taken_already_is_confirmed_and_not_told_again(base: KnowledgeBase) -> None:
    parsed = {
        **message("Great Britain", "change_jurisdiction"),
        "place": {"code": "GB", "source": "stated", "confidence": 0.95},
    }
    turn = turn_of(OPEN, parsed, base, ActionUnderstand(), ActionChangeJurisdiction())
    assert kinds(turn) == ["notice", "question"] and "law of Great Britain" in told(turn)
    nowhere = Case(language=Language.EN, topics=OPEN.topics, facts=BAG, said="x")
    turn = turn_of(nowhere, parsed, base, ActionUnderstand(), ActionChangeJurisdiction())
    assert turn.follow_up == "action_advise" and turn.case.code == "GB"


def test_distress_without_a_story_is_asked_what_happened(base: KnowledgeBase) -> None:
    turn = turn_of(Case(), message("I'm really upset, everything went wrong", "user_error_loss"), base, ActionUnderstand())
    assert kinds(turn) == ["notice", "notice"] and turn.case.topics == () and turn.follow_up == "action_listen"


@pytest.mark.parametrize(
    "answer",
    [
        pressed("change_jurisdiction", jurisdiction="SG"),
        {**message("Singapore", "change_jurisdiction"), "place": {"code": "SG", "source": "stated", "confidence": 0.95}},
    ],
)
def test_who_asks_for_a_person_and_tells_the_place_is_told_who_there_is(base: KnowledgeBase, answer: dict[str, Any]) -> None:
    asked = turn_of(Case(language=Language.EN), pressed("talk_to_human"), base, ActionUnderstand(), ActionHandoff())
    assert kinds(asked) == ["handoff", "question"]
    case = case_of(slots_of(asked.case), base, TODAY)
    turn = turn_of(case, answer, base, ActionUnderstand())
    assert turn.follow_up == "action_handoff" and turn.messages == []
    assert "Consumers Association of Singapore" in told(turn_of(turn.case, answer, base, ActionHandoff()))
    story = turn_of(case, message("They never sent my sofa", "non_delivery"), base, ActionUnderstand())
    assert story.case.wanted is None and story.follow_up is None


def test_a_place_told_before_anything_else_is_taken_and_the_story_asked_for(base: KnowledgeBase) -> None:
    case = Case(language=Language.EN, asked="jurisdiction")
    button = {**pressed("change_jurisdiction", jurisdiction="SG"), "text": '/change_jurisdiction{"jurisdiction":"SG"}'}
    turn = turn_of(case, button, base, ActionUnderstand())
    assert turn.follow_up == "action_change_jurisdiction"
    told_it = turn_of(turn.case, turn.parsed, base, ActionChangeJurisdiction())
    assert told(told_it) == "I will go by the law of Singapore. What happened?"
    unknown = turn_of(replace(case, code="HK"), pressed("dont_know"), base)
    assert told(unknown).startswith("Tell me first what you bought")


def test_a_letter_cites_no_law_on_a_problem_that_is_hardly_likely(base: KnowledgeBase) -> None:
    topics = (("provider_insolvent", 0.8), ("unauthorised_charge", 0.1))
    facts = Facts(payment="credit_card", amount=Decimal(480), currency="GBP", trader_status="closed")
    case = Case(language=Language.EN, code="GB", source="stated", topics=topics, facts=facts, wanted="card_dispute")
    assert "Unauthorised payment" not in told(turn_of(case, pressed("ask_letter"), base, ActionLetter()))


def test_nobody_is_told_that_no_time_runs_before_the_place_is_known(base: KnowledgeBase) -> None:
    case = Case(language=Language.EN, topics=(("faulty_goods", 0.9),), facts=BAG)
    turn = turn_of(case, pressed("ask_deadline"), base, ActionDeadlines())
    assert kinds(turn) == ["notice", "question"] and "Deadlines differ from place to place" in told(turn)
    assert turn.case.asked == "jurisdiction"
