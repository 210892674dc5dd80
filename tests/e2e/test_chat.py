"""A conversation through the front door, with the real Rasa, action server and index behind it."""

from __future__ import annotations

import json

import jsonschema
import pytest

from settings import ROOT
from tests.e2e.stack import Stack

pytestmark = pytest.mark.slow
SCHEMA = json.loads((ROOT / "bot" / "channels" / "reply.schema.json").read_text("utf-8"))


def test_english_from_the_problem_to_a_letter(stack: Stack) -> None:
    chat = stack.chat()
    chat.say(
        "I signed up for a coaching course in Leeds on their website on 20 November and paid £900. "
        "They say it has started, so no refund."
    )
    advice = chat.custom("advice")
    assert advice["language"] == "en"
    assert advice["jurisdiction"] == {"code": "GB", "source": "inferred", "confidence": 0.8}
    assert advice["topics"][0]["id"] == "refund_refused_started"
    assert advice["facts"]["purchase_date"] == "2026-11-20"
    right = next(r for r in advice["rights"] if r["id"] == "gb.refund_refused_started.cancel_started_service")
    assert right["deadline"]["date"] == "2026-12-04"
    assert right["deadline"]["days_left"] == 9
    assert "https://www.legislation.gov.uk/uksi/2013/3134/regulation/" in chat.text
    assert "not legal advice" in chat.text
    asked = [message["custom"] for message in chat.messages if message["custom"]["type"] == "question"]
    assert len(asked) == 1 and asked[0]["why"]

    chat.say("it is for myself")
    chat.say("write the letter")
    for _ in range(4):  # asks for what the letter still needs, one thing at a time
        kinds = [message["custom"]["type"] for message in chat.messages]
        if "document" in kinds:
            break
        fact = chat.custom("question")["fact"]
        chat.say({"item": "Career coaching", "purchase_date": "20 November", "amount": "900"}[fact])
    document = chat.custom("document")
    assert document["language"] == "en" and document["reading_copy"] is None
    assert "Career coaching" in document["text"] and "20 November 2026" in document["text"]


def test_traditional_chinese(stack: Stack) -> None:
    chat = stack.chat()
    chat.say("我11月20日在網路上報名英文線上課程，刷卡付了三萬六，業者說課程已經開始不能退費。我住台中")
    advice = chat.custom("advice")
    assert advice["language"] == "zh-Hant"
    assert advice["jurisdiction"]["code"] == "TW"
    assert advice["topics"][0]["id"] == "refund_refused_started"
    assert advice["facts"]["amount"] == "36000" and advice["facts"]["currency"] == "TWD"
    assert "消費者保護法" in chat.text and "第 19 條" in chat.text
    chat.say("為什麼")
    assert "law.moj.gov.tw" in chat.text
    chat.say("找真人")
    assert "1950" in chat.custom("handoff")["text"]


def test_simplified_chinese(stack: Stack) -> None:
    chat = stack.chat()
    chat.say("在上海办的健身卡，店关门老板跑路了，卡里还有五千多块")
    advice = chat.custom("advice")
    assert advice["language"] == "zh-Hans"
    assert advice["jurisdiction"]["code"] == "CN"
    assert advice["topics"][0]["id"] in ("provider_insolvent", "prepaid_balance")
    assert "12315" in chat.text or "市场监管" in chat.text
    chat.say("接下来怎么办")
    assert "**" in chat.text and len(chat.text) > 300


def test_the_place_is_asked_when_nothing_tells_it(stack: Stack) -> None:
    chat = stack.chat()
    chat.say("They say the service has started, so no refund")
    assert chat.custom("advice")["jurisdiction"]["code"] is None
    question = chat.custom("question")
    assert question["fact"] == "jurisdiction" and len(question["options"]) == 8
    chat.press("Taiwan")
    advice = chat.custom("advice")
    assert advice["jurisdiction"] == {"code": "TW", "source": "stated", "confidence": 1.0}
    assert all(right["id"].startswith("tw.") for right in advice["rights"])


def test_script_does_not_decide_the_place(stack: Stack) -> None:
    chat = stack.chat()
    chat.say("商家说服务已经开始，不给退款")
    assert chat.custom("advice")["jurisdiction"]["code"] is None


def test_a_fact_that_changes_changes_the_answer(stack: Stack) -> None:
    chat = stack.chat(jurisdiction="GB")
    chat.say("I bought an online course on 20 November, they say it has started so no refund, it is for myself")
    assert any(r["applies"] != "no" for r in chat.custom("advice")["rights"] if "cancel_started_service" in r["id"])
    chat.say("no, I signed it in their shop")
    advice = chat.custom("advice")
    assert advice["facts"]["channel"] == "in_store"
    gone = [r["applies"] for r in advice["rights"] if "cancel_started_service" in r["id"]]
    assert gone in ([], ["no"])


def test_asked_for_two_likely_topics_when_unsure_and_out_of_scope_is_said(stack: Stack) -> None:
    chat = stack.chat()
    chat.say("my landlord will not give back the deposit for the flat")
    assert chat.custom("advice")["in_scope"] is False
    assert chat.custom("advice")["rights"] == []


def test_another_language_is_understood_and_answered_in_english(stack: Stack) -> None:
    chat = stack.chat()
    chat.say(
        "Ich habe in Berlin online einen Kurs gekauft, der Anbieter verweigert die Rückerstattung, weil er schon begonnen hat"
    )
    assert "answer in English" in chat.text
    if chat.custom_types() == ["question"]:  # not sure of the topic in that language: it asks which
        chat.say(chat.messages[0]["buttons"][0]["payload"])
    assert chat.custom("advice")["language"] == "en"
    assert chat.custom("advice")["jurisdiction"]["code"] == "EU"


def test_two_people_do_not_see_each_other(stack: Stack) -> None:
    one, other = stack.chat(), stack.chat()
    one.say("my gym in London went bust")
    other.say("what next?")
    assert one.session != other.session
    assert "London" not in other.text and "Great Britain" not in other.text


def test_a_message_sent_twice_is_answered_once(stack: Stack) -> None:
    body = {"message": "my gym in London went bust", "id": "m-1"}
    first = stack.post("/api/chat", body).json()
    again = stack.post("/api/chat", {**body, "session": first["session"]}).json()
    assert again == first
    other = stack.post("/api/chat", {"message": "what next?", "id": "m-2", "session": first["session"]}).json()
    assert other["messages"] != first["messages"]


@pytest.mark.parametrize(
    "lines",
    [
        ["hello", "my gym closed", "/dont_know", "why", "deadlines", "write a letter", "start over", "thanks", "bye"],
        ["你好", "在台北買的手機壞了", "我不知道", "接下來怎麼做", "期限到哪天", "幫我寫信", "找真人", "謝謝"],
        ["房东不退押金", "能做什么", "帮助", "用英文回答", "换成香港"],
    ],
)
def test_every_message_has_the_form_of_the_contract(stack: Stack, lines: list[str]) -> None:
    chat = stack.chat()
    for line in lines:
        for message in chat.say(line):
            jsonschema.validate(message["custom"], SCHEMA)
            assert message["text"].strip()
            assert "{" not in message["text"].replace("```", ""), message["text"]


def test_pages_are_served_with_a_strict_policy(stack: Stack) -> None:
    import httpx

    page = httpx.get(stack.url, trust_env=False)
    assert page.status_code == 200 and "Redress" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert "set-cookie" not in page.headers
