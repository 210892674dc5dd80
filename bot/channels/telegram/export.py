"""Everything that is kept of a conversation, as a text that a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from bot.channels.telegram.markdown import as_plain, runs
from bot.channels.telegram.parts import File, Part
from bot.channels.telegram.words import words
from bot.conversations import Conversation, Entry, PersonRequest


def exported(conversation: Conversation, entries: Sequence[Entry], requests: Sequence[PersonRequest], language: str) -> Part:
    """A file: settings, requests for a person, every message with its time (UTC), and the facts read from them."""
    lines = [words("export_times", language)]
    if conversation.language:
        lines.append(words("export_language", language, value=conversation.language))
    if conversation.jurisdiction:
        lines.append(words("export_place", language, value=conversation.jurisdiction))
    lines += [words("export_person", language, value=_time(request.asked_at)) for request in requests]
    facts = next((entry.body["custom"]["facts"] for entry in reversed(entries) if _has_facts(entry)), {})
    if facts:
        lines += ["", words("export_facts", language), *(f"- {name}: {value}" for name, value in facts.items())]
    for entry in entries:
        said = as_plain(runs(str(entry.body.get("text") or "")))
        lines += ["", f"{_time(entry.at)} {words(f'said_by_{entry.said_by}', language)}", said]
    name = words("export_name", language)
    return Part(plain=name, file=File(f"{name}.txt", "\n".join(lines).strip() + "\n", words("export", language)))


def _has_facts(entry: Entry) -> bool:
    return (entry.body.get("custom") or {}).get("type") == "advice"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat(" ", "minutes").removesuffix("+00:00")
