"""A group that became a supergroup: the same people and conversations under another number."""

from __future__ import annotations

from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.outbox import Outbox
from bot.conversations import Conversations


class Moving:
    """Moves everything that is kept of a chat."""

    def __init__(self, store: Conversations, inbox: Inbox, outbox: Outbox) -> None:
        self._store, self._inbox, self._outbox = store, inbox, outbox

    def move(self, before: str, after: str) -> None:
        """From one chat's number to another. Doing it twice does no harm."""
        self._store.move("telegram", before, after)
        self._inbox.move(before, after)
        self._outbox.move(before, after)
