"""The real process of the bot, started as the supervisor starts it."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import psutil

from bot.run import commands, environment
from settings import ROOT, Settings
from tests.telegram.bot_api import TOKEN, BotApi


class Running:
    """The bot on a database in a folder. `given` are further settings."""

    def __init__(self, folder: Path, api: BotApi, rasa_port: int, name: str = "telegram", **given: str) -> None:
        self.folder, self.api, self.name = folder, api, name
        self.database_url = given.get("DATABASE_URL", f"sqlite:///{folder / 'redress.db'}")
        self._environment = {
            "DATABASE_URL": self.database_url,
            "RASA_PORT": str(rasa_port),
            "ACTIONS_PORT": str(rasa_port),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
            "NO_PROXY": "127.0.0.1",
            **given,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, wait: bool = True) -> Running:
        """Starts it and waits until it takes updates."""
        settings = Settings.from_env(self._environment)
        method = "setWebhook" if settings.telegram_webhook_url else "getUpdates"
        before = len(self.api.called(method))
        env = {**os.environ, **environment(settings), **self._environment}
        with (self.folder / f"{self.name}.log").open("ab") as output:
            self._process = subprocess.Popen(commands(settings)["telegram"], cwd=ROOT, env=env, stdout=output, stderr=output)
        if wait:
            self.api.wait(lambda: len(self.api.called(method)) > before, 60)
        return self

    def kill(self) -> None:
        """It dies in the middle of whatever it does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """It is asked to stop; its exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self.ends()

    def ends(self, within_s: float = 30) -> int:
        """Waits until it ends; its exit status."""
        assert self._process is not None
        try:
            return self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise

    def cpu_s(self) -> float:
        """Seconds of processor time it has used."""
        assert self._process is not None
        return float(sum(psutil.Process(self._process.pid).cpu_times()[:2]))

    def log(self) -> str:
        """What it has printed."""
        return (self.folder / f"{self.name}.log").read_text("utf-8")
