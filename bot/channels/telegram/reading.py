"""What a person did, read from an update of the Bot API. Whatever is not meant for the bot is nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatType

ANONYMOUS_ADMIN = 1087968824
"""The user that Telegram names for an administrator who writes in the name of a group."""
COMMANDS = ("start", "help", "deadlines", "letter", "language", "place", "human", "export", "forget", "cancel")
UNKNOWN = "?"
"""A command that there is not, and nothing besides."""
URGENT = ("start", "forget", "cancel", "export")
"""Commands that are heard before older messages while those wait for Rasa."""
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds of update that Telegram is asked for."""

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?\s*", re.DOTALL)


class Kind(Enum):
    """What was done."""

    TEXT = "text"
    COMMAND = "command"
    PRESS = "press"
    ATTACHMENT = "attachment"
    MOVED = "moved"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    ADDED = "added"


@dataclass(frozen=True)
class Reading:
    """One thing done in a chat.

    Attributes:
        address: Whose conversation it belongs to: the chat, in groups the chat and the person.
        client: Language of the person's client as Telegram names it.
        text: The words; the argument of a command; the callback data of a press; the new chat's number after a move.
        command: One of COMMANDS, or UNKNOWN.
        attachment: What came with or instead of words: photo, video, voice, file, sticker, location, contact, other.
        album: Messages of one album share it.
        title: What stands on the pressed button.
        query: Id of the press, for answering it.
    """

    kind: Kind
    chat: str
    address: str
    private: bool
    message_id: int | None = None
    client: str | None = None
    text: str = ""
    command: str | None = None
    attachment: str | None = None
    album: str | None = None
    edited: bool = False
    forwarded: bool = False
    title: str | None = None
    query: str | None = None
    thread: int | None = None

    @property
    def urgent(self) -> bool:
        """Whether it may be handled before older messages that wait."""
        return self.command in URGENT


def read(update: Update, me: User) -> Reading | None:
    """What was done; None for what is not meant for the bot: channel posts, other bots, groups that do not mention it."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.CHANNEL:
        return None
    if message.migrate_to_chat_id is not None:
        chat = str(message.chat.id)
        return Reading(Kind.MOVED, chat, chat, False, text=str(message.migrate_to_chat_id))
    return _message(message, me, edited=update.edited_message is not None)


def _message(message: Message, me: User, edited: bool) -> Reading | None:
    sender, private = message.from_user, message.chat.type == ChatType.PRIVATE
    if sender is None or (sender.is_bot and sender.id != ANONYMOUS_ADMIN) or message.is_automatic_forward:
        return None
    if not private and not _is_meant(message, me):
        return None
    chat = str(message.chat.id)
    words = message.text if message.text is not None else message.caption or ""
    attachment = _attachment(message)
    found = {
        "chat": chat,
        "address": chat if private else f"{chat}:{sender.id}",
        "private": private,
        "message_id": message.message_id,
        "client": sender.language_code,
        "attachment": attachment,
        "album": message.media_group_id,
        "edited": edited,
        "forwarded": message.forward_origin is not None,
        "thread": message.message_thread_id if message.is_topic_message else None,
    }
    match = _COMMAND.fullmatch(words)
    if match and match["bot"] and match["bot"].lower() != (me.username or "").lower():
        return None
    if match and match["name"].lower() in COMMANDS and attachment is None and not found["forwarded"]:
        if edited:
            return None
        return Reading(Kind.COMMAND, command=match["name"].lower(), text=(match["rest"] or "").strip(), **found)
    if match and not match["rest"] and attachment is None and not found["forwarded"] and not edited:
        return Reading(Kind.COMMAND, command=UNKNOWN, **found)
    words = re.sub(rf"@{re.escape(me.username or '')}\b", "", words, flags=re.IGNORECASE).strip() if me.username else words
    if words.strip():
        return Reading(Kind.TEXT, text=words, **found)
    if attachment is not None and not edited:
        return Reading(Kind.ATTACHMENT, **found)
    if not private and message.text is not None and not edited:  # the bot's name and nothing else
        return Reading(Kind.COMMAND, command="help", **found)
    return None


def _is_meant(message: Message, me: User) -> bool:
    """Whether a message in a group speaks to the bot: names it, or answers a message of its."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    name = f"@{me.username}".lower()
    entities = {**message.parse_entities(), **message.parse_caption_entities()}
    return any(
        (entity.type == MessageEntity.MENTION and text.lower() == name)
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id)
        or (entity.type == MessageEntity.BOT_COMMAND and text.lower().endswith(name))
        for entity, text in entities.items()
    )


def _attachment(message: Message) -> str | None:
    if message.effective_attachment is None:
        return None
    if message.photo or (message.document and (message.document.mime_type or "").startswith("image/")):
        return "photo"
    if message.video or message.animation or message.video_note:
        return "video"
    if message.voice or message.audio:
        return "voice"
    if message.document:
        return "file"
    if message.sticker or message.dice:
        return "sticker"
    if message.location or message.venue:
        return "location"
    return "contact" if message.contact else "other"


def _press(query: CallbackQuery) -> Reading | None:
    message = query.message
    if message is None or query.data is None:
        return None
    chat, private = str(message.chat.id), message.chat.type == ChatType.PRIVATE
    markup = message.reply_markup if isinstance(message, Message) else None
    titles = [
        key.text for row in (markup.inline_keyboard if markup else ()) for key in row if key.callback_data == query.data
    ]
    return Reading(
        Kind.PRESS,
        chat,
        chat if private else f"{chat}:{query.from_user.id}",
        private,
        message_id=message.message_id,
        client=query.from_user.language_code,
        text=query.data,
        title=titles[0] if titles else None,
        query=query.id,
    )


def _membership(change: ChatMemberUpdated) -> Reading | None:
    chat, private = str(change.chat.id), change.chat.type == ChatType.PRIVATE
    if change.chat.type == ChatType.CHANNEL:
        return None
    was, now = change.old_chat_member.status, change.new_chat_member.status
    out = (ChatMember.LEFT, ChatMember.BANNED)
    client = change.from_user.language_code
    if now in out:
        return Reading(Kind.BLOCKED, chat, chat, private, client=client)
    if was in out:
        return Reading(Kind.UNBLOCKED if private else Kind.ADDED, chat, chat, private, client=client)
    return None
