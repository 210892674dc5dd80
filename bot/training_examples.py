"""The training messages as they stand in bot/data/nlu."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "data" / "nlu"


def examples(folder: Path = FOLDER) -> list[tuple[str, str]]:
    """(text, intent) of every example, in order of file."""
    found = []
    for path in sorted(folder.glob("*/*.yml")):
        for block in YAML(typ="safe").load(path.read_text("utf-8"))["nlu"]:
            lines = (line for line in block["examples"].splitlines() if line.startswith("- "))
            found.extend((line[2:].strip(), str(block["intent"])) for line in lines)
    return found
