"""The table of what is covered, for the home page: topics by places, with the day of the last check of their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.coverage import NOT_COVERED
from knowledge.model import Citation, Entry, KnowledgeBase, Language


@dataclass(frozen=True)
class Cell:
    """Entries of one topic in one place; `day` is when a text of theirs was last checked, None where none was."""

    count: int
    day: date | None


@dataclass(frozen=True)
class Row:
    """One topic."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Place:
    """One column: how many of its texts were checked, and when last."""

    code: str
    name: str
    day: date | None
    checked: int
    all: int


@dataclass(frozen=True)
class CoverageTable:
    """The whole table. `entries` counts every entry of law, those that hold everywhere too."""

    entries: int
    places: tuple[Place, ...]
    rows: tuple[Row, ...]


def coverage_table(base: KnowledgeBase, language: Language) -> CoverageTable:
    """The table in a reader's language. An entry counts for its main topic, as in `python -m knowledge coverage`."""
    of_cell: dict[tuple[str, str], list[Entry]] = {}
    for entry in base.entries.values():
        of_cell.setdefault((entry.place, entry.topics[0]), []).append(entry)
    places = tuple(base.jurisdictions.values())
    rows = tuple(
        Row(topic.label[language], tuple(_cell(of_cell.get((place.place, topic.id), [])) for place in places))
        for topic in base.topics.values()
        if topic.id != NOT_COVERED
    )
    columns = []
    for place in places:
        texts = [citation for entry in base.entries.values() if entry.place == place.place for citation in entry.citations]
        checked = [citation for citation in texts if citation.checked_on]
        columns.append(Place(place.code, place.names[language], _last(texts), len(checked), len(texts)))
    return CoverageTable(len(base.entries), tuple(columns), rows)


def _cell(entries: list[Entry]) -> Cell:
    return Cell(len(entries), _last([citation for entry in entries for citation in entry.citations]))


def _last(citations: list[Citation]) -> date | None:
    return max((citation.checked_on for citation in citations if citation.checked_on), default=None)
