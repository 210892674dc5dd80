"""Cases of law: facts, a day, and what must be decided. One YAML file per place and topic in tests/cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "cases"
KEYS = {"name", "topics", "facts", "today", "expect", "absent", "asks_first", "says", "sectors", "region"}
EXPECTED = {"applies", "deadline", "days_left", "depends_on"}


@dataclass(frozen=True)
class Case:
    """One case. `expect` maps entry ids to what must hold of them; `absent` are entries that must not appear;
    `asks_first` is the fact that must be the first to be asked; `says` maps entry ids to words that their English
    summary must contain, which shows that the number of the right day is used; `sectors` are the kinds of the thing bought,
    any kind where a case does not say; `region` is the part of the place, not known where a case does not say."""

    place: str
    name: str
    topics: tuple[str, ...]
    facts: Mapping[str, Any]
    today: date
    expect: Mapping[str, Mapping[str, Any]]
    absent: tuple[str, ...]
    asks_first: str | None
    says: Mapping[str, str]
    sectors: tuple[str, ...] | None
    region: str | None


def cases() -> Iterator[Case]:
    """Every case of every file. Raises ValueError for a key that is not one of a case's."""
    for path in sorted(FOLDER.glob("*/*.yml")):
        for number, given in enumerate(YAML(typ="safe").load(path.read_text("utf-8")), start=1):
            where = f"{path.parent.name}/{path.name} case {number}"
            if unknown := set(given) - KEYS:
                raise ValueError(f"{where}: unknown {sorted(unknown)}, allowed: {sorted(KEYS)}")
            expect = {key: {"applies": value} if isinstance(value, str) else value for key, value in given["expect"].items()}
            for entry_id, wanted in expect.items():
                if not wanted or set(wanted) - EXPECTED:
                    raise ValueError(f"{where}: {entry_id}: found {wanted}, allowed: {sorted(EXPECTED)}")
            yield Case(
                place=path.parent.name,
                name=f"{path.parent.name}/{path.stem}: {given['name']}",
                topics=tuple(given["topics"]),
                facts=given.get("facts") or {},
                today=given["today"],
                expect=expect,
                absent=tuple(given.get("absent") or ()),
                asks_first=given.get("asks_first"),
                says=given.get("says") or {},
                sectors=tuple(given["sectors"]) if "sectors" in given else None,
                region=given.get("region"),
            )
