"""Long polling: asks Telegram for updates. Works from anywhere, without an address of one's own; one instance only."""

from __future__ import annotations

import asyncio
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pauses import pause_after

LEAST_S = 0.3
"""Seconds between requests to a server that does not wait for updates as Telegram does."""

log = structlog.get_logger()


async def poll(api: Api, intake: Intake) -> None:
    """Until cancelled. Raises InvalidToken.

    An update is confirmed by asking for the one after it, and that is done only once it is kept.
    """
    offset, failures = None, 0
    while True:
        asked = time.monotonic()
        try:
            updates = await api.updates(offset)
            await intake.take(updates)
        except InvalidToken:
            raise
        except (TelegramError, SQLAlchemyError) as error:
            log.warning("telegram.poll.failed", error=type(error).__name__)
            await asyncio.sleep(pause_after(error, failures))
            failures += 1
            continue
        failures = 0
        numbers = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
        offset = max(numbers) + 1 if numbers else offset
        if not updates and time.monotonic() - asked < LEAST_S:
            await asyncio.sleep(LEAST_S)
