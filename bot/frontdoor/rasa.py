"""HTTP to Rasa on loopback."""

from __future__ import annotations

from typing import Any

import httpx


class RasaUnavailable(Exception):
    """Rasa did not answer, or answered with an error."""


class Rasa:
    """Rasa's two channels. `timeout_s` is for one turn, the first of which opens the index."""

    def __init__(self, url: str, timeout_s: float = 30.0) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=timeout_s, trust_env=False)

    async def say(self, sender: str, text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        """One message of a conversation; the bot's messages. Raises RasaUnavailable."""
        said = await self._post("/webhooks/rest/webhook", {"sender": sender, "message": text, "metadata": metadata})
        return list(said)

    async def parse(self, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
        """A text as the pipeline reads it. Raises RasaUnavailable."""
        return dict(await self._post("/webhooks/parse/webhook", {"text": text, "metadata": metadata}))

    async def is_ready(self) -> bool:
        """Whether a model is loaded."""
        try:
            return (await self._http.get("/webhooks/parse/", timeout=5.0)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Gives back connections."""
        await self._http.aclose()

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        try:
            response = await self._http.post(path, json=body)
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise RasaUnavailable(type(error).__name__) from error
