"""Rasa's REST webhook, by its own conventions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

AT_ONCE = 8
"""Turns asked for at the same time. More only wait inside Rasa, where they run into its limits."""
TURN_S = 90.0
"""Seconds for one turn, the wait inside Rasa included. Giving up early would have the message said twice."""


class RasaDown(Exception):
    """Rasa does not answer, or cannot: the message is said again later."""


class RasaFailed(RasaDown):
    """Rasa answers, but not to this message. That may be the message's doing."""


class Rasa:
    """Rasa at an address. `actions` is the address of its action server."""

    def __init__(self, url: str, actions: str) -> None:
        self._http = httpx.AsyncClient(timeout=httpx.Timeout(TURN_S, connect=5.0), trust_env=False)
        self._url, self._actions = url, actions
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def say(self, sender: str, message: str, metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One message of a conversation; the bot's messages, at least one. Raises RasaDown, RasaFailed."""
        body = {"sender": sender, "message": message, "metadata": dict(metadata)}
        try:
            async with self._turns:
                response = await self._http.post(f"{self._url}/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            said = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise RasaDown(type(error).__name__) from None
        if not isinstance(said, list) or not said:
            raise RasaFailed("no answer")
        messages = [{name: each.get(name) for name in ("text", "buttons", "custom")} for each in said]
        if any((each["custom"] or {}).get("reason") == "unavailable" for each in messages):
            raise RasaFailed("unavailable")
        return messages

    async def has_actions(self) -> bool:
        """Whether the action server lives: then a turn that fails is the message's doing."""
        try:
            return (await self._http.get(f"{self._actions}/health", timeout=5.0)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Gives back connections."""
        await self._http.aclose()
