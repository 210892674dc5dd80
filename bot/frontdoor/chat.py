"""The chat of the web: what a person sends by POST, what comes back there and as server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
import weakref
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import structlog
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.conversations import MOST, Conversation, Conversations, Entry
from bot.enquiry import read_setting
from bot.frontdoor.bell import Bell
from bot.frontdoor.body import json_object
from bot.frontdoor.limits import Limit
from bot.frontdoor.problems import Problem, wrong_fields
from bot.frontdoor.rasa import Rasa, RasaUnavailable
from bot.frontdoor.sessions import bearer, conversation_of, mint
from bot.message_text import LONGEST, cleaned
from knowledge.errors import FieldFault
from knowledge.load import knowledge_base
from knowledge.model import Language
from settings import Settings

PING_S = 15
BURST, PER_S = 20, 1.0
"""Messages of one conversation at once, and each second after that: faster than anybody types."""
NEW_BURST, NEW_PER_S = 300, 2.0
"""New conversations from one address; a school or an office is one address too."""
LONGEST_KEY, LONGEST_SHOWN = 100, 200

log = structlog.get_logger()


class Chats:
    """Everything the chat needs of one process: the store, Rasa, order within a conversation, limits."""

    def __init__(self, store: Conversations, rasa: Rasa, settings: Settings) -> None:
        self.store, self.rasa, self.settings = store, rasa, settings
        self.bell = Bell(store.pulse)
        self.messages, self.newcomers = Limit(BURST, PER_S), Limit(NEW_BURST, NEW_PER_S)
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    def lock(self, conversation: str) -> asyncio.Lock:
        """One message of a conversation at a time."""
        return self._locks.setdefault(conversation, asyncio.Lock())


async def chat(request: Request) -> Response:
    """One message: {session?, id?, message, shown?, language?, jurisdiction?} -> {session, number, failed, messages}."""
    given = await json_object(request)
    body = await converse(request.app, given, request.client.host if request.client else "")
    return JSONResponse(body, 503 if body["failed"] else 200)


async def converse(app: Starlette, given: Mapping[str, Any], client: str) -> dict[str, Any]:
    """One turn, as POST /api/chat answers it. `failed`: the message is kept; send it again under the same id.

    Args:
        client: The address that the request came from; limits new conversations.
    Raises: Problem 401, 422, 429.
    """
    chats: Chats = app.state.chats
    words, language, code, faults = _read(given, chats.settings)
    if faults:
        raise wrong_fields(faults)
    token = given.get("session")
    if token:
        conversation = await run_in_threadpool(conversation_of, str(token), chats.store)
    else:
        chats.newcomers.take(client)
        token, conversation = await run_in_threadpool(mint, chats.store)
    chats.messages.take(conversation.id)
    async with chats.lock(conversation.id):
        key = f"web:{given.get('id') or time.time_ns()}"
        shown = {"text": str(given.get("shown") or words)}
        heard, answered = await run_in_threadpool(chats.store.hear, conversation.id, key, shown)
        said: list[dict[str, Any]] = []
        failed = False
        if answered is None:
            chats.bell.ring()
            said, failed = await _said(chats, conversation, words, language, code)
            if not failed:
                answered = await run_in_threadpool(chats.store.answer, heard, said)
                await _note(chats, conversation, said, language, code)
            chats.bell.ring()
    messages = [as_json(entry) for entry in answered] if answered else said
    return {"session": token, "number": heard.number, "failed": failed, "messages": messages}


async def events(request: Request) -> Response:
    """Everything said after Last-Event-ID, and then as it is said."""
    chats, conversation = await _speaker(request)
    return EventSourceResponse(
        _events(chats, conversation, _after(request)), ping=PING_S, headers={"X-Accel-Buffering": "no"}
    )


async def entries(request: Request) -> Response:
    """What was said after a number: {entries, more}; `more`: ask again after the last one."""
    chats, conversation = await _speaker(request)
    found = await run_in_threadpool(chats.store.since, conversation.id, _after(request))
    return JSONResponse({"entries": [as_json(entry) for entry in found], "more": len(found) == MOST})


async def forget(request: Request) -> Response:
    """Deletes the conversation, here and in Rasa."""
    chats, conversation = await _speaker(request)
    async with chats.lock(conversation.id):
        await run_in_threadpool(chats.store.forget, conversation.id)
    chats.bell.ring()
    return Response(status_code=204)


async def person(request: Request) -> Response:
    """Asks for a person: the turn of somebody who wrote that they want to speak to one."""
    await _speaker(request)
    given = {**await json_object(request), "session": bearer(request), "message": "/talk_to_human"}
    body = await converse(request.app, given, "")
    return JSONResponse(body, 503 if body["failed"] else 200)


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry on the wire: what a channel draws, and where it stands."""
    key = entry.key.removeprefix("web:") if entry.said_by == "person" else entry.key
    body = {
        "text": entry.body.get("text", ""),
        "buttons": entry.body.get("buttons") or [],
        "custom": entry.body.get("custom"),
    }
    return {
        "number": entry.number,
        "key": key,
        "said_by": entry.said_by,
        "answers": entry.answers,
        "at": round(entry.at, 3),
        **body,
    }


def _read(given: Mapping[str, Any], settings: Settings) -> tuple[str, Language | None, str | None, list[FieldFault]]:
    faults: list[FieldFault] = []
    setting = {name: given.get(name) for name in ("language", "jurisdiction")}
    language, code, _, _ = read_setting(setting, knowledge_base(), settings.today(), faults)
    text = given.get("message")
    words = cleaned(text) if isinstance(text, str) else ""
    if not words or len(words) > LONGEST:
        found = f"{len(words)} characters" if isinstance(text, str) else type(text).__name__
        faults.append(FieldFault("message", found, f"1 to {LONGEST:,} characters"))
    for name, most in (("session", None), ("id", LONGEST_KEY), ("shown", LONGEST_SHOWN)):
        value = given.get(name)
        if value is not None and (not isinstance(value, str) or (most and not 1 <= len(value) <= most)):
            faults.append(FieldFault(name, type(value).__name__, f"text of 1 to {most} characters" if most else "text"))
    return words, language, code, faults


async def _said(
    chats: Chats, conversation: Conversation, words: str, language: Language | None, code: str | None
) -> tuple[list[dict[str, Any]], bool]:
    """(the bot's messages, whether it failed)."""
    metadata = {"language": language and language.value, "jurisdiction": code}
    try:
        said = await chats.rasa.say(conversation.id, words, metadata)
    except RasaUnavailable as error:
        log.error("chat.rasa_unavailable", error=str(error))
        return [_sorry(language)], True
    messages = [{name: message.get(name) for name in ("text", "buttons", "custom")} for message in said]
    return messages, any((message["custom"] or {}).get("reason") == "unavailable" for message in messages)


async def _note(
    chats: Chats, conversation: Conversation, said: Sequence[Mapping[str, Any]], language: Language | None, code: str | None
) -> None:
    """Keeps what a desk needs to know: language, place, and that a person is wanted."""
    custom = [message.get("custom") or {} for message in said]
    for advice in (each for each in custom if each.get("type") == "advice"):
        language, code = Language(advice["language"]), advice["jurisdiction"]["code"] or code
    known = {"language": language.value if language else None, "jurisdiction": code}
    known = {name: value for name, value in known.items() if value and value != getattr(conversation, name)}
    if known:
        await run_in_threadpool(lambda: chats.store.set(conversation.id, **known))
    if any(each.get("type") == "handoff" for each in custom):
        await run_in_threadpool(chats.store.request_person, conversation.id)


async def _speaker(request: Request) -> tuple[Chats, Conversation]:
    chats: Chats = request.app.state.chats
    return chats, await run_in_threadpool(conversation_of, bearer(request), chats.store)


def _after(request: Request) -> int:
    """The last number that the client has seen, from the header or the query."""
    given = request.headers.get("Last-Event-ID") or request.query_params.get("after") or "0"
    if not given.isdigit() or len(given) > 18:
        raise Problem(400, f"Found {given[:40]!r} as the last number seen, allowed: a whole number of an entry, or none.")
    return int(given)


async def _events(chats: Chats, conversation: Conversation, number: int) -> AsyncIterator[ServerSentEvent]:
    while True:
        ring = asyncio.create_task(chats.bell.wait(PING_S * 4))
        await asyncio.sleep(0)  # from here on a ring is heard, while we look
        try:
            found = await run_in_threadpool(chats.store.since, conversation.id, number)
            if not found and await run_in_threadpool(chats.store.get, conversation.id) is None:
                yield ServerSentEvent(event="gone", data="{}")
                return
            for entry in found:
                number = entry.number
                yield ServerSentEvent(event="entry", id=str(number), data=json.dumps(as_json(entry), ensure_ascii=False))
            if len(found) < MOST:
                await ring
        finally:
            ring.cancel()


def _sorry(language: Language | None) -> dict[str, Any]:
    words = knowledge_base().wording["unavailable"]
    text = "\n\n".join(words[known] for known in ([language] if language else Language))
    return {"text": text, "buttons": [], "custom": {"type": "notice", "reason": "unavailable"}}
