"""The command menu and the profile, per language."""

from __future__ import annotations

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.background import Background
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.reading import COMMANDS
from bot.channels.telegram.words import words

IN_GROUPS = ("help", "language", "place", "forget", "cancel")
CLIENTS = {None: "en", "zh": "zh-Hans"}
"""Telegram tells menus apart by two letters only, so that traditional characters are set chat by chat."""

log = structlog.get_logger()


class Menu:
    """Sets menus; a menu that cannot be set is left for the next time."""

    def __init__(self, api: Api, chats: Chats, background: Background) -> None:
        self._api, self._chats, self._background = api, chats, background

    async def set_all(self) -> None:
        """Menus and profile for all clients, at the start of the process."""
        try:
            for client, language in CLIENTS.items():
                await self._api.set_menu(_listed(COMMANDS, language), client, None)
                await self._api.set_menu(_listed(IN_GROUPS, language), client, "groups")
                await self._api.describe(words("description", language), words("short_description", language), client)
        except TelegramError as error:
            log.warning("telegram.menu.failed", error=type(error).__name__)

    async def set_for(self, chat: str, language: str, client: str | None) -> None:
        """The menu of one private chat, where its language is not what its client gets by itself."""
        by_itself = CLIENTS["zh" if (client or "").startswith("zh") else None]
        known = (await self._background.run(self._chats.get, chat)).menu or by_itself
        if known == language:
            return
        try:
            await self._api.set_menu(_listed(COMMANDS, language), None, chat)
        except TelegramError as error:
            log.warning("telegram.menu.failed", error=type(error).__name__)
        else:
            await self._background.run(self._chats.set_menu, chat, language)


def _listed(commands: tuple[str, ...], language: str) -> list[tuple[str, str]]:
    return [(name, words(f"menu_{name}", language)) for name in commands]
