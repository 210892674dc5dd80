"""The tables of the Telegram channel, beside those of the conversations.

What people wrote is in them only while it is on its way: `body` is emptied as soon as an update is handled or a part is sent.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.tables import METADATA

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

UPDATES = sa.Table(
    "telegram_updates",
    METADATA,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("address", sa.String(64), nullable=False),  # of the conversation: the chat, in groups also the person
    sa.Column("message_id", sa.BigInteger),
    sa.Column("state", sa.String(8), nullable=False),  # waiting, done, dropped, poison
    sa.Column("urgent", sa.Boolean, nullable=False),  # a command that need not wait for Rasa
    sa.Column("body", sa.Text, nullable=False),  # JSON of the Bot API
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("not_before", sa.Float, nullable=False),  # seconds since 1970
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("telegram_updates_waiting", "state", "chat"),
)

OUTBOX = sa.Table(
    "telegram_outbox",
    METADATA,
    sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(128), nullable=False, unique=True),  # the same key is the same part
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("conversation", sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), index=True),
    sa.Column("push", sa.BigInteger),  # number of the pushed entry that this is a part of
    sa.Column(
        "state", sa.String(8), nullable=False
    ),  # waiting, sending, sent, refused, held (pushed to a chat that is blocked)
    sa.Column("body", sa.Text, nullable=False),  # JSON of a Part
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("not_before", sa.Float, nullable=False),
    sa.Column("after_message", sa.BigInteger),  # the highest message id known when sending began
    sa.Column("message_id", sa.BigInteger),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("telegram_outbox_waiting", "state", "chat"),
    sa.Index("telegram_outbox_message", "chat", "message_id"),
    sqlite_autoincrement=True,
)

CHATS = sa.Table(
    "telegram_chats",
    METADATA,
    sa.Column("chat", sa.String(32), primary_key=True),
    sa.Column("worker", sa.String(96)),  # who works on it now
    sa.Column("worker_until", sa.Float, nullable=False),
    sa.Column("told_at", sa.Float),  # when the chat was told that Rasa does not answer; null once it has answered
    sa.Column("blocked_at", sa.Float),  # when Telegram said that nothing can be sent there
    sa.Column("menu", sa.String(8)),  # language of the chat's command menu
)

BUTTONS = sa.Table(
    "telegram_buttons",
    METADATA,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("conversation", sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("payload", sa.Text, nullable=False),
)


def relax(engine: sa.engine.Engine) -> None:
    """SQLite need not wait for the disk at each step: a process may die at any moment without harm.

    Only a power cut could undo the last steps, which are then done again; what Telegram was told is kept is never among them.
    """
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, record: connection.execute("PRAGMA synchronous=NORMAL"))
        engine.dispose()


@contextlib.contextmanager
def synchronous(db: sa.engine.Connection) -> Iterator[None]:
    """What is committed inside is on the disk, with everything before it."""
    if db.dialect.name != "sqlite":
        yield
        return
    db.execute(sa.text("PRAGMA synchronous=FULL"))
    try:
        yield
    finally:
        db.rollback()
        db.execute(sa.text("PRAGMA synchronous=NORMAL"))


def add_once(db: sa.engine.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds the rows that are not there yet; others stay as they are."""
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[db.dialect.name]
    for row in rows:
        db.execute(dialect.insert(table).values(**row).on_conflict_do_nothing())
