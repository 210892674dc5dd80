"""The body of a request."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import ClientDisconnect, Request

from bot.frontdoor.problems import Problem

MOST_BYTES = 64 * 1024


async def json_object(request: Request) -> dict[str, Any]:
    """The body as an object; {} where it is empty and the method allows it. Raises Problem 413, 400."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise Problem(
                    413,
                    f"Found a body of more than {MOST_BYTES:,} bytes, allowed is up to that. Send less text.",
                    reason="too_long",
                )
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
