"""Which of the sums in a text was paid for the thing in dispute."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.components.money_in_text import SumFound

CUES = Path(__file__).parent / "cues" / "sums.yml"
_WINDOW = 60
_CLAUSE = re.compile(r"[.!?;](?=\s|$)|[。,;!?\n](?=\D|$)| (?:but|and then|then|so) ")
_STANDS_APART = re.compile(r"(?:多|几)?(?:块钱|元|块|蚊)?[,。;]")
"""A price put between commas: 买了一台跑步机,四千五,…"""


def sum_paid(sums: list[SumFound], text: str) -> SumFound | None:
    """The sum paid: the one that the words around it mark best; None when they mark none, or two alike.

    A single sum needs no mark, only none of what was offered back, asked on top or cost elsewhere.
    """
    points: dict[Decimal, int] = {}
    first: dict[Decimal, SumFound] = {}
    for item in sums:
        points[item.amount] = max(points.get(item.amount, -99), _points(item, text))
        if item.amount not in first or (item.currency and not first[item.amount].currency):
            first[item.amount] = item
    if not points:
        return None
    ranked = sorted(points.items(), key=lambda entry: -entry[1])
    amount, best = ranked[0]
    if len(ranked) == 1:
        return first[amount] if best > -2 else None
    return first[amount] if best > 0 and best > ranked[1][1] else None


def _points(item: SumFound, text: str) -> int:
    before = _CLAUSE.split(text[max(0, item.start - _WINDOW) : item.start])[-1]
    after = text[item.end : item.end + 30]
    apart = 1 if _STANDS_APART.match(after) and len(before.strip()) <= 6 else 0
    return (
        apart
        + sum(points for points, cue in _cues()["before"] if cue.search(before))
        + sum(points for points, cue in _cues()["after"] if cue.search(after))
    )


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[tuple[int, re.Pattern[str]]]]:
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))
    return {place: [(points, re.compile(cue)) for points, cue in cues] for place, cues in data.items()}
