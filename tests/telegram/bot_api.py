"""A double of the Bot API over HTTP, strict where Telegram is strict, that can fail in every way a network can.

Message ids are given as Telegram gives them: one count for all private chats and small groups, one for each supergroup.
"""

from __future__ import annotations

import contextlib
import email.parser
import email.policy
import html.parser
import json
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

TOKEN = "4242:A-test-token_that-is-no-secret"
ME = {"id": 4242, "is_bot": True, "first_name": "Redress", "username": "RedressBot", "can_join_groups": True}
WITHIN_S = 20.0


class Refused(Exception):
    """An answer with ok: false."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Fault:
    """What goes wrong with the next requests of a method: a Refused, or "drop_before", "drop_after", or seconds to hang."""

    method: str
    what: Refused | str | float
    chat: int | None = None
    times: int = 1


@dataclass
class Call:
    """One request as it came, and when."""

    method: str
    given: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class BotApi:
    """The double. `messages` holds every message of every chat, those of people too."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.chats: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
        self.files: dict[str, tuple[str, bytes]] = {}
        self.faults: list[Fault] = []
        self.blocked: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.updates: list[dict[str, Any]] = []
        self.seen: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}
        self.sent = 0
        self._ids: Counter[int] = Counter()
        self._update_id = 1000
        self._poll = 0
        self._server: Server | None = None
        self.port = 0
        self.up()

    # -- the machine ---------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        """The network is there."""
        self._server = Server(("127.0.0.1", self.port), Handler)
        self._server.api = self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def down(self) -> None:
        """The network is lost: no connection comes about, those that are open break."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        self._server.drop_all()
        with self.changed:
            self._poll += 1
            self.changed.notify_all()

    def fail(self, method: str, what: Refused | str | float, chat: int | None = None, times: int = 1) -> None:
        """Lets the next requests of a method fail."""
        with self.changed:
            self.faults.append(Fault(method, what, chat, times))

    def wait(self, what: Callable[[], Any], within_s: float = WITHIN_S) -> Any:
        """Waits until something is true of the double; what it was."""
        ends = time.monotonic() + within_s
        with self.changed:
            while not (found := what()):
                left = ends - time.monotonic()
                assert left > 0, f"did not come about within {within_s} s"
                self.changed.wait(min(left, 0.2))
            return found

    def called(self, method: str, **given: Any) -> list[Call]:
        """The requests of a method with these parameters, as text."""
        return [
            call for call in list(self.calls)
            if call.method == method and all(str(call.given.get(name)) == str(value) for name, value in given.items())
        ]  # fmt: skip

    # -- updates -------------------------------------------------------------------------------------------------------

    def push(self, **update: Any) -> dict[str, Any]:
        """Something happens; the bot is to learn of it."""
        with self.changed:
            self._update_id += 1
            update = {"update_id": self._update_id, **update}
            self.updates.append(update)
            self.changed.notify_all()
        if self.webhook.get("url"):
            threading.Thread(target=self.deliver, args=(update,), daemon=True).start()
        return update

    def repeat(self, update: dict[str, Any]) -> None:
        """Telegram sends an update again, though it was confirmed."""
        with self.changed:
            self.updates.insert(0, update)
            self.changed.notify_all()

    def deliver(self, update: dict[str, Any], url: str | None = None) -> int:
        """Sends an update to the webhook until it is taken; how often that was tried."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        for attempt in range(1, 60):
            try:
                if httpx.post(url or self.webhook["url"], json=update, headers=headers, trust_env=False).status_code == 200:
                    return attempt
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError("the webhook did not take the update")

    def message_id(self, chat: int) -> int:
        """The next message id of a chat."""
        count = chat if str(chat).startswith("-100") else 0
        self._ids[count] += 1
        return self._ids[count]

    def keep(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message is in its chat."""
        with self.changed:
            self.messages[(message["chat"]["id"], message["message_id"])] = message
            self.chats[message["chat"]["id"]][message["message_id"]] = message
            self.changed.notify_all()
        return message

    def said(self, chat: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat, in order."""
        with self.changed:
            found = sorted(self.chats[chat].items())
        return [message for _, message in found if message["from"]["id"] == ME["id"]]

    # -- methods -------------------------------------------------------------------------------------------------------

    def call(self, method: str, given: dict[str, Any]) -> Any:
        """Carries out a request. Raises Refused."""
        carry_out = getattr(self, f"_{method}", None)
        if carry_out is None:
            raise Refused(404, "Not Found: method not found")
        return carry_out(given)

    def _getMe(self, given: dict[str, Any]) -> Any:
        return ME

    def _getUpdates(self, given: dict[str, Any]) -> Any:
        if self.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        ends = time.monotonic() + float(given.get("timeout", 0))
        with self.changed:
            self._poll = mine = self._poll + 1
            self.changed.notify_all()
            offset = int(given.get("offset", 0))
            self.seen += [update for update in self.updates if update["update_id"] < offset]
            again = [update for update in self.updates if update in self.seen]
            self.updates = [update for update in self.updates if update["update_id"] >= offset or update in again]
            while not self.updates and time.monotonic() < ends and self._poll == mine:
                self.changed.wait(min(0.5, max(0.0, ends - time.monotonic())))
            if self._poll != mine:
                raise Refused(
                    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            found = self.updates[: int(given.get("limit", 100))]
            self.updates = [update for update in self.updates if update not in self.seen]
            return found

    def _setWebhook(self, given: dict[str, Any]) -> Any:
        self.webhook = given if given.get("url") else {}
        return True

    def _deleteWebhook(self, given: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    def _setMyCommands(self, given: dict[str, Any]) -> Any:
        commands = json.loads(given["commands"])
        if not all(1 <= len(each["command"]) <= 32 and 1 <= len(each["description"]) <= 256 for each in commands):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    def _setMyDescription(self, given: dict[str, Any]) -> Any:
        if len(given.get("description", "")) > 512:
            raise Refused(400, "Bad Request: description is too long")
        return True

    def _setMyShortDescription(self, given: dict[str, Any]) -> Any:
        if len(given.get("short_description", "")) > 120:
            raise Refused(400, "Bad Request: short description is too long")
        return True

    def _getFile(self, given: dict[str, Any]) -> Any:
        if given["file_id"] not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        return {
            "file_id": given["file_id"],
            "file_unique_id": given["file_id"],
            "file_path": f"documents/{given['file_id']}",
        }

    def _sendChatAction(self, given: dict[str, Any]) -> Any:
        self._open(given)
        return True

    def _sendMessage(self, given: dict[str, Any]) -> Any:
        chat = self._open(given)
        raw = given.get("text", "")
        text = _plain(raw) if given.get("parse_mode") == "HTML" else raw
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refused(400, "Bad Request: message is too long")
        return self._sent(chat, given, text=text, html=raw if given.get("parse_mode") else None)

    def _sendDocument(self, given: dict[str, Any]) -> Any:
        chat = self._open(given)
        name, content = given["document"]
        if len(given.get("caption", "")) > 1024:
            raise Refused(400, "Bad Request: message caption is too long")
        file_id = f"file{len(self.files)}"
        self.files[file_id] = (name, content)
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)}
        return self._sent(chat, given, document=document, caption=given.get("caption"))

    def _editMessageReplyMarkup(self, given: dict[str, Any]) -> Any:
        return self._edited(given)

    def _editMessageText(self, given: dict[str, Any]) -> Any:
        return self._edited(given, text=given["text"])

    def _answerCallbackQuery(self, given: dict[str, Any]) -> Any:
        return True

    def _open(self, given: dict[str, Any]) -> int:
        chat = int(given["chat_id"])
        if chat in self.migrated:
            raise Refused(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated[chat]
            )
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    def _sent(self, chat: int, given: dict[str, Any], **content: Any) -> dict[str, Any]:
        kind = "private" if chat > 0 else "supergroup"
        message = {
            "message_id": self.message_id(chat),
            "date": int(time.time()),
            "chat": {"id": chat, "type": kind},
            "from": ME,
        }
        markup = _markup(given)
        for name, value in {**content, "reply_markup": markup}.items():
            if value is not None:
                message[name] = value
        message["given"] = {name: value for name, value in given.items() if name != "document"}
        self.sent += 1
        self.keep(message)
        return {name: value for name, value in message.items() if name not in ("given", "html")}

    def _edited(self, given: dict[str, Any], **content: Any) -> Any:
        message = self.messages.get((int(given["chat_id"]), int(given["message_id"])))
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != ME["id"]:
            raise Refused(400, "Bad Request: message can't be edited")
        after = {**content, "reply_markup": _markup(given)}
        if all(message.get(name) == value for name, value in after.items()):
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            )
        message.update(after)
        self.keep(message)
        return {name: value for name, value in message.items() if name not in ("given", "html") and value is not None}


class Server(ThreadingHTTPServer):
    """Keeps its connections, to break them."""

    daemon_threads = True
    request_queue_size = 512
    api: BotApi

    def __init__(self, *arguments: Any) -> None:
        self.open: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def drop_all(self) -> None:
        for each in list(self.open):
            _break(each)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections break here on purpose."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65536

    def do_POST(self) -> None:
        api = self.server.api
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        address = urlsplit(self.path)
        token, _, method = address.path.removeprefix("/bot").partition("/")
        given = {**dict(parse_qsl(address.query)), **_parameters(self.headers.get("Content-Type", ""), body)}
        fault = self._fault(method, given)
        with api.changed:
            api.calls.append(Call(method, given))
            api.changed.notify_all()
        if fault == "drop_before":
            self._drop()
            return
        try:
            if token != TOKEN:
                raise Refused(401, "Unauthorized")
            if isinstance(fault, Refused):
                raise fault
            if isinstance(fault, float):
                time.sleep(fault)
            answer = 200, {"ok": True, "result": api.call(method, given)}
        except Refused as refused:
            answer = refused.code, {"ok": False, "error_code": refused.code, "description": refused.description}
            if refused.parameters:
                answer[1]["parameters"] = refused.parameters
        if fault == "drop_after":
            self._drop()
            return
        content = json.dumps(answer[1]).encode()
        self.send_response(answer[0])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    do_GET = do_POST

    def _fault(self, method: str, given: dict[str, Any]) -> Refused | str | float | None:
        api = self.server.api
        with api.changed:
            for fault in api.faults:
                if fault.method == method and fault.chat in (None, int(given.get("chat_id", 0))):
                    fault.times -= 1
                    if fault.times <= 0:
                        api.faults.remove(fault)
                    return fault.what
        return None

    def _drop(self) -> None:
        self.close_connection = True
        _break(self.connection)

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""


def _break(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _parameters(kind: str, body: bytes) -> dict[str, Any]:
    """Form, multipart or JSON; files as (name, content)."""
    if kind.startswith("multipart/"):
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
            f"Content-Type: {kind}\r\n\r\n".encode() + body
        )
        found: dict[str, Any] = {}
        for part in message.iter_parts():
            name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
            file_name = part.get_filename()
            if file_name is not None:
                file_name = file_name.encode("utf-8", "surrogateescape").decode("utf-8")
            found[str(name)] = (file_name, content) if file_name else content.decode()
        if isinstance(found.get("document"), str) and found["document"].startswith("attach://"):
            found["document"] = found[found["document"].removeprefix("attach://")]
        return found
    if kind.startswith("application/json"):
        return dict(json.loads(body))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _markup(given: dict[str, Any]) -> dict[str, Any] | None:
    if "reply_markup" not in given:
        return None
    markup = json.loads(given["reply_markup"])
    for row in markup["inline_keyboard"]:
        for key in row:
            if not 1 <= len(key["callback_data"].encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if not key["text"]:
                raise Refused(400, "Bad Request: text buttons are unallowed")
    return dict(markup)


class _Html(html.parser.HTMLParser):
    """Telegram's reading of HTML: few tags, all closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open = "", []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("b", "i", "u", "s", "a", "code", "pre", "blockquote"):
            raise Refused(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refused(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 0")

    def handle_data(self, data: str) -> None:
        self.text += data


def _plain(text: str) -> str:
    reader = _Html()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise Refused(
            400, f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"{reader.open[-1]}\""
        )
    return reader.text


class Person:
    """Somebody in a chat with the bot."""

    _next = 100_000

    def __init__(self, api: BotApi, language: str | None = "en", chat: int | None = None, user: int | None = None) -> None:
        Person._next += 1
        self.api = api
        self.id = user or Person._next
        self.user = {
            "id": self.id,
            "is_bot": False,
            "first_name": "Xanthippe",
            **({"language_code": language} if language else {}),
        }
        where = chat or self.id
        kind = "private" if where > 0 else "supergroup" if str(where).startswith("-100") else "group"
        self.chat = {"id": where, "type": kind, **({"title": "Group"} if where < 0 else {"first_name": "Xanthippe"})}

    def message(self, **content: Any) -> dict[str, Any]:
        """A message as the Bot API has it; commands and mentions are marked."""
        number = self.api.message_id(self.chat["id"])
        message = {"message_id": number, "date": int(time.time()), "chat": self.chat, "from": self.user, **content}
        text = content.get("text", content.get("caption", ""))
        entities = []
        if text.startswith("/"):
            entities.append({"type": "bot_command", "offset": 0, "length": len(text.split()[0])})
        at = text.find("@")
        if at >= 0 and not text.startswith("/"):
            entities.append({"type": "mention", "offset": at, "length": len(text[at:].split()[0].rstrip(",.!?"))})
        if entities:
            message["caption_entities" if "caption" in content else "entities"] = entities
        return self.api.keep(message)

    def says(self, text: str, **more: Any) -> dict[str, Any]:
        """Writes something."""
        message = self.message(text=text, **more)
        self.api.push(message=message)
        return message

    def sends(self, **content: Any) -> dict[str, Any]:
        """Sends something else than words."""
        message = self.message(**content)
        self.api.push(message=message)
        return message

    def edits(self, message: dict[str, Any], text: str) -> None:
        """Changes a message."""
        self.api.push(edited_message=self.api.keep({**message, "text": text, "edit_date": int(time.time())}))

    def presses(self, title: str, message: dict[str, Any] | None = None, **update: Any) -> dict[str, Any]:
        """Presses a button of the bot's last message that has one so named."""
        found = [
            (each, key) for each in ([message] if message else self.got())
            for row in (each.get("reply_markup") or {}).get("inline_keyboard", []) for key in row if key["text"] == title
        ]  # fmt: skip
        assert found, f"no button {title!r}"
        shown, key = found[-1]
        shown = {name: value for name, value in shown.items() if name not in ("given", "html")}
        query = {
            "id": str(time.monotonic_ns()),
            "from": self.user,
            "message": shown,
            "chat_instance": "1",
            "data": key["callback_data"],
        }
        return self.api.push(callback_query={**query, **update})

    def got(self) -> list[dict[str, Any]]:
        """What the bot has said in the chat."""
        return self.api.said(self.chat["id"])

    def texts(self) -> list[str]:
        """The words of it."""
        return [message.get("text") or message.get("caption") or "" for message in self.got()]

    def waits_for(self, count: int, within_s: float = WITHIN_S) -> list[dict[str, Any]]:
        """Waits until the bot has said so many messages in all; then, that it says no more for a moment."""
        self.api.wait(lambda: len(self.got()) >= count, within_s)
        time.sleep(0.1)
        assert len(self.got()) == count, self.texts()
        return self.got()

    def waits_for_text(self, words: str, within_s: float = WITHIN_S) -> dict[str, Any]:
        """Waits for a message with certain words in it."""
        return self.api.wait(
            lambda: [m for m in self.got() if words in (m.get("text") or m.get("caption") or "")], within_s
        )[-1]
