"""Limits let people through and stop floods."""

from __future__ import annotations

import pytest

from bot.frontdoor.limits import Limit
from bot.frontdoor.problems import Problem


def test_a_burst_then_the_pace_and_each_key_for_itself() -> None:
    now = [0.0]
    limit = Limit(3, 0.5, lambda: now[0])
    for _ in range(3):
        limit.take("a")
    with pytest.raises(Problem) as refused:
        limit.take("a")
    assert refused.value.status == 429
    assert refused.value.headers == {"Retry-After": "2"}
    limit.take("b")
    now[0] = 2.0
    limit.take("a")
    with pytest.raises(Problem):
        limit.take("a")
