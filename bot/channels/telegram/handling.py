"""What is done about an update. Every step may be repeated: a process may stop between any two."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.background import Background
from bot.channels.telegram.buttons import CHOSEN, Buttons
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.drawing import drawn, texts
from bot.channels.telegram.export import exported
from bot.channels.telegram.inbox import Inbox, Update
from bot.channels.telegram.menu import Menu
from bot.channels.telegram.moving import Moving
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.parts import Key, Part
from bot.channels.telegram.rasa import Rasa, RasaDown, RasaFailed
from bot.channels.telegram.reading import COMMANDS, UNKNOWN, Kind, Reading
from bot.channels.telegram.typing import typing
from bot.channels.telegram.words import language_of_client, languages, link_settings, places, words
from bot.conversations import Conversation, Conversations, Entry
from bot.message_text import PAYLOAD

CHANNEL = "telegram"
SAID = {
    "help": "/help",
    "deadlines": "/ask_deadline",
    "letter": "/ask_letter",
    "language": "/change_language",
    "place": "/change_jurisdiction",
    "human": "/talk_to_human",
    "cancel": "/start_over",
}
"""What a command means to Rasa."""
ALL = 1_000_000
"""More messages than a conversation has."""
AGAIN_S = 4.0
"""Seconds after which Rasa is asked again, about; sooner at first."""
MOST_FAILURES = 5
"""How often Rasa may fail at one message while all its parts live, until that message is held to be the cause."""

log = structlog.get_logger()


class PoisonError(Exception):
    """A message that cannot be handled however often it is tried."""


class Handler:
    """Handles what was read from an update; all it says goes into the outbox."""

    def __init__(
        self,
        *,
        api: Api,
        store: Conversations,
        inbox: Inbox,
        outbox: Outbox,
        chats: Chats,
        buttons: Buttons,
        moving: Moving,
        menu: Menu,
        rasa: Rasa,
        name: str,
        background: Background,
    ) -> None:
        self._api, self._store, self._inbox, self._outbox, self._chats = api, store, inbox, outbox, chats
        self._buttons, self._moving, self._menu, self._rasa, self._name = buttons, moving, menu, rasa, name
        self._run = background.run

    async def handle(self, update: Update, reading: Reading) -> None:
        """Handles one update to its end, or puts it off. Raises PoisonError, or whatever else goes wrong."""
        if reading.kind is Kind.MOVED:
            await self._run(self._moving.move, reading.chat, reading.text)
        elif reading.kind is Kind.BLOCKED:
            await self._run(self._chats.set_blocked, reading.chat, True)
            await self._run(self._outbox.hold, reading.chat)
        elif reading.kind in (Kind.UNBLOCKED, Kind.ADDED):
            await self._open_again(reading)
            if reading.kind is Kind.ADDED:
                await self._note(update, reading, None, "group", name=self._name)
        else:
            await self._open_again(reading)
            if not await self._heard(update, reading):
                return
        await self._run(self._inbox.end, update)

    async def apologise(self, update: Update, reading: Reading) -> None:
        """Tells the person that a message could not be handled."""
        await self._note(update, reading, await self._run(self._store.find, CHANNEL, reading.address), "failed")

    async def _heard(self, update: Update, reading: Reading) -> bool:
        """Something said or pressed; false when it is put off."""
        if reading.command == "forget":
            await self._forget(update, reading)
            return True
        if reading.command == "export":
            await self._export(update, reading)
            return True
        conversation = await self._run(self._store.open, CHANNEL, reading.address)
        if reading.kind is Kind.ATTACHMENT:
            await self._note(update, reading, conversation, str(reading.attachment), key=reading.album)
            return True
        if reading.kind is Kind.PRESS:
            return await self._pressed(update, reading, conversation)
        if reading.command == "start":
            return await self._started(update, reading, conversation)
        if reading.command == UNKNOWN:
            language = self._language(reading, conversation)
            listed = "\n".join(f"/{name} · {words(f'menu_{name}', language)}" for name in COMMANDS)
            await self._note(update, reading, conversation, "unknown_command", commands=listed)
            return True
        if reading.command is not None:
            if reading.command == "cancel" and (count := await self._run(self._inbox.drop_before, update)):
                await self._note(update, reading, conversation, "dropped", count=count)
            return await self._ask(update, reading, conversation, SAID[reading.command])
        if reading.edited and await self._is_unchanged(reading, conversation):
            return True
        if not reading.edited and await self._run(self._inbox.edited, update):
            return True  # the newer version is answered
        if reading.attachment is not None and not reading.edited:
            await self._note(update, reading, conversation, reading.attachment, key=reading.album)
        if reading.forwarded:
            await self._note(update, reading, conversation, "forwarded", key=f"{update.update_id}:forwarded")
        return await self._ask(update, reading, conversation, reading.text)

    async def _started(self, update: Update, reading: Reading, conversation: Conversation) -> bool:
        """Greets; a conversation that has been going on begins afresh. A deep link sets place and language."""
        if await self._run(self._inbox.has_older, update):
            # They wait for Rasa, and so does this, but it is not met with silence.
            await self._note(update, reading, conversation, "down", key=f"{update.update_id}:down")
            await self._run(self._inbox.later, update, 1.0)
            return False
        place, language = link_settings(reading.text)
        given = {name: value for name, value in (("jurisdiction", place), ("language", language)) if value}
        if given:
            await self._run(self._store.set, conversation.id, **given)
            conversation = replace(conversation, **given)
        fresh = not await self._run(self._has_answers, conversation.id)
        return await self._ask(update, reading, conversation, "/greet" if fresh else "/start_over", chosen=language)

    async def _ask(
        self, update: Update, reading: Reading, conversation: Conversation, message: str, chosen: str | None = None
    ) -> bool:
        """Says something to Rasa and queues the answer; false when Rasa cannot answer now.

        Args:
            chosen: Language to answer in from now on, where the message does not tell.
        """
        body = {"text": reading.title or message if reading.kind is Kind.PRESS else reading.text or message}
        if reading.command is not None:
            body["text"] = f"/{reading.command}"
        body |= {"message": reading.message_id, "update": update.update_id}
        entry, answered = await self._run(self._store.hear, conversation.id, _key(update, reading), body)
        if reading.kind is Kind.PRESS and entry.body.get("update") != update.update_id:
            await self._answer_press(reading, words("pressed_already", self._language(reading, conversation)))
            return True
        if reading.kind is Kind.PRESS:
            await self._answer_press(reading, None)
            await self._show_choice(update, reading)
            await self._choose(conversation, message)
        if answered is None:
            metadata = {
                "language": chosen or await self._language_at_first(reading, conversation, message),
                "jurisdiction": conversation.jurisdiction,
                "client_language": language_of_client(reading.client),
            }
            try:
                async with typing(self._api, reading.chat, reading.thread):
                    said = await self._rasa.say(conversation.id, message, metadata)
            except RasaDown as error:
                await self._put_off(update, reading, conversation, error)
                return False
            answered = await self._run(self._keep_answer, reading, entry, said)
        await self._queue_answers(update, reading, conversation, answered)
        return True

    async def _queue_answers(
        self, update: Update, reading: Reading, conversation: Conversation, answers: list[Entry]
    ) -> None:
        language = await self._run(self._queue, update, reading, conversation, answers)
        if reading.private:
            await self._menu.set_for(reading.chat, language, reading.client)

    def _keep_answer(self, reading: Reading, entry: Entry, said: list[dict[str, Any]]) -> list[Entry]:
        """Keeps Rasa's answer, and that Rasa answers. Blocks."""
        answered = self._store.answer(entry, said)
        self._chats.set_told(reading.chat, False)
        return answered

    def _queue(self, update: Update, reading: Reading, conversation: Conversation, answers: list[Entry]) -> str:
        """Queues answers; the first shows what it answers where that may not be plain. The language spoken now. Blocks."""
        late = reading.edited or update.tries > 0 or not reading.private
        for answer in answers:
            parts = [replace(part, thread=reading.thread) for part in self.parts_of(conversation, answer.body)]
            if late and parts and answer is answers[0]:
                parts[0] = replace(parts[0], reply_to=reading.message_id)
            self._outbox.add(reading.chat, conversation.id, f"answer:{answer.number}", parts)
            if (answer.body.get("custom") or {}).get("type") == "handoff":
                self._store.request_person(conversation.id)
        return self._keep_settings(conversation.id, answers) or self._language(reading, None)

    def parts_of(self, conversation: Conversation, body: Mapping[str, Any]) -> list[Part]:
        """One message of Rasa, or one that was pushed, as messages of Telegram. Blocks."""
        return drawn(body, self._buttons.keyboard(conversation.id, body.get("buttons") or []))

    async def _put_off(self, update: Update, reading: Reading, conversation: Conversation, error: RasaDown) -> None:
        """Keeps a message for later and says so once. Raises PoisonError when the message itself is the cause."""
        failed = isinstance(error, RasaFailed)
        log.warning("telegram.rasa.failed" if failed else "telegram.rasa.down", update=update.update_id, tries=update.tries)
        if failed and update.tries >= MOST_FAILURES and await self._rasa.has_actions():
            raise PoisonError("rasa")
        if not (await self._run(self._chats.get, reading.chat)).told:
            await self._note(update, reading, conversation, "down", key=f"{update.update_id}:down")
            await self._run(self._chats.set_told, reading.chat, True)
        await self._run(self._inbox.later, update, min(0.5 * 2 ** min(update.tries, 5), AGAIN_S) * random.uniform(0.8, 1.2))

    async def _pressed(self, update: Update, reading: Reading, conversation: Conversation) -> bool:
        """A button, perhaps an old one, perhaps another person's."""
        language = self._language(reading, conversation)
        if reading.text.startswith(CHOSEN):
            await self._answer_press(reading, words("pressed_already", language))
            return True
        owner = await self._run(self._outbox.owner_of, reading.chat, reading.message_id)
        if owner is not None and owner != conversation.id:
            await self._answer_press(reading, words("not_yours", language))
            return True
        payload = await self._run(self._buttons.payload, reading.text)
        if payload is None:
            await self._answer_press(reading, None)
            await self._note(update, reading, conversation, "pressed_late")
            return True
        return await self._ask(update, reading, conversation, payload)

    async def _forget(self, update: Update, reading: Reading) -> None:
        """Deletes everything of a person, whatever is under way."""
        await self._run(self._inbox.drop_before, update)
        conversation = await self._run(self._store.find, CHANNEL, reading.address)
        language = self._language(reading, conversation)
        messages = len(await self._run(self._store.since, conversation.id, 0, ALL)) if conversation else 0
        what = "forgotten" if reading.private else "forgotten_group"
        text = words(what, language, messages=messages) if messages else words("nothing_kept", language)
        if conversation is not None:
            # the note first: after a stop in between, it is queued already and does not speak of nothing
            await self._say(update, reading, None, text, str(update.update_id))
            await self._run(self._store.forget, conversation.id)
        await self._say(update, reading, None, text, str(update.update_id))
        if reading.private:
            await self._run(self._chats.set_told, reading.chat, False)

    async def _export(self, update: Update, reading: Reading) -> None:
        """Everything that is kept of a person, as a file, where there is anything."""
        conversation = await self._run(self._store.find, CHANNEL, reading.address)
        entries = await self._run(self._store.since, conversation.id, 0, ALL) if conversation else []
        if conversation is None or not entries:
            await self._note(update, reading, conversation, "nothing_kept")
            return
        requests = [each for each in await self._run(self._store.person_requests) if each.conversation == conversation.id]
        part = exported(conversation, entries, requests, self._language(reading, conversation))
        part = replace(part, thread=reading.thread, reply_to=None if reading.private else reading.message_id)
        await self._run(self._outbox.add, reading.chat, conversation.id, f"export:{update.update_id}", [part])

    async def _note(
        self,
        update: Update,
        reading: Reading,
        conversation: Conversation | None,
        what: str,
        key: str | None = None,
        **names: Any,
    ) -> None:
        """Says something of the channel's own, once per key."""
        text = words(what, self._language(reading, conversation), **names)
        await self._say(update, reading, conversation, text, key or str(update.update_id))

    async def _say(self, update: Update, reading: Reading, conversation: Conversation | None, text: str, key: str) -> None:
        reply_to = None if reading.private else reading.message_id
        parts = [replace(part, reply_to=reply_to, thread=reading.thread) for part in texts(text)]
        await self._run(
            self._outbox.add, reading.chat, conversation and conversation.id, f"note:{reading.chat}:{key}", parts
        )

    async def _open_again(self, reading: Reading) -> None:
        """Somebody is there: what was pushed while the bot was blocked can be sent."""
        if await self._run(self._chats.set_blocked, reading.chat, False):
            await self._run(self._outbox.release, reading.chat)

    async def _is_unchanged(self, reading: Reading, conversation: Conversation) -> bool:
        """Whether an edit left the words as they were said."""
        entries = await self._run(self._store.since, conversation.id, 0, ALL)
        said = [entry.body.get("text") for entry in entries if entry.body.get("message") == reading.message_id]
        return bool(said) and said[-1] == reading.text

    async def _answer_press(self, reading: Reading, text: str | None) -> None:
        try:
            await self._api.answer_press(str(reading.query), text)
        except TelegramError as error:  # too old, or answered before: nothing waits for it any more
            log.info("telegram.press.unanswered", error=type(error).__name__)

    async def _show_choice(self, update: Update, reading: Reading) -> None:
        if reading.title is None or reading.message_id is None or update.tries:
            return
        try:
            await self._api.show_choice(reading.chat, reading.message_id, Key(f"✓ {reading.title}", CHOSEN))
        except TelegramError as error:
            log.info("telegram.press.not_shown", error=type(error).__name__)

    async def _choose(self, conversation: Conversation, payload: str) -> None:
        """Keeps a language or place that a button chose."""
        match = PAYLOAD.fullmatch(payload)
        if match and match[2] and match[1] in ("change_language", "change_jurisdiction"):
            try:
                chosen = json.loads(match[2])
            except ValueError:
                return
            known = {"language": languages(), "jurisdiction": places()}
            given = {name: chosen[name] for name, values in known.items() if chosen.get(name) in values}
            if given:
                await self._run(self._store.set, conversation.id, **given)

    def _keep_settings(self, conversation: str, answers: list[Entry]) -> str | None:
        """Keeps what the last advice says of language and place; the language spoken now. Blocks."""
        now = self._store.get(conversation)
        if now is None:
            return None
        given = {"language": now.language, "jurisdiction": now.jurisdiction}
        for answer in answers:
            custom = answer.body.get("custom") or {}
            if custom.get("type") == "advice":
                given["language"] = custom["language"]
                if custom["jurisdiction"]["source"] == "stated":
                    given["jurisdiction"] = custom["jurisdiction"]["code"]
        if (given["language"], given["jurisdiction"]) != (now.language, now.jurisdiction):
            self._store.set(conversation, **given)
        return given["language"]

    def _has_answers(self, conversation: str) -> bool:
        return any(entry.said_by == "bot" for entry in self._store.since(conversation, most=5))

    async def _language_at_first(self, reading: Reading, conversation: Conversation, message: str) -> str | None:
        """The language to tell Rasa: the client's, until the person has written words of their own. Then the words decide."""
        if await self._run(self._has_answers, conversation.id):
            return None
        has_words = not message.startswith("/") and any(character.isalpha() for character in message)
        return conversation.language if has_words else self._language(reading, conversation)

    def _language(self, reading: Reading, conversation: Conversation | None) -> str:
        """The language for the channel's own words."""
        known = conversation.language if conversation else None
        return known if known in languages() else language_of_client(reading.client)


def _key(update: Update, reading: Reading) -> str:
    """What makes two updates the same thing said: for a press, the message and the button."""
    if reading.kind is not Kind.PRESS:
        return f"update:{update.update_id}"
    button = hashlib.sha256(reading.text.encode()).hexdigest()[:24]
    return f"press:{reading.chat}:{reading.message_id}:{button}"
