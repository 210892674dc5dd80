"""The part of a place that a message speaks of: a state, a nation, a member state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.components.places import HomeWords
from knowledge.scripts import folded

CUES = Path(__file__).parent / "cues" / "regions.yml"


def region_of(text: str, code: str | None, home: HomeWords) -> str | None:
    """The part of a place where the buyer is, an id of regions.yml; None when the text names none, or several.

    Args:
        code, home: The place that was read from the same text, and the words that name it; abbreviations of the parts of another do not count.
    """
    cues = _cues()
    named: set[str] = set()
    for words in (home.ours, home.others):  # what says "I live in" goes before what merely stands there
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
