"""A long text as several messages, cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.channels.telegram.markdown import Run, trimmed

LONGEST = 4000
"""UTF-16 units of one message. Telegram takes 4,096 after its own reading of the text; the rest is room for that."""
MOST_STYLED = 90
"""Styled runs of one message. Telegram draws the first 100 only."""

_PAUSES = (
    re.compile(r"\n\n+"),
    re.compile(r"\n(?!  )"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?；;]+[」』”’）)]*|\.(?=\s)"),
    re.compile(r"[，、,\s]"),
)
"""Where to cut, best first: paragraphs, points with all that is said of them, lines, sentences, words."""
_AHEAD = 2
"""Characters behind a pause that tell what pause it is."""
_LEAST = 0.4
"""A cut must leave this share of the room filled, or a worse kind of pause is taken."""


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def split(parts: Sequence[Run], longest: int = LONGEST) -> list[list[Run]]:
    """Runs as messages of at most `longest` units; never cut inside a link. Nothing gives no message."""
    rest, messages = trimmed(parts), []
    while rest:
        fits = _fitting(rest, longest)
        text = "".join(run.text for run in rest)
        cut = len(text) if fits >= len(text) else _pause(rest, text, fits)
        head, rest = _divided(rest, cut)
        head, rest = trimmed(head), trimmed(rest)
        if head:
            messages.append(head)
    return messages


def _fitting(parts: Sequence[Run], longest: int) -> int:
    """How many characters of the runs have room in one message."""
    count, room, styled = 0, longest, 0
    for run in parts:
        styled += bool(run.bold or run.italic or run.fixed or run.link)
        if styled > MOST_STYLED:
            return count
        if units(run.text) <= room:
            count, room = count + len(run.text), room - units(run.text)
            continue
        for character in run.text:
            room -= units(character)
            if room < 0:
                return count
            count += 1
    return count


def _pause(parts: Sequence[Run], text: str, fits: int) -> int:
    """The best place to cut at or before `fits`."""
    closed = _links(parts)
    for pause in _PAUSES:
        ends = [match.end() for match in pause.finditer(text, 0, fits + _AHEAD) if match.end() <= fits]
        for end in reversed(ends):
            if end >= fits * _LEAST and not _inside(end, closed):
                return end
    cut = fits
    while cut > 1 and (_inside(cut, closed) or _belongs_to_the_one_before(text[cut])):
        cut -= 1
    return cut if cut > 1 else fits


def _belongs_to_the_one_before(character: str) -> bool:
    return unicodedata.combining(character) != 0 or character in "\u200d\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"


def _links(parts: Sequence[Run]) -> list[tuple[int, int]]:
    """Stretches that stay whole: links."""
    stretches, start = [], 0
    for run in parts:
        if run.link:
            stretches.append((start, start + len(run.text)))
        start += len(run.text)
    return stretches


def _inside(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in stretches)


def _divided(parts: Sequence[Run], place: int) -> tuple[list[Run], list[Run]]:
    head: list[Run] = []
    for position, run in enumerate(parts):
        if place >= len(run.text):
            head.append(run)
            place -= len(run.text)
            continue
        if place > 0:
            head.append(replace(run, text=run.text[:place]))
        return head, [replace(run, text=run.text[place:]), *parts[position + 1 :]]
    return head, []
