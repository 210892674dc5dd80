"""The ASGI app of the front door."""

from __future__ import annotations

import contextlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.enquiry import answer, read_enquiry, read_setting
from bot.frontdoor.headers import SecurityHeaders
from bot.frontdoor.problems import Problem, wrong_fields
from bot.frontdoor.rasa import Rasa, RasaUnavailable
from bot.frontdoor.sessions import Sessions, signing_key
from bot.message_text import LONGEST, cleaned
from knowledge.errors import FactFaults, FieldFault, MissingFactsError, UnknownIdError
from knowledge.letters import letter
from knowledge.load import knowledge_base
from knowledge.model import Language
from settings import ROOT, Settings

MOST_BYTES = 64 * 1024
PAGE = ROOT / "bot" / "channels" / "web"

log = structlog.get_logger()


def create_app(settings: Settings | None = None) -> Starlette:
    """The app, with its settings from the environment unless given."""
    settings = settings or Settings.from_env()

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        knowledge_base()
        yield
        await app.state.rasa.close()

    api = [
        Route("/chat", chat, methods=["POST"]),
        Route("/advise", advise, methods=["POST"]),
        Route("/letters/{id}", letters, methods=["POST"]),
        Route("/lists", lists, methods=["GET"]),
    ]
    app = Starlette(
        routes=[
            Mount("/api", routes=api),
            Route("/healthz", healthz, methods=["GET"]),
            Route("/readyz", readyz, methods=["GET"]),
            Mount("/", StaticFiles(directory=PAGE, html=True)),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.allowed_origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type", "Authorization"],
            ),
        ],
        exception_handlers={Problem: _problem, HTTPException: _http_problem, Exception: _server_problem},
        lifespan=life,
    )
    app.state.settings = settings
    app.state.rasa = Rasa(settings.rasa_url)
    app.state.sessions = Sessions(signing_key(ROOT / "build" / "session.key"))
    return app


async def chat(request: Request) -> Response:
    """One message of a conversation: {session?, id?, message, language?, jurisdiction?} -> {session, messages}."""
    given = await _json(request)
    sessions: Sessions = request.app.state.sessions
    faults: list[FieldFault] = []
    base, today = knowledge_base(), request.app.state.settings.today()
    language, code, _, _ = read_setting({k: given.get(k) for k in ("language", "jurisdiction")}, base, today, faults)
    text = given.get("message")
    words = cleaned(text) if isinstance(text, str) else ""
    if not words or len(words) > LONGEST:
        found = f"{len(words)} characters" if isinstance(text, str) else type(text).__name__
        faults.append(FieldFault("message", found, f"1 to {LONGEST:,} characters"))
    token = given.get("session")
    if token is not None and (not isinstance(token, str) or not sessions.is_ours(token)):
        faults.append(
            FieldFault("session", "a token that was not given out here", "a token from an earlier answer, or none")
        )
    if faults:
        raise wrong_fields(faults)
    token = token or sessions.mint()
    metadata = {"language": language and language.value, "jurisdiction": code}
    turns, message_id = sessions.turns(token), given.get("id")
    async with turns.lock:
        if message_id is not None and message_id == turns.last_id and turns.last_answer is not None:
            return JSONResponse(turns.last_answer)
        try:
            said = await request.app.state.rasa.say(sessions.sender(token), words, metadata)
        except RasaUnavailable as error:
            log.error("chat.rasa_unavailable", error=str(error))
            return JSONResponse({"session": token, "failed": True, "messages": [_sorry(language)]}, 503)
        messages = [{name: message.get(name) for name in ("text", "buttons", "custom")} for message in said]
        failed = any((message["custom"] or {}).get("reason") == "unavailable" for message in messages)
        body = {"session": token, "failed": failed, "messages": messages}
        if not failed:
            turns.last_id, turns.last_answer = message_id, body
        return JSONResponse(body)


async def advise(request: Request) -> Response:
    """One-shot advice, as the contract has it."""
    _authorised(request)
    given, base = await _json(request), knowledge_base()
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
    given, base = await _json(request), knowledge_base()
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
    places = [
        {"code": code, "names": {language.value: place.names[language] for language in Language}}
        for code, place in base.jurisdictions.items()
    ]
    return JSONResponse({"languages": [language.value for language in Language], "jurisdictions": places})


async def healthz(request: Request) -> Response:
    """The process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """It can answer: Rasa has a model."""
    if await request.app.state.rasa.is_ready():
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "starting"}, 503)


async def _json(request: Request) -> dict[str, Any]:
    """The body as an object. Raises Problem 413, 400."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise Problem(413, f"Found a body of more than {MOST_BYTES:,} bytes, allowed is up to that. Send less text.")
    except ClientDisconnect:
        raise Problem(400, "The body ended too early. Send the request again.") from None
    try:
        given = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem(400, "The body is not UTF-8. Send JSON encoded as UTF-8.") from None
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON. Send a JSON object.") from None
    if not isinstance(given, dict):
        raise Problem(400, f"Found JSON of type {type(given).__name__}, allowed: a JSON object.")
    return given


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


def _sorry(language: Language | None) -> dict[str, Any]:
    words = knowledge_base().wording["unavailable"]
    text = "\n\n".join(words[known] for known in ([language] if language else Language))
    return {"text": text, "buttons": [], "custom": {"type": "notice", "reason": "unavailable"}}


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
