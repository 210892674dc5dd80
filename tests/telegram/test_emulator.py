"""A smoke test against somebody else's idea of the Bot API: npm's telegram-test-api, behind a shim."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from settings import ROOT
from tests.e2e.stack import free_ports, wait_for
from tests.system_parts import system_part
from tests.telegram.bot_api import TOKEN
from tests.telegram.rasa_double import RasaDouble, said
from tests.telegram.running import Running

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent / "emulator"
INSTALLED = ROOT / "build" / "telegram-emulator"


class Emulator:
    """The emulator's own interface for the person's side."""

    def __init__(self, port: int) -> None:
        self.url, self.updates = f"http://127.0.0.1:{port}", 0

    def called(self, method: str) -> list[Any]:
        """What Running asks for; the emulator tells of no requests, so it is asked for when it has taken a message."""
        return []

    def post(self, path: str, **body: Any) -> Any:
        return httpx.post(f"{self.url}/{path}", json=body, trust_env=False).json()["result"]

    def person(self, path: str, **what: Any) -> None:
        who = {"id": 7, "first_name": "Xanthippe", "is_bot": False, "language_code": "zh-hant"}
        self.post(
            path,
            botToken=TOKEN,
            date=int(time.time()),
            **{"from": who},
            chat={"id": 7, "type": "private", "first_name": "X"},
            **what,
        )

    def said(self) -> list[dict[str, Any]]:
        history = self.post("getUpdatesHistory", token=TOKEN)
        return [each["message"] for each in history if "chat_id" in each.get("message", {})]


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """Installed on first use, by its lock file."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "server.js"):
        shutil.copy(HERE / name, INSTALLED / name)
    if not (INSTALLED / "node_modules" / "telegram-test-api").is_dir():
        subprocess.run(
            [system_part("npm", "npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"],
            cwd=INSTALLED,
            check=True,
            timeout=180,
        )
    port, inner = free_ports(2)
    process = subprocess.Popen(["node", "server.js", str(port), str(inner)], cwd=INSTALLED, env=os.environ)
    double = Emulator(port)

    def is_up() -> bool:
        try:
            return bool(httpx.get(f"{double.url}/bot{TOKEN}/getMe", trust_env=False).status_code == 200)
        except httpx.HTTPError:
            return False

    wait_for(is_up, 30)
    yield double
    process.kill()
    process.wait()


def test_a_conversation_with_a_button(emulator: Emulator, tmp_path: Path, rasa: RasaDouble) -> None:
    rasa.answers["健身房倒了"] = [said("**哪裡** <的> 事？", [("香港", '/change_jurisdiction{"jurisdiction":"HK"}')])]
    bot = Running(tmp_path, emulator, rasa.port).start(wait=False)  # type: ignore[arg-type]
    try:
        emulator.person("sendMessage", text="健身房倒了")
        wait_for(lambda: len(emulator.said()) == 1, 40)
        (question,) = emulator.said()
        assert question["text"] == "<b>哪裡</b> &lt;的&gt; 事？" and question["parse_mode"] == "HTML"
        ((key,),) = question["reply_markup"]["inline_keyboard"]
        shown = {"message_id": 2, "date": int(time.time()), "chat": {"id": 7, "type": "private"}, "text": "哪裡的事？"}
        emulator.person("sendCallback", data=key["callback_data"], message=shown)
        wait_for(lambda: len(emulator.said()) == 2, 20)
        assert emulator.said()[-1]["text"] == 'Heard: /change_jurisdiction{"jurisdiction":"HK"}'
        emulator.person("sendCommand", text="/start", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
        wait_for(lambda: len(emulator.said()) == 3, 20)
        assert emulator.said()[-1]["text"] == "Heard: /start_over"
    finally:
        bot.kill()
