"""Calls of the stores, which block, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


class Background:
    """A few threads for the database. One for SQLite, which takes one writer at a time anyway."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def run(self, function: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
        """The function's result."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: function(*arguments, **named))

    def close(self) -> None:
        """Ends the threads when their work is done."""
        self._pool.shutdown(wait=True)
