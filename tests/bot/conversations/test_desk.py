"""The desk on the command line, as somebody at it would use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversations import Conversations


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Conversations:
    url = f"sqlite:///{tmp_path / 'redress.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return Conversations(url)


def test_lists_who_asked_and_writes_to_them(store: Conversations, capsys: pytest.CaptureFixture[str]) -> None:
    chat = store.open("telegram", "42").id
    store.set(chat, jurisdiction="GB", language="en")
    store.request_person(chat)
    assert main(["requests"]) == 0
    line = capsys.readouterr().out
    assert chat in line and "telegram" in line and "GB" in line
    assert main(["send", chat, "Hello, this is Ada."]) == 0
    ((_, entry),) = store.to_deliver("telegram")
    assert entry.body == {
        "text": "Hello, this is Ada.",
        "buttons": [],
        "custom": {"type": "notice", "reason": "adviser"},
    }


def test_writing_to_nobody_says_so(store: Conversations, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", "nobody", "Hello"]) == 1
    assert "no such conversation" in capsys.readouterr().err
