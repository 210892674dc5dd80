"""What is known of a chat, and who works on it: one worker at a time, whichever process it is in."""

from __future__ import annotations

import os
import secrets
import socket
import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.channels.telegram.tables import CHATS, add_once

LEASE_S = 20.0
"""How long a worker's hold lasts without renewal. Longer than a request to Telegram, so that no two send at once."""


@dataclass(frozen=True)
class Chat:
    """One chat. `told`: it knows that Rasa is down. `blocked`: nothing can be sent. `menu`: language of its commands."""

    told: bool
    blocked: bool
    menu: str | None


class Chats:
    """The chats. `worker` names this process: host, process id and a random part."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine
        self.worker = f"{socket.gethostname()[:64]}:{os.getpid()}:{secrets.token_hex(4)}"

    def hold(self, chat: str) -> bool:
        """Takes a chat to work on it: false while another worker has it."""
        now = time.time()
        free = CHATS.c.worker.is_(None) | (CHATS.c.worker == self.worker) | (CHATS.c.worker_until < now)
        taken = CHATS.update().where(CHATS.c.chat == chat, free).values(worker=self.worker, worker_until=now + LEASE_S)
        with self._engine.begin() as db:
            if db.execute(taken).rowcount:
                return True
            add_once(db, CHATS, [{"chat": chat, "worker_until": 0}])
            return bool(db.execute(taken).rowcount)

    def hold_on(self) -> None:
        """Renews all holds of this process."""
        with self._engine.begin() as db:
            mine = CHATS.update().where(CHATS.c.worker == self.worker)
            db.execute(mine.values(worker_until=time.time() + LEASE_S))

    def let_go(self, chat: str | None = None) -> None:
        """Gives a chat back, or all that this process has."""
        mine = CHATS.c.worker == self.worker
        with self._engine.begin() as db:
            which = mine if chat is None else mine & (CHATS.c.chat == chat)
            db.execute(CHATS.update().where(which).values(worker=None, worker_until=0))

    def free_the_dead(self) -> None:
        """Gives back what processes of this host held that are no more, so that a restart need not wait for their holds."""
        host = self.worker.split(":")[0]
        with self._engine.begin() as db:
            for worker in (
                db.execute(sa.select(CHATS.c.worker).where(CHATS.c.worker.is_not(None)).distinct()).scalars().all()
            ):
                name, pid, _ = worker.split(":")
                if name == host and worker != self.worker and not _lives(int(pid)):
                    db.execute(CHATS.update().where(CHATS.c.worker == worker).values(worker=None, worker_until=0))

    def get(self, chat: str) -> Chat:
        """What is known of a chat."""
        with self._engine.connect() as db:
            row = db.execute(sa.select(CHATS).where(CHATS.c.chat == chat)).mappings().first()
        if row is None:
            return Chat(told=False, blocked=False, menu=None)
        return Chat(told=row["told_at"] is not None, blocked=row["blocked_at"] is not None, menu=row["menu"])

    def set_told(self, chat: str, told: bool) -> bool:
        """Notes whether the chat knows that Rasa is down; true if that is new."""
        if self.get(chat).told == told:
            return False
        now_it_is = CHATS.c.told_at.is_(None) if told else CHATS.c.told_at.is_not(None)
        return self._set(chat, now_it_is, told_at=time.time() if told else None)

    def set_blocked(self, chat: str, blocked: bool) -> bool:
        """Notes whether anything can be sent to the chat; true if that is new."""
        if self.get(chat).blocked == blocked:
            return False
        now_it_is = CHATS.c.blocked_at.is_(None) if blocked else CHATS.c.blocked_at.is_not(None)
        return self._set(chat, now_it_is, blocked_at=time.time() if blocked else None)

    def set_menu(self, chat: str, language: str | None) -> None:
        """Notes the language of the chat's command menu."""
        self._set(chat, sa.true(), menu=language)

    def _set(self, chat: str, if_now: sa.sql.ColumnElement[bool], **values: float | str | None) -> bool:
        with self._engine.begin() as db:
            add_once(db, CHATS, [{"chat": chat, "worker_until": 0}])
            return bool(db.execute(CHATS.update().where(CHATS.c.chat == chat, if_now).values(**values)).rowcount)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
