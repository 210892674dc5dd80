"""Which of the sums in a text was paid for the thing in dispute."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from ruamel.yaml import YAML

from bot.components.money_in_text import SumFound

CUES = Path(__file__).parent / "cues" / "sums.yml"
_WINDOW = 60
_FEW = 12
_CLAUSE = re.compile(r"[.!?;](?=\s|$)|[。,;!?\n](?=\D|$)| (?:but|and then|then|so) ")
_STANDS_APART = re.compile(r"(?:多|几)?(?:块钱|元|块|蚊)?[,。;]")
"""A price put between commas: 买了一台跑步机,四千五,…"""


_SET_OFF = re.compile(r"(?:多|几)?(?: ?[a-z]{3}|块钱|元|块|蚊)?[,。;.]")
_SENTENCE = re.compile(r"[。!?;]|\.(?=\s)")
_PURCHASE = re.compile(
    r"\b(?:bought|ordered|booked|paid|signed up|hired|rented|enrol+ed|joined|subscribed|purchased)\b|[买订购租报办拍签]|下单|付款|会员|入手"
)
_AT_FAULT = re.compile(r"修|赔|补")
_DEPOSIT = re.compile(r"deposit|\bdown\b|定金|订金|首付|头款")
_KEPT = re.compile(
    r"\b(?:keep|kept|los[et]|losing|forfeit|refund|return|back)\w*(?: \w+){0,3} deposit|deposit (?:back|is non)"
    r"|(?:退|没收|扣)[^,。]{0,3}[订定]金|[订定]金[^,。]{0,4}(?:不退|没收|拿不回|退)"
)
_OUT = -5
"""Points of a sum that the words rule out: a voucher offered, what the same thing cost elsewhere."""


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
    whole = _whole(points)
    if whole is not None:
        return first[whole]
    ranked = sorted(points.items(), key=lambda entry: -entry[1])
    amount, best = ranked[0]
    if len(ranked) == 1 or ranked[1][1] <= _OUT:
        return first[amount] if best > -2 else None
    if best <= 0:
        return None
    for leading in (other for other, score in ranked if score == best):
        price = _price_beside(leading, points, first, text)
        if price is not None:
            return first[price]
    return None if best == ranked[1][1] else first[amount]


def _whole(points: dict[Decimal, int]) -> Decimal | None:
    """The sum that two others make up: a price of which a deposit and a rest were paid."""
    amounts = sorted(points)[:_FEW]
    for part, rest in combinations(amounts, 2):
        if part + rest in points and min(points[part], points[rest]) > 0:
            return part + rest
    return None


def _price_beside(amount: Decimal, points: dict[Decimal, int], first: dict[Decimal, SumFound], text: str) -> Decimal | None:
    """The price of the thing where the sum paid is a deposit on it, unless the dispute is about the deposit."""
    item = first[amount]
    if not _DEPOSIT.search(
        text[max(0, item.start - 16) : item.start] + "|" + text[item.end : item.end + 20]
    ) or _KEPT.search(text):
        return None
    prices = [other for other, score in points.items() if other > amount and score >= 1]
    return max(prices) if prices else None


def _points(item: SumFound, text: str) -> int:
    before = _CLAUSE.split(text[max(0, item.start - _WINDOW) : item.start])[-1]
    after = text[item.end : item.end + 30]
    apart = _apart(item, text, before, after)
    return (
        apart
        + sum(points for points, cue in _cues()["before"] if cue.search(before))
        + sum(points for points, cue in _cues()["after"] if cue.search(after))
    )


def _apart(item: SumFound, text: str, before: str, after: str) -> int:
    """Points of a sum that stands by itself, more where the sentence so far tells a purchase (买了一台跑步机,四千五,…)."""
    if not before.strip() and _SET_OFF.match(after):
        sentence = _SENTENCE.split(text[max(0, item.start - 2 * _WINDOW) : item.start])[-1]
        if _PURCHASE.search(sentence) and not _AT_FAULT.search(sentence[-12:]):
            return 3
    return 1 if not _AT_FAULT.search(before) and _STANDS_APART.match(after) and len(before.strip()) <= 6 else 0


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[tuple[int, re.Pattern[str]]]]:
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))
    return {place: [(points, re.compile(cue)) for points, cue in cues] for place, cues in data.items()}
