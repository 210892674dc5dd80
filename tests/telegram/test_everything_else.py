"""What people do in Telegram besides writing: edits, forwards, files, groups; each is handled on purpose."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.conversations import Conversations
from tests.telegram.bot_api import ME, BotApi, Person
from tests.telegram.rasa_double import RasaDouble, said

pytestmark = pytest.mark.slow

People = Callable[..., Person]
FILE = {"file_id": "f", "file_unique_id": "f"}
SIZED = {**FILE, "width": 1, "height": 1}
_group = -5000


def group(kind: str = "supergroup") -> int:
    global _group
    _group -= 1
    return int(f"-100{-_group}") if kind == "supergroup" else _group


def heard(rasa: RasaDouble, store: Conversations, address: str) -> list[str]:
    found = store.find("telegram", address)
    return [turn.message for turn in rasa.of(found.id)] if found else []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"photo": [SIZED]}, "I cannot see pictures"),
        ({"document": {**FILE, "mime_type": "image/png"}}, "I cannot see pictures"),
        ({"document": {**FILE, "mime_type": "application/pdf"}}, "I cannot open files"),
        ({"video": {**SIZED, "duration": 1}}, "I cannot watch videos"),
        ({"video_note": {**FILE, "length": 1, "duration": 1}}, "I cannot watch videos"),
        ({"voice": {**FILE, "duration": 1}}, "I cannot listen to recordings"),
        ({"audio": {**FILE, "duration": 1}}, "I cannot listen to recordings"),
        ({"sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}}, "I only understand words"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "I only understand words"),
        ({"location": {"longitude": 0.1, "latitude": 51.5}}, "I do not use your location"),
        ({"contact": {"phone_number": "+49301234", "first_name": "Bob"}}, "I do not need anybody's contact details"),
        ({"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False}}, "I cannot read that"),
    ],
)  # fmt: skip
def test_what_is_not_words_is_answered_honestly(
    person: People, rasa: RasaDouble, store: Conversations, content: dict[str, Any], words: str
) -> None:
    ada = person()
    ada.sends(**content)
    (answer,) = ada.waits_for(1)
    assert answer["text"].startswith(words)
    assert heard(rasa, store, str(ada.id)) == []


def test_words_under_a_picture_are_heard(person: People) -> None:
    ada = person()
    ada.sends(photo=[SIZED], caption="the screen is broken")
    first, second = ada.waits_for(2)
    assert first["text"].startswith("I cannot see pictures") and second["text"] == "Heard: the screen is broken"


def test_an_album_is_answered_once(person: People) -> None:
    ada = person()
    for _ in range(4):
        ada.sends(photo=[SIZED], media_group_id=f"album{ada.id}")
    ada.waits_for(1)


def test_an_edited_message_is_heard_in_its_new_form(person: People) -> None:
    ada = person()
    message = ada.says("I bought a bik")
    ada.waits_for(1)
    ada.edits(message, "I bought a bike")
    answer = ada.waits_for(2)[-1]
    assert answer["text"] == "Heard: I bought a bike"
    assert f'"message_id": {message["message_id"]}' in answer["given"]["reply_parameters"]


def test_an_edit_that_changes_no_words_is_nothing(person: People) -> None:
    ada = person()
    message = ada.says("look at https://example.org")
    ada.waits_for(1)
    ada.edits(message, message["text"])
    ada.says("next")
    ada.waits_for(2)


def test_a_live_location_is_answered_once(person: People, api: BotApi) -> None:
    ada = person()
    message = ada.sends(location={"longitude": 0.1, "latitude": 51.5, "live_period": 900})
    for _ in range(3):
        api.push(edited_message={**message, "edit_date": int(time.time())})
    ada.says("next")
    ada.waits_for(2)


def test_a_reply_is_heard_by_its_own_words(person: People) -> None:
    ada = person()
    ada.says("one")
    (first,) = ada.waits_for(1)
    ada.says("two", reply_to_message={name: value for name, value in first.items() if name not in ("given", "html")})
    assert ada.waits_for(2)[-1]["text"] == "Heard: two"


def test_a_forwarded_message_is_read_and_said_to_be(person: People) -> None:
    ada = person("zh-hant")
    ada.says("本店概不退款", forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "Shop"})
    first, second = ada.waits_for(2)
    assert first["text"].startswith("轉傳的這則訊息") and second["text"] == "Heard: 本店概不退款"


def test_a_group_is_answered_only_when_the_bot_is_mentioned(person: People, rasa: RasaDouble, store: Conversations) -> None:
    chat = group()
    ada, bob = person(chat=chat), person(chat=chat)
    ada.says("my private talk with Bob about a refund")
    bob.says("/help@OtherBot")
    mine = ada.says("@RedressBot my gym closed")
    (answer,) = ada.waits_for(1)
    assert answer["text"] == "Heard: my gym closed"
    assert f'"message_id": {mine["message_id"]}' in answer["given"]["reply_parameters"]
    bob.says("/help@RedressBot")
    ada.waits_for(2)
    bob.says("and mine?", reply_to_message={name: value for name, value in answer.items() if name not in ("given", "html")})
    ada.waits_for(3)
    assert heard(rasa, store, f"{chat}:{ada.id}") == ["my gym closed"]
    assert heard(rasa, store, f"{chat}:{bob.id}") == ["/help", "and mine?"]
    assert store.find("telegram", str(chat)) is None


def test_nothing_of_a_groups_own_talk_is_kept(person: People, store: Conversations) -> None:
    import sqlalchemy as sa

    ada = person(chat=group())
    ada.says("Zwiebelkuchen between friends")
    ada.says("@RedressBot hello")
    ada.waits_for(1)
    with store.engine.connect() as db:
        assert "Zwiebelkuchen" not in repr(db.execute(sa.text("SELECT * FROM telegram_updates")).all())


def test_anothers_button_in_a_group_is_not_pressed(
    person: People, rasa: RasaDouble, api: BotApi, store: Conversations
) -> None:
    rasa.answers["mine"] = [said("Which?", [("Consumer", '/give_fact{"buyer":"consumer"}')])]
    chat = group()
    ada, bob = person(chat=chat), person(chat=chat)
    ada.says("@RedressBot mine")
    ada.waits_for(1)
    bob.presses("Consumer")
    api.wait(lambda: [c for c in api.calls if "somebody else" in c.given.get("text", "")])
    ada.presses("Consumer")
    ada.waits_for(2)
    assert heard(rasa, store, f"{chat}:{bob.id}") == []


def member(status: str) -> dict[str, Any]:
    more = {"until_date": 0} if status == "kicked" else {}
    return {"user": ME, "status": status, **more}


def changed(ada: Person, before: str, after: str) -> dict[str, Any]:
    return {
        "chat": ada.chat, "from": ada.user, "date": 1, "old_chat_member": member(before), "new_chat_member": member(after),
    }  # fmt: skip


def test_a_group_is_told_how_to_ask(person: People, api: BotApi) -> None:
    ada = person("zh-hans", chat=group())
    api.push(my_chat_member=changed(ada, "left", "member"))
    ada.waits_for_text("在群里，@RedressBot")


def test_channel_posts_and_other_bots_are_passed_by(person: People, api: BotApi) -> None:
    ada = person()
    channel = {"id": -1009999, "type": "channel", "title": "News"}
    api.push(channel_post={"message_id": 1, "date": 1, "chat": channel, "text": "@RedressBot hello"})
    robot = Person(api, chat=group())
    robot.user["is_bot"] = True
    robot.says("@RedressBot hello")
    ada.sends(pinned_message={"message_id": 1, "date": 1, "chat": ada.chat, "text": "x"})
    ada.says("hello")
    ada.waits_for(1)
    assert robot.got() == [] and api.said(-1009999) == []


def test_a_person_who_blocks_the_bot_gets_nothing_until_they_are_back(
    person: People, api: BotApi, store: Conversations
) -> None:
    ada = person()
    ada.says("hello")
    ada.waits_for(1)
    found = store.find("telegram", str(ada.id))
    assert found is not None
    api.blocked.add(ada.id)
    api.push(my_chat_member=changed(ada, "member", "kicked"))
    store.push(found.id, {"text": "from the desk", "buttons": [], "custom": {"type": "notice"}})
    time.sleep(1.5)
    tried = len(api.called("sendMessage", chat_id=ada.id))
    api.blocked.discard(ada.id)
    api.push(my_chat_member=changed(ada, "kicked", "member"))
    assert ada.waits_for(2)[-1]["text"] == "from the desk"
    assert len(api.called("sendMessage", chat_id=ada.id)) == tried + 1


def test_a_deleted_account_stops_nobody_else(person: People, api: BotApi) -> None:
    from tests.telegram.bot_api import Refused

    gone, ada = person(), person()
    api.fail("sendMessage", Refused(403, "Forbidden: user is deactivated"), chat=gone.id)
    gone.says("hello")
    ada.says("hello")
    ada.waits_for(1)
    gone.says("I am back")
    gone.waits_for(1)


def test_a_group_that_moves_keeps_its_conversations(
    person: People, api: BotApi, rasa: RasaDouble, store: Conversations
) -> None:
    before, after = group("group"), group()
    ada = person(chat=before)
    ada.says("@RedressBot first")
    ada.waits_for(1)
    found = store.find("telegram", f"{before}:{ada.id}")
    assert found is not None
    api.migrated[before] = after
    api.push(
        message={
            "message_id": api.message_id(before),
            "date": 1,
            "chat": ada.chat,
            "from": ada.user,
            "migrate_to_chat_id": after,
        }
    )
    moved = person(chat=after, user=ada.id)
    moved.says("@RedressBot second")
    moved.waits_for(1)
    assert heard(rasa, store, f"{after}:{ada.id}") == ["first", "second"]
    store.push(found.id, {"text": "from the desk", "buttons": [], "custom": {"type": "notice"}})
    moved.waits_for(2)


def test_a_message_to_a_group_that_has_just_moved_follows_it(person: People, api: BotApi) -> None:
    before, after = group("group"), group()
    api.migrated[before] = after
    person(chat=before).says("@RedressBot hello")
    moved = person(chat=after)
    moved.waits_for(1)


def test_a_poison_update_is_recorded_and_passed_by(person: People, api: BotApi, store: Conversations, bot: Any) -> None:
    import sqlalchemy as sa

    ada = person()
    poison = api.push(message={"message_id": "no number", "chat": "no chat", "text": 7})
    ada.says("hello")
    ada.waits_for(1)
    with store.engine.connect() as db:
        state = db.execute(sa.text(f"SELECT state FROM telegram_updates WHERE update_id = {poison['update_id']}")).scalar()
    assert state == "poison"
    assert f"update={poison['update_id']}" in bot.log()


def test_an_update_that_comes_twice_is_handled_once(person: People, api: BotApi) -> None:
    ada = person()
    ada.says("hello")
    ada.waits_for(1)
    again = next(
        update
        for update in [*api.updates, *api.seen]
        if update.get("message", {}).get("text") == "hello" and update["message"]["chat"]["id"] == ada.id
    )
    api.repeat(again)
    ada.says("next")
    ada.waits_for(2)


def test_nothing_that_people_wrote_is_logged(person: People, bot: Any, rasa: RasaDouble) -> None:
    rasa.answers["Zwiebelkuchen 4929-1111"] = 500
    ada = person()
    ada.says("Zwiebelkuchen 4929-1111")
    ada.waits_for(1)
    ada.says("/cancel")
    ada.waits_for(3)
    assert "Zwiebelkuchen" not in bot.log() and "4929" not in bot.log() and "test-token" not in bot.log()
