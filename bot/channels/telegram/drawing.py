"""A reply, as the web draws it too, as messages of Telegram."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.telegram.markdown import as_html, as_plain, runs
from bot.channels.telegram.parts import File, Key, Part
from bot.channels.telegram.splitting import split

_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")
_LONGEST_CAPTION = 900


def drawn(body: Mapping[str, Any], keyboard: Sequence[Sequence[Key]]) -> list[Part]:
    """The messages of one reply ({text, buttons, custom}): its text, and the files of a document."""
    custom = body.get("custom") or {}
    if custom.get("type") == "document":
        return _document(str(body.get("text") or ""), custom, keyboard)
    return texts(str(body.get("text") or ""), keyboard)


def texts(markdown: str, keyboard: Sequence[Sequence[Key]] = ()) -> list[Part]:
    """A text in as many messages as it needs; the keyboard is under the last."""
    messages = split(runs(markdown))
    return [
        Part(html=as_html(each), plain=as_plain(each), keyboard=tuple(map(tuple, keyboard)) if last else ())
        for last, each in ((position == len(messages) - 1, each) for position, each in enumerate(messages))
    ]


def _document(text: str, custom: Mapping[str, Any], keyboard: Sequence[Sequence[Key]]) -> list[Part]:
    """What is said about a letter, then the letter as a file, and its reading copy as another."""
    said = text.split("```")[::2]  # what stands between fences is in the files
    title, copy = str(custom["title"]), custom.get("reading_copy")
    files = [File(_file_name(title), str(custom["text"]), title[:_LONGEST_CAPTION])]
    if copy:
        heading = said[1].strip().strip("*") if len(said) > 1 else str(copy["language"])
        name = f"{title} ({heading})" if title.isascii() else f"{title}（{heading}）"
        files.append(File(_file_name(name), str(copy["text"]), name[:_LONGEST_CAPTION]))
    tail = said[2:] if copy else said[1:]
    words = "\n\n".join(part.strip() for part in (said[0], *tail) if part.strip())
    return [*texts(words, keyboard), *(Part(plain=file.caption, file=file) for file in files)]


def _file_name(title: str) -> str:
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    return f"{name[:80].strip() or 'letter'}.txt"
