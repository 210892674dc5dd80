"""One message as Telegram takes it: a text with its keyboard, or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Key:
    """A button: what stands on it, and its callback data."""

    title: str
    data: str


@dataclass(frozen=True)
class File:
    """A text file: its name, its words, and the line beneath it."""

    name: str
    text: str
    caption: str


@dataclass(frozen=True)
class Part:
    """One message.

    Attributes:
        html: The text in Telegram's HTML; "" once Telegram has refused it, or for a file.
        plain: The same without formatting.
        keyboard: Rows of buttons.
        reply_to: The message it answers, where that is worth showing.
        thread: The topic of a forum.
    """

    html: str = ""
    plain: str = ""
    keyboard: Sequence[Sequence[Key]] = ()
    file: File | None = None
    reply_to: int | None = None
    thread: int | None = None


def part_of(body: Mapping[str, Any]) -> Part:
    """A part from its JSON."""
    keyboard = tuple(tuple(Key(**key) for key in row) for row in body["keyboard"])
    return Part(**{**body, "keyboard": keyboard, "file": File(**body["file"]) if body["file"] else None})
