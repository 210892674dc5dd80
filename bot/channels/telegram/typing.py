"""Shows that somebody is typing for as long as something is worked on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from telegram.error import TelegramError

from bot.channels.telegram.api import Api

AGAIN_S = 4.5
"""Telegram shows it for five seconds, or until a message comes."""


@contextlib.asynccontextmanager
async def typing(api: Api, chat: str, thread: int | None) -> AsyncIterator[None]:
    """While inside. Failures do not matter."""
    task = asyncio.create_task(_repeat(api, chat, thread))
    try:
        yield
    finally:
        task.cancel()


async def _repeat(api: Api, chat: str, thread: int | None) -> None:
    while True:
        with contextlib.suppress(TelegramError):
            await api.typing(chat, thread)
        await asyncio.sleep(AGAIN_S)
