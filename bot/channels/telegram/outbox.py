"""What is to be sent to chats: kept before it is sent, claimed while it is sent, never sent again once it is known to be there."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from bot.channels.telegram.inbox import KEPT_S, free
from bot.channels.telegram.parts import Part, part_of
from bot.channels.telegram.tables import OUTBOX, add_once

REQUEST_S = 5.0
"""How long a request whose sender died may still take to have its effect: Telegram works on, though nobody waits for its answer."""


@dataclass(frozen=True)
class Outgoing:
    """A part on its way. `state` is "sending" when an attempt began whose end nobody recorded."""

    number: int
    chat: str
    conversation: str | None
    push: int | None
    state: str
    part: Part
    tries: int
    not_before: float
    after_message: int | None


class Outbox:
    """The parts of all chats."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    def add(self, chat: str, conversation: str | None, key: str, parts: Sequence[Part], push: int | None = None) -> None:
        """Keeps parts to be sent, in order, all or none. The same key adds nothing twice."""
        now = time.time()
        rows = [
            {
                "key": f"{key}:{position}",
                "chat": chat,
                "conversation": conversation,
                "push": push,
                "state": "waiting",
                "body": json.dumps(asdict(part), ensure_ascii=False),
                "tries": 0,
                "not_before": 0.0,
                "at": now,
            }
            for position, part in enumerate(parts)
        ]
        with self._engine.begin() as db:
            add_once(db, OUTBOX, rows)

    def next(self, chat: str) -> Outgoing | None:
        """The oldest part of a chat that is not sent yet."""
        query = sa.select(OUTBOX).where(OUTBOX.c.chat == chat, OUTBOX.c.state.in_(("waiting", "sending")))
        with self._engine.connect() as db:
            row = db.execute(query.order_by(OUTBOX.c.number).limit(1)).mappings().first()
        if row is None:
            return None
        names = ("number", "chat", "conversation", "push", "state", "tries", "not_before", "after_message")
        return Outgoing(part=part_of(json.loads(row["body"])), **{name: row[name] for name in names})

    def claim(self, outgoing: Outgoing, after_message: int) -> bool:
        """Takes a part for sending: true for one taker only. Should the taker die, nobody looks for the part before its request ends."""
        ends = time.time() + REQUEST_S
        return self._set(outgoing, "waiting", state="sending", after_message=after_message, not_before=ends)

    def sent(self, outgoing: Outgoing, message_id: int) -> None:
        """A part is known to be there."""
        self._set(outgoing, "sending", state="sent", message_id=message_id, body="")

    def again(self, outgoing: Outgoing, delay_s: float, part: Part | None = None) -> None:
        """A part is surely not there; it is sent after a while, in another form where `part` is given."""
        values = {"state": "waiting", "tries": outgoing.tries + 1, "not_before": time.time() + delay_s}
        if part is not None:
            values["body"] = json.dumps(asdict(part), ensure_ascii=False)
        self._set(outgoing, "sending", **values)

    def look_later(self, outgoing: Outgoing, delay_s: float) -> None:
        """Nobody knows yet whether a part is there."""
        self._set(outgoing, "sending", not_before=time.time() + delay_s)

    def refused(self, outgoing: Outgoing) -> None:
        """Telegram does not take a part."""
        self._set(outgoing, "sending", state="refused", body="")

    def hold(self, chat: str) -> None:
        """Nothing can be sent to a chat: pushed messages stay until that changes, answers are dropped."""
        waiting = (OUTBOX.c.chat == chat) & OUTBOX.c.state.in_(("waiting", "sending"))
        with self._engine.begin() as db:
            db.execute(OUTBOX.update().where(waiting, OUTBOX.c.push.is_not(None)).values(state="held"))
            db.execute(OUTBOX.update().where(waiting, OUTBOX.c.push.is_(None)).values(state="refused", body=""))

    def release(self, chat: str) -> None:
        """Something can be sent to a chat again."""
        with self._engine.begin() as db:
            held = (OUTBOX.c.chat == chat) & (OUTBOX.c.state == "held")
            db.execute(OUTBOX.update().where(held).values(state="waiting", not_before=0.0))

    def owner_of(self, chat: str, message_id: int) -> str | None:
        """The conversation that a message of the bot belongs to."""
        query = sa.select(OUTBOX.c.conversation).where(OUTBOX.c.chat == chat, OUTBOX.c.message_id == message_id)
        with self._engine.connect() as db:
            return db.execute(query).scalars().first()

    def chats_due(self, now: float, worker: str) -> list[str]:
        """Chats whose next part can be sent now and that nobody else works on."""
        waiting = OUTBOX.c.state.in_(("waiting", "sending"))
        heads = sa.select(sa.func.min(OUTBOX.c.number)).where(waiting).group_by(OUTBOX.c.chat)
        due = sa.select(OUTBOX.c.chat).where(OUTBOX.c.number.in_(heads), OUTBOX.c.not_before <= now)
        with self._engine.connect() as db:
            return list(db.execute(due.where(free(OUTBOX.c.chat, now, worker))).scalars())

    def move(self, before: str, after: str) -> None:
        """A group has become another chat."""
        with self._engine.begin() as db:
            db.execute(OUTBOX.update().where(OUTBOX.c.chat == before, OUTBOX.c.state != "sent").values(chat=after))

    def highest_message(self) -> dict[str, int]:
        """The highest message id per chat."""
        with self._engine.connect() as db:
            query = sa.select(OUTBOX.c.chat, sa.func.max(OUTBOX.c.message_id)).group_by(OUTBOX.c.chat)
            return {chat: number for chat, number in db.execute(query) if number}

    def tidy(self) -> None:
        """Forgets notes that were sent long ago; parts of conversations go with them, so that their buttons keep their owner."""
        with self._engine.begin() as db:
            old = (OUTBOX.c.at < time.time() - KEPT_S) & OUTBOX.c.conversation.is_(None)
            db.execute(OUTBOX.delete().where(old, OUTBOX.c.state.in_(("sent", "refused"))))

    def _set(self, outgoing: Outgoing, if_state: str, **values: object) -> bool:
        with self._engine.begin() as db:
            which = (OUTBOX.c.number == outgoing.number) & (OUTBOX.c.state == if_state)
            return bool(db.execute(OUTBOX.update().where(which).values(**values)).rowcount)
