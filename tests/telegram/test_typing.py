"""Somebody is typing for as long as an answer is worked on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channels.telegram.typing import AGAIN_S
from tests.telegram.bot_api import BotApi, Person
from tests.telegram.rasa_double import RasaDouble

pytestmark = pytest.mark.slow


def test_typing_is_shown_again_while_the_engine_is_slow(
    person: Callable[..., Person], api: BotApi, rasa: RasaDouble
) -> None:
    ada = person("en")
    rasa.delay_s = AGAIN_S + 1.5
    try:
        ada.says("a hard question")
        ada.waits_for_text("a hard question")
    finally:
        rasa.delay_s = 0.0
    shown = api.called("sendChatAction", chat_id=ada.id)
    assert len(shown) >= 2
