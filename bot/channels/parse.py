"""A text as the pipeline reads it, without a conversation: what one-shot advice is made from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

WARM_UP = "They will not give me a refund. 不肯退款"


class ParseChannel(InputChannel):
    """POST {text, metadata} gives the parsed message. Nothing is stored."""

    @classmethod
    def name(cls) -> str:
        """Part of the address: /webhooks/parse/webhook."""
        return "parse"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes of the channel."""
        webhook = Blueprint("redress_parse", __name__)

        @webhook.listener("after_server_start")
        async def warm_up(app: Sanic, loop: object) -> None:
            """Opens encoder and index before anybody waits for them; until then the server is not ready."""
            if app.ctx.agent is not None and app.ctx.agent.is_ready():
                await app.ctx.agent.processor.parse_message(UserMessage(text=WARM_UP))

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            ready = request.app.ctx.agent is not None and request.app.ctx.agent.is_ready()
            return response.json({"ready": ready}, status=200 if ready else 503)

        @webhook.route("/webhook", methods=["POST"])
        async def parse(request: Request) -> HTTPResponse:
            message = UserMessage(text=request.json["text"], metadata=request.json.get("metadata") or {})
            return response.json(await request.app.ctx.agent.processor.parse_message(message))

        return webhook
