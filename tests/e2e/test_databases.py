"""The settings for running it for real: conversations in PostgreSQL, locks in Redis."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import postgresql, redis
from tests.e2e.stack import Stack

pytestmark = pytest.mark.slow


def test_a_conversation_lives_in_postgresql_with_locks_in_redis(tmp_path: Path) -> None:
    for name in ("stack", "database", "locks"):
        (tmp_path / name).mkdir()
    with postgresql(tmp_path / "database") as url, redis(tmp_path / "locks") as locks:
        stack = Stack(tmp_path / "stack", DATABASE_URL=url, REDIS_URL=locks)
        try:
            stack.start()
            chat = stack.chat(language="en")
            chat.say("my gym in London went bust, I paid by credit card")
            topics = chat.custom("advice")["topics"]
            stack.stop("rasa")
            stack.start("rasa")
            chat.say("what next?")
            assert chat.custom("advice")["topics"] == topics
            engine = sa.create_engine(url)
            assert _count(engine, "events") > 0 and _count(engine, "chat_entries") >= 4
            headers = {"Authorization": f"Bearer {chat.session}"}
            assert stack.post("/api/chat/forget", None, headers=headers).status_code == 204
            assert _count(engine, "events") == _count(engine, "chat_entries") == _count(engine, "chat_conversations") == 0
            engine.dispose()
        finally:
            stack.stop()


def _count(engine: sa.engine.Engine, table: str) -> int:
    with engine.connect() as db:
        return int(db.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())
