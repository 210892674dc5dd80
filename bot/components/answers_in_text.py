"""What a trader is told to have answered: "the shop says I dropped it" is a refusal, though no word of it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.components.first_characters import guarded
from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues" / "answers.yml"

_SENTENCE_END = re.compile(r"[!?;\n。]|\.(?=\s|$)")
_REACH_EN, _REACH_ZH = 130, 34
"""How far behind the report its content may stand."""
_BEFORE = 24
_CLAUSE_START = ",。!?;"
_ASKED = re.compile(
    r",?(?:请问|我(?:应|该|可|能|想|怎|要怎))|(?:^|,)[^,]*[吗咩嘛](?=,|$)|\b(?:should i|can i|do i|what do i|is it|is that)\b"
)
"""Begins what the writer asks, no longer what the trader said."""


@dataclass(frozen=True)
class _Reports:
    """Patterns of one language: `report` finds "the shop says", `not_theirs` what before it makes it no answer."""

    report: re.Pattern[str]
    not_theirs: re.Pattern[str]
    contents: dict[str, re.Pattern[str]]
    reach: int


def answers_in(text: str) -> Iterator[tuple[str, int]]:
    """What each reported answer comes to ("refused" or "partial"), with where the report starts in the folded text."""
    for reports in _reports() if HAN.search(text) else _reports()[:1]:
        for match in reports.report.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            if match.group(0)[0] not in _CLAUSE_START and reports.not_theirs.search(before):
                continue
            told = text[match.end() : match.end() + reports.reach]
            end = _SENTENCE_END.search(told)
            told = _ASKED.split(told[: end.start()] if end else told)[0]
            for value, content in reports.contents.items():
                if content.search(told):
                    yield value, match.start()


@lru_cache(maxsize=1)
def _reports() -> tuple[_Reports, _Reports]:
    data: dict[str, Any] = YAML(typ="safe").load(CUES.read_text("utf-8"))
    return _english(data["en"]), _chinese(data["zh"])


def _english(cues: dict[str, list[str]]) -> _Reports:
    speakers, says = "|".join(cues["speakers"]), "|".join(cues["says"])
    return _Reports(
        report=re.compile(
            rf"\b(?:{speakers})(?:(?: (?:\w+ ){{0,2}}|(?=')|,? )(?:{says})\b|(?:{says})\b)|\b(?:{'|'.join(cues['quoted'])})"
        ),
        not_theirs=re.compile(rf"(?<![a-z])(?:{'|'.join(cues['before'])}) $"),
        contents={value: re.compile(rf"\b(?:{'|'.join(cues[value])})(?![a-z])") for value in ("partial", "refused")},
        reach=_REACH_EN,
    )


def _chinese(cues: dict[str, list[str]]) -> _Reports:
    either = {name: "|".join(folded(word) for word in words) for name, words in cues.items()}
    return _Reports(
        report=re.compile(
            rf"(?:{either['speakers']})[^,。!?;:说话同条页章网站不没学]{{0,6}}?(?:{either['says']})|(?:{either['quoted']})"
        ),
        not_theirs=re.compile(rf"(?:{either['before']})[^,。!?;:]{{0,1}}$"),
        contents={value: re.compile(guarded(map(folded, cues[value]))) for value in ("partial", "refused")},
        reach=_REACH_ZH,
    )
