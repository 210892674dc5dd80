"""One question with buttons and a way to say that one does not know."""

from __future__ import annotations

import json
from dataclasses import replace

from actions.case import TOPIC_ASKED
from actions.turn import Button, Turn


def ask(turn: Turn, fact: str) -> None:
    """Asks for one fact, says why, and remembers that it was asked."""
    definition = turn.base.facts[fact]
    buttons: list[Button] = [
        {
            "title": option.label[turn.language],
            "payload": f"/give_fact{json.dumps({fact: option.value}, separators=(',', ':'))}",
        }
        for option in definition.options
    ]
    buttons.append({"title": turn.words("dont_know"), "payload": "/dont_know"})
    text, why = definition.question[turn.language], definition.why[turn.language]
    options = [option.value for option in definition.options]
    turn.say(f"{text}\n_{why}_", {"type": "question", "fact": fact, "text": text, "options": options, "why": why}, buttons)
    turn.case = replace(turn.case, asked=fact)


def ask_place(turn: Turn) -> None:
    """Asks which place's law is meant."""
    buttons: list[Button] = [
        {"title": place.names[turn.language], "payload": f'/change_jurisdiction{{"jurisdiction":"{code}"}}'}
        for code, place in turn.base.jurisdictions.items()
    ]
    buttons.append({"title": turn.words("dont_know"), "payload": "/dont_know"})
    text, why = turn.words("jurisdiction_question"), turn.words("jurisdiction_why")
    options = list(turn.base.jurisdictions)
    turn.say(
        f"{text}\n_{why}_",
        {"type": "question", "fact": "jurisdiction", "text": text, "options": options, "why": why},
        buttons,
    )
    turn.case = replace(turn.case, asked="jurisdiction")


def ask_region(turn: Turn) -> None:
    """Asks for the part of the place, in the person's own words: there are too many for buttons."""
    text, why = turn.words("region_question"), turn.words("region_why")
    custom = {"type": "question", "fact": "jurisdiction", "text": text, "options": [], "why": why}
    turn.say(f"{text}\n_{why}_", custom, [{"title": turn.words("dont_know"), "payload": "/dont_know"}])
    turn.case = replace(turn.case, asked="jurisdiction")


def ask_which(turn: Turn) -> None:
    """Asks which of two topics is meant."""
    topics = turn.base.topics
    buttons: list[Button] = [
        {"title": topics[topic].label[turn.language], "payload": f"/{topic}"} for topic in turn.case.unsure
    ]
    text = turn.words("which_topic")
    said = f"{turn.words('other_language')} {text}" if turn.case.foreign else text
    options = list(turn.case.unsure)
    turn.say(said, {"type": "question", "fact": TOPIC_ASKED, "text": said, "options": options, "why": None}, buttons)
    turn.case = replace(turn.case, asked=TOPIC_ASKED)


def ask_again(turn: Turn) -> None:
    """Repeats the question that is open, if one is."""
    asked = turn.case.asked
    if asked == "jurisdiction":
        ask_place(turn) if turn.case.code is None else ask_region(turn)
    elif asked == TOPIC_ASKED and turn.case.unsure:
        ask_which(turn)
    elif asked in turn.base.facts:
        ask(turn, asked)
