"""A first desk, on the command line: who asked for a person, and writing to them."""

from __future__ import annotations

import sys
from datetime import datetime

from bot.conversations import Conversations
from settings import Settings

REASON = "adviser"
"""The `reason` of a notice that a person wrote."""


def list_requests() -> int:
    """Prints the open requests, oldest first: when, on which channel, place and language, and the conversation's id."""
    store = Conversations(Settings.from_env().database_url)
    for request in store.person_requests():
        conversation = store.get(request.conversation)
        assert conversation is not None
        when = datetime.fromtimestamp(request.asked_at).isoformat(" ", "minutes")
        known = f"{conversation.channel:8} {conversation.jurisdiction or '-':2} {conversation.language or '-':7}"
        print(f"{when}  {known}  {request.state:9}  {request.conversation}")
    store.close()
    return 0


def send(conversation: str, text: str) -> int:
    """Writes to a conversation; its channel delivers the message. Exit status 1 if there is no such conversation."""
    store = Conversations(Settings.from_env().database_url)
    known = store.get(conversation) is not None
    if known:
        store.push(conversation, {"text": text, "buttons": [], "custom": {"type": "notice", "reason": REASON}})
    else:
        print(f"{conversation}: no such conversation. `python -m bot requests` lists those who asked.", file=sys.stderr)
    store.close()
    return 0 if known else 1
