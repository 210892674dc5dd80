"""python -m scripts.reading_sheet PLACE: the questions of a blind second reading.

For every parameter and every citation of a place: what is asked and where it should stand, without the number and without the
text of the entry. A second person answers from the source alone; what differs is settled from the source (knowledge/README.md).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from knowledge.load import knowledge_base
from knowledge.model import Entry, KnowledgeBase, Language, Parameter


def rows(base: KnowledgeBase, place: str) -> Iterator[dict[str, object]]:
    """One row a parameter, then one an entry that cites something."""
    for parameter in base.parameters.values():
        if parameter.id.startswith(f"{place}."):
            yield _parameter_row(parameter)
    for entry in base.entries.values():
        if entry.place == place and entry.citations:
            yield _entry_row(entry)


def _parameter_row(parameter: Parameter) -> dict[str, object]:
    sources = [
        {
            "since": value.since.isoformat(),
            "law": value.statute and value.statute.title,
            "provision": value.provision,
            "url": value.href,
        }
        for value in parameter.values
    ]
    return {
        "id": parameter.id,
        "kind": "parameter",
        "asked": parameter.description,
        "unit": parameter.unit,
        "sources": sources,
    }


def _entry_row(entry: Entry) -> dict[str, object]:
    sources = [
        {"law": citation.statute.title, "provision": citation.provision[citation.statute.language], "url": citation.url}
        for citation in entry.citations
    ]
    asked = entry.asked_as[Language.EN][0] if entry.asked_as[Language.EN] else entry.topics[0]
    return {"id": entry.id, "kind": entry.kind.value, "asked": asked, "topics": list(entry.topics), "sources": sources}


def main() -> int:
    """Prints the sheet, one JSON object a line; gives the exit status."""
    base = knowledge_base()
    places = [place.place for place in base.jurisdictions.values()]
    if len(sys.argv) != 2 or sys.argv[1] not in places:
        print(
            f"python -m scripts.reading_sheet PLACE; PLACE: found {sys.argv[1:]}, allowed: {', '.join(places)}",
            file=sys.stderr,
        )
        return 2
    for row in rows(base, sys.argv[1]):
        print(json.dumps(row, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
