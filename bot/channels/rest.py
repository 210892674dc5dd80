"""Rasa's REST webhook with one message per thing said: text, buttons and custom stay together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from rasa.shared.core.constants import DEFAULT_INTENTS
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.message_text import LONGEST, cleaned, without_command
from knowledge.load import knowledge_base
from knowledge.model import Language

log = structlog.get_logger()


class WholeMessages(CollectingOutputChannel):
    """Collects messages as {recipient_id, text, buttons, custom}, each whole."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps one message."""
        self.messages.append(
            {
                "recipient_id": recipient_id,
                "text": message.get("text") or "",
                "buttons": message.get("buttons") or [],
                "custom": message.get("custom") or {"type": "notice"},
            }
        )


class RestChannel(RestInput):
    """The webhook of the contract: {sender, message, metadata} in, a list of messages out; never an empty list."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes of the channel."""
        webhook = Blueprint("redress_rest", __name__)

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            given = request.json
            if not isinstance(given, dict) or not isinstance(given.get("message", ""), str):
                return response.json({"detail": "Found no JSON object with a text `message`."}, status=400)
            metadata = dict(given.get("metadata") or {}) if isinstance(given.get("metadata"), dict) else {}
            text = cleaned(given.get("message") or "")
            if not text:
                return response.json([notice(given.get("sender"), "nothing_read", metadata)])
            if len(text) > LONGEST:
                text, metadata["truncated"] = text[:LONGEST], True
            text = without_command(text, frozenset(request.app.ctx.agent.domain.intents) - set(DEFAULT_INTENTS))
            collector = WholeMessages()
            message = UserMessage(text, collector, given.get("sender"), input_channel=self.name(), metadata=metadata)
            try:
                await on_new_message(message)
            except Exception as error:
                log.error("rest.turn.failed", error=type(error).__name__)  # the error's text could quote the message
            if not collector.messages:
                return response.json([notice(given.get("sender"), "unavailable", metadata)])
            return response.json(collector.messages)

        return webhook


def notice(sender: str | None, key: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """A fixed text as a message, in the language of the metadata; in all languages when none is known."""
    words = knowledge_base().wording[key]
    known = metadata.get("language")
    languages = [Language(known)] if known in [language.value for language in Language] else list(Language)
    text = "\n\n".join(words[language] for language in languages)
    return {"recipient_id": sender, "text": text, "buttons": [], "custom": {"type": "notice", "reason": key}}
