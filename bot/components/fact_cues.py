"""The words from which facts are read, as patterns: see cues/facts.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.components.first_characters import guarded
from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues" / "facts.yml"
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Words:
    """Patterns of one value: English ones between word borders, Chinese ones anywhere, and those for short messages only."""

    latin: re.Pattern[str]
    chinese: re.Pattern[str]
    brief: re.Pattern[str]

    def matches(self, text: str, brief: bool = False) -> Iterator[re.Match[str]]:
        """Every place where the words stand."""
        chinese = self.chinese.finditer(text) if HAN.search(text) else ()
        return chain(self.latin.finditer(text), chinese, self.brief.finditer(text) if brief else ())


@dataclass(frozen=True)
class Cues:
    """All cues. `choices` by fact and value; `dates` by fact, with "none" for days that are no fact."""

    choices: dict[str, dict[str, Words]]
    dates: dict[str, Words]
    paid: re.Pattern[str]
    negation: re.Pattern[str]
    hypothetical: re.Pattern[str]
    paid_back: re.Pattern[str]
    not_payment: re.Pattern[str]
    not_answer: re.Pattern[str]
    written: re.Pattern[str]
    self_negating: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues, read once."""
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))
    negations = data["negations"]
    latin = "|".join(re.escape(word) for word in negations["en"])
    chinese = "|".join(re.escape(folded(word)) for word in negations["zh"])
    return Cues(
        choices={
            name: {str(value): _words(words) for value, words in values.items()} for name, values in data["choices"].items()
        },
        dates={name: _words(words) for name, words in data["dates"].items()},
        paid=pattern_of(data["paid"]),
        negation=re.compile(rf"(?:(?<![a-z])(?:{latin})\s(?:\w+\s){{0,2}}|(?:{chinese})[用以通过在刷拿靠]?)$"),
        hypothetical=pattern_of(data["hypothetical"]),
        paid_back=pattern_of(data["paid_back"]),
        not_payment=pattern_of(data["not_payment"]),
        not_answer=pattern_of(data["not_answer"]),
        written=pattern_of(data["written"]),
        self_negating=frozenset(data["self_negating"]),
    )


def pattern_of(words: dict[str, list[Any]]) -> re.Pattern[str]:
    """One pattern of the English words, whole, and the Chinese ones, anywhere."""
    either = "|".join(part for part in (_latin(words.get("en", [])), _chinese(words.get("zh", []))) if part)
    return re.compile(f"(?:{either}){words.get('end', '')}")


def _words(words: dict[str, list[Any]]) -> Words:
    plain = [word for word in words.get("zh", []) if not HAN.search(str(word))]
    latin, chinese = [*words.get("en", []), *plain], [word for word in words.get("zh", []) if word not in plain]
    brief = {"en": words.get("brief_en", []), "zh": words.get("brief_zh", [])}
    return Words(
        latin=re.compile(_latin(latin)) if latin else _NOTHING,
        chinese=re.compile(_chinese(chinese)) if chinese else _NOTHING,
        brief=pattern_of(brief) if brief["en"] or brief["zh"] else _NOTHING,
    )


def _latin(words: list[Any]) -> str:
    return rf"(?<![a-z0-9])(?:{guarded(map(str, words))})(?![a-z0-9])" if words else ""


def _chinese(words: list[Any]) -> str:
    return guarded(folded(str(word)) for word in words)
