"""Updates as they came, each kept once before Telegram is told so, and handled in the order of their ids, chat by chat."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.channels.telegram.tables import CHATS, OUTBOX, UPDATES, add_once, synchronous

KEPT_S = 8 * 24 * 3600
"""How long the ids of handled updates are remembered. Telegram sends none again after a day."""


@dataclass(frozen=True)
class Update:
    """One update. `body` is its JSON; `tries` says how often handling it has failed."""

    update_id: int
    chat: str
    address: str
    message_id: int | None
    body: str
    urgent: bool = False
    state: str = "waiting"
    tries: int = 0
    not_before: float = 0.0


class Inbox:
    """The updates of all chats."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    def take(self, updates: Sequence[Update]) -> None:
        """Keeps updates, power cuts included; those known already stay as they are."""
        now = time.time()
        names = ("update_id", "chat", "address", "message_id", "body", "urgent", "state", "tries", "not_before")
        rows = [{**{name: getattr(each, name) for name in names}, "at": now} for each in updates]
        with self._engine.connect() as db, synchronous(db):
            add_once(db, UPDATES, rows)
            db.commit()

    def next(self, chat: str, now: float) -> Update | None:
        """What to handle next in a chat: the oldest that waits, or an urgent one while that cannot be handled yet."""
        waiting = (UPDATES.c.chat == chat) & (UPDATES.c.state == "waiting")
        with self._engine.connect() as db:
            query = sa.select(UPDATES).where(waiting).order_by(UPDATES.c.update_id)
            first = db.execute(query.limit(1)).mappings().first()
            if first is not None and first["not_before"] > now:
                urgent = (UPDATES.c.urgent.is_(True)) & (UPDATES.c.not_before <= now)
                first = db.execute(query.where(urgent).limit(1)).mappings().first()
        return None if first is None else _update(first)

    def edited(self, update: Update) -> bool:
        """Whether a newer version of an update's message waits."""
        newer = (UPDATES.c.chat == update.chat) & (UPDATES.c.message_id == update.message_id)
        newer &= (UPDATES.c.update_id > update.update_id) & (UPDATES.c.state == "waiting")
        newer &= UPDATES.c.body.like('%"edited_message"%')
        with self._engine.connect() as db:
            return db.execute(sa.select(UPDATES.c.update_id).where(newer).limit(1)).first() is not None

    def end(self, update: Update, state: str = "done") -> None:
        """An update is handled (or dropped, or poison): it is remembered by its id only."""
        with self._engine.begin() as db:
            of_id = UPDATES.c.update_id == update.update_id
            db.execute(UPDATES.update().where(of_id).values(state=state, body=""))

    def later(self, update: Update, delay_s: float) -> None:
        """An update could not be handled; it is tried again after a while."""
        with self._engine.begin() as db:
            of_id = UPDATES.c.update_id == update.update_id
            values = {"tries": update.tries + 1, "not_before": time.time() + delay_s}
            db.execute(UPDATES.update().where(of_id).values(**values))

    def drop_before(self, update: Update) -> int:
        """Drops what the same person still waits for an answer to; how many messages that were."""
        earlier = (UPDATES.c.address == update.address) & (UPDATES.c.update_id < update.update_id)
        with self._engine.begin() as db:
            waiting = earlier & (UPDATES.c.state == "waiting")
            return int(db.execute(UPDATES.update().where(waiting).values(state="dropped", body="")).rowcount)

    def has_older(self, update: Update) -> bool:
        """Whether something older waits in the chat."""
        older = (UPDATES.c.chat == update.chat) & (UPDATES.c.update_id < update.update_id) & (UPDATES.c.state == "waiting")
        with self._engine.connect() as db:
            return db.execute(sa.select(UPDATES.c.update_id).where(older).limit(1)).first() is not None

    def chats_due(self, now: float, worker: str) -> list[str]:
        """Chats in which something can be handled now, nothing has to be sent first, and nobody else is at work."""
        waiting = UPDATES.c.state == "waiting"
        heads = sa.select(sa.func.min(UPDATES.c.update_id)).where(waiting).group_by(UPDATES.c.chat)
        first = UPDATES.c.update_id.in_(heads) | UPDATES.c.urgent.is_(True)
        to_send = sa.select(OUTBOX.c.chat).where(OUTBOX.c.state.in_(("waiting", "sending")))
        due = sa.select(UPDATES.c.chat).where(waiting, first, UPDATES.c.not_before <= now, UPDATES.c.chat.not_in(to_send))
        with self._engine.connect() as db:
            return list(db.execute(due.where(free(UPDATES.c.chat, now, worker)).distinct()).scalars())

    def move(self, before: str, after: str) -> None:
        """A group has become another chat."""
        with self._engine.begin() as db:
            of_chat = (UPDATES.c.chat == before) & (UPDATES.c.state == "waiting")
            address = sa.func.replace(UPDATES.c.address, before, after)
            db.execute(UPDATES.update().where(of_chat).values(chat=after, address=address))

    def highest_message(self) -> dict[str, int]:
        """The highest message id per chat."""
        with self._engine.connect() as db:
            query = sa.select(UPDATES.c.chat, sa.func.max(UPDATES.c.message_id)).group_by(UPDATES.c.chat)
            return {chat: number for chat, number in db.execute(query) if number}

    def tidy(self) -> None:
        """Forgets the ids of what was handled long ago."""
        with self._engine.begin() as db:
            old = UPDATES.c.at < time.time() - KEPT_S
            db.execute(UPDATES.delete().where(old, UPDATES.c.state != "waiting"))


def free(chat: sa.Column, now: float, worker: str) -> sa.sql.ColumnElement[bool]:
    """That no other worker has a chat."""
    others = sa.select(CHATS.c.chat).where(
        CHATS.c.worker.is_not(None), CHATS.c.worker != worker, CHATS.c.worker_until >= now
    )
    return chat.not_in(others)


def _update(row: sa.engine.RowMapping) -> Update:
    names = ("update_id", "chat", "address", "message_id", "body", "urgent", "state", "tries", "not_before")
    return Update(**{name: row[name] for name in names})
