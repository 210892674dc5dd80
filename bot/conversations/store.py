"""Conversations as the channels keep them: durable, in order, each message once.

A channel opens a conversation for an address (a hashed token, a chat's number), adds what the person said under the sender's own
id, asks Rasa, and adds the answer. Whatever another process pushes (an adviser, a reminder) is an entry like any other. All calls
block for a moment: call them off the event loop.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import QueuePool

from bot.conversations.tables import CONVERSATIONS, ENTRIES, METADATA, REQUESTS

MOST = 500
PERSON, BOT, ADVISER = "person", "bot", "adviser"
_RASA_EVENTS = sa.table("events", sa.column("sender_id"))


@dataclass(frozen=True)
class Conversation:
    """One person's conversation on one channel. `id` is what Rasa calls the sender; `last_at` is in seconds since 1970."""

    id: str
    channel: str
    address: str
    language: str | None
    jurisdiction: str | None
    last_at: float


@dataclass(frozen=True)
class Entry:
    """One thing said. `number` grows within the database; `body` is a message of the reply schema, or {"text"} of the person."""

    number: int
    conversation: str
    key: str
    said_by: str
    answers: int | None
    body: Mapping[str, Any]
    at: float


@dataclass(frozen=True)
class PersonRequest:
    """Somebody wants to speak to a person."""

    number: int
    conversation: str
    state: str
    asked_at: float


class Conversations:
    """The store. Args: url: database address as SQLAlchemy takes it (SQLite or PostgreSQL)."""

    def __init__(self, url: str) -> None:
        sqlite = url.startswith("sqlite")
        self._engine = sa.create_engine(url, future=True, pool_pre_ping=not sqlite, **_waiting(sqlite))
        if sqlite:
            sa.event.listen(self._engine, "connect", _set_up_sqlite)
        METADATA.create_all(self._engine)

    @property
    def engine(self) -> sa.engine.Engine:
        """The database, for what a channel keeps in tables of its own."""
        return self._engine

    def close(self) -> None:
        """Gives back connections."""
        self._engine.dispose()

    def open(self, channel: str, address: str) -> Conversation:
        """The conversation of an address; a new one where there is none."""
        known = self.find(channel, address)
        if known is not None:
            return known
        now = time.time()
        row = {"id": secrets.token_hex(24), "channel": channel, "address": address, "opened_at": now, "last_at": now}
        try:
            with self._engine.begin() as db:
                db.execute(CONVERSATIONS.insert().values(**row))
        except IntegrityError:  # another process opened it in the same moment
            pass
        found = self.find(channel, address)
        assert found is not None
        return found

    def find(self, channel: str, address: str) -> Conversation | None:
        """The conversation of an address, if there is one."""
        of_address = (CONVERSATIONS.c.channel == channel) & (CONVERSATIONS.c.address == address)
        return self._one(sa.select(CONVERSATIONS).where(of_address))

    def get(self, conversation: str) -> Conversation | None:
        """A conversation by its id."""
        return self._one(sa.select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))

    def set(self, conversation: str, **values: str | None) -> None:
        """Sets language, jurisdiction or address (a chat that moved)."""
        unknown = set(values) - {"language", "jurisdiction", "address"}
        if unknown:
            raise ValueError(f"found {sorted(unknown)}, allowed: language, jurisdiction, address")
        with self._engine.begin() as db:
            db.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == conversation).values(**values))

    def move(self, channel: str, before: str, after: str) -> None:
        """A chat's number has changed: addresses that are it, or it and ":" and more, follow. Those taken already stay."""
        of_chat = (CONVERSATIONS.c.address == before) | CONVERSATIONS.c.address.startswith(f"{before}:", autoescape=True)
        with self._engine.connect() as db:
            found = db.execute(sa.select(CONVERSATIONS).where(of_chat, CONVERSATIONS.c.channel == channel)).mappings().all()
        for row in found:
            address = after + row["address"].removeprefix(before)
            if self.find(channel, address) is None:
                self.set(row["id"], address=address)

    def hear(self, conversation: str, key: str, body: Mapping[str, Any]) -> tuple[Entry, list[Entry] | None]:
        """Keeps what the person said.

        Args:
            key: The sender's own id of this message; the same key is the same message.
        Returns: The entry, and the answer to it where there is one already (then nothing needs to be asked again).
        """
        entry, is_new = self._add(conversation, key, PERSON, None, body)
        return entry, None if is_new else self.answer_to(entry)

    def answer(self, heard: Entry, bodies: Sequence[Mapping[str, Any]]) -> list[Entry]:
        """Keeps the bot's messages in answer to an entry, all or none; those kept before, where there are any."""
        before = self.answer_to(heard)
        if before:
            return before
        now = time.time()
        rows = [
            _row(heard.conversation, f"{BOT}:{heard.number}:{i}", BOT, heard.number, body, now)
            for i, body in enumerate(bodies)
        ]
        try:
            with self._engine.begin() as db:
                for row in rows:
                    db.execute(ENTRIES.insert().values(**row))
        except IntegrityError:  # answered in the same moment by another process
            pass
        return self.answer_to(heard) or []

    def answer_to(self, heard: Entry) -> list[Entry] | None:
        """The bot's messages in answer to an entry; None where there are none yet."""
        found = self._entries((ENTRIES.c.conversation == heard.conversation) & (ENTRIES.c.answers == heard.number))
        return found or None

    def push(self, conversation: str, body: Mapping[str, Any], key: str | None = None, said_by: str = ADVISER) -> Entry:
        """Adds a message that nobody asked for: from an adviser, or a reminder. The same key adds nothing twice."""
        return self._add(conversation, key or f"push:{secrets.token_hex(12)}", said_by, None, body)[0]

    def since(self, conversation: str, number: int = 0, most: int = MOST) -> list[Entry]:
        """What was said after an entry, in order; the first `most` where there is more."""
        return self._entries((ENTRIES.c.conversation == conversation) & (ENTRIES.c.number > number), most)

    def pulse(self) -> tuple[int, int]:
        """Differs when something was said anywhere, or a conversation came or went."""
        newest, count = sa.select(sa.func.max(ENTRIES.c.number)), sa.select(sa.func.count()).select_from(CONVERSATIONS)
        with self._engine.connect() as db:
            return db.execute(newest).scalar() or 0, db.execute(count).scalar_one()

    def to_deliver(self, channel: str) -> list[tuple[Conversation, Entry]]:
        """Pushed messages that a channel has not delivered yet, oldest first."""
        waiting = sa.select(CONVERSATIONS, ENTRIES).join(ENTRIES, ENTRIES.c.conversation == CONVERSATIONS.c.id)
        waiting = waiting.where(
            CONVERSATIONS.c.channel == channel,
            ENTRIES.c.said_by != PERSON,
            ENTRIES.c.answers.is_(None),
            ENTRIES.c.delivered_at.is_(None),
        )
        with self._engine.connect() as db:
            rows = db.execute(waiting.order_by(ENTRIES.c.number).limit(MOST)).mappings().all()
        return [(_conversation(row), _entry(row)) for row in rows]

    def claim_delivery(self, entry: Entry) -> bool:
        """Takes a pushed message for delivery: true for one taker only, whichever process it is."""
        return self._set_delivered(entry, ENTRIES.c.delivered_at.is_(None), time.time())

    def give_back_delivery(self, entry: Entry) -> None:
        """A delivery that surely did not happen; it will be tried again."""
        self._set_delivered(entry, ENTRIES.c.delivered_at.is_not(None), None)

    def request_person(self, conversation: str) -> PersonRequest:
        """Records that the person wants to speak to somebody; an open request stays the one it is."""
        is_open = (REQUESTS.c.conversation == conversation) & (REQUESTS.c.state != "closed")
        with self._engine.begin() as db:
            row = db.execute(sa.select(REQUESTS).where(is_open)).mappings().first()
            if row is None:
                values = {"conversation": conversation, "state": "requested", "asked_at": time.time()}
                number = db.execute(REQUESTS.insert().values(**values)).inserted_primary_key[0]
                row = {"number": number, **values}
        return PersonRequest(**{name: row[name] for name in ("number", "conversation", "state", "asked_at")})

    def person_requests(self) -> list[PersonRequest]:
        """Requests that are not closed, oldest first."""
        with self._engine.connect() as db:
            rows = db.execute(sa.select(REQUESTS).where(REQUESTS.c.state != "closed").order_by(REQUESTS.c.number)).mappings()
            return [PersonRequest(**row) for row in rows]

    def forget(self, conversation: str) -> None:
        """Deletes a conversation with everything in it, here and in Rasa's tracker."""
        self._forget([conversation])

    def forget_older_than(self, last_at: float) -> int:
        """Deletes conversations in which nothing was said since; how many."""
        with self._engine.connect() as db:
            old = list(db.execute(sa.select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.last_at < last_at)).scalars())
        self._forget(old)
        return len(old)

    def _forget(self, conversations: Iterable[str]) -> None:
        for conversation in conversations:
            with self._engine.begin() as db:
                db.execute(REQUESTS.delete().where(REQUESTS.c.conversation == conversation))
                db.execute(ENTRIES.delete().where(ENTRIES.c.conversation == conversation))
                db.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.id == conversation))
            try:
                with self._engine.begin() as db:
                    db.execute(sa.delete(_RASA_EVENTS).where(_RASA_EVENTS.c.sender_id == conversation))
            except (OperationalError, ProgrammingError):
                if sa.inspect(self._engine).has_table("events"):
                    raise  # else Rasa has never run on this database: nothing to delete

    def _add(
        self, conversation: str, key: str, said_by: str, answers: int | None, body: Mapping[str, Any]
    ) -> tuple[Entry, bool]:
        row, of_key = (
            _row(conversation, key, said_by, answers, body, time.time()),
            (ENTRIES.c.conversation == conversation) & (ENTRIES.c.key == key),
        )
        try:
            with self._engine.begin() as db:
                number = db.execute(ENTRIES.insert().values(**row)).inserted_primary_key[0]
                if said_by == PERSON:
                    of_id = CONVERSATIONS.c.id == conversation
                    db.execute(CONVERSATIONS.update().where(of_id).values(last_at=row["at"]))
        except IntegrityError:
            known = self._entries(of_key)
            if not known:
                raise
            return known[0], False
        return _entry({**row, "number": number}), True

    def _set_delivered(self, entry: Entry, if_now: Any, value: float | None) -> bool:
        with self._engine.begin() as db:
            of_entry = (ENTRIES.c.number == entry.number) & if_now
            return bool(db.execute(ENTRIES.update().where(of_entry).values(delivered_at=value)).rowcount)

    def _one(self, query: Any) -> Conversation | None:
        with self._engine.connect() as db:
            row = db.execute(query).mappings().first()
        return None if row is None else _conversation(row)

    def _entries(self, which: Any, most: int = MOST) -> list[Entry]:
        with self._engine.connect() as db:
            first = sa.select(ENTRIES).where(which).order_by(ENTRIES.c.number).limit(most)
            return [_entry(row) for row in db.execute(first).mappings()]


def _row(
    conversation: str, key: str, said_by: str, answers: int | None, body: Mapping[str, Any], at: float
) -> dict[str, Any]:
    text = json.dumps(dict(body), ensure_ascii=False)
    return {"conversation": conversation, "key": key, "said_by": said_by, "answers": answers, "body": text, "at": at}


def _conversation(row: Mapping[Any, Any]) -> Conversation:
    names = ("id", "channel", "address", "language", "jurisdiction", "last_at")
    return Conversation(**{name: row[name] for name in names})


def _entry(row: Mapping[Any, Any]) -> Entry:
    values = {name: row[name] for name in ("number", "conversation", "key", "said_by", "answers", "at")}
    return Entry(body=json.loads(row["body"]), **values)


def _waiting(sqlite: bool) -> dict[str, Any]:
    """How long to wait for a database that is busy. SQLite's connections are kept: opening one costs as much as ten queries."""
    return {"connect_args": {"timeout": 30, "check_same_thread": False}, "poolclass": QueuePool} if sqlite else {}


def _set_up_sqlite(connection: Any, record: Any) -> None:
    """Readers do not wait for writers; foreign keys hold."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
