"""Settings of the bot that cannot be used are named before anything starts."""

from __future__ import annotations

import pytest

from bot.run import commands
from settings import Settings, SettingsError

TOKEN = "123456:ABC-def_1"
URL = "https://bot.example.org/telegram"


def test_without_a_token_there_is_no_process() -> None:
    assert "telegram" not in commands(Settings.from_env({"TELEGRAM_TOKEN": ""}))
    assert "telegram" in commands(Settings.from_env({"TELEGRAM_TOKEN": TOKEN}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"TELEGRAM_TOKEN": "secret nonsense"}, "TELEGRAM_TOKEN: found something else"),
        ({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "bot.example.org"}, "TELEGRAM_WEBHOOK_URL: found 'bot.example.org'"),
        ({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": URL}, "TELEGRAM_WEBHOOK_SECRET: found nothing"),
        ({"TELEGRAM_WEBHOOK_URL": URL, "TELEGRAM_WEBHOOK_SECRET": "short"}, "TELEGRAM_WEBHOOK_SECRET: found 5 characters"),
        ({"TELEGRAM_WEBHOOK_PORT": "x"}, "TELEGRAM_WEBHOOK_PORT: found 'x'"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_without_its_secret(given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as error:
        Settings.from_env(given)
    assert "nonsense" not in str(error.value)
