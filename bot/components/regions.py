"""The part of a place that a message speaks of: a state, a nation, a member state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.components.places import words_of_home
from knowledge.scripts import folded

CUES = Path(__file__).parent / "cues" / "regions.yml"


def region_of(text: str, code: str | None) -> str | None:
    """The part of a place where the buyer is, an id of regions.yml; None when the text names none, or several.

    Args:
        code: The place that was read from the same text; with another, abbreviations of its parts do not count.
    """
    cues = _cues()
    named: set[str] = set()
    for words in words_of_home(text):  # what says "I live in" goes before what merely stands there
        named = named or {cues.regions[word] for word in words if word in cues.regions}
    if not text.isupper():
        places = [place for place in cues.short if code in (place, None)]
        named |= {f"{place}-{found}" for place in places for found in cues.short[place].findall(text)}
    return next(iter(named)) if len(named) == 1 else None


@dataclass(frozen=True)
class _Cues:
    regions: dict[str, str]
    short: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data: dict[str, Any] = YAML(typ="safe").load(CUES.read_text("utf-8"))
    return _Cues(
        regions={folded(str(word)): region for region, words in data["words"].items() for word in words},
        short={
            code: re.compile(rf"(?:,\s*|\b[Ii]n |^\s*)({'|'.join(names)})\b(?![-'’])")
            for code, names in data["short"].items()
        },
    )
