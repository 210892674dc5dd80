"""Buttons of replies as inline keyboards. Data that is too long for Telegram is kept here and looked up by a short key."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.channels.telegram.parts import Key
from bot.channels.telegram.tables import BUTTONS, add_once

MOST_BYTES = 64
"""Bytes of callback data (Bot API)."""
CHOSEN = "="
"""Data of a button that only shows what was chosen."""
_SHORT = "#"
_ROW = 34
"""Letters that a narrow telephone shows in one row of buttons, which are all as wide as the widest; a Chinese character is two."""


class Buttons:
    """The payloads of long buttons."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    def keyboard(self, conversation: str, buttons: Sequence[Mapping[str, str]]) -> tuple[tuple[Key, ...], ...]:
        """Rows of buttons: short ones side by side."""
        rows: list[list[Key]] = []
        widest = 0
        for button in buttons:
            widest = max(widest, _width(button["title"]) + 3)
            if not rows or widest * (len(rows[-1]) + 1) > _ROW:
                rows.append([])
                widest = _width(button["title"]) + 3
            rows[-1].append(Key(button["title"], self.data(conversation, button["payload"])))
        return tuple(tuple(row) for row in rows)

    def data(self, conversation: str, payload: str) -> str:
        """Callback data of a payload: itself where it fits, else a key."""
        if len(payload.encode()) <= MOST_BYTES and payload[:1] not in (_SHORT, CHOSEN):
            return payload
        key = _SHORT + hashlib.sha256(f"{conversation} {payload}".encode()).hexdigest()[:24]
        with self._engine.begin() as db:
            add_once(db, BUTTONS, [{"key": key, "conversation": conversation, "payload": payload}])
        return key

    def payload(self, data: str) -> str | None:
        """The payload of callback data; None when it is known no more."""
        if not data.startswith(_SHORT):
            return data
        with self._engine.connect() as db:
            return db.execute(sa.select(BUTTONS.c.payload).where(BUTTONS.c.key == data)).scalars().first()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
