"""The shipped build is the one that the source gives, and small."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from settings import ROOT
from tests.system_parts import system_part

WEB = ROOT / "bot" / "channels" / "web"
SOURCE, BUILT = WEB / "source", WEB / "built"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_the_shipped_build_is_what_the_source_gives(tmp_path: Path) -> None:
    npm = system_part("npm", "npm")
    system_part("node", "nodejs")
    copy = tmp_path / "source"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=copy, check=True, capture_output=True)
    subprocess.run([npm, "run", "--silent", "check"], cwd=copy, check=True, capture_output=True)
    subprocess.run(
        [npm, "run", "--silent", "build", "--", str(tmp_path / "built")], cwd=copy, check=True, capture_output=True
    )
    made, shipped = files(tmp_path / "built"), files(BUILT)
    differs = sorted(name for name in {*made, *shipped} if made.get(name) != shipped.get(name))
    assert differs == [], "run `make web` and commit what it gives"


def test_all_before_the_first_message_is_at_most_60_kb() -> None:
    before = [name for name in files(BUILT) if "cards" not in name and not name.startswith("pages/")]
    assert any("panel" in name for name in before) and "widget.js" in before
    size = sum(len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in before)  # all three languages
    assert size <= 60 * 1024


def test_nothing_in_the_build_asks_anybody_else_or_needs_eval() -> None:
    for name, body in files(BUILT).items():
        text = body.decode()
        assert not re.search(r"\beval\(|new Function\(|document\.cookie", text), name
        found = set(re.findall(r"https?://[\w.-]+", text))
        assert found <= {"http://www.w3.org", "https://github.com"}, (
            name,
            found,
        )  # name spaces, and a hint in an error text


def test_every_language_has_the_same_words() -> None:
    words = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in (SOURCE / "words").glob("*.json")
        if path.stem != "launcher"
    }
    assert set(words) == {"en", "zh-Hant", "zh-Hans"}
    for language, texts in words.items():
        assert list(texts) == list(words["en"]), language
        assert len(texts["chips"]) == len(words["en"]["chips"])
        for name, text in texts.items():
            holes = re.findall(r"\{\w+\}", str(text))
            assert sorted(holes) == sorted(re.findall(r"\{\w+\}", str(words["en"][name]))), (language, name)


def test_the_lock_file_names_no_registry() -> None:
    text = (SOURCE / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text and "registry" not in text
    wanted = json.loads((SOURCE / "package.json").read_text("utf-8"))
    for version in {**wanted["dependencies"], **wanted["devDependencies"]}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
