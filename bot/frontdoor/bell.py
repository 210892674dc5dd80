"""Wakes streams when something new was said, in this process or in another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import structlog
from starlette.concurrency import run_in_threadpool

LOOK_EVERY_S = 1.0

log = structlog.get_logger()


class Bell:
    """One watch over the store for all streams.

    Args:
        pulse: Gives something that differs when there is news; blocks for a moment.
    """

    def __init__(self, pulse: Callable[[], object]) -> None:
        self._pulse, self._waiting = pulse, asyncio.Event()
        self._listeners = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to watch."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Ends; wakes all that wait."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self.ring()

    def ring(self) -> None:
        """Something was said just now."""
        self._waiting.set()
        self._waiting = asyncio.Event()

    async def wait(self, within_s: float) -> bool:
        """Waits for the next ring; False when none came in time."""
        self._listeners += 1
        try:
            await asyncio.wait_for(self._waiting.wait(), within_s)
        except (TimeoutError, asyncio.TimeoutError):
            return False
        finally:
            self._listeners -= 1
        return True

    async def _watch(self) -> None:
        seen: object = None
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if not self._listeners:  # a stream looks for itself before it waits
                continue
            try:
                newest = await run_in_threadpool(self._pulse)
            except Exception as error:  # whatever a driver raises: the watch must outlive it, or streams hear nothing more
                log.error("bell.store_failed", error=type(error).__name__)
                newest = seen
            if newest != seen:
                seen = newest
                self.ring()
