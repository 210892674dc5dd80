"""A stand-in for Rasa's REST webhook: says what a test tells it to, else repeats what it heard."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = list[dict[str, Any]] | int
"""Messages, or an HTTP status that is an error."""


@dataclass(frozen=True)
class Turn:
    """One message that it was told."""

    sender: str
    message: str
    metadata: dict[str, Any]


def said(text: str, /, buttons: list[tuple[str, str]] = [], **custom: Any) -> dict[str, Any]:  # noqa: B006
    """One message of Rasa."""
    keys = [{"title": title, "payload": payload} for title, payload in buttons]
    return {"recipient_id": "", "text": text, "buttons": keys, "custom": {"type": "notice", **custom}}


class RasaDouble:
    """On a port that stays the same. `answers` holds what it says to certain messages."""

    def __init__(self) -> None:
        self.heard: list[Turn] = []
        self.answers: dict[str, Answer | Callable[[Turn], Answer]] = {}
        self.actions_live = True
        self.delay_s = 0.0
        self.port = 0
        self._server: ThreadingHTTPServer | None = None
        self.start()

    def start(self) -> None:
        """It listens."""
        self._server = _Server(("127.0.0.1", self.port), _Handler)
        self._server.rasa = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """It is gone."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        self._server.socket.close()

    def of(self, sender: str) -> list[Turn]:
        """What one conversation said."""
        return [turn for turn in self.heard if turn.sender == sender]

    def messages(self, *texts: str) -> list[Turn]:
        """The turns with these messages."""
        return [turn for turn in list(self.heard) if turn.message in texts]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"  # a connection per request, so that stopping it stops all
    wbufsize = 65536

    def do_GET(self) -> None:
        rasa = self.server.rasa  # type: ignore[attr-defined]
        self._say(200 if rasa.actions_live else 503, {"status": "ok"})

    def do_POST(self) -> None:
        rasa = self.server.rasa  # type: ignore[attr-defined]
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        turn = Turn(given["sender"], given["message"], given["metadata"])
        rasa.heard.append(turn)
        time.sleep(rasa.delay_s)
        answer = rasa.answers.get(turn.message, [said(f"Heard: {turn.message}")])
        answer = answer(turn) if callable(answer) else answer
        self._say(*((answer, {}) if isinstance(answer, int) else (200, answer)))

    def _say(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""
