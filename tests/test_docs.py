"""The documents hold: commands exist, files are there, every setting is explained, figures are written in."""

from __future__ import annotations

import re

from settings import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:`|^    )make ([a-z-]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_of_the_readme_is_there() -> None:
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path


def test_no_figure_is_left_open() -> None:
    for path in ("README.md", "knowledge/README.md"):
        assert "@@" not in (ROOT / path).read_text("utf-8")


def test_every_setting_is_explained() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    read = set(
        re.findall(
            r"given(?:\.get)?[\[(]\"([A-Z_]+)\"|_port\(given, \"([A-Z_]+)\"", (ROOT / "settings.py").read_text("utf-8")
        )
    )
    names = {name for pair in read for name in pair if name}
    assert len(names) >= 9
    for name in names:
        assert re.search(rf"^# {name}=", example, re.MULTILINE), name


def test_requirements_are_pinned_without_addresses() -> None:
    lines = [line for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) > 150
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._\[\],-]+==[A-Za-z0-9.+!_-]+", line), line
