"""What kind of thing a text is about: the thing bought, ordered, booked or broken, not one mentioned by the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues" / "items.yml"
TYPES = ("goods", "service", "digital", "travel", "event")
ADOPTING, NEUTRAL = "adopting", "neutral"

MARGIN = 0.6
"""By how much the best type must be ahead of the next."""

_TOKEN = re.compile(r"[a-z0-9&+$.]*[a-z0-9+](?:['’][a-z]{1,2}(?![a-z]))?")
_POSSESSIVE = re.compile(r"['’](?:s|re|ve|ll|d|m)$")
_CLAUSE_END = re.compile(r"[.!?;\n。!?;:]")
_SHORT_CLAUSE_END = re.compile(r"[,.!?;\n。、:]")
_LONGEST_EN, _LONGEST_ZH = 5, 12


@dataclass(frozen=True)
class Mention:
    """A thing named in a text: its type (one of TYPES, or "adopting" or "neutral") and where it stands."""

    kind: str
    start: int
    end: int


def item_type_of(text: str) -> str | None:
    """The type of the thing that a folded text is about; None when it names none or leaves open which of several."""
    words = _words()
    if words.nothing_bought.search(text) and not words.bought.search(text):
        return None
    mentions = _without_baggage(mentions_in(text), text)
    if not mentions:
        return _fallback(text)
    scores: dict[str, float] = {}
    rest: dict[str, float] = {}
    for index, score in enumerate(_scores(mentions, text)):
        kind = mentions[index].kind
        best = scores.get(kind, -9.0)
        rest[kind] = rest.get(kind, 0.0) + 0.25 * max(0.0, min(best, score))
        scores[kind] = max(best, score)
    ranked = sorted(((score + min(rest[kind], 0.5), kind) for kind, score in scores.items()), reverse=True)
    if ranked[0][0] < (0.4 if len(ranked) > 1 else 0.2) or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    return ranked[0][1]


def _without_baggage(mentions: list[Mention], text: str) -> list[Mention]:
    """Without the suitcases of a journey: what was lost or torn on a flight is part of the carriage."""
    if not _words().flight.search(text):
        return mentions
    return [item for item in mentions if not _words().baggage.fullmatch(text[item.start : item.end])]


def mentions_in(text: str) -> list[Mention]:
    """The things that a folded text names, in order; of several side by side the one that says what it is."""
    found = sorted([*_latin_mentions(text), *_chinese_mentions(text)], key=lambda item: item.start)
    return [item for item in _joined(found, text) if item.kind in TYPES]


def _joined(found: list[Mention], text: str) -> list[Mention]:
    """Words side by side made one: a plain noun takes over, an adopting one keeps the type before it."""
    joined: list[Mention] = []
    for item in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind != NEUTRAL
            and item.kind != NEUTRAL
            and text[last.end : item.start] in ("", " ", "-", "'s ", "的")
        ):
            of = text[last.end : item.start] == "的"
            kind = last.kind if item.kind == ADOPTING or (of and last.kind != ADOPTING) else item.kind
            joined[-1] = replace(last, kind=kind, end=item.end)
        elif last and item.start < last.end:
            continue
        else:
            joined.append(item)
    return joined


def _latin_mentions(text: str) -> list[Mention]:
    words = _words()
    tokens = [
        (match.start(), match.end(), _POSSESSIVE.sub("", match.group(0)).strip(".")) for match in _TOKEN.finditer(text)
    ]
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        for length in range(min(_LONGEST_EN, len(tokens) - index), 0, -1):
            kind = _kind([token[2] for token in tokens[index : index + length]], words.latin)
            if kind and _is_one_phrase(tokens[index : index + length], text):
                before = tokens[index - 1][2] if index else ""
                if (
                    length == 1
                    and _bare(tokens[index][2], words.noun_after)
                    and index
                    and not (before in words.articles or before in words.latin)
                ):
                    kind = None
                else:
                    found.append(Mention(kind, tokens[index][0], tokens[index + length - 1][1]))
                    index += length - 1
                break
        index += 1
    return found


def _bare(token: str, nouns: frozenset[str]) -> bool:
    """Whether a word may as well be a verb: prints, shows."""
    return token in nouns or token.removesuffix("s") in nouns or token.removesuffix("es") in nouns


def _is_one_phrase(tokens: list[tuple[int, int, str]], text: str) -> bool:
    return all(text[left[1] : right[0]] in (" ", "-", "/") for left, right in pairwise(tokens))


def _kind(tokens: list[str], vocabulary: dict[str, str]) -> str | None:
    phrase = " ".join(tokens)
    if phrase in vocabulary:
        return vocabulary[phrase]
    if not phrase.endswith("s") or len(tokens[-1]) < 4:
        return None
    for stem in (
        phrase[:-1],
        phrase[:-2] if phrase.endswith("es") else "",
        f"{phrase[:-3]}y" if phrase.endswith("ies") else "",
    ):
        if stem in vocabulary:
            return vocabulary[stem]
    return None


def _chinese_mentions(text: str) -> list[Mention]:
    if not HAN.search(text):
        return []
    words = _words()
    found: list[Mention] = []
    position = 0
    while position < len(text):
        for length in words.lengths.get(text[position], ()):
            kind = words.chinese.get(text[position : position + length])
            if kind:
                found.append(Mention(kind, position, position + length))
                position += length - 1
                break
        position += 1
    taken = [(item.start, item.end) for item in found]
    for match in words.measured.finditer(text):
        if not any(start < match.end() and match.start() < end + 1 for start, end in taken):
            found.append(Mention("goods", match.start(), match.end()))
    return found


def _scores(mentions: list[Mention], text: str) -> list[float]:
    """How likely each mention is the thing in dispute."""
    return [_score(item, mentions[index - 1] if index else None, index, text) for index, item in enumerate(mentions)]


def _score(item: Mention, last: Mention | None, index: int, text: str) -> float:
    words = _words()
    score = 1.0 + (0.5 if index == 0 else 0.0)
    before = _clause_before(text, item.start, 80, _CLAUSE_END)
    after = _clause_after(text, item.end, 45)
    acquired = [match for match in words.acquired.finditer(before)]
    if acquired:
        verb_end = item.start - len(before) + acquired[-1].end()
        gap = text[verb_end : item.start]
        if (
            last is None
            or last.end <= verb_end
            or re.fullmatch(r"[\s,、和跟与及]*(?:and|&|with|\+)?\s*(?:an?|the|two)?\s*", text[last.end : item.start])
        ):
            score += 2.5 if not words.aside_gap.search(gap) else 0.8
    if words.aside.search(before):
        score -= 1.2
    if words.own.search(before):
        score += 0.6
    if words.fault.search(after):
        score += 1.2
    if words.passing.match(text[item.end : item.end + 14]):
        score -= 1.0
    return score


def _clause_before(text: str, position: int, length: int, end: re.Pattern[str]) -> str:
    window = text[max(0, position - length) : position]
    cut = [match.end() for match in end.finditer(window)]
    return window[cut[-1] :] if cut else window


def _clause_after(text: str, position: int, length: int) -> str:
    window = text[position : position + length]
    cut = _CLAUSE_END.search(window)
    return window[: cut.start()] if cut else window


def _fallback(text: str) -> str | None:
    """The type from how a text speaks of a thing that it does not name: parcels are goods."""
    named = [kind for kind, pattern in _words().fallback.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else None


@dataclass(frozen=True)
class _Words:
    latin: dict[str, str]
    chinese: dict[str, str]
    lengths: dict[str, tuple[int, ...]]
    noun_after: frozenset[str]
    articles: frozenset[str]
    measured: re.Pattern[str]
    acquired: re.Pattern[str]
    aside: re.Pattern[str]
    aside_gap: re.Pattern[str]
    own: re.Pattern[str]
    fault: re.Pattern[str]
    passing: re.Pattern[str]
    flight: re.Pattern[str]
    baggage: re.Pattern[str]
    nothing_bought: re.Pattern[str]
    bought: re.Pattern[str]
    fallback: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))
    latin: dict[str, str] = {}
    chinese: dict[str, str] = {}
    for kind in (*TYPES, ADOPTING, NEUTRAL):
        for word in [*_listed(data[kind].get("en", "")), *_listed(data[kind].get("zh", ""))]:
            (chinese if HAN.search(word) else latin)[word] = kind
    for kind, listed in data["noun_after_types"].items():
        latin.update(dict.fromkeys(_listed(listed), kind))
    lengths: dict[str, set[int]] = {}
    for word in chinese:
        lengths.setdefault(word[0], set()).add(len(word))
    signs = data["signs"]
    return _Words(
        latin=latin,
        chinese=chinese,
        lengths={first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        noun_after=frozenset(_listed(data["noun_after"])),
        articles=frozenset(_listed(data["articles"])),
        measured=re.compile(folded(data["measured"])),
        fallback={kind: _either(words) for kind, words in data["fallback"].items()},
        **{
            name: _either(signs[name])
            for name in (
                "acquired",
                "aside",
                "aside_gap",
                "own",
                "fault",
                "passing",
                "flight",
                "baggage",
                "nothing_bought",
                "bought",
            )
        },
    )


def _listed(words: str) -> list[str]:
    return [folded(word.strip()) for word in words.split(",") if word.strip()]


def _either(words: dict[str, list[Any]]) -> re.Pattern[str]:
    """English words whole, Chinese ones anywhere."""
    latin = "|".join(str(word) for word in words.get("en", []))
    chinese = "|".join(folded(str(word)) for word in words.get("zh", []))
    parts = [rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*parts, *([f"(?:{chinese})"] if chinese else [])]) + words.get("end", ""))
