"""Imports run one way: knowledge knows nobody; actions and bot know knowledge; nothing heavy loads with a module."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT

OURS = ("knowledge", "actions", "bot", "scripts", "settings", "tests")
ALLOWED = {
    "settings": set(),
    "knowledge": set(),
    "knowledge/__main__.py": {"settings"},
    "actions": {"knowledge", "settings"},
    "bot/message_text.py": set(),
    "bot/enquiry.py": {"knowledge", "bot"},
    "bot/components": {"knowledge", "bot.components", "settings"},
    "bot/conversations": {"bot.conversations"},
    "bot/channels/telegram": {"bot.channels.telegram", "bot.conversations", "bot.message_text", "settings"},
    "bot/channels": {"knowledge", "bot.message_text"},
    "bot/frontdoor": {"knowledge", "bot.conversations", "bot.enquiry", "bot.message_text", "bot.frontdoor", "settings"},
    "bot": {"knowledge", "bot", "settings"},
    "scripts": {"knowledge", "settings", "bot.model", "bot.training_examples", "scripts"},
}


def sources() -> list[Path]:
    files = [ROOT / "settings.py"]
    for folder in ("knowledge", "actions", "bot", "scripts"):
        files.extend(path for path in (ROOT / folder).rglob("*.py"))
    return sorted(files)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name for name in names if name.split(".")[0] in OURS}


def test_every_import_runs_in_the_allowed_direction() -> None:
    wrong = []
    for path in sources():
        where = path.relative_to(ROOT).as_posix()
        rule = max((key for key in ALLOWED if where == key or where.startswith(f"{key}/") or where == f"{key}.py"), key=len)
        own = rule.split("/")[0].removesuffix(".py")
        for name in imported(path):
            inside = rule in ("knowledge", "actions", "knowledge/__main__.py") and name.split(".")[0] == own
            if not inside and not any(name == allowed or name.startswith(f"{allowed}.") for allowed in ALLOWED[rule]):
                wrong.append(f"{where} imports {name}")
    assert wrong == []


@pytest.mark.parametrize(
    "module", ["knowledge.advice", "knowledge.load", "knowledge.letters", "actions.advise", "bot.frontdoor.app"]
)
def test_nothing_heavy_loads_with_a_module(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('torch', 'tensorflow', 'faiss', 'sentence_transformers', 'rasa', 'holidays') if m in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "[]"
