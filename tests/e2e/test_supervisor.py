"""`python -m bot run`: started and stopped together, nothing left behind, errors that say what to do."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from settings import ROOT
from tests.e2e.stack import Stack, answers, wait_for

pytestmark = pytest.mark.slow


@contextmanager
def running(stack: Stack) -> Iterator[subprocess.Popen[bytes]]:
    """The supervisor on a stack's ports; it and all its children are gone in the end."""
    with (stack.folder / "run.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env={**stack.environment, "PATH": "/usr/bin:/bin"},
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        for child in [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []:
            child.kill()
        process.kill()
        process.wait()


def printed(stack: Stack) -> str:
    return (stack.folder / "run.log").read_text("utf-8")


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return list(psutil.Process(process.pid).children(recursive=True))


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    with running(stack) as process:
        wait_for(lambda: f"Ready: {stack.url}" in printed(stack))
        chat = stack.chat(language="en")
        chat.say("my gym in London went bust")
        assert chat.custom("advice")["jurisdiction"]["code"] == "GB"
        started = children(process)
        assert len(started) >= 3
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert psutil.wait_procs(started, timeout=10)[1] == []
        assert printed(stack).rstrip().endswith("Stopped.")
        assert not answers(f"{stack.url}/healthz")


def test_a_process_that_dies_ends_the_run_and_is_named(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    with running(stack) as process:
        wait_for(lambda: answers(f"http://127.0.0.1:{stack.settings.actions_port}/health"))
        started = children(process)
        next(child for child in started if "rasa_sdk" in child.cmdline()).kill()
        assert process.wait(60) not in (0, 130)
        assert psutil.wait_procs(started, timeout=10)[1] == []
        assert "actions stopped" in printed(stack)
        assert "A process has ended, so all were stopped." in printed(stack)


def test_a_busy_port_names_the_setting(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", stack.settings.rasa_port))
        busy.listen()
        with running(stack) as process:
            assert process.wait(30) == 1
    said = f"RASA_PORT: cannot use 127.0.0.1:{stack.settings.rasa_port} (Address already in use)"
    assert said in printed(stack) and "set RASA_PORT to a free port" in printed(stack)


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    stack.environment["PORT"] = "eighty"
    with running(stack) as process:
        assert process.wait(30) == 1
    assert "PORT: found 'eighty', allowed: a port from 1 to 65535" in printed(stack)
