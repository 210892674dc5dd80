"""The little Markdown that replies use, as runs of text, and those as Telegram's HTML.

Runs are cut, never HTML: whatever part of a text is drawn, its tags are closed and everything in it is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_INLINE = re.compile(
    r"\*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>https?://[^\s)]+)\)"
    r"|(?<![\w*_])(?P<mark>[*_])(?P<soft>[^*_\s](?:[^*_\n]*[^*_\s])?)(?P=mark)(?!\w)"
)
_LIST, _HEADING, _NUMBERED, _FENCE = re.compile(r"^- "), re.compile(r"^#{1,6} +"), re.compile(r"^\d+\. "), "```"
_MARKED = re.compile(r"^- (?P<mark>[✓✗?？]) ?")
_MARKS = {"✓": "✅ ", "✗": "❌ ", "?": "❔ ", "？": "❔ "}
"""Whether a right holds: what stands before its title, in place of the point of a list."""


@dataclass(frozen=True)
class Run:
    """Text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    fixed: bool = False
    link: str | None = None


def runs(markdown: str) -> list[Run]:
    """A reply as runs: bold, italics, links, lists, headings as bold, fenced text in fixed width; all else as it stands."""
    found: list[Run] = []
    fenced = False
    lines = markdown.split("\n")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith(_FENCE):
            fenced = not fenced
        elif fenced:
            found.append(Run(f"{line}\n", fixed=True))
        else:
            found.extend([*_line(line, explained=below.startswith("  ")), Run("\n")])
    return _joined(found)


def as_html(parts: Sequence[Run]) -> str:
    """Runs in Telegram's HTML."""
    return "".join(_tagged(run) for run in parts)


def as_plain(parts: Sequence[Run]) -> str:
    """Runs without formatting; addresses of links stand behind their words."""
    return "".join(f"{run.text} ({run.link})" if run.link and run.link != run.text else run.text for run in parts)


def _line(line: str, explained: bool) -> list[Run]:
    """A line; the title of a right that is explained beneath it is bold."""
    heading = _HEADING.match(line)
    if heading:
        return [replace(run, bold=True) for run in _inline(line[heading.end() :])]
    marked = _MARKED.match(line)
    if marked:
        return [
            Run(_MARKS[marked["mark"]]),
            *(replace(run, bold=run.bold or explained) for run in _inline(line[marked.end() :])),
        ]
    if _LIST.match(line):
        return [Run("• "), *_inline(line[2:])]
    number = _NUMBERED.match(line)
    if number:
        return [Run(number.group()), *_inline(line[number.end() :])]
    return _inline(line)


def _inline(text: str) -> list[Run]:
    found, start = [], 0
    for match in _INLINE.finditer(text):
        found.append(Run(text[start : match.start()]))
        start = match.end()
        if match["bold"]:
            found.extend(replace(run, bold=True) for run in _inline(match["bold"]))
        elif match["label"]:
            found.append(Run(match["label"], link=match["url"]))
        else:
            found.extend(replace(run, italic=True) for run in _inline(match["soft"]))
    found.append(Run(text[start:]))
    return [run for run in found if run.text]


def _joined(parts: Sequence[Run]) -> list[Run]:
    """Neighbours of one style as one run; blank ends are taken off."""
    joined: list[Run] = []
    for run in parts:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return trimmed(joined)


def trimmed(parts: Sequence[Run]) -> list[Run]:
    """Runs without blank space at either end."""
    kept = list(parts)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip("\n "))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def _tagged(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    if run.fixed:
        return f"<pre>{text}</pre>"
    if run.link:
        text = f'<a href="{html.escape(run.link)}">{text}</a>'
    if run.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if run.bold else text
