"""Whole conversations on Telegram, with the real Rasa, action server and index behind the bot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.conversations import Conversations
from tests.e2e.stack import Stack
from tests.telegram.bot_api import BotApi, Person
from tests.telegram.running import Running

pytestmark = pytest.mark.slow


@dataclass
class Telegram:
    """A Telegram and the bot on the stack."""

    api: BotApi
    bot: Running
    stack: Stack

    def asks(self, person: Person, *texts: str) -> str:
        """Says or presses something; all that the bot says in answer, up to its question or end."""
        for text in texts:
            before = len(person.got())
            titles = {key["text"] for each in person.got() for row in (each.get("reply_markup") or {}).get("inline_keyboard", []) for key in row}  # fmt: skip
            person.presses(text) if text in titles else person.says(text)
            self.api.wait(lambda before=before: len(person.got()) > before, 60)
            self._until_quiet(person)
        return "\n".join(person.texts()[before:])

    def _until_quiet(self, person: Person) -> None:
        store = Conversations(self.bot.database_url)
        try:
            conversation = store.find("telegram", str(person.id))
            if conversation is not None:
                said = [each for each in store.since(conversation.id) if each.said_by == "bot"]
                self.api.wait(lambda: len(person.got()) >= len(said))
        finally:
            store.close()


@pytest.fixture(scope="module")
def telegram(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telegram]:
    """The bot's process beside the others."""
    api = BotApi()
    folder = tmp_path_factory.mktemp("telegram")
    bot = Running(folder, api, stack.settings.rasa_port, **{**stack.environment, "TELEGRAM_API_URL": api.url})
    bot.start()
    yield Telegram(api, bot, stack)
    bot.kill()
    api.down()


@pytest.fixture
def mended(stack: Stack) -> Iterator[None]:
    """The action server lives again after a test that stops it."""
    yield
    if not stack.is_running("actions"):
        stack.start("actions")


def test_english_from_a_link_to_a_letter_with_a_restart_in_the_middle(telegram: Telegram) -> None:
    ada = Person(telegram.api, "en")
    assert "Hello" in telegram.asks(ada, "/start GB_en")
    said = telegram.asks(
        ada,
        "I signed up for a coaching course online on 20 November and paid £900. They say it has started, so no refund.",
    )
    assert "What you are entitled to (Great Britain)" in said
    assert any('<a href="https://www.legislation.gov.uk/uksi/2013/3134/' in (each.get("html") or "") for each in ada.got())
    telegram.bot.kill()
    telegram.bot.start()
    assert "4 December 2026" in telegram.asks(ada, "/deadlines")
    telegram.asks(ada, "/letter")
    answers = {"item": "Career coaching", "amount": "900", "purchase_date": "20 November"}
    for answer in ("Career coaching", "Career coaching", "Career coaching"):
        if any("document" in each for each in ada.got()):
            break
        last = ada.texts()[-1].lower()
        fact = "amount" if "how much" in last else "purchase_date" if "when" in last else "item"
        telegram.asks(ada, answers.get(fact, answer))
    (letter,) = [each for each in ada.got() if "document" in each]
    name, content = telegram.api.files[letter["document"]["file_id"]]
    assert name.endswith(".txt") and "20 November 2026" in content.decode("utf-8-sig")


def test_traditional_chinese_with_buttons_and_another_language(telegram: Telegram) -> None:
    ada = Person(telegram.api, "zh-hant")
    assert "你好" in telegram.asks(ada, "/start")
    said = telegram.asks(ada, "我11月20日在網路上報名英文線上課程，刷卡付了三萬六，業者說課程已經開始不能退費")
    assert "這件事發生在哪裡" in said
    assert "你有哪些權利（臺灣）" in telegram.asks(ada, "臺灣")
    assert "消費者保護法" in telegram.asks(ada, "為什麼")
    telegram.asks(ada, "/language", "English")
    assert "deadline" in telegram.asks(ada, "/deadlines").lower()
    assert "In which language" in telegram.asks(ada, "/language")
    assert "Which place" in telegram.asks(ada, "/place")
    assert "Deleted: " in telegram.asks(ada, "/forget")


def test_simplified_chinese_while_the_action_server_stops(telegram: Telegram, mended: None) -> None:
    ada = Person(telegram.api, "zh-hans")
    said = telegram.asks(ada, "上海的健身房跑路了，我是微信付的，还有三千块没用")
    assert "中国大陆" in said
    telegram.stack.stop("actions")
    ada.says("为什么")
    ada.waits_for_text("我现在暂时没法回答")
    told = len(ada.got())
    telegram.stack.start("actions")
    telegram.api.wait(lambda: any("消费者权益保护法" in text for text in ada.texts()[told:]), 60)
    assert "12315" in telegram.asks(ada, "/human")
    store = Conversations(telegram.bot.database_url)
    conversation = store.find("telegram", str(ada.id))
    assert conversation is not None and conversation.language == "zh-Hans"
    assert conversation.id in [request.conversation for request in store.person_requests()]
    store.close()
