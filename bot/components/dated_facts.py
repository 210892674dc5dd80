"""Which fact a day named in a text is: the day of the purchase, of the delivery, of the start, of the fault, of the notice."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from bot.components.dates_in_text import DayFound, falls_on_event
from bot.components.fact_cues import cues
from knowledge.scripts import HAN

PLAIN, NONE, FUTURE = "date", "none", "start_date"

_HARD = re.compile(r"[.!?;\n。](?!\d)|[.](?=\d{0}$)")
_SOFT = re.compile(r"(?<!\d),|,(?!\d)|[、:]|(?<= )(?:and|but|then|so|yet|while|because|which)(?= )")
_LINK = re.compile(r"(?:的|了)?(?:日期|时间|日)?(?:于|在|是|:)\s?")
_OF_EVENT = re.compile(
    r"的[^,。!?的了买订退付费款]{0,4}(?:民宿|酒店|演唱会|婚礼|婚宴|酒席|喜宴|航班|班机|机票|船票|车票|高铁|门票|音乐会|旅行团|团|房|场|票|马拉松|路跑|比赛|展览|音乐节|见面会|活动|营|讲座|聚餐|宴|之旅|行程|年菜|体验课|尾牙)(?!订金|定金|费|款|合同)"
)
_EVENT_NAME = re.compile(
    r"[^,。!?的了买订退付费款]{0,6}(?:民宿|酒店|演唱会|婚礼|婚宴|酒席|航班|班机|机票|门票|音乐会|团|场|票)"
)
_RANGE = re.compile(r"\s?(?:to|until|till|through|-|–|~|至|到)\s?(?:the )?")
"""Between the first and the last day of a stay; the last is no fact."""

_TRADER_BEFORE = re.compile(
    r"(?:公司|航司|旅行社|商家|店员|客服|主办方|主办单位|平台|学校|机构|中心|酒店|房东|银行|老板|对方|他们|中介)$"
)
_QUOTED = re.compile(r"[「“][^」”]*$")
"""A day in quotation marks is told by another: 行员说我「今天早上」买了."""

_DIGIT = re.compile(r"\d")
_PROMISE = re.compile(r"\b(?:promis|deliver|due|expect|estimat|invoice|bill|charge|statement)\w*")
_BRIEF = 80
"""Up to this length a message has one story, and its only verb is that of its only day."""

_WITHOUT = {"delivery_date": ("travel", "service", "event"), "start_date": ("goods",)}
"""Days that there are none of with some types: what is performed is not delivered, what is delivered does not start."""

_REACH = 200
_JOIN = 90
"""How far into the clause beside it the verb of a day may stand."""


def dated(days: list[DayFound], text: str, today: date, item_type: str | None = None) -> list[tuple[str, str]]:
    """Each day (ISO) with its fact. A day without a verb is a plain "date"; one that is no fact (a charge, a promise) is left out.

    Travellers, trains and plumbers arrive, too, and a thing starts to leak: see _WITHOUT.
    """
    kinds = {name: words for name, words in cues().dates.items() if item_type not in _WITHOUT.get(name, ())}
    verbs = sorted({(m.start(), m.end(), name) for name, words in kinds.items() for m in words.matches(text)})
    found: dict[str, str] = {}
    days = [replace(item, end=item.start + len(text[item.start : item.end].rstrip(" .,"))) for item in days]
    for index, item in enumerate(days):
        if index and _RANGE.fullmatch(text[days[index - 1].end : item.start]):
            continue
        name = _fact_of(item, days, verbs, text, item.day > today)
        if name is None:
            name = _only(verbs) if len(days) == 1 and len(text) <= _BRIEF else PLAIN
        if name in ("purchase_date", PLAIN) and item.day > today and falls_on_event(text, item.start):
            name = FUTURE
        if name == "notice_date" and _TRADER_BEFORE.search(text[max(0, item.start - 6) : item.start]):
            continue
        if item_type in _WITHOUT.get(name, ()) or _QUOTED.search(text[max(0, item.start - 30) : item.start]):
            continue
        if name == NONE or (item.day > today and name != FUTURE):
            continue
        found.setdefault(name, item.day.isoformat())
    return list(found.items())


def _fact_of(item: DayFound, days: list[DayFound], verbs: list[tuple[int, int, str]], text: str, future: bool) -> str | None:
    """The fact of the verb that stands nearest in the clause of the day, else at the edge of the clauses beside it."""
    if _OF_EVENT.match(text[item.end : item.end + 14]) or (future and _EVENT_NAME.match(text[item.end : item.end + 12])):
        return FUTURE
    if text[: item.start].endswith("from ") and _RANGE.match(text[item.end : item.end + 12]):
        return FUTURE
    sentence = _around(text, item, _HARD)
    if text[: item.start].endswith((" for ", " for the ")) and _DIGIT.search(text[item.start : item.end]):
        return NONE if _PROMISE.search(text[sentence[0] : item.start]) else FUTURE
    clause = _within(sentence, item, [(match.start(), match.end()) for match in _SOFT.finditer(text, *sentence)], days)
    nearest = _nearest(item, clause, verbs, text)
    if nearest:
        return nearest
    start = max([day.end for day in days if day.end <= item.start] + [sentence[0], item.start - _JOIN])
    end = min([day.start for day in days if day.start >= item.end] + [sentence[1], item.end + _JOIN])
    if not text[clause[0] : item.start].strip(" ,、on在于是"):
        return _nearest(item, (item.start, end), verbs, text) or _nearest(item, (start, end), verbs, text)
    nearest = _nearest(item, (start, end), verbs, text)
    if (
        nearest
        or HAN.search(text[item.start : item.end])
        or any(day is not item and sentence[0] <= day.start < sentence[1] for day in days)
    ):
        return nearest
    return _nearest(item, (sentence[0], item.start), verbs, text)


def _around(text: str, item: DayFound, end: re.Pattern[str]) -> tuple[int, int]:
    first, last = max(0, item.start - _REACH), min(len(text), item.end + _REACH)
    ends = [(m.start(), m.end()) for m in end.finditer(text, first, last) if not item.start <= m.start() < item.end]
    return _cut(ends, item, first, last)


def _within(sentence: tuple[int, int], item: DayFound, ends: list[tuple[int, int]], days: list[DayFound]) -> tuple[int, int]:
    ends = [end for end in ends if not item.start <= end[0] < item.end]
    return _cut(ends, item, *sentence)


def _cut(ends: list[tuple[int, int]], item: DayFound, first: int, last: int) -> tuple[int, int]:
    before = [end for _, end in ends if end <= item.start]
    after = [start for start, _ in ends if start >= item.end]
    return max([first, *before]), min([last, *after])


def _nearest(item: DayFound, span: tuple[int, int], verbs: list[tuple[int, int, str]], text: str) -> str | None:
    """The verb nearest to the day within a span. Chinese says the day first: its verb stands after it more often than before."""
    chinese = bool(HAN.search(text[max(0, item.start - 2) : item.end + 2]))
    best: tuple[float, int, str] | None = None
    for start, end, name in verbs[bisect_left(verbs, (span[0], 0, "")) : bisect_left(verbs, (span[1], 0, ""))]:
        if end > span[1] or (start < item.end and item.start < end):
            continue
        after = start >= item.end
        distance = start - item.end if after else item.start - end
        linked = not after and _LINK.fullmatch(text[end : item.start])
        weighed = distance + (8 if chinese and not after and not linked else 0) + (30 if not chinese and after else 0)
        if best is None or (weighed, start - end) < best[:2]:
            best = (weighed, start - end, name)
    return best[2] if best else None


def _only(verbs: list[tuple[int, int, str]]) -> str:
    """The date fact whose verbs are the only ones in the text."""
    names = {name for _, _, name in verbs}
    return names.pop() if len(names) == 1 else PLAIN
