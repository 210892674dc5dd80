"""The chat without JavaScript: a form that goes to the same engine as the widget."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.conversations import Conversations, Entry
from bot.frontdoor.advice_card import advice_card, letter_buttons
from bot.frontdoor.chat import converse
from bot.frontdoor.page_words import NAMES, page_words, wanted_language
from bot.frontdoor.pages import page
from bot.frontdoor.problems import Problem
from bot.frontdoor.sessions import conversation_of
from bot.message_text import LONGEST, cleaned
from knowledge.load import knowledge_base
from knowledge.model import Language
from knowledge.scripts import HAN, simplified
from settings import Settings

MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
PERSON = "/talk_to_human"
SWITCH = re.compile(r'/change_language\{"language":"([\w-]+)"\}')
"""What the button of a language sends: page and answers go on in that language."""
NO_LETTERS: Mapping[str, Any] = {"letters": [], "jurisdiction": {"code": None}}
FIELDS = ("session", "id", "message", "jurisdiction", "press", "do")
MOST_BYTES, MOST_FIELDS = 256 * 1024, 200


def plain_chat_routes() -> list[BaseRoute]:
    """Its one address."""
    return [Route("/chat", plain_chat, methods=["GET", "POST"])]


async def plain_chat(request: Request) -> Response:
    """The conversation so far and a form. The session stands in the form, never in an address."""
    if request.method == "GET":
        return _drawn(request, wanted_language(request), {}, [])
    fields = await _form(request)
    form = dict(reversed(fields))  # of fields of the same name the first
    given = {name: form.get(name, "") for name in FIELDS}
    switched = SWITCH.fullmatch(given["press"])
    given["ticked"] = " ".join(value for name, value in fields if name == "tick")
    language = wanted_language(request, switched[1] if switched else form.get("lang"))
    words, store = page_words(language)["chat"], request.app.state.chats.store
    entries, alive = await _said(given["session"], store)
    if given["session"] and not alive:
        given["session"] = ""
        return _drawn(request, language, given, [], words["session_expired"])
    if given["do"] == "forget" and given["session"]:
        conversation = await run_in_threadpool(conversation_of, given["session"], store)
        await run_in_threadpool(store.forget, conversation.id)
        request.app.state.chats.bell.ring()
        return _drawn(request, language, {}, [], words["forgotten"])
    if given["do"] == "look":
        return _drawn(request, language, given, entries)
    return await _answered(request, language, given, entries)


async def _answered(request: Request, language: Language, given: dict[str, str], entries: list[Entry]) -> Response:
    """Sends what was written or pressed, and draws the conversation with the answer."""
    words = page_words(language)["chat"]
    message = PERSON if given["do"] == "person" else given["press"] or given["message"]
    if not cleaned(message):
        return _drawn(request, language, given, entries, words["empty"])
    if len(cleaned(message)) > LONGEST:
        note = words["too_long"].format(found=f"{len(cleaned(message)):,}", most=f"{LONGEST:,}")
        return _drawn(request, language, given, entries, note)
    body = {name: given[name] for name in ("session", "id", "jurisdiction") if given[name]}
    body |= {"message": message}
    if message.startswith("/"):
        body |= {"shown": _title(message, entries, language)}
    try:
        answer = await converse(request.app, body, request.client.host if request.client else "")
    except Problem as problem:
        reason = str(problem.members.get("reason") or "refused")
        seconds = math.ceil(float((problem.headers or {}).get("Retry-After", 1)))
        note = words.get(reason, words["refused"]).format(seconds=seconds, found="", most=LONGEST)
        return _drawn(request, language, given, entries, note)
    given["session"] = str(answer["session"])
    entries, _ = await _said(given["session"], request.app.state.chats.store)
    if answer["failed"]:
        return _drawn(request, language, given, entries, words["unavailable"], answer["failed"])
    # What was written beside a pressed button has not been sent: it stays in the field.
    left = given["message"] if message != given["message"] else ""
    return _drawn(request, language, {**given, "message": left}, entries)


def _drawn(
    request: Request,
    language: Language,
    given: Mapping[str, str],
    entries: list[Entry],
    note: str | None = None,
    same_message: bool = False,
) -> Response:
    """The page. A message that failed keeps its id: sent again, it is the same one."""
    settings: Settings = request.app.state.settings
    places = [{"code": code, "name": place.names[language]} for code, place in knowledge_base().jurisdictions.items()]
    body = page(
        "chat.html",
        language,
        organisation=settings.organisation,
        places=places,
        session=given.get("session", ""),
        message_id=given.get("id") if same_message else str(uuid.uuid4()),
        draft=given.get("message", ""),
        jurisdiction=given.get("jurisdiction", ""),
        entries=_as_shown(entries, language, given.get("ticked", "").split()),
        buttons=_buttons(entries),
        markdown=_html,
        note=note,
    )
    return HTMLResponse(body, headers={"Cache-Control": "no-store"})


async def _said(session: str, store: Conversations) -> tuple[list[Entry], bool]:
    """Everything said in a conversation, and whether there is one."""
    try:
        conversation = await run_in_threadpool(conversation_of, session, store)
    except Problem:
        return [], False
    return await run_in_threadpool(store.since, conversation.id), True


def _as_shown(entries: list[Entry], language: Language, ticked: list[str]) -> list[dict[str, Any]]:
    """The entries as the template draws them: the last advice as a card, earlier ones folded away, from the last question on `new`."""
    words = page_words(language)["card"]
    advices = [entry.number for entry in entries if _advice(entry)]
    asked = [entry.number for entry in entries if entry.said_by == "person"]
    shown = []
    for entry in entries:
        text, custom = str(entry.body.get("text", "")), entry.body.get("custom") or {}
        advice = _advice(entry)
        is_last = entry.number in advices[-1:]
        shown.append(
            {
                "who": entry.said_by,
                "text": text,
                "html": _html(text),
                "lang": custom["language"] if advice else _language_of(text, language),
                "card": advice_card(advice, text, words, knowledge_base(), ticked) if advice and is_last else None,
                "is_old": bool(advice) and not is_last,
                "is_new": entry.number in asked[-1:],
                "document": custom if custom.get("type") == "document" else None,
            }
        )
    return shown


def _advice(entry: Entry) -> Mapping[str, Any] | None:
    """The advice that an entry gives."""
    custom = entry.body.get("custom") or {}
    return custom if custom.get("type") == "advice" and custom["in_scope"] and custom["rights"] else None


def _html(text: str) -> Markup:
    return Markup(MARKDOWN.render(text))


def _buttons(entries: list[Entry]) -> list[Mapping[str, str]]:
    """Buttons of the bot's last messages, apart from those that stand in a card."""
    last: list[Mapping[str, str]] = []
    for entry in entries:
        last = [] if entry.said_by == "person" else [*last, *(entry.body.get("buttons") or [])]
    letters = {button["payload"] for entry in entries for button in letter_buttons(_advice(entry) or NO_LETTERS)}
    return [button for button in last if button["payload"] not in letters]


def _title(payload: str, entries: list[Entry], language: Language) -> str:
    """What stands on a button."""
    if payload == PERSON:
        return str(page_words(language)["chat"]["person"])
    if SWITCH.fullmatch(payload):
        return NAMES[language]
    for button in (
        button
        for entry in reversed(entries)
        for button in [*(entry.body.get("buttons") or []), *letter_buttons(_advice(entry) or NO_LETTERS)]
    ):
        if button["payload"] == payload:
            return str(button["title"])[:200]
    return payload[:200]


def _language_of(text: str, language: Language) -> str:
    """Which language a text is written in; where its characters are the same in both scripts, the page's."""
    if not HAN.search(text):
        return Language.EN.value
    if simplified(text) != text:
        return Language.ZH_HANT.value
    return Language.ZH_HANS.value if language is Language.EN else language.value


async def _form(request: Request) -> list[tuple[str, str]]:
    """The fields of the form, in order. Raises Problem 413, 400."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise Problem(413, f"Found a form of more than {MOST_BYTES:,} bytes. Send less text.", reason="too_long")
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (ClientDisconnect, ValueError):
        raise Problem(400, "That is not what the form sends. Go back and send it again.") from None
