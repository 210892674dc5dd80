"""The highest message id known, to tell where a message must be whose sending had no clear end.

Telegram counts the messages of all private chats and small groups of a bot together, and those of a supergroup by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping


class MessageIds:
    """Starts from what is known per chat."""

    def __init__(self, *known: Mapping[str, int]) -> None:
        self._highest: dict[str, int] = {}
        for each in known:
            for chat, number in each.items():
                self.note(chat, number)

    def note(self, chat: str, number: int | None) -> None:
        """A message with this id was seen."""
        count = _count(chat)
        self._highest[count] = max(self._highest.get(count, 0), number or 0)

    def highest(self, chat: str) -> int:
        """The highest id seen where the chat's messages are counted; 0 when none was."""
        return self._highest.get(_count(chat), 0)


def _count(chat: str) -> str:
    return chat if chat.startswith("-100") else ""
