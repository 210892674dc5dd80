"""Pages without a browser: language, files for other origins, the coverage table, the form without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.frontdoor.app import create_app
from bot.frontdoor.coverage_table import coverage_table
from bot.frontdoor.page_words import page_words
from knowledge.coverage import counts
from knowledge.load import knowledge_base
from knowledge.model import Language
from settings import Settings
from tests.bot.frontdoor.rasa_double import RasaDouble


def hostile(number: int, text: str) -> dict[str, Any]:
    """Answers with hostile Markdown and a button."""
    return {
        "text": f"**answer {number}** <script>x</script> [a](javascript:x) [b](https://example.org)",
        "buttons": [{"title": "Online", "payload": '/give_fact{"channel":"online"}'}],
    }


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings.from_env({"DATABASE_URL": f"sqlite:///{tmp_path / 'redress.db'}"}))
    app.state.rasa = app.state.chats.rasa = RasaDouble(hostile)
    with TestClient(app) as running:
        yield running


def rasa(client: TestClient) -> RasaDouble:
    return client.app.state.rasa  # type: ignore[attr-defined,no-any-return]


def fields(page: str) -> dict[str, str]:
    """Hidden fields of the form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "", "en"),
        ("/", "de-DE,zh-TW;q=0.8,en;q=0.5", "zh-Hant"),
        ("/", "zh-HK", "zh-Hant"),
        ("/", "zh,en", "zh-Hans"),
        ("/", "fr;q=x, en", "en"),
        ("/?lang=zh-Hans", "en", "zh-Hans"),
        ("/zh-Hant", "en", "zh-Hant"),
        ("/en", "zh-CN", "en"),
    ],
)
def test_the_page_is_in_the_language_that_is_wanted(client: TestClient, address: str, accepted: str, language: str) -> None:
    page = client.get(address, headers={"Accept-Language": accepted})
    assert page.status_code == 200 and f'<html lang="{language}">' in page.text
    assert page_words(Language(language))["hero"]["title"][0] in page.text
    assert "set-cookie" not in page.headers and "{" not in re.sub(r"<script.*?</script>", "", page.text)


def test_all_languages_have_the_same_words() -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(each) for key, each in value.items() if key != "code"}
        if isinstance(value, list):
            return [shape(each) for each in value]
        return sorted(re.findall(r"\{\w+\}", value))

    shapes = [shape(page_words(language)) for language in Language]
    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("language", list(Language))
def test_the_table_counts_as_the_command_does(language: Language) -> None:
    base = knowledge_base()
    table, counted = coverage_table(base, language), counts(base)
    for column, place in enumerate(table.places):
        assert sum(row.cells[column].count for row in table.rows) == sum(counted[place.code].values())
        assert 0 <= place.checked <= place.all
        assert place.day == max(day for row in table.rows if (day := row.cells[column].day))


def test_the_widget_can_be_fetched_from_every_origin_and_named_files_are_kept(client: TestClient) -> None:
    loader = client.get("/widget.js", headers={"Origin": "https://somebody.example"})
    assert loader.headers["access-control-allow-origin"] == "*" and loader.headers["cache-control"] == "no-cache"
    (panel,) = re.findall(r"\./(widget/panel-[\w-]+\.js)", loader.text)
    named = client.get(f"/{panel}", headers={"Origin": "https://somebody.example"})
    assert named.status_code == 200 and "immutable" in named.headers["cache-control"]
    assert named.headers["access-control-allow-origin"] == "*"


def test_nothing_else_of_the_folder_is_served(client: TestClient) -> None:
    for path in (
        "/source/loader.ts",
        "/../source/package.json",
        "/templates/home.html",
        "/static/../pages.py",
        "/words/en.yml",
    ):
        assert client.get(path).status_code == 404


def test_the_form_keeps_the_conversation_and_shows_html_as_words(client: TestClient) -> None:
    first = client.post("/chat", data={"message": "hello <b>", "id": "m1", "lang": "en"})
    assert "<strong>answer 1</strong> &lt;script&gt;" in first.text and "hello &lt;b&gt;" in first.text
    assert 'href="javascript' not in first.text and 'href="https://example.org"' in first.text
    given = fields(first.text)
    assert given["session"] and given["id"] != "m1" and first.headers["cache-control"] == "no-store"
    second = client.post("/chat", data={**given, "press": '/give_fact{"channel":"online"}', "message": "not sent"})
    assert rasa(client).heard == ["hello <b>", '/give_fact{"channel":"online"}']
    assert '<p class="own" lang="en">Online</p>' in second.text and ">not sent</textarea>" in second.text
    again = client.post("/chat", data={**given, "press": '/give_fact{"channel":"online"}'})
    assert len(rasa(client).heard) == 2 and again.text.count('class="own"') == 2


def test_what_could_not_be_sent_stays_in_the_field(client: TestClient) -> None:
    rasa(client).down = True
    failed = client.post("/chat", data={"message": "gym", "id": "m1", "lang": "zh-Hant"})
    words = page_words(Language.ZH_HANT)["chat"]
    assert words["unavailable"] in failed.text and ">gym</textarea>" in failed.text
    given = fields(failed.text)
    assert given["id"] == "m1"
    rasa(client).down = False
    done = client.post("/chat", data={**given, "message": "gym"})
    assert done.text.count('class="own"') == 1 and "></textarea>" in done.text
    expired = client.post("/chat", data={"session": "x" * 43, "message": "gym", "lang": "zh-Hans"})
    assert page_words(Language.ZH_HANS)["chat"]["session_expired"] in expired.text and ">gym</textarea>" in expired.text
    for message in ("", " ", "x" * 4001):
        refused = client.post("/chat", data={"message": message, "lang": "en"})
        assert 'role="alert"' in refused.text and refused.status_code == 200
    assert client.post("/chat", data={"message": "x" * 300_000}).status_code == 413
    assert client.post("/chat", content=b"\xff=\xff").status_code == 400
