"""Advice on the page without JavaScript: the widget's card, folded and ticked by the browser alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.frontdoor.app import create_app
from bot.frontdoor.page_words import NAMES, page_words
from knowledge.advice import Understanding, advise
from knowledge.facts import Facts
from knowledge.load import knowledge_base
from knowledge.model import Language
from knowledge.reply import reply
from settings import Settings
from tests.bot.frontdoor.rasa_double import RasaDouble
from tests.bot.frontdoor.test_pages import fields

TODAY = date(2026, 11, 25)
PLACES = {Language.EN: "GB", Language.ZH_HANT: "TW", Language.ZH_HANS: "CN"}


def message(language: Language) -> dict[str, Any]:
    """Advice about a course that has started, as the bot sends it."""
    base = knowledge_base()
    facts = Facts(
        channel="online",
        item_type="service",
        purchase_date=TODAY - timedelta(days=5),
        start_date=TODAY - timedelta(days=3),
        service_started=True,
    )
    topics = (("refund_refused_started", 0.9),)
    advice = advise(Understanding(language, PLACES[language], "stated", 1.0, topics, facts=facts), TODAY, base)
    text = reply(advice, base)
    buttons = [{"title": "Write it", "payload": f'/ask_letter{{"letter":"{advice.letters[0]["id"]}"}}'}]
    buttons += [{"title": "For myself", "payload": '/give_fact{"buyer":"consumer"}'}]
    return {"text": text, "buttons": buttons, "custom": {"type": "advice", **advice.as_json(text, "No legal advice.")}}


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def client(tmp_path: Path, language: Language) -> Iterator[TestClient]:
    app = create_app(Settings.from_env({"DATABASE_URL": f"sqlite:///{tmp_path / 'redress.db'}"}))
    app.state.rasa = app.state.chats.rasa = RasaDouble(lambda number, text: message(language))
    with TestClient(app) as running:
        yield running


def test_says_everything_that_the_widget_s_card_says(client: TestClient, language: Language) -> None:
    page = client.post("/chat", data={"message": "course", "id": "m1", "lang": language.value}).text
    words, custom = page_words(language)["card"], message(language)["custom"]
    for part in ("first", "rights", "steps", "evidence", "authorities", "letters"):
        assert words[part] in page
    assert page.count('type="checkbox"') == len(custom["next_steps"]) + len(custom["evidence"])
    assert page.count("<summary>") == len(custom["rights"]) + 1
    assert page.count("/ask_letter") == len(custom["letters"])
    for right in custom["rights"]:
        for law in right["citations"]:
            assert law["url"].replace("&", "&amp;") in page


def test_ticks_stay_when_the_conversation_goes_on(client: TestClient, language: Language) -> None:
    first = client.post("/chat", data={"message": "course", "id": "m1", "lang": language.value}).text
    assert " checked>" not in first
    boxes = re.findall(r'name="tick" value="(\w+)"', first)
    given = {**fields(first), "tick": [boxes[0], boxes[-1]]}
    answered = client.post("/chat", data={**given, "press": '/give_fact{"buyer":"consumer"}'}).text
    ticked = re.findall(r'name="tick" value="(\w+)" checked', answered)
    assert ticked == [boxes[0], boxes[-1]]
    assert page_words(language)["card"]["older"] in answered
    looked = client.post("/chat", data={**given, "do": "look"}).text
    assert re.findall(r'name="tick" value="(\w+)" checked', looked) == ticked


def test_the_language_can_be_switched_in_the_middle(client: TestClient, language: Language) -> None:
    first = client.post("/chat", data={"message": "course", "id": "m1", "lang": language.value}).text
    others = re.findall(r"""value='(/change_language\{"language":"([\w-]+)"\})'""", first)
    assert {code for _, code in others} == {each.value for each in Language} - {language.value}
    press, code = others[0]
    switched = client.post("/chat", data={**fields(first), "press": press}).text
    assert f'<html lang="{code}">' in switched and fields(switched)["lang"] == code
    assert client.app.state.rasa.heard[-1] == press  # type: ignore[attr-defined]
    assert f">{NAMES[Language(code)]}</p>" in switched and fields(switched)["session"] == fields(first)["session"]


def test_the_enter_key_beside_a_tick_presses_no_answer(client: TestClient, language: Language) -> None:
    page = client.post("/chat", data={"message": "course", "id": "m1", "lang": language.value}).text
    first = re.search(r"<button[^>]*>", page[page.index("<form") :])
    assert first is not None and 'value="look"' in first[0]
