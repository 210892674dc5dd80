"""All processes, started and stopped together."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import threading
import time
import urllib.request
from urllib.parse import urlsplit

from honcho.manager import Manager
from honcho.printer import Printer

from bot.model import MODELS
from settings import ROOT, Settings

READY_WITHIN_S = 300
STOPPED = (130, 143)
"""Exit status after Ctrl-C and after SIGTERM, as shells have them."""


def run() -> int:
    """Runs until Ctrl-C or until one process ends; gives the exit status."""
    settings = Settings.from_env()
    problem = _unready(settings)
    if problem:
        print(problem, file=sys.stderr)
        return 1
    (ROOT / "build").mkdir(exist_ok=True)
    manager = Manager(Printer(sys.stdout))
    for name, command in commands(settings).items():
        manager.add_process(name, shlex.join(command), env=environment(settings), cwd=str(ROOT))
    address = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"
    threading.Thread(target=_announce, args=(address,), daemon=True).start()
    print("Starting Rasa, the action server and the front door. This takes about half a minute.", flush=True)
    manager.loop()
    if manager.returncode in STOPPED:
        print("Stopped.", file=sys.stderr)
        return int(manager.returncode)
    print(
        "A process has ended, so all were stopped. Its last lines above say why; `make run` starts again.", file=sys.stderr
    )
    return int(manager.returncode or 1)


def commands(settings: Settings) -> dict[str, list[str]]:
    """Command line of every process, by name."""
    python, level = sys.executable, settings.log_level.lower()
    processes = {
        "actions": [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port)],
        "rasa": [
            python, "-m", "bot.rasa_server", "run", "--interface", "127.0.0.1", "--port", str(settings.rasa_port),
            "--model", str(MODELS / "redress.tar.gz"), "--endpoints", str(_endpoints(settings)),
            "--credentials", "credentials.yml",
        ],
        "frontdoor": [
            python, "-m", "uvicorn", "--factory", "bot.frontdoor.app:create_app", "--host", settings.host,
            "--port", str(settings.port), "--log-level", level, "--no-access-log", "--ws", "none", "--timeout-graceful-shutdown", "3",
        ],
    }  # fmt: skip
    if settings.telegram_token:
        processes["telegram"] = [python, "-m", "bot.channels.telegram"]
    return processes


def _endpoints(settings: Settings) -> str:
    """The endpoints file; with a Redis lock store where REDIS_URL is set."""
    if not settings.redis_url:
        return "endpoints.yml"
    url = urlsplit(settings.redis_url)
    lines = ["", "lock_store:", "  type: redis", f"  url: {url.hostname}", f"  port: {url.port or 6379}"]
    lines += [f"  db: {url.path.strip('/') or 0}"] + (["  password: ${REDIS_PASSWORD}"] if url.password else [])
    path = ROOT / "build" / "endpoints.yml"
    path.write_text((ROOT / "endpoints.yml").read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")
    return str(path)


def environment(settings: Settings) -> dict[str, str]:
    """What the processes find in their environment. Their logs keep to warnings: Rasa's lower levels quote messages."""
    quiet = settings.log_level if settings.log_level in ("WARNING", "ERROR", "CRITICAL") else "WARNING"
    return {
        **os.environ,
        "ACTIONS_URL": settings.actions_url,
        "DATABASE_URL": settings.database_url,
        "REDIS_PASSWORD": (urlsplit(settings.redis_url).password or "") if settings.redis_url else "",
        "SANIC_HOST": "127.0.0.1",
        "LOG_LEVEL": quiet,
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def _unready(settings: Settings) -> str | None:
    """What keeps the processes from starting: a busy port, no model."""
    ports = [
        ("PORT", settings.host, settings.port),
        ("RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    ]
    if settings.telegram_token and settings.telegram_webhook_url:
        ports.append(("TELEGRAM_WEBHOOK_PORT", settings.host, settings.telegram_webhook_port))
    for name, host, port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                return f"{name}: cannot use {host}:{port} ({error.strerror}). Stop what runs there, or set {name} to a free port."
    if not (MODELS / "redress.tar.gz").is_file():
        return (
            f"{MODELS / 'redress.tar.gz'}: no trained model. Run `make train`, or `make run`, which does all that is needed."
        )
    return None


def _announce(address: str) -> None:
    """Says when people can come in."""
    started = time.monotonic()
    while time.monotonic() - started < READY_WITHIN_S:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as response:
                if response.status == 200:
                    print(f"\nReady: {address}\nCtrl-C stops everything.\n", flush=True)
                    return
        except OSError:
            time.sleep(0.5)
