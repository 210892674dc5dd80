"""The advice for a case, and the one question that would change it most."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from actions.ask import ask, ask_place
from actions.turn import Button, Turn, TurnAction
from knowledge.advice import Advice, advise
from knowledge.reply import FULL, SHORT, UPDATE, Length, disclaimer, reply


class ActionAdvise(TurnAction):
    """Answers: what expires first, what one is entitled to, why, what to do, whom to turn to, what is missing."""

    def name(self) -> str:
        return "action_advise"

    def take(self, turn: Turn) -> None:
        """Sends the advice, then at most one question."""
        case = turn.case
        for fault in case.faults:
            name = fault.field.removeprefix("facts.")
            label = turn.base.facts[name].label[turn.language]
            turn.notice(turn.words("fact_refused", fact=label, found=fault.found, allowed=fault.allowed))
        if case.in_scope and case.unsure:
            _ask_which(turn)
            return
        if case.in_scope and not case.topics:
            turn.notice(turn.words("not_understood" if str(turn.parsed.get("text") or "").strip() else "nothing_read"))
            return
        if case.wanted and case.in_scope and case.answered:
            turn.follow_up = "action_letter"
            return
        advice = advise(case.understanding(), turn.today, turn.base)
        said = fingerprint(advice)
        if case.answered and said == case.said:
            turn.notice(turn.words("noted"))
        else:
            say_advice(turn, advice, UPDATE if case.answered and case.said else SHORT)
        turn.case = replace(turn.case, said=said)
        if case.in_scope:
            _ask_next(turn, advice)


def say_advice(turn: Turn, advice: Advice, length: Length) -> None:
    """One advice message: text for any channel, the advice object for those that draw it."""
    whole = reply(advice, turn.base, length, with_question=False)
    line = disclaimer(turn.base, turn.language)
    custom = {"type": "advice", **advice.as_json(reply(advice, turn.base, length), line)}
    turn.say(whole, custom, letter_buttons(advice, turn))


def letter_buttons(advice: Advice, turn: Turn) -> list[Button]:
    """A button for the first letter that fits; its place must be known."""
    if advice.understood.code is None:
        return []
    return [
        {
            "title": turn.words("letter_offer", title=letter["title"]),
            "payload": f'/ask_letter{{"letter":"{letter["id"]}"}}',
        }
        for letter in advice.letters[:1]
    ]


def fingerprint(advice: Advice) -> str:
    """What of an advice would be news to the person: what applies, by when, what to do."""
    told = [
        advice.understood.code,
        advice.understood.language.value,
        [(right.id, right.status.value, right.deadline and right.deadline["date"]) for right in advice.rights],
        [(step["text"], step["by"]) for step in advice.next_steps],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def _ask_next(turn: Turn, advice: Advice) -> None:
    for question in advice.questions:
        if question["fact"] == "jurisdiction":
            if "jurisdiction" not in turn.case.declined:
                ask_place(turn)
            return
        if question["fact"] not in turn.case.declined:
            ask(turn, str(question["fact"]))
            return
    turn.case = replace(turn.case, asked=None)


def _ask_which(turn: Turn) -> None:
    topics = turn.base.topics
    buttons = [{"title": topics[topic].label[turn.language], "payload": f"/{topic}"} for topic in turn.case.unsure]
    text = turn.words("which_topic")
    if turn.case.foreign:
        text = f"{turn.words('other_language')} {text}"
    turn.say(
        text, {"type": "question", "fact": "topic", "text": text, "options": list(turn.case.unsure), "why": None}, buttons
    )


class ActionNextSteps(TurnAction):
    """Everything there is to say on the case."""

    def name(self) -> str:
        return "action_next_steps"

    def take(self, turn: Turn) -> None:
        """Sends the whole advice, all rights and steps."""
        if not turn.case.topics:
            turn.notice(turn.words("nothing_yet"))
            return
        say_advice(turn, advise(turn.case.understanding(), turn.today, turn.base), FULL)
