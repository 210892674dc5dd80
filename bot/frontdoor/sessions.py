"""Conversations of the chat: tokens that cannot be guessed, one message at a time, none answered twice."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections import OrderedDict
from pathlib import Path
from typing import Any

MOST_REMEMBERED = 2000


class Sessions:
    """Mints tokens and keeps the order of each conversation.

    A token is random text with a signature, so that only this installation's tokens are taken; Rasa sees its hash.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._turns: OrderedDict[str, Turns] = OrderedDict()

    def mint(self) -> str:
        """A new token."""
        name = secrets.token_urlsafe(24)
        return f"{name}.{self._signature(name)}"

    def is_ours(self, token: str) -> bool:
        """Whether this installation minted a token."""
        name, _, signature = token.partition(".")
        return hmac.compare_digest(signature.encode(), self._signature(name).encode())

    def sender(self, token: str) -> str:
        """What Rasa calls the conversation; the token cannot be told from it."""
        return hashlib.sha256(token.encode()).hexdigest()

    def turns(self, token: str) -> Turns:
        """The conversation's place in memory."""
        turns = self._turns.setdefault(token, Turns())
        self._turns.move_to_end(token)
        while len(self._turns) > MOST_REMEMBERED:
            self._turns.popitem(last=False)
        return turns

    def _signature(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:32]


class Turns:
    """One conversation: a lock for order, and the last answer for a message that is sent again."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.last_id: str | None = None
        self.last_answer: dict[str, Any] | None = None


def signing_key(path: Path) -> bytes:
    """The key of this installation; made on first use, readable by its owner only."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), "ascii")
    return path.read_bytes()
