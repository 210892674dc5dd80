"""Sending a part: once, whatever happens on the way, as far as the Bot API allows.

Telegram's answer, or a connection that never came about, tells whether a message is there. When the connection breaks after the
request was written, nobody knows. Then the bot looks: the message, if it is there, has an id above the highest known when sending
began, and an edit that changes nothing tells which ids of that chat are messages of the bot. Only where that cannot tell either is
the message sent again: to read an answer twice harms nobody, to miss one may cost a deadline.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import httpx
import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.background import Background
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.message_ids import MessageIds
from bot.channels.telegram.moving import Moving
from bot.channels.telegram.outbox import Outbox, Outgoing
from bot.channels.telegram.parts import Part
from bot.channels.telegram.pauses import pause

LOOK_AFTER_S = 2.0
"""How long a request of unknown end is given to have its effect before the bot looks."""
LOOK_MOST = 60
"""Message ids looked at."""
LOOK_BEYOND = 15
"""Ids looked at above the highest one known by now."""

_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NOBODY_THERE = (
    "chat not found", "user not found", "peer_id_invalid", "user is deactivated", "no rights to send", "not enough rights",
    "chat_write_forbidden", "group chat was deactivated", "need administrator rights", "topic_closed", "was kicked",
)  # fmt: skip

log = structlog.get_logger()


class Sender:
    """Delivers parts that a worker hands it, one of a chat at a time."""

    def __init__(
        self, api: Api, outbox: Outbox, chats: Chats, moving: Moving, ids: MessageIds, background: Background
    ) -> None:
        self._api, self._outbox, self._chats, self._moving, self._ids = api, outbox, chats, moving, ids
        self._background = background

    async def deliver(self, outgoing: Outgoing) -> None:
        """Sends a part, or finds out about one that was on its way. What comes of it is in the outbox."""
        if outgoing.state == "sending":
            await self._find_out(outgoing)
            return
        await self._api.limited(outgoing.chat, lambda: self._attempt(outgoing))

    async def _attempt(self, outgoing: Outgoing) -> None:
        run, chat = self._background.run, outgoing.chat
        if not await run(self._outbox.claim, outgoing, self._ids.highest(chat)):
            return
        try:
            message_id = await self._api.send(chat, outgoing.part)
        except RetryAfter:
            await run(self._outbox.again, outgoing, 0.0)
            raise  # the limiter waits, then comes here again
        except ChatMigrated as moved:
            await run(self._outbox.again, outgoing, 0.0)
            await run(self._moving.move, chat, str(moved.new_chat_id))
        except Forbidden:
            await self._nobody_there(outgoing)
        except BadRequest as error:
            await self._not_taken(outgoing, error)
        except TelegramError as error:
            if surely_not_sent(error):
                log.warning("telegram.send.failed", part=outgoing.number, error=type(error).__name__, tries=outgoing.tries)
                await run(self._outbox.again, outgoing, pause(outgoing.tries))
            else:
                log.warning("telegram.send.unknown", part=outgoing.number, error=type(error).__name__)
                await run(self._outbox.look_later, outgoing, LOOK_AFTER_S)
        else:
            self._ids.note(chat, message_id)
            await run(self._outbox.sent, outgoing, message_id)

    async def _find_out(self, outgoing: Outgoing) -> None:
        """Looks for a part whose sending had no clear end."""
        run, after = self._background.run, outgoing.after_message or 0
        highest = self._ids.highest(outgoing.chat)
        last = min(max(highest, after) + LOOK_BEYOND, after + LOOK_MOST)
        try:
            for message_id in range(after + 1, last + 1) if after else ():
                if await self._api.is_there(outgoing.chat, message_id, outgoing.part):
                    self._ids.note(outgoing.chat, message_id)
                    await run(self._outbox.sent, outgoing, message_id)
                    return
        except (Forbidden, ChatMigrated):
            pass  # sending again meets the same and knows what to do
        except TelegramError as error:
            log.warning("telegram.look.failed", part=outgoing.number, error=type(error).__name__)
            await run(self._outbox.look_later, outgoing, pause(outgoing.tries + 1))
            return
        if not after or highest > after + LOOK_MOST:
            log.warning("telegram.send.again_unsure", part=outgoing.number)
        await run(self._outbox.again, outgoing, 0.0)

    async def _nobody_there(self, outgoing: Outgoing) -> None:
        """The bot is blocked, or the account or group is no more."""
        log.info("telegram.chat.closed", part=outgoing.number)
        await self._background.run(self._outbox.again, outgoing, 0.0)
        await self._background.run(self._chats.set_blocked, outgoing.chat, True)
        await self._background.run(self._outbox.hold, outgoing.chat)

    async def _not_taken(self, outgoing: Outgoing, error: BadRequest) -> None:
        said = error.message.lower()
        if any(words in said for words in _NOBODY_THERE):
            await self._nobody_there(outgoing)
            return
        simpler = _simpler(outgoing.part, formatting_only="entit" in said or "parse" in said)
        if simpler is None:
            log.error("telegram.send.refused", part=outgoing.number)
            await self._background.run(self._outbox.refused, outgoing)
            return
        log.warning("telegram.send.simplified", part=outgoing.number)
        await self._background.run(self._outbox.again, outgoing, 0.0, simpler)


def surely_not_sent(error: TelegramError) -> bool:
    """Whether a failed request had no effect: it was never written, or Telegram answered that it failed."""
    cause: Any = error.__cause__
    if isinstance(error, InvalidToken):
        return True
    if isinstance(cause, httpx.HTTPError):
        return isinstance(cause, _NOT_WRITTEN)
    return type(error) is not TelegramError and (cause is None or isinstance(cause, TelegramError))


def due(outgoing: Outgoing) -> bool:
    """Whether a part may be sent now."""
    return outgoing.not_before <= time.time()


def _simpler(part: Part, formatting_only: bool) -> Part | None:
    """A part with less in it that Telegram could refuse; None when there is nothing to leave out."""
    if part.html and formatting_only:
        return replace(part, html="")
    plain = replace(part, html="", keyboard=(), reply_to=None, thread=None)
    return None if plain == part else plain
