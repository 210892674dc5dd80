"""The Bot API as this channel uses it."""

from __future__ import annotations

import warnings
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
    User,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

from bot.channels.telegram.parts import Key, Part
from bot.channels.telegram.reading import WANTED

POLL_S = 25
ANSWER_S = 10.0
"""Seconds to wait for an answer to a request, after which nobody knows whether it was carried out."""
CONNECTIONS = 20
"""Enough for 30 messages a second; httpcore looks at all of them for each request."""
MOST_WAITS = 1000
"""How often a request is made again after "too many requests": always, in effect."""


class Api:
    """A bot at an address of the Bot API. All that goes to a chat keeps to Telegram's limits."""

    def __init__(self, token: str, url: str) -> None:
        many = HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=5.0,
            read_timeout=ANSWER_S,
            write_timeout=ANSWER_S,
            pool_timeout=60.0,
        )
        polling = HTTPXRequest(connection_pool_size=1, connect_timeout=5.0, read_timeout=POLL_S + ANSWER_S)
        self.bot = Bot(
            token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=many, get_updates_request=polling
        )
        self._limits = AIORateLimiter(max_retries=MOST_WAITS)

    async def limited(self, chat: str, request: Callable[[], Awaitable[Any]]) -> Any:
        """Makes a request for a chat when the limits allow it, again whenever Telegram says to wait; then all wait."""
        return await self._limits.process_request(request, (), {}, "", {"chat_id": int(chat)}, None)

    async def me(self) -> User:
        """The bot itself."""
        return await self.bot.get_me()

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates as they came: one that cannot be read must not hide the others."""
        wanted = {"offset": offset, "timeout": POLL_S, "allowed_updates": list(WANTED)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)
            found = await self.bot.do_api_request(
                "getUpdates", {name: value for name, value in wanted.items() if value is not None}, read_timeout=POLL_S + 10
            )
        return list(found)  # type: ignore[arg-type]

    async def send(self, chat: str, part: Part) -> int:
        """Sends one message; its id."""
        reply = part.reply_to and ReplyParameters(part.reply_to, allow_sending_without_reply=True)
        common: dict[str, Any] = {
            "chat_id": int(chat),
            "reply_markup": _markup(part.keyboard),
            "reply_parameters": reply or None,
            "message_thread_id": part.thread,
        }
        if part.file is not None:
            content = BytesIO(part.file.text.encode("utf-8-sig"))  # telephones guess the encoding without the mark
            document = InputFile(content, filename=part.file.name)
            return (await self.bot.send_document(document=document, caption=part.file.caption, **common)).message_id
        sent = await self.bot.send_message(
            text=part.html or part.plain,
            parse_mode=ParseMode.HTML if part.html else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            **common,
        )
        return sent.message_id

    async def is_there(self, chat: str, message_id: int, part: Part) -> bool:
        """Whether a message of the bot has an id. It is asked by giving it the keyboard that it has."""
        keyboard = _markup(part.keyboard)
        try:
            await self.limited(
                chat,
                lambda: self.bot.edit_message_reply_markup(chat_id=int(chat), message_id=message_id, reply_markup=keyboard),
            )
        except BadRequest as error:
            return "not modified" in error.message
        return True

    async def show_choice(self, chat: str, message_id: int, key: Key) -> None:
        """Leaves the chosen button only."""
        keyboard = _markup([[key]])
        await self.limited(
            chat,
            lambda: self.bot.edit_message_reply_markup(chat_id=int(chat), message_id=message_id, reply_markup=keyboard),
        )

    async def answer_press(self, query: str, text: str | None) -> None:
        """Ends the waiting of a pressed button, with a few words where there is something to say."""
        await self.bot.answer_callback_query(query, text=text)

    async def typing(self, chat: str, thread: int | None) -> None:
        """Shows for five seconds that somebody is typing. Outside the limits: it may be left undone."""
        await self.bot.send_chat_action(int(chat), ChatAction.TYPING, message_thread_id=thread)

    async def set_menu(self, commands: Sequence[tuple[str, str]], language: str | None, where: str | None) -> None:
        """The command menu for clients of a language, in a chat, or in groups ("groups")."""
        scope = BotCommandScopeAllGroupChats() if where == "groups" else where and BotCommandScopeChat(int(where))
        listed = [BotCommand(name, words) for name, words in commands]
        await self.bot.set_my_commands(listed, scope=scope or None, language_code=language)

    async def describe(self, description: str, short: str, language: str | None) -> None:
        """What people see before they start the bot, and on its profile."""
        await self.bot.set_my_description(description, language_code=language)
        await self.bot.set_my_short_description(short, language_code=language)

    async def close(self) -> None:
        """Gives back connections."""
        await self.bot.shutdown()


def _markup(keyboard: Sequence[Sequence[Key]]) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.title, callback_data=key.data) for key in row] for row in keyboard]
    )
