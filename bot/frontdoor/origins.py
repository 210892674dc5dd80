"""Which pages may use the front door from a browser."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.frontdoor.problems import Problem

OPEN = ("/api/widget",)
"""Says to a page whether it is allowed; every page may ask."""


def may_embed(request: Request, allowed: Sequence[str]) -> bool:
    """Whether the page that sent a request may: our own pages, those of allowed origins, and what is no browser at all."""
    origin = request.headers.get("Origin")
    if origin is None or "*" in allowed or origin in allowed:
        return True
    return origin != "null" and urlsplit(origin).netloc == request.headers.get("Host")


class AllowedOrigins:
    """Refuses what a page of another origin sends to the API."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is allowed."""
        if scope["type"] == "http" and scope["path"].startswith("/api/") and scope["path"] not in OPEN:
            request = Request(scope)
            if not may_embed(request, self._allowed):
                problem = Problem(
                    403,
                    f"Found a page of {request.headers['Origin']}, allowed are those of ALLOWED_ORIGINS. Whoever runs this"
                    " service can add it there.",
                    {"Access-Control-Allow-Origin": "*"},
                    reason="origin_not_allowed",
                )
                await problem.response()(scope, receive, send)
                return
        await self._app(scope, receive, send)
