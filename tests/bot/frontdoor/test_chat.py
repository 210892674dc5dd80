"""The transport of the web chat, with a stand-in for Rasa that counts what it is asked; the real one is in tests/e2e."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.testclient import TestClient

from bot.conversations import Conversations
from bot.frontdoor.app import create_app
from bot.frontdoor.sessions import address as hashed
from settings import Settings
from tests.bot.frontdoor.rasa_double import RasaDouble


def counting(number: int, text: str) -> dict[str, Any]:
    """Answers with the number of the message; a handoff to who asks for a person."""
    said: dict[str, Any] = {"text": f"answer {number}"}
    if text == "/talk_to_human":
        said["custom"] = {"type": "handoff", "state": "requested", "text": "x"}
    return said


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"DATABASE_URL": f"sqlite:///{tmp_path / 'redress.db'}", "ALLOWED_ORIGINS": "https://partner.example"}
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with _client(settings) as running:
        yield running


def _client(settings: Settings) -> TestClient:
    app = create_app(settings)
    app.state.rasa = app.state.chats.rasa = RasaDouble(counting)
    return TestClient(app)


def rasa(client: TestClient) -> RasaDouble:
    return client.app.state.rasa  # type: ignore[attr-defined,no-any-return]


def say(client: TestClient, text: str, session: str | None = None, **more: Any) -> dict[str, Any]:
    return dict(client.post("/api/chat", json={"message": text, "session": session, **more}).json())


def of(session: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {session}", **more}


def test_the_same_id_is_the_same_message_also_after_a_restart(client: TestClient, settings: Settings) -> None:
    first = say(client, "hello", id="m1")
    assert say(client, "hello", first["session"], id="m1") == first
    assert rasa(client).heard == ["hello"]
    with _client(settings) as restarted:
        assert say(restarted, "hello", first["session"], id="m1") == first
        assert rasa(restarted).heard == []


def test_a_message_that_failed_is_answered_when_it_is_sent_again(client: TestClient) -> None:
    session = say(client, "hello", id="m1")["session"]
    rasa(client).down = True
    failed = client.post("/api/chat", json={"message": "gym", "session": session, "id": "m2", "language": "zh-Hant"})
    assert failed.status_code == 503 and failed.json()["failed"] is True
    rasa(client).down = False
    assert say(client, "gym", session, id="m2")["messages"][0]["text"] == "answer 2"
    entries = client.get("/api/chat/entries", headers=of(session)).json()["entries"]
    assert [entry["text"] for entry in entries] == ["hello", "answer 1", "gym", "answer 2"]


def test_entries_say_who_and_in_answer_to_what(client: TestClient) -> None:
    session = say(client, '/give_fact{"channel":"online"}', id="m1", shown="Online")["session"]
    person, bot = client.get("/api/chat/entries", headers=of(session)).json()["entries"]
    assert (person["said_by"], person["key"], person["text"]) == ("person", "m1", "Online")
    assert (bot["said_by"], bot["answers"], bot["custom"]) == ("bot", person["number"], {"type": "notice"})
    later = client.get(f"/api/chat/entries?after={person['number']}", headers=of(session)).json()["entries"]
    assert later == [bot]


def test_nobody_reads_by_guessing_and_nothing_after_forget(client: TestClient) -> None:
    session = say(client, "hello")["session"]
    for guess in ("", "x", session[:-1], session + "x", "x" * 500):
        assert client.get("/api/chat/entries", headers=of(guess)).json()["reason"] == "session_expired"
    assert client.post("/api/chat/forget", headers=of(session)).status_code == 204
    assert client.get("/api/chat/entries", headers=of(session)).status_code == 401
    refused = client.post("/api/chat", json={"message": "hello", "session": session})
    assert (refused.status_code, refused.json()["reason"]) == (401, "session_expired")


def test_a_flood_is_slowed_and_what_was_refused_can_come_again(client: TestClient) -> None:
    session = say(client, "hello")["session"]
    replies = [client.post("/api/chat", json={"message": "m", "session": session, "id": f"m{i}"}) for i in range(60)]
    refused = [reply for reply in replies if reply.status_code == 429]
    assert refused and refused[0].json()["reason"] == "too_fast" and int(refused[0].headers["retry-after"]) >= 1
    assert len(rasa(client).heard) == 61 - len(refused)


def test_asking_for_a_person_is_recorded(client: TestClient) -> None:
    session = say(client, "hello", language="en", jurisdiction="GB")["session"]
    reply = client.post("/api/chat/person", json={"id": "p1"}, headers=of(session)).json()
    assert reply["messages"][0]["custom"]["type"] == "handoff"
    store = client.app.state.chats.store  # type: ignore[attr-defined]
    (request,) = store.person_requests()
    kept = store.get(request.conversation)
    assert (kept.language, kept.jurisdiction) == ("en", "GB")


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("http://testserver", True),
        ("https://partner.example", True),
        ("https://other.example", False),
        ("null", False),
    ],
)
def test_pages_that_may_embed(client: TestClient, origin: str | None, allowed: bool) -> None:
    headers = {"Origin": origin} if origin else {}
    told = client.get("/api/widget", headers=headers)
    assert told.json()["allowed"] is allowed
    assert told.headers["access-control-allow-origin"] in ("*", origin)
    reply = client.post("/api/chat", json={"message": "hello"}, headers=headers)
    assert reply.status_code == (200 if allowed else 403)
    assert allowed or reply.json()["reason"] == "origin_not_allowed"


def test_a_stream_resumes_and_hears_what_is_pushed(settings: Settings) -> None:
    asyncio.run(_stream(settings))


async def _stream(settings: Settings) -> None:
    app = create_app(settings)
    app.state.rasa = app.state.chats.rasa = RasaDouble(counting)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=20) as http:
        first = (await http.post("/api/chat", json={"message": "hello", "id": "m1"})).json()
        session, seen = first["session"], first["number"]
        other_process = Conversations(settings.database_url)
        found = other_process.find("web", hashed(session))
        assert found is not None
        read: list[tuple[str, Any]] = []
        async with http.stream("GET", "/api/chat/events", headers=of(session, **{"Last-Event-ID": str(seen)})) as stream:
            kind = ""
            async for line in stream.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "event":
                    kind = value
                if name != "data":
                    continue
                read.append((kind, json.loads(value)))
                if len(read) == 1:
                    other_process.push(found.id, {"text": "from a person"})
                elif len(read) == 2:
                    await http.post("/api/chat", json={"message": "again", "session": session, "id": "m2"})
                elif len(read) == 4:
                    await http.post("/api/chat/forget", headers=of(session))
        texts = [entry.get("text") for _, entry in read]
        assert texts == ["answer 1", "from a person", "again", "answer 2", None]
        assert [kind for kind, _ in read] == ["entry"] * 4 + ["gone"]
        assert read[1][1]["said_by"] == "adviser"
        other_process.close()
    server.should_exit = server.force_exit = True
    await running
