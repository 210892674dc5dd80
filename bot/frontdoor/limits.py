"""How fast one conversation, or one address, may come in."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from bot.frontdoor.problems import Problem

MOST_REMEMBERED = 20_000


class Limit:
    """Token buckets, one a key: `burst` at once, then `per_s` each second.

    Args:
        clock: Gives seconds that only grow.
    """

    def __init__(self, burst: int, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_s, self._clock = burst, per_s, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Takes one. Raises Problem 429, with the seconds to wait, where none is left."""
        now = self._clock()
        left, since = self._left.pop(key, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._per_s)
        enough = left >= 1
        self._left[key] = (left - 1 if enough else left, now)
        while len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)
        if not enough:
            wait_s = math.ceil((1 - left) / self._per_s)
            raise Problem(
                429,
                f"Found more than {self._burst} requests at once, allowed are {self._per_s:g} a second after that."
                f" Send it again in {wait_s} s.",
                {"Retry-After": str(wait_s)},
                reason="too_fast",
            )
