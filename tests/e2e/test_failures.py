"""A process that stops in mid-conversation: an apology with a way forward, and the next message after its return works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.stack import Stack

pytestmark = pytest.mark.slow


@pytest.fixture
def chat_and_stack(stack: Stack) -> Iterator[Stack]:
    yield stack
    missing = [name for name in ("actions", "rasa", "frontdoor") if not stack.is_running(name)]
    if missing:
        stack.start(*missing)


@pytest.mark.parametrize(
    ("language", "problem", "sorry"),
    [
        ("en", "my gym in London went bust, I paid by credit card", "send it again"),
        ("zh-Hant", "台北的健身房倒了，我是刷卡付的", "再"),
        ("zh-Hans", "上海的健身房跑路了，我是微信付的", "再"),
    ],
)
def test_the_action_server_stops(chat_and_stack: Stack, language: str, problem: str, sorry: str) -> None:
    stack = chat_and_stack
    chat = stack.chat(language=language)
    chat.say(problem)
    topics = chat.custom("advice")["topics"]
    stack.stop("actions")
    chat.say("why")
    assert chat.custom("notice")["reason"] == "unavailable"
    assert sorry in chat.text
    stack.start("actions")
    chat.say("/next_steps")
    assert chat.custom("advice")["topics"] == topics


def test_rasa_stops(chat_and_stack: Stack) -> None:
    stack = chat_and_stack
    chat = stack.chat(language="en")
    chat.say("my gym in London went bust, I paid by credit card")
    topics = chat.custom("advice")["topics"]
    stack.stop("rasa")
    response = stack.post("/api/chat", {"session": chat.session, "message": "what next?", "language": "en"})
    assert response.status_code == 503
    assert response.json()["failed"] is True
    assert "send it again" in response.json()["messages"][0]["text"]
    advice = stack.post("/api/advise", {"text": "my gym went bust"})
    assert advice.status_code == 503 and advice.headers["retry-after"]
    assert advice.headers["content-type"] == "application/problem+json"
    stack.start("rasa")
    chat.say("what next?")
    assert chat.custom("advice")["topics"] == topics
