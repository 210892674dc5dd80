"""Messages that nobody asked for: from an adviser, or a reminder. Queued once, delivered like any other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.background import Background
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.handling import CHANNEL, Handler
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.words import languages, words
from bot.conversations import Conversation, Conversations, Entry

LOOK_S = 1.0
ADVISER = "adviser"
"""The `reason` of a notice that a person wrote."""

log = structlog.get_logger()


class Pushing:
    """Looks for pushed messages."""

    def __init__(
        self,
        store: Conversations,
        outbox: Outbox,
        chats: Chats,
        handler: Handler,
        background: Background,
        wake: Callable[[], None],
    ) -> None:
        self._store, self._outbox, self._chats, self._handler = store, outbox, chats, handler
        self._run, self._wake = background.run, wake

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                if await self._run(self._queue):
                    self._wake()
            except SQLAlchemyError as error:
                log.error("telegram.database.failed", error=type(error).__name__)
            await asyncio.sleep(LOOK_S)

    def _queue(self) -> int:
        """Queues what waits; how many messages that were.

        Queued first, then claimed: a stop in between queues the same again, which adds nothing.
        """
        waiting = self._store.to_deliver(CHANNEL)
        for conversation, entry in waiting:
            chat = conversation.address.split(":")[0]
            parts = self._handler.parts_of(conversation, _signed(conversation, entry))
            self._outbox.add(chat, conversation.id, f"push:{entry.number}", parts, push=entry.number)
            self._store.claim_delivery(entry)
            if self._chats.get(chat).blocked:
                self._outbox.hold(chat)
        return len(waiting)


def _signed(conversation: Conversation, entry: Entry) -> Mapping[str, Any]:
    """What was pushed; above what a person wrote it says so, in every language where none is known yet."""
    if (entry.body.get("custom") or {}).get("reason") != ADVISER:
        return entry.body
    known = [conversation.language] if conversation.language in languages() else languages()
    who = " · ".join(dict.fromkeys(words("said_by_adviser", language) for language in known))
    return {**entry.body, "text": f"👤 **{who}**\n{entry.body['text']}"}
