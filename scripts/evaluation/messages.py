"""The labelled messages of tests/evaluation, and what the pipeline makes of them."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.model import Model
from knowledge.advice import advise
from knowledge.load import knowledge_base
from knowledge.parsed import Given, understanding
from settings import ROOT

SETS = ROOT / "tests" / "evaluation"
FOLDER = SETS / "messages"
"""The set on which settings are chosen. `held_out` beside it was written later, by others, and chooses nothing."""
WRITTEN_ON = date(2026, 11, 25)
"""Day on which the messages count as sent."""


@dataclass(frozen=True)
class Labelled:
    """One message and what a careful adviser reads in it. `accept`: topics that may come first; `also`: others in it; `relevant`: ids of
    the entries that answer it, where its place is told."""

    id: str
    language: str
    topic: str
    text: str
    accept: tuple[str, ...]
    also: tuple[str, ...]
    jurisdiction: str | None
    stated: bool
    seller: str | None
    facts: Mapping[str, str]
    ambiguous: tuple[str, ...]
    relevant: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        return self.accept[0] != "out_of_scope"


@dataclass(frozen=True)
class Read:
    """What was read in a message. `found` and `told`: ids of entries for the place that is labelled, by the search alone and as the answer
    has them, best first."""

    topics: tuple[tuple[str, float], ...]
    in_scope: bool
    code: str | None
    facts: Mapping[str, Any]
    found: tuple[str, ...]
    told: tuple[str, ...]


def labelled(folder: Path = FOLDER) -> Iterator[Labelled]:
    """Every message, in order of file."""
    relevant = _relevant(SETS / "relevant" / f"{folder.name}.jsonl")
    for path in sorted(folder.glob("*/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                given = json.loads(line)
                yield Labelled(
                    id=given["id"],
                    language=path.parent.name,
                    topic=path.stem,
                    text=given["text"],
                    accept=tuple(given["accept"]),
                    also=tuple(given.get("also") or ()),
                    jurisdiction=given.get("jurisdiction"),
                    stated=bool(given.get("stated")),
                    seller=given.get("seller"),
                    facts={name: _text(value) for name, value in (given.get("facts") or {}).items()},
                    ambiguous=tuple(given.get("ambiguous") or ()),
                    relevant=relevant.get(given["id"], ()),
                )


def read_all(messages: list[Labelled], model: Model) -> list[Read]:
    """What the trained model reads in each, in order."""
    return asyncio.run(_read_all(messages, model))


async def _read_all(messages: list[Labelled], model: Model) -> list[Read]:
    from tqdm import tqdm

    base, found = knowledge_base(), []
    for message in tqdm(messages, unit="message", file=sys.stderr):
        parsed = await model.parse(message.text[:4000], {"today": WRITTEN_ON.isoformat()})
        read = understanding(parsed, Given(), base, WRITTEN_ON)
        facts = {name: _text(value) for name, value in read.facts.as_json().items()}
        there = understanding(parsed, Given(code=message.jurisdiction), base, WRITTEN_ON) if message.relevant else read
        told = tuple(right.id for right in advise(there, WRITTEN_ON, base).rights) if message.relevant else ()
        found.append(Read(read.topics, read.in_scope, read.code, facts, there.found, told))
    return found


def _relevant(path: Path) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return {row["id"]: tuple(row["relevant"]) for row in rows}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
