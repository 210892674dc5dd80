"""A stand-in for the front door's connection to Rasa."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.frontdoor.rasa import RasaUnavailable

Message = dict[str, Any]


class RasaDouble:
    """Answers each message by `answer(its number, its text)`; `heard` are the texts. Can be down."""

    def __init__(self, answer: Callable[[int, str], Message]) -> None:
        self._answer = answer
        self.heard: list[str] = []
        self.down = False

    async def say(self, sender: str, text: str, metadata: dict[str, Any]) -> list[Message]:
        if self.down:
            raise RasaUnavailable("ConnectError")
        self.heard.append(text)
        return [{"recipient_id": sender, "buttons": [], "custom": {"type": "notice"}, **self._answer(len(self.heard), text)}]

    async def close(self) -> None:
        pass
