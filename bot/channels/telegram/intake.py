"""Takes updates in: kept before anything else is done with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from telegram import Bot, User
from telegram import Update as ApiUpdate

from bot.channels.telegram.background import Background
from bot.channels.telegram.inbox import Inbox, Update
from bot.channels.telegram.message_ids import MessageIds
from bot.channels.telegram.reading import Reading, read

log = structlog.get_logger()


class Intake:
    """From updates as they come, by either way, to the inbox. `wake` is called when there is something to do."""

    def __init__(
        self, bot: Bot, me: User, inbox: Inbox, ids: MessageIds, background: Background, wake: Callable[[], None]
    ) -> None:
        self._bot, self._me, self._inbox, self._ids, self._wake = bot, me, inbox, ids, wake
        self._run = background.run

    async def take(self, raw: Sequence[Any]) -> None:
        """Keeps updates. When this returns they are safe, and Telegram may forget them."""
        taken = [row for each in raw if (row := self._row(each)) is not None]
        await self._run(self._inbox.take, taken)
        self._wake()

    def reading(self, body: str) -> Reading | None:
        """What was done, from an update's JSON."""
        update = ApiUpdate.de_json(json.loads(body), self._bot)
        return read(update, self._me)

    def _row(self, raw: Any) -> Update | None:
        """An update for the inbox. What cannot be read, and what is not meant for the bot, is noted by its id alone."""
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(update_id, int):
            log.error("telegram.update.no_id")
            return None
        body = json.dumps(raw, ensure_ascii=False)
        try:
            reading = self.reading(body)
        except Exception as error:  # whatever is wrong with it, it must not stop the others
            log.error("telegram.update.poison", update=update_id, error=type(error).__name__)
            return Update(update_id, "", "", None, "", state="poison")
        if reading is None:
            return Update(update_id, "", "", None, "", state="done")
        self._ids.note(reading.chat, reading.message_id)
        return Update(update_id, reading.chat, reading.address, reading.message_id, body, urgent=reading.urgent)
