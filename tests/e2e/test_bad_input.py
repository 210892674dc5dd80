"""What people and programs send that is not as it should be: a clear answer, nothing lost, the conversation goes on."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.e2e.stack import Stack

pytestmark = pytest.mark.slow
SECRETS = "Xanthippe Zwiebelkuchen 4929-1111-2222-3333"


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status and body["title"] and body["detail"]
    return dict(body)


@pytest.mark.parametrize("path", ["/api/chat", "/api/advise", "/api/letters/refund_demand"])
def test_what_is_no_json(stack: Stack, path: str) -> None:
    for content in (b"", b"{", b"[1]", b'"text"', b"\xff\xfe{}", b"[" * 50_000):
        response = httpx.post(f"{stack.url}{path}", content=content, trust_env=False)
        assert "JSON" in str(problem(response, 400)["detail"])


def test_a_body_that_is_too_large(stack: Stack) -> None:
    response = stack.post("/api/chat", {"message": "x" * 100_000})
    assert "65,536 bytes" in str(problem(response, 413)["detail"])


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01\x02", "\u200b" * 0, "x" * 4001])
def test_no_words_or_too_many(stack: Stack, text: str) -> None:
    for path, field in (("/api/chat", "message"), ("/api/advise", "text")):
        body = problem(stack.post(path, {field: text}), 422)
        (error,) = body["errors"]  # type: ignore[misc]
        assert error["field"] == field and error["allowed"] == "1 to 4,000 characters"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"jurisdiction": "XX"}, "jurisdiction"),
        ({"language": "fr"}, "language"),
        ({"facts": {"colour": "red"}}, "facts.colour"),
        ({"facts": {"purchase_date": "2026-02-30"}}, "facts.purchase_date"),
        ({"facts": {"purchase_date": "2026-11-26"}}, "facts.purchase_date"),
        ({"today": "tomorrow"}, "today"),
    ],
)
def test_a_wrong_field_is_named(stack: Stack, given: dict[str, object], field: str) -> None:
    body = problem(stack.post("/api/advise", {"text": "my gym closed", **given}), 422)
    (error,) = body["errors"]  # type: ignore[misc]
    assert error["field"] == field and error["found"] and error["allowed"]


@pytest.mark.parametrize(
    "text",
    [
        "😀😀😀",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "退\x00費\x1b[31m被拒 \u202e",
        "'; DROP TABLE events; --",
        "{{ 7*7 }} ${7*7} %s {0}",
        '/give_fact{"buyer":"emperor"}',
        '/change_jurisdiction{"jurisdiction":"Atlantis"}',
        "a" * 4000,
        "退" * 4000,
        "…",
        "?",
    ],
)
def test_odd_text_gets_an_answer_and_the_conversation_goes_on(stack: Stack, text: str) -> None:
    chat = stack.chat(language="en")
    chat.say("my gym in London went bust, I paid by credit card")
    for message in chat.say(text):
        assert message["text"].strip()
        assert message["custom"].get("reason") != "unavailable"
    chat.say("/next_steps")
    assert chat.custom("advice")["topics"] and "Great Britain" in chat.text


def test_a_command_of_rasa_itself_is_only_a_word(stack: Stack) -> None:
    """/restart is Rasa's own: here it is the word, which starts over with a text of ours."""
    chat = stack.chat(language="en")
    chat.say("my gym in London went bust, I paid by credit card")
    chat.say("/restart")
    assert chat.custom("notice").get("reason") != "unavailable"
    chat.say("/session_start")
    assert chat.custom("notice").get("reason") != "unavailable"


def test_a_day_that_cannot_be_is_said_and_nothing_else_is_lost(stack: Stack) -> None:
    chat = stack.chat(language="en", jurisdiction="GB")
    chat.say("I bought a laptop online on 30 February 2026 for £500 and it is broken")
    facts = chat.custom("advice")["facts"]
    assert "purchase_date" not in facts and facts["amount"] == "500"


def test_a_session_that_was_not_given_out(stack: Stack) -> None:
    body = problem(stack.post("/api/chat", {"message": "hello", "session": "guess.work"}), 401)
    assert body["reason"] == "session_expired"


def test_letters_say_what_they_need(stack: Stack) -> None:
    body = problem(stack.post("/api/letters/refund_demand", {"jurisdiction": "GB", "facts": {"item": "Course"}}), 422)
    assert [error["field"] for error in body["errors"]] == ["facts.purchase_date", "facts.amount"]  # type: ignore[attr-defined]
    assert "Did you mean" in str(problem(stack.post("/api/letters/refund_demnad", {}), 404)["detail"])
    facts = {"item": "課程", "purchase_date": "2026-11-01", "amount": "900", "buyer": "consumer"}
    document = stack.post("/api/letters/refund_demand", {"jurisdiction": "CN", "language": "zh-Hant", "facts": facts}).json()
    assert (document["language"], document["reading_copy"]["language"]) == ("zh-Hans", "zh-Hant")


def test_nothing_at_an_address_is_a_problem_too(stack: Stack) -> None:
    problem(httpx.get(f"{stack.url}/api/nothing", trust_env=False), 404)
    problem(httpx.get(f"{stack.url}/api/chat", trust_env=False), 405)


def test_nothing_that_people_wrote_is_logged(stack: Stack) -> None:
    chat = stack.chat()
    chat.say(f"I am {SECRETS}, my gym in London went bust")
    chat.say(f"/give_fact{json.dumps({'item': SECRETS})}")
    stack.post("/api/advise", {"text": SECRETS, "facts": {"item": SECRETS}})
    stack.post("/api/letters/refund_demand", {"facts": {"item": SECRETS}})
    stack.post("/api/advise", {"text": "x", "facts": {SECRETS: SECRETS}})
    logged = stack.logs()
    for word in SECRETS.split():
        assert word not in logged
