"""The tables, in the database that Rasa's tracker uses too."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

CONVERSATIONS = sa.Table(
    "chat_conversations",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),  # what Rasa calls the sender
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("address", sa.String(128), nullable=False),  # web: hash of the token; Telegram: the chat's number
    sa.Column("language", sa.String(8)),
    sa.Column("jurisdiction", sa.String(2)),
    sa.Column("opened_at", sa.Float, nullable=False),  # seconds since 1970, UTC
    sa.Column("last_at", sa.Float, nullable=False),
    sa.UniqueConstraint("channel", "address"),
)

ENTRIES = sa.Table(
    "chat_entries",
    METADATA,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("key", sa.String(128), nullable=False),  # the sender's own id of the message
    sa.Column("said_by", sa.String(8), nullable=False),  # person, bot, adviser
    sa.Column("answers", sa.BigInteger),  # number of the entry that this answers; null for what is pushed
    sa.Column("body", sa.Text, nullable=False),  # JSON
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("delivered_at", sa.Float),  # pushed entries of channels that deliver themselves (Telegram)
    sa.UniqueConstraint("conversation", "key"),
    sqlite_autoincrement=True,  # numbers are never used again, also after /forget
)

REQUESTS = sa.Table(
    "person_requests",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.ForeignKey("chat_conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),  # requested, assigned, closed
    sa.Column("asked_at", sa.Float, nullable=False),
)
