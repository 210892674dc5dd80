"""Webhook: Telegram sends updates to an address. Any number of instances behind it share one database."""

from __future__ import annotations

import contextlib
import hmac
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.telegram.intake import Intake

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1024 * 1024

log = structlog.get_logger()


def webhook_app(intake: Intake, url: str, secret: str) -> Starlette:
    """The app that takes updates at the path of `url` from whoever knows the secret."""

    async def take(request: Request) -> Response:
        """200 when the update is kept. Anything else, and Telegram sends it again."""
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return Response(status_code=401)
        body = b""
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_BYTES:
                    return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            log.error("telegram.webhook.no_json")
            return Response(status_code=200)  # it would be no better the second time
        try:
            await intake.take([update])
        except SQLAlchemyError as error:
            log.error("telegram.database.failed", error=type(error).__name__)
            return Response(status_code=503)
        return Response(status_code=200)

    async def healthz(request: Request) -> Response:
        """The process lives."""
        return JSONResponse({"status": "ok"})

    path = urlsplit(url).path or "/"
    return Starlette(routes=[Route("/healthz", healthz, methods=["GET"]), Route(path, take, methods=["POST"])])


class Server(uvicorn.Server):
    """A server that leaves signals to the process around it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes none."""
        yield


def server(app: Starlette, host: str, port: int) -> Server:
    """The server for the app."""
    return Server(
        uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, lifespan="off", ws="none")
    )
