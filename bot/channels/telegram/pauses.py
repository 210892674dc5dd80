"""How long to wait before something that failed is tried again."""

from __future__ import annotations

import random

from telegram.error import Conflict, RetryAfter

LONGEST_S = 30.0
CONFLICT_S = 5.0


def pause(tries: int) -> float:
    """Seconds until the next try: doubling, with some chance in it so that chats do not come back together."""
    return min(0.5 * 2 ** min(tries, 10), LONGEST_S) * random.uniform(0.8, 1.2)


def pause_after(error: Exception, tries: int) -> float:
    """The same, or as long as Telegram says."""
    if isinstance(error, RetryAfter):
        return float(error._retry_after.total_seconds()) + 0.1
    return CONFLICT_S if isinstance(error, Conflict) else pause(tries)
