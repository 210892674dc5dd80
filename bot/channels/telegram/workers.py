"""Works on chats: what is to be sent goes out first, then the next update is handled; chats side by side, each in its order."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.channels.telegram.background import Background
from bot.channels.telegram.chats import LEASE_S, Chats
from bot.channels.telegram.handling import Handler, PoisonError
from bot.channels.telegram.inbox import Inbox, Update
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.outbox import Outbox, Outgoing
from bot.channels.telegram.sending import Sender, due

AT_ONCE = 100
LOOK_S = 0.5
"""How often the database is asked for work that came by another instance, or that is due now."""
GATHER_S = 0.02
"""What comes within this time is looked for together."""
MOST_TRIES = 3
"""How often something that fails for reasons of its own is tried."""
STOP_WITHIN_S = 15.0

DATABASE_DOWN = (OperationalError, InterfaceError, PoolTimeout)
"""Errors of the database that are nobody's message's doing."""

log = structlog.get_logger()


class Workers:
    """Starts a worker for each chat that has work, one at a time per chat."""

    def __init__(
        self,
        chats: Chats,
        inbox: Inbox,
        outbox: Outbox,
        intake: Intake,
        handler: Handler,
        sender: Sender,
        background: Background,
        wake: asyncio.Event,
    ) -> None:
        self._chats, self._inbox, self._outbox, self._intake = chats, inbox, outbox, intake
        self._handler, self._sender, self._run, self._wake = handler, sender, background.run, wake
        self._working: dict[str, asyncio.Task[None]] = {}
        self._failures: Counter[str] = Counter()
        self._stopping = False

    async def run(self) -> None:
        """Until stopped."""
        renewed = time.monotonic()
        while not self._stopping:
            try:
                if time.monotonic() - renewed > LEASE_S / 4:
                    await self._run(self._chats.hold_on)
                    renewed = time.monotonic()
                await self._start()
            except DATABASE_DOWN as error:
                log.error("telegram.database.failed", error=type(error).__name__)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_S)
            await asyncio.sleep(GATHER_S)
            self._wake.clear()

    async def stop(self) -> None:
        """Lets every chat finish what it is at, and gives them back."""
        self._stopping = True
        self._wake.set()
        if self._working:
            _, late = await asyncio.wait(self._working.values(), timeout=STOP_WITHIN_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._run(self._chats.let_go)

    async def _start(self) -> None:
        now = time.time()
        for chat in await self._run(self._due, now):
            if len(self._working) >= AT_ONCE:
                return
            if chat not in self._working:
                task = asyncio.create_task(self._work(chat))
                self._working[chat] = task
                task.add_done_callback(lambda _, chat=chat: self._ended(chat))

    def _due(self, now: float) -> list[str]:
        """Chats with something to do. Blocks."""
        due = [*self._outbox.chats_due(now, self._chats.worker), *self._inbox.chats_due(now, self._chats.worker)]
        return list(dict.fromkeys(due))

    def _ended(self, chat: str) -> None:
        del self._working[chat]
        self._wake.set()

    async def _work(self, chat: str) -> None:
        """Everything in one chat that can be done now."""
        try:
            if not await self._run(self._chats.hold, chat):
                return
            try:
                while not self._stopping and await self._step(chat):
                    pass
            finally:
                await self._run(self._chats.let_go, chat)
        except DATABASE_DOWN as error:
            log.error("telegram.database.failed", error=type(error).__name__)
            await asyncio.sleep(1.0)

    async def _step(self, chat: str) -> bool:
        """One thing; false when there is nothing to do now."""
        found = await self._run(self._next, chat)
        if found is None:
            return False
        if isinstance(found, Update):
            await self._handle(found)
            return True
        try:
            await self._sender.deliver(found)
        except DATABASE_DOWN:
            raise
        except Exception as error:
            if self._is_hopeless(f"part {found.number}", error):
                await self._run(self._outbox.refused, found)
            else:
                await self._run(self._outbox.look_later, found, 1.0)
        return True

    def _next(self, chat: str) -> Outgoing | Update | None:
        """What to do next in a chat; None when there is nothing to do now. Blocks."""
        outgoing = self._outbox.next(chat)
        if outgoing is not None:
            return outgoing if due(outgoing) else None
        return self._inbox.next(chat, time.time())

    async def _handle(self, update: Update) -> None:
        try:
            reading = self._intake.reading(update.body)
            if reading is None:
                await self._run(self._inbox.end, update)
                return
            try:
                await self._handler.handle(update, reading)
            except DATABASE_DOWN:
                raise
            except Exception as error:
                if not self._is_hopeless(f"update {update.update_id}", error):
                    await self._run(self._inbox.later, update, 1.0)
                    return
                await self._handler.apologise(update, reading)
                await self._run(self._inbox.end, update, "poison")
        except DATABASE_DOWN:
            raise
        except Exception as error:  # not even an apology can be given
            log.error("telegram.update.poison", update=update.update_id, error=type(error).__name__)
            await self._run(self._inbox.end, update, "poison")

    def _is_hopeless(self, what: str, error: Exception) -> bool:
        """Whether something has failed often enough to be given up."""
        self._failures[what] += 1
        hopeless = isinstance(error, PoisonError) or self._failures[what] >= MOST_TRIES
        log.error("telegram.failed", what=what, error=type(error).__name__, given_up=hopeless)
        if hopeless:
            del self._failures[what]
        return hopeless
