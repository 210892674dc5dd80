"""The real processes on free ports, started one by one, so that a test can stop and restart any of them."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from bot.run import commands, environment
from settings import ROOT, Settings

TODAY = "2026-11-25"
READY_WITHIN_S = 180


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on just now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def wait_for(what: Callable[[], bool], within_s: float = READY_WITHIN_S) -> None:
    """Waits until something holds; AssertionError when it does not in time."""
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        if what():
            return
        time.sleep(0.25)
    raise AssertionError(f"{what} did not hold within {within_s} s")


def answers(url: str) -> bool:
    """Whether an address answers with 200."""
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


class Stack:
    """Rasa, the action server and the front door, their output in one file each. `today` is fixed for all of them."""

    def __init__(self, folder: Path, **given: str) -> None:
        port, rasa, actions = free_ports(3)
        self.environment = {
            "PORT": str(port),
            "RASA_PORT": str(rasa),
            "ACTIONS_PORT": str(actions),
            "REDRESS_TODAY": TODAY,
            "DATABASE_URL": f"sqlite:///{folder / 'redress.db'}",
            **given,
        }
        self.settings = Settings.from_env(self.environment)
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Starts the named processes, or all, and waits until they answer."""
        for name, command in commands(self.settings).items():
            if names and name not in names:
                continue
            with (self.folder / f"{name}.log").open("ab") as output:
                self._processes[name] = subprocess.Popen(
                    command, cwd=ROOT, env={**environment(self.settings), **self.environment}, stdout=output, stderr=output
                )
        wait_for(self.is_ready)

    def stop(self, *names: str) -> None:
        """Kills the named processes, or all."""
        for name in names or tuple(self._processes):
            process = self._processes.pop(name)
            process.send_signal(signal.SIGKILL if names else signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def is_running(self, name: str) -> bool:
        """Whether a process was started and has not ended."""
        return name in self._processes and self._processes[name].poll() is None

    def is_ready(self) -> bool:
        """Whether the action server and the front door, with Rasa behind it, answer."""
        return answers(f"http://127.0.0.1:{self.settings.actions_port}/health") and answers(f"{self.url}/readyz")

    def logs(self) -> str:
        """Everything that the processes have printed."""
        return "\n".join(path.read_text("utf-8", errors="replace") for path in sorted(self.folder.glob("*.log")))

    def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        """POST of JSON to the front door."""
        return httpx.post(f"{self.url}{path}", json=body, timeout=60, trust_env=False, **more)

    def chat(self, **given: Any) -> Chat:
        """A new conversation; `given` goes with each message (language, jurisdiction)."""
        return Chat(self, given)


class Chat:
    """One person's conversation through the front door."""

    def __init__(self, stack: Stack, given: dict[str, Any]) -> None:
        self._stack, self._given = stack, given
        self.session: str | None = None
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str) -> list[dict[str, Any]]:
        """Sends a message; the bot's messages."""
        response = self._stack.post("/api/chat", {"session": self.session, "message": text, **self._given})
        body = response.json()
        assert "messages" in body, body
        self.session, self.messages = body["session"], body["messages"]
        return self.messages

    def press(self, title: str) -> list[dict[str, Any]]:
        """Presses a button of the last messages, by what stands on it."""
        buttons = {button["title"]: button["payload"] for message in self.messages for button in message["buttons"] or []}
        assert title in buttons, f"no button {title!r} among {list(buttons)}"
        return self.say(buttons[title])

    @property
    def text(self) -> str:
        """Everything the bot said last."""
        return "\n\n".join(message["text"] for message in self.messages)

    def custom_types(self) -> list[str]:
        """The types of the last messages, in order."""
        return [message["custom"]["type"] for message in self.messages]

    def custom(self, kind: str) -> dict[str, Any]:
        """The first message of a type among the last ones."""
        found = [message["custom"] for message in self.messages if message["custom"]["type"] == kind]
        assert found, f"no {kind} among {[message['custom']['type'] for message in self.messages]}"
        return dict(found[0])
