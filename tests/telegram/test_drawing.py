"""Replies as Telegram's messages: keyboards, keys for long payloads, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.buttons import MOST_BYTES, Buttons
from bot.channels.telegram.drawing import drawn
from bot.conversations import Conversations


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Conversations]:
    kept = Conversations(f"sqlite:///{tmp_path / 'redress.db'}")
    yield kept
    kept.close()


def buttons(*titles: str) -> list[dict[str, str]]:
    return [{"title": title, "payload": f"/{title}"} for title in titles]


def test_short_buttons_stand_side_by_side_and_long_ones_alone(store: Conversations) -> None:
    chat = store.open("telegram", "1").id
    rows = Buttons(store.engine).keyboard(
        chat, buttons("Yes", "No", "I don't know", "香港", "a title that needs the whole row")
    )
    assert [[key.title for key in row] for row in rows] == [
        ["Yes", "No"],
        ["I don't know", "香港"],
        ["a title that needs the whole row"],
    ]


def test_a_payload_of_64_bytes_is_its_own_data_and_one_more_is_looked_up(store: Conversations) -> None:
    chat, kept = store.open("telegram", "1").id, Buttons(store.engine)
    fits, long = "/" + "x" * 63, "/" + "退" * 21 + "x"
    assert kept.data(chat, fits) == fits
    data = kept.data(chat, long)
    assert len(data.encode()) <= MOST_BYTES and data == kept.data(chat, long)
    assert kept.payload(data) == long and kept.payload(fits) == fits
    store.forget(chat)
    assert kept.payload(data) is None


@pytest.mark.parametrize("payload", ["#1", "=", "# a heading"])
def test_a_payload_that_looks_like_a_key_is_not_taken_for_one(store: Conversations, payload: str) -> None:
    kept = Buttons(store.engine)
    data = kept.data(store.open("telegram", "1").id, payload)
    assert data != payload and kept.payload(data) == payload


def test_a_letter_is_words_and_a_file() -> None:
    letter = {
        "type": "document",
        "id": "x",
        "title": 'Refund: "now"/?',
        "language": "en",
        "text": "Dear Sir",
        "reading_copy": None,
    }
    words, file = drawn({"text": "Ready.\n\n```\nDear Sir```\n\nMore.", "buttons": [], "custom": letter}, ())
    assert words.plain == "Ready.\n\nMore."
    assert file.file is not None and (file.file.name, file.file.text) == ("Refund now.txt", "Dear Sir")


def test_what_holds_is_marked_in_place_of_the_point_of_a_list() -> None:
    text = "- ✓ Holds\n- ? Paid by card? (depends on amount)\n- ？要看\n- ✗ 不適用\n- 50 € back"
    (part,) = drawn({"text": text, "buttons": [], "custom": {"type": "advice"}}, ())
    assert "<b>" not in part.html
    assert part.plain == "✅ Holds\n❔ Paid by card? (depends on amount)\n❔ 要看\n❌ 不適用\n• 50 € back"


def test_the_title_of_a_right_stands_out_from_what_it_means() -> None:
    (part,) = drawn({"text": "- ✓ Title\n  what it means", "buttons": [], "custom": {"type": "advice"}}, ())
    assert part.html == "✅ <b>Title</b>\n  what it means"


def test_no_words_give_no_message() -> None:
    assert drawn({"text": " \n", "buttons": [], "custom": {"type": "notice"}}, ()) == []
