"""Days named in a text, counted from a day of reference. Only exact days: "two weeks ago" is not one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot.components.first_characters import guarded
from knowledge.scripts import HAN

Order = Literal["dmy", "mdy"]


@dataclass(frozen=True)
class DayFound:
    """A day and where in the text it stands."""

    day: date
    start: int
    end: int


@dataclass
class _Context:
    """What a reader needs besides its match: the text, the day of the message, the order of 03/04, and the days before it."""

    text: str
    today: date
    order: Order | None
    found: list[DayFound] = field(default_factory=list)

    def previous(self, position: int) -> DayFound | None:
        """The nearest day named before a position."""
        before = [item for item in self.found if item.end <= position]
        return max(before, key=lambda item: item.end) if before else None


_Reader = Callable[[re.Match[str], _Context], "date | None"]

_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = (
    r"(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_WEEKDAYS = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}
_WEEKDAY = r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_WEEKDAY_FULL = r"(mon|tues|wednes|thurs|fri|satur|sun)day\b"
_WEEKDAY_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEK_ZH = r"(?:个)?(?:周|星期|礼拜|拜)"
_NUMBERS_EN = {
    name: number
    for number, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen twenty".split(),
        start=1,
    )
}
_NUMBER_EN = "|".join(sorted(_NUMBERS_EN, key=len, reverse=True))
_DIGITS_ZH = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DAY_ZH = r"三十一|三十|[二]?十[一二三四五六七八九]|廿[一二三四五六七八九]?|卅一?|二十|十|[一二三四五六七八九]"
_MONTH_ZH = r"十[一二]|[一二三四五六七八九十]|0?[1-9]|1[0-2]"
_NOT_A_DAY = r"(?!\s?(?:[\d.,/:%]|个|块|元|天|万|千|百|点|次|月|年|人|份|期|节|折|倍|几|多|来|余|档|样|成|号楼|k|w))"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)"
_AFTER_AN_EVENT = re.compile(
    r"(?:收到|到货|拿到|收货|签收|买来|买完|买回|签完|回家|到家|提车|取货|送到)(?:货|了|的|后|之后)?$"
)
"""收到隔天 counts from the receipt, not from the day named before."""

_AT_HOME = re.compile(
    r"\b(?:i|we)(?:'m|'re| am| are)? (?:live|living|based|here)? ?in \w|\b(?:live|living|based) in \w|(?:我|我们|本人|人|家)(?:现在)?(?:住|在)(?![^,。]{0,8}[买订报办])"
)
"""Says that the writer is at home where the text names a place."""

_FRACTIONS = ("24/7", "9/10", "10/10", "1/2", "3/4", "1/3", "1/4", "2/3")
_MAX_DAYS_AGO = 31
_CHAINED = 90
_MOST = 40
"""So many days are read at most; no story has more, and the cost of each grows with their number."""
_SAME_STORY = timedelta(days=12)

_WEEKDAY_BEFORE = re.compile(
    rf"(?:\b(?:this |last |next )?(?:{_WEEKDAY}),? (?:the )?|{_WEEK_ZH}[一二三四五六日天][,(]?\s?)$".replace(
        "(mon", "(?P<en>mon"
    ).replace("[一二三四五六日天][", "(?P<zh>[一二三四五六日天])[")
)
_WEEKDAY_AFTER = re.compile(
    rf"\s?(?:[,(]\s?)?(?:a )?(?:{_WEEKDAY.replace('(mon', '(?P<en>mon', 1)}|(?:{_WEEK_ZH}|(?<=[(]))(?P<zh>[一二三四五六日天]))(?![a-z])[)]?"
)
"""A weekday that stands beside a day is part of it."""

_YEAR_AFTER = re.compile(r",? (?:of )?(?P<which>last|this|next) year\b")
_NEGATED = re.compile(
    r"(?:\bnot(?: on)?|n't(?: on)?|instead of|rather than|不是在?|并非|而非)\s(?:the )?$|(?:不是在?|并非|而非)$"
)
_COMES_AFTER_EVERY = re.compile(r"(?:每个?|逢|每年|每月的?|每个月的?|\bevery(?: month on)?|\beach)\s?(?:the )?$")
_FUTURE = re.compile(
    r"\bflights?\b|\bconcert\b|\bwedding\b|\btour\b|\bcruise\b|\bferry\b|航班|机票|船票|演唱会|婚宴|\bwill\b|'ll\b|\bgoing to\b|\bto be (?:\w+ed|\w+en|held)\b|\bto (?:start|begin|arrive|collect|move|fly|travel)\b|\bnext\b|\bupcoming\b|\bcoming up\b|\bdue\b|\bdeparts?\b|\bdeparting\b|\bleaves?\b|\buntil\b|\btill\b"
    r"|\b(?:is|are|starts?|begins?) (?:on|from)\b|'s on\b|\bby\b|\bbefore\b|\bunless\b|\bexpires?\b|\bends?\b|\brenews?\b"
    r"|将|会在|才能|才开|才出|准备|打算|原定|要在|之前|前到|到期|出发|举行|婚礼|启程|截止|明年|下个?月|延期|改期|延到|改到"
)
_PAST = re.compile(
    r"\b(?:was|were|bought|ordered|paid|signed|booked|purchased|joined|received|arrived|got|came|told|cancelled|noticed|broke|stopped"
    r"|started|delivered|collected|complained|emailed|wrote|called|subscribed|had|died|went|fell|took|gave|sent|made|said|rang|found|saw|left|burst|snapped|did|let|put|blew|tore|\w{3,}ed)\b|了|过|买|收到|签|付|到货|下单|下的|发现|通知|坏"
)
_LONG_AGO = re.compile(
    rf"\b(?:(?:weeks?|months?|years?) (?:ago|later|after|back)|last (?:month|year|week|spring|summer|autumn|fall|winter)|in {_MONTH}"
    rf"|(?:since|early|mid|late|from) {_MONTH})|(?:周|个月|星期|年|礼拜)(?:之?前|后)|上个?月|去年|前年|年初|[一二三四五六七八九十\d]月(?:份|初|底|中)?"
)
_CANTONESE = re.compile(r"哋|嗰|啲|嘢|冚|咁|喇|㗎|吖|噉|攞|揾|搵|呢个|呢间|间公司|佢")
_SOON = 120
"""How far ahead a day named without a year may lie that was promised, or falls to an event that was booked."""

_EVENTS = (
    r"weddings?|show|gig|match|concert|festival|party|trip|holiday|flights?|tour|cruise|ferry|banquet|reception|event|game|play|performance|birthday"
    r"|train|stay|course|conference|ceremony|move|exam|appointment|marathon|race|retreat|honeymoon|delivery slot|tickets?|seats"
)
_BOOKED_FOR = re.compile(
    r"\b(?:(?:over|double-?)?book(?:ed|ing)?|hired?|reserv(?:ed|ation)|scheduled|rented|tickets?|seats|rooms?|tables?|venue|arranged|fixed|set|planned|due|hall|band|"
    r"photographer|caterer|marquee|flights?|table|slot|date|appointment|firm|company|engaged|hotel|airbnb|villa|apartment|cottage|stay|rental|holiday|hall)\b[^.;!?]{0,40} (?:for|from|is|of) (?:the )?$"
    r"|(?:订|定|预订|预定|安排|约|排|选)(?:了|在|的|好|咗)*$|日子(?:是|定在|订在)$"
)
_EVENT_ON = re.compile(rf"\b(?:{_EVENTS})\b(?: (?!was|were|arrived|came|and|but)[\w'-]+){{0,5}} (?:on|for|is|of)(?: the)? $")
_EVENT_OF_DAY = re.compile(
    r"的?(?:[^,。!?的了买订]{0,4})(?:民宿|酒店|演唱会|婚礼|婚宴|酒席|喜宴|航班|班机|机票|船票|车票|高铁|场次|场|门票|音乐会|旅行团|团|房|马拉松|路跑|比赛|展览|音乐节|见面会|活动|营|讲座|聚餐|宴|之旅|行程|年菜|体验课|尾牙|跨年|考试|派对|出团|出发|飞|入住|开演|摆酒|举行|那晚重复订房|那晚的)"
)
_TICKET_BEFORE, _OF_TICKET = re.compile(r"(?:票|场次|航班|班机|团|房)[^。!?]{0,12}$"), re.compile(r"的(?=[,。、]|$)")
_PROMISED = re.compile(
    r"\b(?:promised|expected|estimated|delivery date|due|by)\b[^.;!?]{0,25} $|(?:预计|承诺|说好|最晚|最迟|交期)$"
)
_PAST_NEAR_ZH = re.compile(
    r"了|过|已|收到|买|签|下单|付|订|到货|送来|送到|发现|坏|打电话|打给|联系|通知|说|话|告诉|开始|取|拿|交|来的|装|退|问|报名|还|刷|才"
)


def days_in(text: str, today: date, *, order: Order | None = None) -> list[DayFound]:
    """Every exact day that a folded text names, in order of place. Days that do not exist are left out.

    Args:
        text: A message, folded.
        today: Day of the message. Without a year, a day is the latest past one, unless the words speak of what is to come.
        order: How 03/04/2026 reads. Without it, the place that the text itself names decides, and else such a day is left out.
    """
    context = _Context(text, today, order)
    chinese = bool(HAN.search(text))
    for pattern, read, only_chinese in _READERS:
        if only_chinese and not chinese:
            continue
        for match in pattern.finditer(text):
            start, end = match.span("at") if "at" in pattern.groupindex else match.span()
            if (
                len(context.found) >= _MOST
                or any(start < other.end and other.start < end for other in context.found)
                or _refused(text, start)
            ):
                continue
            day = _of_year_told(read(match, context), text[end : end + 14], today)
            if day is not None:
                if pattern not in _WEEKDAY_PATTERNS:
                    start, end, _ = _with_weekday(text, start, end)
                context.found.append(DayFound(day, start, end))
    return sorted(context.found, key=lambda item: item.start)


def _of_year_told(day: date | None, after: str, today: date) -> date | None:
    """The day in the year that the words after it tell: "on 3 October last year"."""
    told = _YEAR_AFTER.match(after) if day else None
    if day is None or told is None:
        return day
    return _day(today.year + {"last": -1, "this": 0, "next": 1}[told["which"]], day.month, day.day)


def _refused(text: str, start: int) -> bool:
    """Whether the words before say that it is not this day, or each day of that name."""
    before = text[max(0, start - 16) : start]
    return bool(_NEGATED.search(before) or _COMES_AFTER_EVERY.search(before))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_year(month: int, day: int, match: re.Match[str], context: _Context) -> date | None:
    """The latest such day that is past, or the coming one where the words speak of what is to come.

    After a day of an earlier year that was named with it, the first such day after that one; left out when the two readings differ
    by more than the story can tell.
    """
    this_year = _day(context.today.year, month, day)
    latest = this_year if this_year and this_year <= context.today else _day(context.today.year - 1, month, day)
    previous = context.previous(match.start())
    if previous and latest and previous.day < latest and previous.day.year < context.today.year:
        first = _day(previous.day.year, month, day)
        if first and first < previous.day:
            first = _day(previous.day.year + 1, month, day)
        return latest if first == latest else (first if first and (first - previous.day).days <= 92 else None)
    if this_year and this_year <= context.today:
        coming = _day(context.today.year + 1, month, day)
        if (
            coming
            and (coming - context.today).days <= _SOON
            and _BOOKED_FOR.search(context.text[max(0, match.start() - 60) : match.start()])
        ):
            return coming
    if this_year and this_year > context.today:
        told = _told_as_coming(match, context, this_year, latest)
        if told is not None:
            return told or None
        clause = _clause(context.text, match)
        if _FUTURE.search(clause) and not _PAST.search(_FUTURE.sub(" ", clause)):
            return this_year
        if _FUTURE.search(clause):
            return this_year if (this_year - context.today).days <= 62 else None
    return latest


def _told_as_coming(
    match: re.Match[str], context: _Context, coming: date, past: date | None
) -> date | Literal[False] | None:
    """The year of a day to come this year that the words beside it tell: a weekday, "last year", a booking for it, an event on it.

    False leaves the day out: it may be either. None leaves it to the tense of the clause.
    """
    start, end = match.span()
    weekdays = {day.weekday(): day for day in (coming, past) if day}
    _, _, weekday = _with_weekday(context.text, start, end)
    if weekday in weekdays:
        return weekdays[weekday]
    before = context.text[max(0, start - 60) : start]
    if _PROMISED.search(before):
        return coming if (coming - context.today).days <= _SOON else False
    if _BOOKED_FOR.search(before) or _EVENT_OF_DAY.match(context.text[end : end + 16]):
        return coming
    if _TICKET_BEFORE.search(before) and _OF_TICKET.match(context.text[end : end + 4]):
        return coming
    if _EVENT_ON.search(before):
        return coming if (coming - context.today).days <= _SOON or not _PAST.search(before) else False
    return None


def falls_on_event(text: str, start: int) -> bool:
    """Whether the words before a day name an event on it, or say that something was booked for it."""
    before = text[max(0, start - 60) : start]
    if _TICKET_BEFORE.search(before):
        return True
    return bool(_BOOKED_FOR.search(before) or _EVENT_ON.search(before))


def _with_weekday(text: str, start: int, end: int) -> tuple[int, int, int | None]:
    """Where a day starts and ends with the weekday beside it, and that weekday."""
    before = _WEEKDAY_BEFORE.search(text[max(0, start - 22) : start])
    if before:
        return start - len(before.group(0)), end, _weekday(before)
    after = _WEEKDAY_AFTER.match(text, end)
    return (start, after.end(), _weekday(after)) if after else (start, end, None)


def _weekday(match: re.Match[str]) -> int:
    english = match.group("en")
    return _WEEKDAYS[english[:3]] if english else _WEEKDAY_ZH[match.group("zh")]


def _clause(text: str, match: re.Match[str]) -> str:
    before = re.split(r"[.!?;。,,\n](?=\s|$|[^\d])", text[max(0, match.start() - 50) : match.start()])[-1]
    after = re.split(r"[.!?;。,,\n](?=\s|$|[^\d])", text[match.end() : match.end() + 30])[0]
    return f"{before} {after}"


def _chinese_number(word: str) -> int:
    """A number up to 99 in digits or Chinese numerals."""
    if word.isdigit():
        return int(word)
    word = word.replace("廿", "二十").replace("卅", "三十")
    if "十" not in word:
        return _DIGITS_ZH[word]
    tens, units = word.split("十")
    return (_DIGITS_ZH[tens] if tens else 1) * 10 + (_DIGITS_ZH[units] if units else 0)


def _year(text: str | None, today: date) -> int | None:
    if not text:
        return None
    if text[:2] in ("今年", "本年", "去年", "上年", "前年", "旧年", "明年"):
        return today.year - {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "旧年": 1, "前年": 2, "明年": -1}[text[:2]]
    if text == "同年":
        return None
    if not text.isdigit():
        year = int("".join("0" if character in "零〇" else str(_DIGITS_ZH[character]) for character in text))
        return year if year > 1000 else 2000 + year
    year = int(text)
    if year < 100:
        return 2000 + year
    return year + 1911 if year <= 199 else year  # years of the Republic, as in Taiwan


def _chinese_day(match: re.Match[str], context: _Context) -> date | None:
    year = _year(match.group("year"), context.today)
    month, day = _chinese_number(match.group("month")), _chinese_number(match.group("day"))
    return _day(year, month, day) if year else _without_year(month, day, match, context)


def _named_month(match: re.Match[str], context: _Context) -> date | None:
    month, day = _MONTHS[match.group("month")[:3]], int(match.group("day"))
    year = match.group("year")
    return _day(_year(year, context.today) or 0, month, day) if year else _without_year(month, day, match, context)


def _order(context: _Context) -> Order | None:
    """How the text writes 03/04: as told, or as the country does that it names; month first in Chinese outside Hong Kong.

    A city of the trader or the pound alone does not settle it: such a day is asked.
    """
    if context.order is None:
        from bot.components.places import place_of

        place = place_of(context.text)
        if place is not None and (place.source == "stated" or _AT_HOME.search(context.text)):
            return "mdy" if place.code in ("US", "CN", "TW") else "dmy"
        if HAN.search(context.text) and not _CANTONESE.search(context.text):
            return "mdy"
    return context.order


def _numeric(match: re.Match[str], context: _Context) -> date | None:
    """12/10/2026 only when one part cannot be a month or the place decides: countries write the two in different orders."""
    groups = match.groupdict()
    first, second = int(groups["first"]), int(groups["second"])
    year = _year(groups.get("year"), context.today)
    if first > 12 and second > 12:
        return None
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 else (second, first)
    elif year and HAN.search(context.text) and context.order is None and _order(context) == "mdy":
        return None  # in Chinese the year comes first: 08/11/2026 is somebody else's order
    elif (order := _order(context)) is not None:
        day, month = (first, second) if order == "dmy" else (second, first)
    else:
        return None
    return _day(year, month, day) if year else _without_year(month, day, match, context)


def _ago(match: re.Match[str], context: _Context) -> date | None:
    word = match.group("number")
    number = _NUMBERS_EN.get(word) or _chinese_number(word)
    return context.today - timedelta(days=number) if number <= _MAX_DAYS_AGO else None


def _later(match: re.Match[str], context: _Context) -> date | None:
    """Days counted from the day named shortly before."""
    previous = context.previous(match.start())
    if previous is None or match.start() - previous.end > _CHAINED or previous.day > context.today:
        return None
    if _AFTER_AN_EVENT.search(context.text[max(0, match.start() - 5) : match.start()]):
        return None
    word = match.groupdict().get("number")
    number = (_NUMBERS_EN.get(word) or _chinese_number(word)) if word else 1
    day = previous.day + timedelta(days=number)
    return day if number <= 14 and day <= context.today else None


def _same_day(match: re.Match[str], context: _Context) -> date | None:
    """The day named shortly before, named again."""
    previous = context.previous(match.start())
    return previous.day if previous and match.start() - previous.end <= _CHAINED and previous.day <= context.today else None


def _weekday_of_week(weeks: int, numbers: dict[str, int], letters: int) -> _Reader:
    def read(match: re.Match[str], context: _Context) -> date | None:
        monday = context.today - timedelta(days=context.today.weekday()) + timedelta(weeks=weeks)
        return monday + timedelta(days=numbers[match.group("weekday")[:letters]])

    return read


def _bare_weekday(numbers: dict[str, int], letters: int) -> _Reader:
    """ "On Monday" in the past tense: the latest Monday before today, unless the story is of another time."""

    def read(match: re.Match[str], context: _Context) -> date | None:
        clause = _clause(context.text, match)
        past = _PAST_NEAR_ZH if letters == 1 else _PAST
        if not past.search(f"{clause} {match.group(0)}") or _FUTURE.search(clause):
            return None
        if _LONG_AGO.search(context.text[: match.start()]):
            return None
        previous = context.previous(match.start())
        if previous and abs(context.today - previous.day) > _SAME_STORY:
            return None
        back = (context.today.weekday() - numbers[match.group("weekday")[:letters]]) % 7
        return context.today - timedelta(days=back or 7)

    return read


def _day_of_month(match: re.Match[str], context: _Context) -> date | None:
    """A day without a month: of the month named shortly before, else the latest past one."""
    day = _chinese_number(match.group("day"))
    previous = context.previous(match.start())
    start = previous.day if previous else None
    if start is not None:
        if day >= start.day:
            return _day(start.year, start.month, day)
        found = _day(start.year + start.month // 12, start.month % 12 + 1, day)
        return found if found and found <= context.today else None
    if _LONG_AGO.search(context.text[: match.start()]):
        return None
    month = context.today if day <= context.today.day else context.today.replace(day=1) - timedelta(days=1)
    return _day(month.year, month.month, day)


def _day_of_named_month(match: re.Match[str], context: _Context) -> date | None:
    """上个月5号, "the 5th of last month"."""
    word = match.group("which")
    months = 0
    if word.startswith(("上上", "前个")):
        months = -2
    elif word.startswith(("上", "last")):
        months = -1
    elif word.startswith(("下", "next")):
        months = 1
    number = context.today.year * 12 + context.today.month - 1 + months
    return _day(number // 12, number % 12 + 1, _chinese_number(match.group("day")))


def _feast(month: int, day: int) -> _Reader:
    return lambda match, context: _without_year(month, day, match, context)


def _fixed(days: int) -> _Reader:
    return lambda match, context: context.today - timedelta(days=days)


def _patterns() -> Iterator[tuple[str, _Reader]]:
    year_zh = r"(?:(?<![\d一-十])(?P<year>今年|本年|去年|上年|旧年|前年|明年|同年|\d{4}|1[01]\d|2\d|二[零〇][一二三四五六七八九零〇]{2})\s?年?的?\s?)?"
    yield r"(?<![\d.])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", lambda m, c: _day(*map(int, m.groups()))
    yield (
        r"(?<![\d/.-])(1[01]\d)[/.](\d{1,2})[/.](\d{1,2})(?![\d/])",
        lambda m, c: _day(int(m[1]) + 1911, int(m[2]), int(m[3])),
    )
    yield (
        rf"{year_zh}(?<!\d)(?<!每年)(?<![一二三四五六七八九十个第])(?P<month>{_MONTH_ZH})\s?月\s?份?(?P<day>{_DAY_ZH}|[0-3]?\d)\s?(?:日|号)(?!楼|店|公馆)",
        _chinese_day,
    )
    yield (
        rf"{year_zh}(?<!\d)(?<![一二三四五六七八九十个第])(?P<month>{_MONTH_ZH})月(?P<day>[0-3]?\d|[二三]?十[一二三四五六七八九]|二十|三十|廿[一二三四五六七八九])(?![日号一二三四五六七八九十]){_NOT_A_DAY}",
        _chinese_day,
    )
    yield (
        rf"(?P<which>上上个?月|前个月|上个?月|这个?月|呢个?月|今个?月|本月|当月|下个?月)的?(?P<day>{_DAY_ZH}|[0-3]?\d)[日号](?!楼)",
        _day_of_named_month,
    )
    yield r"\b(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<which>this|last|next) month\b", _day_of_named_month
    yield r"\b(?P<which>this|last|next) month,? (?:on )?the (?P<day>\d{1,2})(?:st|nd|rd|th)\b", _day_of_named_month
    month = _MONTH.replace("(", "(?P<month>", 1)
    yield (
        rf"(?<![\d.,/£$€-])(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?: day)?(?: of)?[ -]?{month}(?:,?[ -](?:of )?(?P<year>20\d\d|'?2\d(?!\d))(?![\d:]|,\d))?(?!\w)(?!(?<=may) (?:be|have|not|also|well|still|come|contain|need|take|want|look|get|seem|only|apply)\b)",
        _named_month,
    )
    yield (
        rf"(?<=from )(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?=\s?(?:to|until|till|-|–)\s?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {month}(?:,? (?P<year>20\d\d))?)",
        _named_month,
    )
    yield (
        rf"(?<!\w){month} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>20\d\d))?(?![\d%]|[.,:]\d)(?! (?:people|times|days|weeks|months|years|hours|percent|euros?|pounds|dollars|of us|lessons|sessions)\b)",
        _named_month,
    )
    yield r"(?<![\d/.])(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>20\d\d|2[0-7])(?![\d/])", _numeric
    yield (
        r"(?:\b(?:on|since|from|dated?|by|was|bought|ordered|paid|signed|booked|arrived|delivered|received|came|cancelled|it's|until|around|say|is|said|to|change)(?: the)?:? )(?P<at>(?P<first>\d{1,2})/(?P<second>\d{1,2}))(?![\d/%])(?! (?:of|stars?|inch|price|months?|done)\b)",
        _slash_at,
    )
    yield (
        r"(?<![\d/.])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/%])(?=\s?(?:号|日|那天|当天|晚|早|下午|上午|中午|买|购|下单|下订|订|收|到货|到|送|签|付|刷|汇|转|超商|便利|下标|晚点|通知|发现|坏|报名|缴|交|取|出发|去|打|寄|退|安|装|出|开|领|提|牵|拍|搬|看|用|换|约|落|租|加入|储值|充|接|反映|投诉|申请|开始|开课|才|在|于|就|我|他|跟|向|拿|办|入|的|,|。|$))",
        _chinese_slash,
    )
    yield r"(?<![\d.])(?P<first>\d{1,2})\.(?P<second>\d{1,2})(?=(?:号|日|下单|收到|到货|签收|那天|当天))", _chinese_slash
    yield (
        r"(?<![\d一二三四五六七八九十几来.-])(?P<number>\d{1,2}|二?十[一二三四五六七八九]?|二十|[一两二三四五六七八九])\s?(?:天|日)(?:之|以)?前(?!通知|取消|告知|申请|提出|预约|退)(?!的通知)",
        _chinese_ago,
    )
    yield (
        rf"(?<!about )(?<!around )(?<!roughly )(?<!approximately )(?<!-)(?<!or )(?<!to )(?<![\d.])\b(?P<number>\d{{1,2}}|{_NUMBER_EN}) (?:whole |full )?days? (?:ago|back)\b",
        _ago,
    )
    yield r"\ba day ago\b", _fixed(1)
    yield r"\b(?:a|one|exactly a) week ago (?:today|to the day)\b|\bthis day last week\b", _fixed(7)
    yield r"\b(?:two weeks|2 weeks|a fortnight) ago (?:today|to the day)\b", _fixed(14)
    yield r"\ba week ago yesterday\b", _fixed(8)
    yield rf"上上{_WEEK_ZH}(?P<weekday>[一二三四五六日天])", _weekday_of_week(-2, _WEEKDAY_ZH, 1)
    yield rf"上一?{_WEEK_ZH}(?P<weekday>[一二三四五六日天])", _weekday_of_week(-1, _WEEKDAY_ZH, 1)
    yield rf"(?:这|本|今|呢){_WEEK_ZH}(?P<weekday>[一二三四五六日天])", _past_only(_weekday_of_week(0, _WEEKDAY_ZH, 1))
    yield rf"下{_WEEK_ZH}(?P<weekday>[一二三四五六日天])", _weekday_of_week(1, _WEEKDAY_ZH, 1)
    yield rf"\blast (?:week )?(?:on )?{_named('weekday', _WEEKDAY)}", _weekday_of_week(-1, _WEEKDAYS, 3)
    yield rf"\b{_named('weekday', _WEEKDAY)},? (?:of )?last week\b|\bweek last {_WEEKDAY}", _weekday_or_none(-1)
    yield rf"\b{_named('weekday', _WEEKDAY)} (?:of )?this week\b", _past_only(_weekday_of_week(0, _WEEKDAYS, 3))
    yield rf"\bthis (?:past )?{_named('weekday', _WEEKDAY)}", _past_only(_weekday_of_week(0, _WEEKDAYS, 3))
    yield rf"\b(?:this past|past) {_named('weekday', _WEEKDAY_FULL)}", _bare_weekday(_WEEKDAYS, 3)
    yield r"大前[天日]", _fixed(3)
    yield (
        r"(?<!提)(?<!之)(?<!大)前(?:天|日|晚)(?!通知|取消|告知|就要)|(?<!the )\b(?:the )?day before yesterday|前儿个?",
        _before_yesterday,
    )
    yield r"昨天|昨日|昨晚|昨夜|昨儿|寻日|寻晚|琴日|琴晚|噚日|噚晚|㖊日|㖊晚|\byesterday\b|\blast night\b|\bytd\b", _fixed(1)
    yield (
        r"(?<![到至])(?:今天|今日)(?!不)|今早|今晚|今晨|今朝|今儿|\btoday\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b",
        _fixed(0),
    )
    yield r"明天(?!就没)|明日|听日|聽日|\btomorrow\b", _fixed(-1)
    yield r"(?<!前)(?<!昨)(?<!以)(?<!之)后天|(?<!之)(?<!以)后日", _fixed(-2)
    yield r"\bchristmas eve\b|平安夜(?:那天|当天|当晚)", _feast(12, 24)
    yield r"\bchristmas day\b|圣诞节?(?:那天|当天|当晚)", _feast(12, 25)
    yield r"\bboxing day\b(?! sales?)", _feast(12, 26)
    yield r"\bnew year'?s eve\b", _feast(12, 31)
    yield r"\bnew year'?s day\b|元旦(?:那天|当天)", _feast(1, 1)
    yield r"\bvalentine'?s day\b|(?<!七夕)情人节(?:那天|当天|当晚)", _feast(2, 14)
    yield r"\bhalloween\b(?! costume)", _feast(10, 31)
    yield r"(?:双十一|双11)(?:那天|当天|当晚)", _feast(11, 11)
    yield (
        rf"\b(?P<number>\d{{1,2}}|{_NUMBER_EN}) days? (?:later|afterwards|after that)\b|\b(?:the|a) (?:next|following) day\b|\bthe day after(?=[,.]| i\b| it\b| they\b| he\b| she\b| we\b|$)|\bnext day\b(?! delivery)|\ba day later\b",
        _later,
    )
    yield (
        r"\b(?:the|that) (?:very )?same (?:day|evening|afternoon|night|morning)\b|\b(?:that|the very) (?:day|evening|afternoon)\b",
        _same_day,
    )
    yield (
        r"(?<=发票)同日|(?<=[,、])同(?:一天|日)|(?:(?<=[,、。!?])|(?<=就)|(?<=在)|(?<=我)|(?<=我们)|(?<=我哋))(?:当[天日](?!起|内|的天气)|当晚|即日|即晚|同日|即刻当日)",
        _same_day,
    )
    yield (
        r"(?P<number>\d{1,2}|二?十[一二三四五六七八九]|[一两二三四五六七八九十])天(?:之|以)?后|第二天|隔天|隔日|翌日|次日|转天",
        _later,
    )
    yield (
        rf"(?:\b(?:on|was|since|from|is|but|it's|of|sorry|until|by) the |^the ){_ORDINAL.replace('(', '(?P<day>', 1)}\b(?=$|[,.;!?)]| (?:and|but|i|we|they|he|she|it|at|with|not|when|because|so|then|of (?:this month))\b)",
        _day_of_month,
    )
    yield (
        rf"(?<![\d一二三四五六七八九十第路街巷弄段编尺码鞋穿坐牌座周月\w])(?:(?<=我)|(?<=是)|(?<=在)|(?<=到)|(?<=于)|(?<=,)|(?<=。)|(?<=\s)|^|(?<=说)|(?<=[机车货鞋包床书表桌椅柜灯锅门窗衣琴酒券票卡箱品器]))(?P<day>{_DAY_ZH}|[0-3]?\d)[号日](?=$|[,。;!?]|在|的(?!电池|店|线|楼)|那天|晚|早上|下午|上午|中午|就|买|收|签|付|到的|到货|到手|到|交|打电|下单|下的|订|通知|发现|送|取|拿|寄|退|申请|报名|装|去|开始|我|他们|才|写|寄信|联|投诉|发邮|致电|约)",
        _day_of_month,
    )
    yield (
        rf"(?:(?<=我)|(?<=我们)|(?<=是)|(?<=在))(?P<day>{_DAY_ZH}|[0-3]?\d)[号](?=$|[,。;!?]|在|的(?!电池|店|线|楼)|那天|晚|早上|下午|上午|中午|就|买|收|签|付|到的|到货|到手|到|交|打电|下单|下的|订|通知|发现|送|取|拿|寄|退|申请|报名|装|去|开始|我|他们|才|写|寄信|联|投诉|发邮|致电|约)",
        _day_of_month,
    )
    yield (
        rf"\b(?:on|since|this|it|arrived|came|delivered|bought it) (?P<at>{_named('weekday', _WEEKDAY_FULL)})(?!s| week| evenings| and (?:sat|sun|mon|tue|wed|thu|fri)| to | mornings)",
        _bare_weekday(_WEEKDAYS, 3),
    )
    yield (
        r"(?<![上下每逢这本今呢个到至和或、及隔前两三四五六半\d])(?:周|星期|礼拜|拜)(?P<weekday>[一二三四五六日天])(?![至到、和或及~-]|都|起|周|的课|末|休|全天)",
        _bare_weekday(_WEEKDAY_ZH, 1),
    )


def _named(name: str, pattern: str) -> str:
    return pattern.replace("(", f"(?P<{name}>", 1)


def _past_only(reader: _Reader) -> _Reader:
    """ "This Friday" on a Wednesday is to come; it is given only where it is not."""

    def read(match: re.Match[str], context: _Context) -> date | None:
        day = reader(match, context)
        return day if day and day <= context.today else None

    return read


def _weekday_or_none(weeks: int) -> _Reader:
    reader = _weekday_of_week(weeks, _WEEKDAYS, 3)
    return lambda match, context: reader(match, context) if match.group("weekday") else None


def _before_yesterday(match: re.Match[str], context: _Context) -> date | None:
    """前天, unless it belongs to 婚礼前天 or 三天前日."""
    before = context.text[max(0, match.start() - 2) : match.start()]
    if before.endswith(
        ("一", "两", "二", "三", "四", "五", "六", "七", "八", "九", "十", "几", "月", "以", "出发", "入住", "婚礼", "到期")
    ):
        return None
    return context.today - timedelta(days=2)


def _chinese_ago(match: re.Match[str], context: _Context) -> date | None:
    """三天前, unless it counts back from an event (出发三天前)."""
    before = context.text[max(0, match.start() - 4) : match.start()]
    if before.endswith(
        (
            "出发",
            "入住",
            "婚礼",
            "开课",
            "到期",
            "活动",
            "开始",
            "出团",
            "演出",
            "提前",
            "大约",
            "大概",
            "约",
            "差不多",
            "至少",
            "飞",
            "演唱会",
        )
    ):
        return None
    return _ago(match, context)


def _slash_at(match: re.Match[str], context: _Context) -> date | None:
    return None if match.group("at") in _FRACTIONS else _numeric(match, context)


def _chinese_slash(match: re.Match[str], context: _Context) -> date | None:
    if not HAN.search(context.text) or match.group(0) in _FRACTIONS:
        return None
    return _numeric(match, context)


def _only_chinese(pattern: str) -> bool:
    """Whether a pattern can match in Chinese text only: it has Chinese words and, group names aside, no Latin ones."""
    return bool(HAN.search(pattern)) and not re.search(r"[a-z]{3}", re.sub(r"\?P<\w+>", "", pattern))


_READERS = [(re.compile(guarded([pattern])), read, _only_chinese(pattern)) for pattern, read in _patterns()]
_WEEKDAY_PATTERNS = {pattern for pattern, _, _ in _READERS if "weekday" in pattern.groupindex}
"""Those that name a weekday themselves."""
