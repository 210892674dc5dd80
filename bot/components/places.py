"""The jurisdiction that a message speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues" / "places.yml"
STATED, INFERRED = 0.95, 0.8


@dataclass(frozen=True)
class PlaceFound:
    """A place read from words: named outright (stated) or from what is typical of it (inferred)."""

    code: str
    source: str
    confidence: float


def place_of(text: str) -> PlaceFound | None:
    """The place a text speaks of; None when it names none, or several with equal right."""
    text = folded(text)
    named = [code for code, (pattern, _) in _patterns().items() if pattern.search(text)]
    typical = {code: len(set(pattern.findall(text))) for code, (_, pattern) in _patterns().items()}
    typical = {code: count for code, count in typical.items() if count}
    if len(named) == 1:
        return PlaceFound(named[0], "stated", STATED)
    if named:
        both = [code for code in named if code in typical]
        return PlaceFound(both[0], "inferred", INFERRED) if len(both) == 1 else None
    if not typical:
        return None
    best = sorted(typical.items(), key=lambda item: -item[1])
    if len(best) > 1 and best[0][1] == best[1][1]:
        return None
    return PlaceFound(best[0][0], "inferred", INFERRED if best[0][1] == 1 else 0.9)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    cues = YAML(typ="safe").load(CUES.read_text("utf-8"))
    return {code: (_pattern(words["named"]), _pattern(words["typical"])) for code, words in cues.items()}


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_alternative(folded(str(word))) for word in sorted(words, key=len, reverse=True)))


def _alternative(word: str) -> str:
    """Whole words in Latin script, anywhere in Chinese."""
    if HAN.search(word):
        return re.escape(word)
    before = r"(?<![^\W_])" if word[0].isalnum() else ""
    after = r"(?![^\W_])" if word[-1].isalnum() and not word[-1].isdigit() else (r"(?!\d)" if word[-1].isdigit() else "")
    return f"{before}{re.escape(word)}{after}"
