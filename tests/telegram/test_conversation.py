"""A conversation with the real process: words, buttons, files, commands."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.conversations import Conversations
from tests.telegram.bot_api import BotApi, Person
from tests.telegram.rasa_double import RasaDouble, said
from tests.telegram.running import Running

pytestmark = pytest.mark.slow

People = Callable[..., Person]


def sender(store: Conversations, person: Person) -> str:
    found = store.find("telegram", str(person.id))
    assert found is not None
    return found.id


def test_a_message_is_answered_with_sender_and_metadata(person: People, rasa: RasaDouble, store: Conversations) -> None:
    ada = person("en")
    ada.says("my gym went bust")
    (answer,) = ada.waits_for(1)
    assert answer["text"] == "Heard: my gym went bust"
    assert json.loads(answer["given"]["link_preview_options"]) == {"is_disabled": True}
    (turn,) = rasa.messages("my gym went bust")
    assert turn.sender == sender(store, ada)
    assert turn.metadata == {"language": None, "jurisdiction": None, "client_language": "en"}
    assert [entry.said_by for entry in store.since(turn.sender)] == ["person", "bot"]


def test_typing_is_shown(person: People, api: BotApi) -> None:
    ada = person()
    ada.says("hello there")
    ada.waits_for(1)
    assert api.called("sendChatAction", chat_id=ada.id, action="typing")


def test_quick_messages_are_answered_in_order_each_once(person: People) -> None:
    ada = person()
    for number in range(8):
        ada.says(f"line {number}")
    ada.waits_for(8)
    assert ada.texts() == [f"Heard: line {number}" for number in range(8)]


@pytest.mark.parametrize(
    ("client", "language"),
    [("en-GB", "en"), ("zh-hant", "zh-Hant"), ("zh-hans", "zh-Hans"), ("zh-TW", "zh-Hant"), ("de", "en"), (None, "en")],
)
def test_start_greets_in_the_language_of_the_client(
    person: People, rasa: RasaDouble, store: Conversations, client: str | None, language: str
) -> None:
    ada = person(client)
    ada.says("/start")
    ada.waits_for(1)
    (turn,) = rasa.of(sender(store, ada))
    metadata = {"language": language, "jurisdiction": None, "client_language": language}
    assert (turn.message, turn.metadata) == ("/greet", metadata)


@pytest.mark.parametrize(
    ("link", "language", "place"),
    [("GB_en", "en", "GB"), ("zh-Hant_TW", "zh-Hant", "TW"), ("hk", "zh-Hans", "HK"), ("nonsense", "zh-Hans", None)],
)
def test_a_deep_link_carries_place_and_language(
    person: People, rasa: RasaDouble, store: Conversations, link: str, language: str, place: str | None
) -> None:
    ada = person("zh-hans")
    ada.says(f"/start {link}")
    ada.waits_for(1)
    (turn,) = rasa.of(sender(store, ada))
    assert turn.metadata == {"language": language, "jurisdiction": place, "client_language": "zh-Hans"}
    ada.says("I bought a bicycle")
    ada.waits_for(2)
    assert rasa.of(turn.sender)[-1].metadata == {"language": None, "jurisdiction": place, "client_language": "zh-Hans"}


def test_start_later_begins_afresh(person: People, rasa: RasaDouble, store: Conversations) -> None:
    ada = person()
    for text in ("/start", "my gym went bust", "/start"):
        ada.says(text)
    ada.waits_for(3)
    assert [turn.message for turn in rasa.of(sender(store, ada))] == ["/greet", "my gym went bust", "/start_over"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("/help", "/help"),
        ("/deadlines", "/ask_deadline"),
        ("/letter", "/ask_letter"),
        ("/language", "/change_language"),
        ("/place", "/change_jurisdiction"),
        ("/human", "/talk_to_human"),
        ("/cancel", "/start_over"),
        ("/HELP@RedressBot", "/help"),
    ],
)
def test_a_command_is_what_rasa_knows(
    person: People, rasa: RasaDouble, store: Conversations, command: str, message: str
) -> None:
    ada = person()
    ada.says(command)
    ada.waits_for(1)
    assert [turn.message for turn in rasa.of(sender(store, ada))] == [message]


def test_a_pressed_button_says_its_payload_and_shows_the_choice(
    person: People, rasa: RasaDouble, api: BotApi, store: Conversations
) -> None:
    long = '/give_fact{"item":"' + "退費" * 40 + '"}'
    rasa.answers["which one?"] = [said("Which?", [("Consumer", '/give_fact{"buyer":"consumer"}'), ("The long one", long)])]
    ada = person()
    ada.says("which one?")
    ada.waits_for(1)
    ada.presses("The long one")
    ada.waits_for(2)
    assert rasa.of(sender(store, ada))[-1].message == long
    assert api.called("answerCallbackQuery")
    (row,) = ada.got()[0]["reply_markup"]["inline_keyboard"]
    assert [key["text"] for key in row] == ["✓ The long one"]


def test_a_button_pressed_twice_is_heard_once(person: People, rasa: RasaDouble, api: BotApi, store: Conversations) -> None:
    rasa.answers["twice?"] = [said("Twice?", [("Yes", "/affirm")])]
    ada = person()
    ada.says("twice?")
    ada.waits_for(1)
    shown = dict(ada.got()[0])
    for _ in range(3):
        ada.presses("Yes", shown)
    api.wait(lambda: len([c for c in api.calls if "I have that already" in c.given.get("text", "")]) == 2)
    ada.waits_for(2)
    assert [turn.message for turn in rasa.of(sender(store, ada))] == ["twice?", "/affirm"]
    ada.presses("✓ Yes")
    api.wait(lambda: len([c for c in api.calls if "I have that already" in c.given.get("text", "")]) == 3)
    assert len(ada.got()) == 2


def test_a_button_whose_meaning_is_gone_says_so(person: People, rasa: RasaDouble, api: BotApi) -> None:
    rasa.answers["late?"] = [said("Late?", [("Long", "/give_fact" + "x" * 80)])]
    ada = person("zh-hant")
    ada.says("late?")
    ada.waits_for(1)
    shown = dict(ada.got()[0])
    ada.says("/forget")
    ada.waits_for(2)
    ada.presses("Long", shown)
    ada.waits_for_text("這個按鈕太舊了")


def test_a_press_that_telegram_holds_to_be_too_old_is_heard(person: People, rasa: RasaDouble, api: BotApi) -> None:
    from tests.telegram.bot_api import Refused

    rasa.answers["old?"] = [said("Old?", [("Yes", "/affirm")])]
    ada = person()
    ada.says("old?")
    ada.waits_for(1)
    api.fail(
        "answerCallbackQuery",
        Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    )
    ada.presses("Yes")
    ada.waits_for(2)
    assert ada.texts()[-1] == "Heard: /affirm"


def test_chosen_language_and_place_are_kept(person: People, rasa: RasaDouble, store: Conversations, api: BotApi) -> None:
    rasa.answers["/change_language"] = [said("Language?", [("繁體中文", '/change_language{"language":"zh-Hant"}')])]
    rasa.answers["/change_jurisdiction"] = [said("Place?", [("Hong Kong", '/change_jurisdiction{"jurisdiction":"HK"}')])]
    ada = person("en")
    for number, (command, title) in enumerate([("/language", "繁體中文"), ("/place", "Hong Kong")]):
        ada.says(command)
        ada.waits_for(2 * number + 1)
        ada.presses(title)
        ada.waits_for(2 * number + 2)
    kept = store.get(sender(store, ada))
    assert kept is not None and (kept.language, kept.jurisdiction) == ("zh-Hant", "HK")
    ada.sends(
        sticker={
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    )
    ada.waits_for_text("我只看得懂文字")
    menus = [call for call in api.called("setMyCommands") if f'"chat_id": {ada.id}' in call.given.get("scope", "")]
    assert "你的期限" in json.loads(menus[-1].given["commands"])[2]["description"]


def test_a_letter_is_a_file_with_its_reading_copy(person: People, rasa: RasaDouble, api: BotApi) -> None:
    text = "信寫好了。\n\n```\n此致\n退款```\n\n**對照參考，不必寄出**\n\n```\n此致\n退費```"
    rasa.answers["write it"] = [
        said(
            text,
            type="document",
            id="refund_demand",
            title="退费要求",
            language="zh-Hans",
            text="此致\n退款",
            reading_copy={"language": "zh-Hant", "text": "此致\n退費"},
        )
    ]
    ada = person("zh-hant")
    ada.says("write it")
    words, letter, copy = ada.waits_for(3)
    assert words["text"] == "信寫好了。"
    files = [api.files[each["document"]["file_id"]] for each in (letter, copy)]
    assert [(name, content.decode("utf-8-sig")) for name, content in files] == [
        ("退费要求.txt", "此致\n退款"),
        ("退费要求（對照參考，不必寄出）.txt", "此致\n退費"),
    ]


def test_a_long_answer_comes_in_several_messages_with_the_buttons_at_the_end(person: People, rasa: RasaDouble) -> None:
    paragraphs = [f"**Part {n}** <of> the law & more. " + "Sentence follows sentence. " * 60 for n in range(6)]
    rasa.answers["everything"] = [said("\n\n".join(paragraphs), [("Next", "/next_steps")])]
    ada = person()
    ada.says("everything")
    ada.waits_for_text("Part 5")
    messages = ada.waits_for(len(ada.got()))
    assert len(messages) >= 2
    assert "\n\n".join(message["text"] for message in messages).replace("\n", "").count("Sentence") == 360
    assert [bool(message.get("reply_markup")) for message in messages] == [False] * (len(messages) - 1) + [True]


def test_what_telegram_refuses_to_format_is_sent_plain(person: People, api: BotApi, rasa: RasaDouble) -> None:
    from tests.telegram.bot_api import Refused

    rasa.answers["format"] = [said("**bold** [law](https://example.org/a)")]
    ada = person()
    api.fail("sendMessage", Refused(400, "Bad Request: can't parse entities: byte offset 3"), chat=ada.id)
    ada.says("format")
    (answer,) = ada.waits_for(1)
    assert answer["html"] is None if "html" in answer else True
    assert answer["text"] == "bold law (https://example.org/a)"


def test_asking_for_a_person_is_recorded(person: People, rasa: RasaDouble, store: Conversations) -> None:
    rasa.answers["/talk_to_human"] = [said("Ring us.", type="handoff", state="requested", text="Ring us.")]
    ada = person()
    ada.says("/human")
    ada.waits_for(1)
    del rasa.answers["/talk_to_human"]
    assert sender(store, ada) in [request.conversation for request in store.person_requests()]


def test_a_pushed_message_is_delivered_once(person: People, store: Conversations) -> None:
    ada = person()
    ada.says("hello")
    ada.waits_for(1)
    for text in ("This is *Ada* from the desk.", "Anything else?"):
        store.push(sender(store, ada), {"text": text, "buttons": [], "custom": {"type": "notice", "reason": "adviser"}})
    ada.waits_for(3)
    who = "👤 Adviser · 顧問 · 顾问"  # a stub of Rasa tells no language
    assert ada.texts()[1:] == [f"{who}\nThis is Ada from the desk.", f"{who}\nAnything else?"]
    store.set(sender(store, ada), language="zh-Hant")
    store.push(sender(store, ada), {"text": "A reminder", "buttons": [], "custom": {"type": "notice"}})
    store.push(sender(store, ada), {"text": "你好", "buttons": [], "custom": {"type": "notice", "reason": "adviser"}})
    ada.waits_for(5)
    assert ada.texts()[3:] == ["A reminder", "👤 顧問\n你好"]
    assert [each for each, _ in store.to_deliver("telegram") if each.address == str(ada.id)] == []


def test_export_is_everything_that_is_kept(person: People, api: BotApi, store: Conversations) -> None:
    ada = person("zh-hans")
    ada.says("健身房跑路了")
    ada.waits_for(1)
    store.push(
        sender(store, ada),
        {"text": "**我是顾问**，在这里", "buttons": [], "custom": {"type": "notice", "reason": "adviser"}},
    )
    ada.waits_for(2)
    ada.says("/export")
    *_, file = ada.waits_for(3)
    name, content = api.files[file["document"]["file_id"]]
    text = content.decode("utf-8-sig")
    assert name == "我的对话记录.txt"
    for words in ("UTC", "你\n健身房跑路了", "Redress\nHeard: 健身房跑路了", "顾问\n我是顾问，在这里"):
        assert words in text


def test_forget_leaves_nothing_and_says_what_was_deleted(person: People, store: Conversations, bot: Running) -> None:
    import sqlalchemy as sa

    ada = person()
    ada.says("Zwiebelkuchen was bad")
    ada.waits_for(1)
    before = sender(store, ada)
    ada.says("/forget")
    ada.waits_for_text("(messages: 2)")
    assert store.get(before) is None and store.since(before) == []
    with store.engine.connect() as db:
        for table in ("telegram_updates", "telegram_outbox", "telegram_buttons", "chat_entries"):
            rows = db.execute(sa.text(f"SELECT * FROM {table}")).all()
            assert "Zwiebelkuchen" not in repr(rows), table
    ada.says("/forget")
    ada.waits_for_text("I keep nothing of yours")


def test_who_said_nothing_is_told_that_nothing_is_kept(person: People, store: Conversations) -> None:
    ada = person()
    for command in ("/export", "/forget"):
        ada.says(command)
    ada.waits_for(2)
    assert ada.texts() == ["I keep nothing of yours."] * 2
    assert store.find("telegram", str(ada.id)) is None


def test_an_unknown_command_is_answered_with_those_that_there_are(
    person: People, rasa: RasaDouble, store: Conversations
) -> None:
    ada = person()
    ada.says("/deadline")
    ada.waits_for(1)
    ada.says("/foo bar")
    ada.waits_for(2)
    first, second = ada.texts()
    assert first.startswith("I do not know that command.") and "/deadlines · Your deadlines\n" in first
    assert second == "Heard: /foo bar"
    assert [turn.message for turn in rasa.of(sender(store, ada))] == ["/foo bar"]


def test_menus_are_set_in_each_language(api: BotApi, bot: Running) -> None:
    api.wait(lambda: len(api.called("setMyCommands")) >= 4)
    listed = {
        call.given.get("language_code"): json.loads(call.given["commands"])
        for call in api.called("setMyCommands")
        if "scope" not in call.given
    }
    names = ["start", "help", "deadlines", "letter", "language", "place", "human", "export", "forget", "cancel"]
    for language in (None, "zh"):
        assert [each["command"] for each in listed[language]] == names
    assert listed["zh"][2]["description"] == "你的期限"
