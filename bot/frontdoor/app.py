"""The ASGI app of the front door."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hmac
import time
from collections.abc import AsyncIterator
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from bot.conversations import Conversations
from bot.enquiry import answer, read_enquiry, read_setting
from bot.frontdoor.body import json_object
from bot.frontdoor.chat import Chats, chat, entries, events, forget, person
from bot.frontdoor.headers import SecurityHeaders
from bot.frontdoor.origins import AllowedOrigins, may_embed
from bot.frontdoor.pages import page_routes
from bot.frontdoor.plain_chat import plain_chat_routes
from bot.frontdoor.problems import Problem, wrong_fields
from bot.frontdoor.rasa import Rasa, RasaUnavailable
from bot.message_text import LONGEST
from knowledge.errors import FactFaults, FieldFault, MissingFactsError, UnknownIdError
from knowledge.letters import letter
from knowledge.load import knowledge_base
from knowledge.model import KnowledgeBase, Language
from settings import Settings

FORGET_EVERY_S = 6 * 3600

log = structlog.get_logger()


def create_app(settings: Settings | None = None) -> Starlette:
    """The app, with its settings from the environment unless given."""
    settings = settings or Settings.from_env()

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        knowledge_base()
        app.state.chats.bell.start()
        forgetting = asyncio.create_task(_forget_old(app.state.chats))
        yield
        forgetting.cancel()
        await app.state.chats.bell.stop()
        await app.state.rasa.close()
        app.state.chats.store.close()

    api = [
        Route("/chat", chat, methods=["POST"]),
        Route("/chat/events", events, methods=["GET"]),
        Route("/chat/entries", entries, methods=["GET"]),
        Route("/chat/forget", forget, methods=["POST"]),
        Route("/chat/person", person, methods=["POST"]),
        Route("/widget", widget, methods=["GET"]),
        Route("/advise", advise, methods=["POST"]),
        Route("/letters/{id}", letters, methods=["POST"]),
        Route("/lists", lists, methods=["GET"]),
    ]
    app = Starlette(
        routes=[
            Mount("/api", routes=api),
            Route("/healthz", healthz, methods=["GET"]),
            Route("/readyz", readyz, methods=["GET"]),
            *plain_chat_routes(),
            *page_routes(),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.allowed_origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type", "Authorization", "Last-Event-ID"],
                expose_headers=["Retry-After"],
            ),
            Middleware(AllowedOrigins, allowed=settings.allowed_origins),
        ],
        exception_handlers={Problem: _problem, HTTPException: _http_problem, Exception: _server_problem},
        lifespan=life,
    )
    app.state.settings = settings
    app.state.rasa = Rasa(settings.rasa_url)
    app.state.chats = Chats(Conversations(settings.database_url), app.state.rasa, settings)
    return app


async def advise(request: Request) -> Response:
    """One-shot advice, as the contract has it."""
    _authorised(request)
    given, base = await json_object(request), knowledge_base()
    try:
        enquiry = read_enquiry(given, base, request.app.state.settings.today())
    except FactFaults as error:
        raise wrong_fields(error.faults) from None
    try:
        parsed = await request.app.state.rasa.parse(enquiry.text, enquiry.metadata)
    except RasaUnavailable as error:
        log.error("advise.rasa_unavailable", error=str(error))
        raise Problem(
            503, "The advisor is starting or has stopped. Send the request again in a minute.", {"Retry-After": "30"}
        ) from None
    return JSONResponse(answer(enquiry, parsed, base))


async def letters(request: Request) -> Response:
    """A letter: {jurisdiction, language, facts} -> the document object."""
    _authorised(request)
    given, base = await json_object(request), knowledge_base()
    faults: list[FieldFault] = []
    language, code, facts, today = read_setting(given, base, request.app.state.settings.today(), faults)
    if faults:
        raise wrong_fields(faults)
    try:
        document = letter(request.path_params["id"], code, language or Language.EN, facts, today, base)
    except UnknownIdError as error:
        raise Problem(404, f"{error} Known letters: {', '.join(error.allowed)}.") from None
    except MissingFactsError as error:
        raise wrong_fields([_missing(name) for name in error.facts]) from None
    return JSONResponse(document.as_json())


async def lists(request: Request) -> Response:
    """Languages and places for a page to offer."""
    base = knowledge_base()
    return JSONResponse({"languages": [language.value for language in Language], "jurisdictions": _places(base)})


async def widget(request: Request) -> Response:
    """What a page needs to know before it shows the widget; every page may ask."""
    settings: Settings = request.app.state.settings
    base, desk = knowledge_base(), settings.organisation
    body = {
        "allowed": may_embed(request, settings.allowed_origins),
        "organisation": {**dataclasses.asdict(desk), "has_desk": desk.has_desk},
        "languages": [language.value for language in Language],
        "jurisdictions": _places(base),
        "limits": {"longest": LONGEST},
    }
    return JSONResponse(body, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"})


async def healthz(request: Request) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """It can answer: Rasa has a model."""
    if await request.app.state.rasa.is_ready():
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "starting"}, 503)


def _places(base: KnowledgeBase) -> list[dict[str, Any]]:
    return [
        {"code": code, "names": {language.value: place.names[language] for language in Language}}
        for code, place in base.jurisdictions.items()
    ]


async def _forget_old(chats: Chats) -> None:
    """Deletes what is older than KEEP_DAYS, now and every few hours."""
    while True:
        try:
            oldest = time.time() - chats.settings.keep_days * 24 * 3600
            count = await run_in_threadpool(chats.store.forget_older_than, oldest)
            log.info("conversations.forgotten", count=count)
        except SQLAlchemyError as error:
            log.error("conversations.forgetting_failed", error=type(error).__name__)
        await asyncio.sleep(FORGET_EVERY_S)


def _authorised(request: Request) -> None:
    key = request.app.state.settings.api_key
    if key is None:
        return
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not hmac.compare_digest(given.encode(), key.encode()):
        raise Problem(401, "Found no valid key. Send it as `Authorization: Bearer KEY`.", {"WWW-Authenticate": "Bearer"})


def _missing(name: str) -> FieldFault:
    base = knowledge_base()
    if name == "jurisdiction":
        return FieldFault("jurisdiction", "nothing", ", ".join(base.jurisdictions))
    options = ", ".join(option.value for option in base.facts[name].options) or f"a {base.facts[name].kind}"
    return FieldFault(f"facts.{name}", "nothing", options)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response()


async def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = {404: "There is nothing at this address.", 405: "This address does not take that method."}
    return Problem(error.status_code, detail.get(error.status_code, str(error.detail)), error.headers).response()


async def _server_problem(request: Request, error: Exception) -> Response:
    log.error("frontdoor.failed", path=request.url.path, error=type(error).__name__)
    return Problem(500, "Something went wrong here. Nothing you sent is lost; please send it again.").response()
