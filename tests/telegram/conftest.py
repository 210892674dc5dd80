"""One bot for all tests that need no bot of their own: each has chats of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.conversations import Conversations
from tests.telegram.bot_api import BotApi, Person
from tests.telegram.rasa_double import RasaDouble
from tests.telegram.running import Running


@pytest.fixture(scope="package")
def rasa() -> Iterator[RasaDouble]:
    """Rasa's stand-in."""
    double = RasaDouble()
    yield double
    double.stop()


@pytest.fixture(scope="package")
def api() -> Iterator[BotApi]:
    """Telegram's stand-in."""
    double = BotApi()
    yield double
    double.down()


@pytest.fixture(scope="package")
def bot(tmp_path_factory: pytest.TempPathFactory, api: BotApi, rasa: RasaDouble) -> Iterator[Running]:
    """The real process."""
    running = Running(tmp_path_factory.mktemp("telegram"), api, rasa.port).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def person(api: BotApi, bot: Running) -> Callable[..., Person]:
    """Makes somebody new: person(language), with chat= for a group."""
    return lambda *given, **more: Person(api, *given, **more)


@pytest.fixture
def store(bot: Running) -> Iterator[Conversations]:
    """The bot's database."""
    kept = Conversations(bot.database_url)
    yield kept
    kept.close()
