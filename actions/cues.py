"""What a message says about the conversation itself: see cues.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues.yml"
ASIDE_EN, ASIDE_ZH = 90, 32
"""Up to this many characters a message is a question put beside the case and nothing more."""
TERM = "term_"
"""Begins the name of an aside that asks what a word means, and of the text that explains it."""
UNKNOWN_TERM = "term_unknown"

_EDGES = re.compile(r"^[\s,.!?;:~。、…-]+|[\s,.!?;:~。、…-]+$")
_IS = re.compile(r"(?<![关联体没干派])系(?![统列数])")
_FILLING = re.compile(r"\b(?:mean|exactly|and|a|an|the|difference between)\b")
_PARTICLES = re.compile(r"[㗎呀啊呢喇啦喔哦嘞噃]+$")
_POLITE = re.compile(
    r"^(?:(?:sorry|hmm+|um+|uh|well|ok(?:ay)?|please|wait|but|and|so|hey|hi|by the way|btw|just wondering|one question|quick question)[\s,.!?:]+"
    r"|(?:请问一下|请问|不好意思|抱歉|嗯+|呃|那个|那|对了|顺便问(?:一下)?|想问(?:一下)?|我想问(?:一下)?|等等|等一下|话说)[\s,.!?]*)+"
)


@dataclass(frozen=True)
class Cues:
    """Compiled patterns by name."""

    anywhere: Mapping[str, re.Pattern[str]]
    whole: Mapping[str, re.Pattern[str]]
    asides: Mapping[str, re.Pattern[str]]
    terms: Mapping[str, re.Pattern[str]]
    correction: re.Pattern[str]
    taken_back: re.Pattern[str]
    month_only: re.Pattern[str]
    definition: re.Pattern[str]
    unknown_term: re.Pattern[str]
    choice: Mapping[str, re.Pattern[str]]
    answers: Mapping[str, Mapping[str, re.Pattern[str]]]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues, read once."""
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))

    def group(name: str) -> dict[str, re.Pattern[str]]:
        return {key: _pattern(words) for key, words in data[name].items()}

    return Cues(
        anywhere=group("anywhere"),
        whole=group("whole"),
        asides=group("asides"),
        terms=group("terms"),
        correction=_pattern(data["correction"]),
        taken_back=_pattern(data["taken_back"]),
        month_only=_pattern(data["month_only"]),
        definition=_pattern(data["definition"]),
        unknown_term=_pattern(data["unknown_term"]),
        choice=group("choice"),
        answers={
            fact: {str(value): _pattern(words) for value, words in values.items()}
            for fact, values in data["answers"].items()
        },
    )


def says(name: str, text: str) -> bool:
    """Whether a message says something of `anywhere`."""
    return bool(cues().anywhere[name].search(_plain(text)))


def is_dont_know(text: str) -> bool:
    """Whether the whole message says that one does not know, or will not say."""
    return bool(cues().whole["dont_know"].fullmatch(_bare(text)))


def which_of_two(text: str) -> tuple[int, ...]:
    """Which of two things offered is meant: (0,), (1,), both, or none of them named by its place."""
    bare = _bare(text)
    named = {"first": (0,), "second": (1,), "both": (0, 1)}
    return next((places for name, places in named.items() if cues().choice[name].fullmatch(bare)), ())


def answer_to(fact: str, text: str, labels: Mapping[str, Collection[str]]) -> str | None:
    """The value of a choice that a short answer to its question names, by what stands on a button or by other words; None when it
    names none or several.

    Args:
        labels: What each value is called, in all languages.
    """
    plain = _plain(text)
    named = {
        value
        for value, words in labels.items()
        if any(_plain(word) in plain for word in words if len(word) > 1) and not takes_back(text, words)
    }
    if len(named) == 1:
        return named.pop()
    named = {value for value, pattern in cues().answers.get(fact, {}).items() if pattern.search(plain)}
    kept = {value for value in named if not _taken_back(plain, cues().answers[fact][value])}
    return kept.pop() if len(kept) == 1 else None


def is_correction(text: str) -> bool:
    """Whether a message begins by taking back what was said before."""
    return bool(cues().correction.match(_plain(text)))


def names_a_month_only(text: str) -> bool:
    """Whether a message names a month or a year, from which no day can be told."""
    return bool(cues().month_only.search(_plain(text)))


def takes_back(text: str, words: Iterable[str]) -> bool:
    """Whether a message says that one of some words is not so: "not cash"."""
    plain = _plain(text)
    return any(_taken_back(plain, re.compile(re.escape(word))) for word in filter(None, map(_plain, words)))


def aside_of(text: str) -> str | None:
    """The question that a message puts beside the case: a name of `asides`, or term_<name>; None when it puts none."""
    plain = _bare(text)
    if text.startswith("/") or len(plain) > (ASIDE_ZH if HAN.search(plain) else ASIDE_EN):
        return None
    found = cues()
    for name, pattern in found.asides.items():
        if pattern.search(plain):
            return name
    asked = found.definition.search(plain)
    if asked:
        rest = _bare(f"{plain[: asked.start()]} {plain[asked.end() :]}")
        for name, pattern in found.terms.items():
            covered = sum(len(match.group(0)) for match in pattern.finditer(rest))
            if covered and covered * 2 >= len(_FILLING.sub("", rest).strip()):
                return TERM + name
    return UNKNOWN_TERM if found.unknown_term.search(plain) else None


def _taken_back(plain: str, words: re.Pattern[str]) -> bool:
    for match in words.finditer(plain):
        before = plain[max(0, match.start() - 16) : match.start()].rstrip()
        if any(found.end() == len(before) for found in cues().taken_back.finditer(before)):
            return True
    return False


def _plain(text: str) -> str:
    """The folded text without its edges; the Cantonese 系 of simplified characters as 是."""
    return _EDGES.sub("", _IS.sub("是", folded(text).replace("’", "'")))


def _bare(text: str) -> str:
    return _EDGES.sub("", _PARTICLES.sub("", _POLITE.sub("", _plain(text))))


def _pattern(words: Mapping[str, list[Any]]) -> re.Pattern[str]:
    latin, chinese = words.get("en", []), [folded(str(word)) for word in words.get("zh", [])]
    parts = [rf"(?<![a-z0-9])(?:{'|'.join(map(str, latin))})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*parts, *dict.fromkeys(chinese)]))
