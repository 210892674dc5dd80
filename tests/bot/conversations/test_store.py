"""The store keeps every message once, in order, whichever process asks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversations import Conversations
from tests.databases import postgresql


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql(tmp_path_factory.mktemp("postgresql")) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'redress.db'}"
        return
    address = request.getfixturevalue("database")
    yield address
    engine = sa.create_engine(address)
    with engine.begin() as db:
        db.execute(sa.text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Conversations]:
    kept = Conversations(url)
    yield kept
    kept.close()


def test_an_address_has_one_conversation_also_for_many_at_once(store: Conversations) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: store.open("telegram", "42").id, range(16)))
    assert len(set(opened)) == 1


def test_the_same_message_is_kept_and_answered_once(store: Conversations) -> None:
    chat = store.open("web", "a").id
    first, answered = store.hear(chat, "m1", {"text": "hello"})
    assert answered is None
    said = store.answer(first, [{"text": "one"}, {"text": "two"}])
    again, answered = store.hear(chat, "m1", {"text": "hello"})
    assert again == first
    assert answered == said
    assert store.answer(first, [{"text": "another"}]) == said
    assert [entry.body["text"] for entry in store.since(chat)] == ["hello", "one", "two"]


def test_a_message_without_answer_yet_is_to_be_asked_again(store: Conversations) -> None:
    chat = store.open("web", "a").id
    store.hear(chat, "m1", {"text": "hello"})
    assert store.hear(chat, "m1", {"text": "hello"})[1] is None


def test_since_gives_what_came_later_and_nothing_of_others(store: Conversations) -> None:
    chat, other = store.open("web", "a").id, store.open("web", "b").id
    first, _ = store.hear(chat, "m1", {"text": "hello"})
    store.hear(other, "m1", {"text": "secret"})
    store.push(chat, {"text": "from a person"})
    assert [entry.body["text"] for entry in store.since(chat, first.number)] == ["from a person"]


def test_a_pushed_message_is_taken_by_one_process_only(store: Conversations, url: str) -> None:
    chat = store.open("telegram", "42").id
    pushed = store.push(chat, {"text": "reminder"}, key="r1")
    assert store.push(chat, {"text": "reminder"}, key="r1") == pushed
    other = Conversations(url)
    ((conversation, entry),) = other.to_deliver("telegram")
    assert (conversation.address, entry) == ("42", pushed)
    with ThreadPoolExecutor(8) as pool:
        takers = [store, other] * 4
        assert sum(pool.map(lambda taker: taker.claim_delivery(entry), takers)) == 1
    assert store.to_deliver("telegram") == []
    store.give_back_delivery(entry)
    assert [each for _, each in store.to_deliver("telegram")] == [pushed]
    other.close()


def test_answers_are_not_delivered_a_second_time_as_pushes(store: Conversations) -> None:
    heard, _ = store.hear(store.open("telegram", "42").id, "m1", {"text": "hello"})
    store.answer(heard, [{"text": "one"}])
    assert store.to_deliver("telegram") == []


def test_a_person_is_requested_once_while_the_request_is_open(store: Conversations) -> None:
    chat = store.open("web", "a").id
    assert store.request_person(chat) == store.request_person(chat)
    assert [request.conversation for request in store.person_requests()] == [chat]


def test_forget_leaves_nothing_here_or_in_the_tracker(store: Conversations, url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as db:
        db.execute(sa.text("CREATE TABLE events (sender_id TEXT, data TEXT)"))
    chat, other = store.open("web", "a").id, store.open("web", "b").id
    for each in (chat, other):
        store.hear(each, "m1", {"text": "hello"})
        store.request_person(each)
        with engine.begin() as db:
            db.execute(sa.text("INSERT INTO events (sender_id, data) VALUES (:chat, 'hello')"), {"chat": each})
    store.forget(chat)
    assert store.get(chat) is None and store.since(chat) == []
    assert store.get(other) is not None and len(store.since(other)) == 1
    with engine.connect() as db:
        assert db.execute(sa.text("SELECT sender_id FROM events")).scalars().all() == [other]
    engine.dispose()


def test_forget_works_before_rasa_has_ever_run(store: Conversations) -> None:
    chat = store.open("web", "a").id
    store.forget(chat)
    assert store.get(chat) is None


def test_old_conversations_go(store: Conversations) -> None:
    chat = store.open("web", "a")
    assert store.forget_older_than(chat.last_at) == 0
    assert store.forget_older_than(chat.last_at + 1) == 1
    assert store.get(chat.id) is None


def test_refuses_to_set_what_is_not_a_setting(store: Conversations) -> None:
    with pytest.raises(ValueError, match="allowed: language, jurisdiction, address"):
        store.set(store.open("web", "a").id, id="b")


def test_a_chat_that_moves_takes_its_conversations_along(store: Conversations) -> None:
    group, person, other = (store.open("telegram", address).id for address in ("-5", "-5:7", "-57"))
    web = store.open("web", "-5").id
    store.move("telegram", "-5", "-1005")
    store.move("telegram", "-5", "-1005")
    moved = [store.get(each).address for each in (group, person, other, web)]  # type: ignore[union-attr]
    assert moved == ["-1005", "-1005:7", "-57", "-5"]
