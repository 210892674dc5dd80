"""Who a request speaks for: tokens that cannot be guessed, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from starlette.requests import Request

from bot.conversations import Conversation, Conversations
from bot.frontdoor.problems import Problem

CHANNEL = "web"
MOST_CHARACTERS = 128


def mint(store: Conversations) -> tuple[str, Conversation]:
    """A new token and its conversation."""
    token = secrets.token_urlsafe(32)
    return token, store.open(CHANNEL, address(token))


def address(token: str) -> str:
    """What is kept of a token; the token cannot be told from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def conversation_of(token: str, store: Conversations) -> Conversation:
    """The conversation of a token. Raises Problem 401 where it has ended, or never was."""
    found = store.find(CHANNEL, address(token)) if 0 < len(token) <= MOST_CHARACTERS else None
    if found is None:
        raise Problem(
            401,
            "Found a session that has ended or was not given out here. Send the message without a session for a new one.",
            {"WWW-Authenticate": "Bearer"},
            reason="session_expired",
        )
    return found


def bearer(request: Request) -> str:
    """The token of the Authorization header; "" where there is none."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
