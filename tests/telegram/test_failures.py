"""What fails on the way: nothing is lost, nothing comes twice, and the order stays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversations import Conversations
from tests.telegram.bot_api import BotApi, Person, Refused
from tests.telegram.rasa_double import RasaDouble, Turn, said
from tests.telegram.running import Running

pytestmark = pytest.mark.slow

People = Callable[..., Person]
TOO_MANY = Refused(429, "Too Many Requests: retry after 1", retry_after=1)


@dataclass
class World:
    """A Telegram, a Rasa and a bot that tests may break, and mend again."""

    api: BotApi
    rasa: RasaDouble
    bot: Running


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One for all tests of this file."""
    api, rasa = BotApi(), RasaDouble()
    made = World(api, rasa, Running(tmp_path_factory.mktemp("world"), api, rasa.port).start())
    yield made
    made.bot.kill()
    api.down()
    rasa.stop()


@pytest.mark.parametrize(
    "fault",
    [TOO_MANY, Refused(500, "Internal Server Error"), Refused(502, "Bad Gateway"), "drop_before", "drop_after"],
    ids=lambda fault: fault if isinstance(fault, str) else str(fault.code),
)
def test_an_answer_comes_once_whatever_happens_on_the_way(person: People, api: BotApi, fault: Refused | str) -> None:
    ada = person()
    api.fail("sendMessage", fault, chat=ada.id, times=2)
    for text in ("one", "two", "three"):
        ada.says(text)
    ada.waits_for(3)
    assert ada.texts() == ["Heard: one", "Heard: two", "Heard: three"]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_file_comes_once_too(person: People, api: BotApi, fault: str) -> None:
    ada = person()
    ada.says("hello")
    ada.waits_for(1)
    api.fail("sendDocument", fault, chat=ada.id)
    ada.says("/export")
    assert "document" in ada.waits_for(2)[-1]


def test_an_answer_that_came_too_late_is_found(person: People, api: BotApi) -> None:
    """Telegram carries a request out, but its answer takes longer than the bot waits."""
    ada = person()
    api.fail("sendMessage", 11.0, chat=ada.id)
    ada.says("slow")
    ada.waits_for_text("Heard: slow", 30)
    ada.says("next")
    ada.waits_for(2, 30)
    assert ada.texts() == ["Heard: slow", "Heard: next"]


def test_waiting_as_told_is_not_cut_short(person: People, api: BotApi) -> None:
    ada = person()
    api.fail("sendMessage", TOO_MANY, chat=ada.id)
    ada.says("hello")
    ada.waits_for(1)
    first, second = api.called("sendMessage", chat_id=ada.id)
    assert second.at - first.at >= 1.0


def test_what_telegram_never_takes_is_given_up_and_the_rest_goes_on(person: People, api: BotApi) -> None:
    ada = person()
    api.fail("sendMessage", Refused(400, "Bad Request: something odd"), chat=ada.id, times=2)
    ada.says("odd")
    ada.says("next")
    ada.waits_for(1)
    assert ada.texts() == ["Heard: next"]


@pytest.mark.parametrize("fault", [TOO_MANY, Refused(500, "Internal Server Error"), "drop_before", "drop_after"])
def test_updates_that_do_not_come_through_come_later(person: People, api: BotApi, fault: Refused | str) -> None:
    ada = person()
    api.fail("getUpdates", fault)
    ada.says("one")  # ends the request that waits; the next one fails
    if fault == "drop_after":  # Telegram has answered, but nobody heard it
        ada.waits_for(1)
        ada.says("two")
    api.wait(lambda: not any(each.method == "getUpdates" for each in api.faults))
    if fault != "drop_after":
        ada.says("two")
    ada.waits_for(2)
    assert ada.texts() == ["Heard: one", "Heard: two"]


def test_a_lost_network_loses_nothing(world: World) -> None:
    api, rasa = world.api, world.rasa
    rasa.delay_s = 0.3
    ada, bob = Person(api), Person(api)
    ada.says("one")
    bob.says("eins")
    api.wait(lambda: rasa.messages("eins") and rasa.messages("one"))
    api.down()
    for text in ("two", "three"):
        ada.says(text)
    time.sleep(1.0)
    api.up()
    ada.waits_for(3, 40)
    rasa.delay_s = 0.0
    assert ada.texts() == ["Heard: one", "Heard: two", "Heard: three"] and bob.texts() == ["Heard: eins"]


def test_rasa_down_is_said_once_and_all_is_answered_later_in_order(world: World) -> None:
    api, rasa = world.api, world.rasa
    ada, bob = Person(api, "zh-hant"), Person(api)
    rasa.stop()
    for text in ("一", "二", "三"):
        ada.says(text)
    bob.says("one")
    ada.waits_for_text("我現在暫時沒辦法回答")
    bob.waits_for_text("I cannot answer just now")
    time.sleep(2.0)
    assert len(ada.got()) == len(bob.got()) == 1
    rasa.start()
    ada.waits_for(4)
    bob.waits_for(2)
    assert ada.texts()[1:] == ["Heard: 一", "Heard: 二", "Heard: 三"] and bob.texts()[1] == "Heard: one"


def test_start_cancel_and_forget_work_while_rasa_is_down(world: World) -> None:
    api, rasa, bot = world.api, world.rasa, world.bot
    rasa.stop()
    ada, bob, eve = Person(api), Person(api), Person(api)
    for each in (ada, bob, eve):
        each.says("Zwiebelkuchen")
        each.waits_for_text("I cannot answer just now")
    ada.says("/start")
    ada.waits_for(2)
    bob.says("more")
    bob.says("/cancel")
    bob.waits_for_text("without an answer: 2")
    eve.says("/export")
    eve.waits_for(2)
    eve.says("/forget")
    eve.waits_for_text("(messages: 1)")
    rasa.start()
    ada.waits_for_text("Heard: /start_over")
    assert ada.texts()[2:] == ["Heard: Zwiebelkuchen", "Heard: /start_over"]
    bob.waits_for_text("Heard: /start_over")
    assert [turn.message for turn in rasa.heard].count("Zwiebelkuchen") == 1
    assert len(eve.got()) == 3 and "Zwiebelkuchen" not in bot.log()


@pytest.mark.parametrize("failure", [[], [said("Sorry", reason="unavailable")], 500])
def test_a_failing_turn_is_asked_again(person: People, rasa: RasaDouble, failure: object) -> None:
    ada = person()
    words = f"flaky {ada.id}"
    answers = iter([failure, failure])
    rasa.answers[words] = lambda turn: next(answers, [said("At last")])  # type: ignore[arg-type,return-value]
    ada.says(words)
    ada.says("next")
    ada.waits_for(3)
    assert ada.texts() == [ada.texts()[0], "At last", "Heard: next"]
    assert ada.texts()[0].startswith("I cannot answer just now")


def test_a_message_that_rasa_never_answers_is_given_up_only_while_all_of_it_lives(world: World) -> None:
    api, rasa = world.api, world.rasa
    rasa.answers["poison"] = []
    rasa.actions_live = False
    ada = Person(api)
    ada.says("poison")
    ada.says("next")
    api.wait(lambda: len(rasa.messages("poison")) >= 6, 40)
    assert len(ada.got()) == 1
    rasa.actions_live = True
    ada.waits_for(3)
    assert "put it in other words" in ada.texts()[1] and ada.texts()[2] == "Heard: next"


@pytest.mark.parametrize("moment", ["asking", "sending", "sent"])
def test_a_killed_process_goes_on_where_it_was(world: World, moment: str) -> None:
    """Killed while Rasa works, before Telegram has the answer, and after it has it but has not said so."""
    api, rasa, bot = world.api, world.rasa, world.bot
    ada = Person(api)
    ada.says("zero")
    ada.waits_for(1)
    if moment == "asking":
        rasa.answers["one"] = lambda turn: (time.sleep(1.0), [said("Heard: one")])[1]
        ada.says("one")
        api.wait(lambda: rasa.messages("one"))
    else:
        api.fail("sendMessage", 1.5 if moment == "sending" else "drop_after", chat=ada.id)
        ada.says("one")
        api.wait(lambda: len(api.called("sendMessage", chat_id=ada.id)) == 2)
        time.sleep(0.3)
    ada.says("two")
    bot.kill()
    rasa.answers.pop("one", None)
    bot.start()
    ada.waits_for(3, 30)
    assert ada.texts() == ["Heard: zero", "Heard: one", "Heard: two"]


def test_pushed_messages_survive_a_restart_and_come_once(world: World) -> None:
    api, bot = world.api, world.bot
    ada = Person(api)
    ada.says("hello")
    ada.waits_for(1)
    assert bot.stop() == 0
    store = Conversations(bot.database_url)
    chat = store.find("telegram", str(ada.id))
    assert chat is not None
    for number in range(3):
        store.push(chat.id, {"text": f"push {number}", "buttons": [], "custom": {"type": "notice"}})
    store.close()
    api.fail("sendMessage", "drop_after", chat=ada.id)
    bot.start()
    api.wait(lambda: len(ada.got()) >= 2)
    bot.kill()
    bot.start()
    ada.waits_for(4, 30)
    assert ada.texts()[1:] == ["push 0", "push 1", "push 2"]


def test_a_button_from_before_a_restart_is_understood(world: World) -> None:
    api, rasa, bot = world.api, world.rasa, world.bot
    payload = "/give_fact" + "x" * 80
    rasa.answers["which?"] = [said("Which?", [("This", payload)])]
    ada = Person(api)
    ada.says("which?")
    ada.waits_for(1)
    assert bot.stop() == 0
    ada.presses("This")
    bot.start()
    ada.waits_for(2)
    assert rasa.heard[-1].message == payload


def test_a_token_that_telegram_does_not_know_ends_the_process_and_is_named(world: World, tmp_path: Path) -> None:
    bot = Running(tmp_path, world.api, world.rasa.port, TELEGRAM_TOKEN="1:wrong").start(wait=False)
    assert bot.ends() == 1
    assert "TELEGRAM_TOKEN: Telegram does not know this token." in bot.log() and "1:wrong" not in bot.log()


def test_a_start_without_network_waits_for_it(world: World) -> None:
    api, bot = world.api, world.bot
    assert bot.stop() == 0
    api.down()
    bot.start(wait=False)
    ada = Person(api)
    ada.says("hello")
    time.sleep(2.0)
    for method in ("getMe", "deleteWebhook"):
        api.fail(method, TOO_MANY)
    api.up()
    ada.waits_for(1, 30)


def test_200_chats_at_once(world: World, record_property: Callable[[str, object], None]) -> None:
    """Two messages each, at the same moment, with a network that fails now and then: none lost, doubled or crossed."""
    api, rasa, bot = world.api, world.rasa, world.bot

    def answer(turn: Turn) -> list[dict[str, object]]:
        time.sleep(0.02)
        return [said(f"{turn.sender} {turn.message}")]

    people = [Person(api) for _ in range(200)]
    for each in people:
        for number in range(2):
            rasa.answers[f"{each.id} says {number}"] = answer
    for fault, times in ((TOO_MANY, 2), (Refused(502, "Bad Gateway"), 5), ("drop_before", 2), ("drop_after", 2)):
        api.fail("sendMessage", fault, times=times)
    sent, cpu, heard = api.sent, bot.cpu_s(), len(rasa.heard)
    began = time.monotonic()
    threads = [threading.Thread(target=lambda p=p: [p.says(f"{p.id} says {n}") for n in range(2)]) for p in people]
    for thread in threads:
        thread.start()
    api.wait(lambda: api.sent - sent >= 400, 110)
    seconds = time.monotonic() - began
    time.sleep(1.0)
    senders: dict[int, str] = {}
    for each in people:
        said_by = [text.split(" ", 1) for text in each.texts()]
        assert [words for _, words in said_by] == [f"{each.id} says {n}" for n in range(2)]
        assert len({sender for sender, _ in said_by}) == 1
        senders[each.id] = said_by[0][0]
    assert len(set(senders.values())) == 200
    assert len(rasa.heard) == heard + 400
    record_property("seconds", round(seconds, 1))
    print(f"200 chats, 400 messages: {seconds:.1f} s, {bot.cpu_s() - cpu:.1f} s of processor time")


def test_bodies_are_gone_once_they_are_sent(person: People, store: Conversations) -> None:
    ada = person()
    ada.says("hello")
    ada.waits_for(1)
    with store.engine.connect() as db:
        rows = db.execute(sa.text(f"SELECT body FROM telegram_outbox WHERE chat = '{ada.id}'")).scalars().all()
        rows += db.execute(sa.text(f"SELECT body FROM telegram_updates WHERE chat = '{ada.id}'")).scalars().all()
    assert rows == ["", ""]
