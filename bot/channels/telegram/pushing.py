"""Messages that nobody asked for: from an adviser, or a reminder. Queued once, delivered like any other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.background import Background
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.handling import CHANNEL, Handler
from bot.channels.telegram.outbox import Outbox
from bot.conversations import Conversations

LOOK_S = 1.0

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
            parts = self._handler.parts_of(conversation, entry.body)
            self._outbox.add(chat, conversation.id, f"push:{entry.number}", parts, push=entry.number)
            self._store.claim_delivery(entry)
            if self._chats.get(chat).blocked:
                self._outbox.hold(chat)
        return len(waiting)
