"""Whole conversations through the real processes, each a file of turns beside this one.

A file says who the person is (`about`), what is given with each message (`given`: language, jurisdiction), and the `turns`; `misread`
says why it cannot hold yet, when the reading of messages is at fault and not the dialogue. Where an answer says that nothing changes, the
advice before it is the one that is looked at. A turn says or presses something (`say`, `press`: what stands on the button, or `press: letter` for the button of the letter) and what must hold of
the answer:

    types           the types of the messages, in order
    topic           the first topic, or a list of those that are right
    topics          all of these are among the topics
    place           the jurisdiction's code, or none
    language        the language of the answer
    facts           values of facts; none for one that must not be known
    applies         entries that hold or may hold
    holds           entries that hold for certain
    applies_not     entries that must not be told as holding
    last_days       the computed last day of an entry
    asks            the fact asked for, a list of those that would do, or none for no question
    asks_not        facts that must not be asked for
    says            all of these are in the text; in a list within the list, one of them
    never_says      none of these is
    before          pairs of texts, the first of which stands before the second
    buttons         all of these stand on buttons
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from settings import ROOT
from tests.e2e.stack import Chat, Stack

pytestmark = pytest.mark.slow
SCHEMA = json.loads((ROOT / "bot" / "channels" / "reply.schema.json").read_text("utf-8"))
FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yml"))
KEYS = {
    "say", "press", "types", "topic", "topics", "place", "language", "facts", "applies", "holds", "applies_not", "last_days", "asks",
    "asks_not", "says", "never_says", "before", "buttons",
}  # fmt: skip


def conversation(path: Path) -> dict[str, Any]:
    """One file."""
    return dict(YAML(typ="safe").load(path.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_conversation(path: Path, stack: Stack) -> None:
    told = conversation(path)
    faults = list(faults_in(told, stack.chat(**told.get("given", {}))))
    if "misread" in told:
        assert faults, "it is read right now: take the note `misread` out of the file"
        pytest.xfail(f"{told['misread']}: {faults[0]}")
    assert not faults, "\n" + "\n".join(faults)


def faults_in(told: dict[str, Any], chat: Chat) -> Iterator[str]:
    """Holds the conversation; everything that does not hold in it."""
    standing: dict[str, Any] | None = None
    for number, turn in enumerate(told["turns"], start=1):
        said = turn.get("say", f"[{turn.get('press')}]")
        if "say" in turn:
            chat.say(turn["say"])
        elif not press(chat, turn["press"]):
            titles = [button["title"] for message in chat.messages for button in message["buttons"] or []]
            yield f"turn {number}, {said}: no such button among {titles}"
            return
        for message in chat.messages:
            jsonschema.validate(message["custom"], SCHEMA)
        standing = advice_of(chat, standing)
        for fault in faults_of(chat, turn, standing):
            yield f"turn {number}, {said!r}: {fault}"


def advice_of(chat: Chat, before: dict[str, Any] | None) -> dict[str, Any] | None:
    """The advice that stands after the last answer: a new one, or the one before with the facts that were taken over."""
    for custom in (message["custom"] for message in chat.messages):
        if custom["type"] == "advice":
            return dict(custom)
        if before is not None and "facts" in custom:
            before = {**before, "facts": custom["facts"]}
    return before


def press(chat: Chat, title: str) -> bool:
    """Presses a button by its title, or the one that offers a letter; False when there is none."""
    buttons = [button for message in chat.messages for button in message["buttons"] or []]
    found = [b["payload"] for b in buttons if b["title"] == title or (title == "letter" and "/ask_letter" in b["payload"])]
    if found:
        chat.say(found[0])
    return bool(found)


def faults_of(chat: Chat, turn: dict[str, Any], advice: dict[str, Any] | None) -> Iterator[str]:
    """What does not hold of the last answer."""
    customs = [message["custom"] for message in chat.messages]
    types = [custom["type"] for custom in customs]
    asked = next((custom["fact"] for custom in customs if custom["type"] == "question"), None)
    if not chat.messages:
        yield "no answer"
    if "types" in turn and types != turn["types"]:
        yield f"types {types}, expected {turn['types']}"
    if types.count("question") > 1:
        yield "more than one question"
    yield from _advice_faults(advice, types, turn)
    if "asks" in turn and asked not in _list(turn["asks"]):
        yield f"asks {asked}, expected {turn['asks']}"
    if asked is not None and asked in _list(turn.get("asks_not", [])):
        yield f"asks {asked}"
    yield from _text_faults(chat, turn)


def _advice_faults(advice: dict[str, Any] | None, types: list[str], turn: dict[str, Any]) -> Iterator[str]:
    wanted = {"topic", "topics", "place", "language", "facts", "applies", "holds", "applies_not", "last_days"} & turn.keys()
    if not wanted:
        return
    if advice is None:
        yield f"no advice among {types}"
        return
    topics = [topic["id"] for topic in advice["topics"]]
    if "topic" in turn and (topics or [None])[0] not in _list(turn["topic"]):
        yield f"topic {topics}, expected {turn['topic']}"
    if missing := [topic for topic in turn.get("topics", []) if topic not in topics]:
        yield f"topics {topics}, without {missing}"
    if "place" in turn and advice["jurisdiction"]["code"] != turn["place"]:
        yield f"place {advice['jurisdiction']}, expected {turn['place']}"
    if "language" in turn and advice["language"] != turn["language"]:
        yield f"language {advice['language']}, expected {turn['language']}"
    for name, value in turn.get("facts", {}).items():
        if advice["facts"].get(name) != value:
            yield f"{name} is {advice['facts'].get(name)!r}, expected {value!r}"
    rights = {right["id"]: right for right in advice["rights"]}
    states = {entry: right["applies"] for entry, right in rights.items()}
    for entry in turn.get("applies", []):
        if states.get(entry) not in ("yes", "depends"):
            yield f"{entry} is {states.get(entry)}; told are {states}"
    for entry in turn.get("holds", []):
        if states.get(entry) != "yes":
            yield f"{entry} is {states.get(entry)}, expected yes; told are {states}"
    for entry in turn.get("applies_not", []):
        if states.get(entry) in ("yes", "depends"):
            yield f"{entry} is {states[entry]}"
    for entry, day in turn.get("last_days", {}).items():
        deadline = (rights.get(entry) or {}).get("deadline") or {}
        if deadline.get("date") != day:
            yield f"last day of {entry} is {deadline.get('date')}, expected {day}; told are {states}"


def _text_faults(chat: Chat, turn: dict[str, Any]) -> Iterator[str]:
    text = chat.text
    for words in turn.get("says", []):
        if not any(one in text for one in _list(words)):
            yield f"does not say {words!r}; it says {text[:600]!r}"
    for words in turn.get("never_says", []):
        if words in text:
            yield f"says {words!r}"
    for first, second in turn.get("before", []):
        if first not in text or second not in text or text.index(first) > text.index(second):
            yield f"{first!r} does not stand before {second!r}"
    titles = [button["title"] for message in chat.messages for button in message["buttons"] or []]
    for title in turn.get("buttons", []):
        if not any(title in one for one in titles):
            yield f"no button {title!r} among {titles}"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
