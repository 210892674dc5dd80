"""Whether a text places its seller in another jurisdiction than the buyer."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.components.places import place_of
from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues" / "sellers.yml"
FOREIGN, ELSEWHERE = "foreign", "OTHER"

_Told = tuple[tuple[str, re.Pattern[str]], ...]


def seller_location(text: str) -> str | None:
    """Foreign, where a folded text names the place of the seller and another one of the buyer, or a place of no code of ours.

    A seller's place alone tells nothing: most buy where they live.
    """
    told, elsewhere = _cues()[bool(HAN.search(text))]
    if elsewhere.search(text):
        return FOREIGN
    codes = {code for code, pattern in told if pattern.search(text)}
    if len(codes) != 1:
        return None
    code = codes.pop()
    if code == ELSEWHERE:
        return FOREIGN
    place = place_of(text)
    return FOREIGN if place and place.code != code else None


@lru_cache(maxsize=1)
def _cues() -> dict[bool, tuple[_Told, re.Pattern[str]]]:
    """Patterns by whether a text has Chinese: (code, "seller in a place of that code") each, and "a seller abroad"."""
    data = YAML(typ="safe").load(CUES.read_text("utf-8"))
    told = data["told"]
    return {
        chinese: (
            tuple((code, _pattern(told[script], words[script], chinese)) for code, words in data["places"].items()),
            re.compile("|".join(map(folded, told[f"elsewhere_{script}"]))),
        )
        for chinese, script in ((False, "en"), (True, "zh"))
    }


def _pattern(frames: list[str], places: list[str], chinese: bool) -> re.Pattern[str]:
    place = "(?:" + "|".join(folded(word) for word in places) + ")" + ("" if chinese else "(?![a-z])")
    return re.compile("|".join(folded(frame).replace("<place>", place) for frame in frames))
