"""The advice for a case, and the one question that would change it most."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from actions.ask import ask, ask_again, ask_place, ask_region, ask_which
from actions.case import ASPECTS, aspect_of
from actions.changes import say_changes, say_noted
from actions.cues import names_a_month_only, says
from actions.turn import Button, Turn, TurnAction
from knowledge.advice import Advice, advise
from knowledge.reply import ASPECT, FULL, SHORT, UPDATE, Length, disclaimer, reply

MOST_PROBLEM_BUTTONS = 2
DOUBT = 0.15
"""From this confidence on the second topic is offered as what may be meant instead."""
ASPECT_SHARE = 0.5
"""Confidence of a topic that is asked about the problem in hand; less than that of the problem, which keeps its weight."""


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
            ask_which(turn)
            return
        if case.in_scope and not case.topics:
            told = str(turn.parsed.get("text") or "").strip()
            turn.notice(turn.words("nothing_yet" if turn.dont_know else "not_understood" if told else "nothing_read"))
            return
        if case.wanted and case.in_scope and case.answered:
            turn.follow_up = "action_letter"
            return
        aspect = aspect_of(case, turn.parsed)
        if aspect is not None:
            about = replace(case.understanding(), topics=((aspect, ASPECT_SHARE), *case.topics))
            say_advice(turn, advise(about, turn.today, turn.base), ASPECT)
            ask_again(turn)
            return
        several = not case.answered and says("several", str(turn.parsed.get("text") or ""))
        advice = advise(replace(case.understanding(), several=several), turn.today, turn.base)
        if not case.in_scope:
            say_advice(turn, advice, SHORT)
            ask_again(turn)
            return
        said = fingerprint(advice)
        corrected = any(old is not None for _, old in case.changes) and (case.answered or _moved(turn))
        if corrected:
            say_changes(turn, advice)
        if not (case.answered and said == case.said):
            say_advice(turn, advice, UPDATE if case.answered and case.said else SHORT)
        elif _lacks_day(turn):
            turn.notice(turn.words("which_day"))
        elif turn.dont_know:
            turn.notice(turn.words("never_mind"))
        elif not corrected:
            say_noted(turn)
        turn.case = replace(turn.case, said=said)
        _ask_next(turn, advice)


def say_advice(turn: Turn, advice: Advice, length: Length) -> None:
    """One advice message: text for any channel, the advice object for those that draw it."""
    whole = reply(advice, turn.base, length, with_question=False)
    line = disclaimer(turn.base, turn.language)
    custom = {"type": "advice", **advice.as_json(reply(advice, turn.base, length), line)}
    buttons = [*letter_buttons(advice, turn), *(problem_buttons(advice, turn) if length is not UPDATE else [])]
    turn.say(whole, custom, buttons)


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


def problem_buttons(advice: Advice, turn: Turn) -> list[Button]:
    """A button for each further problem of the message, and for each that was left for later."""
    topics = turn.base.topics
    named = advice.problems[1:]
    buttons = [
        {"title": turn.words("go_on_with", label=topics[topic].label[turn.language]), "payload": f"/{topic}"}
        for topic, _ in named
    ]
    if not named and len(advice.topics) > 1 and advice.topics[1][1] >= DOUBT and not turn.case.beside:
        topic = advice.topics[1][0]
        if topic in topics and not topics[topic].accompanies and advice.topics[0][0] not in ASPECTS:
            buttons.append(
                {"title": turn.words("or_about", label=topics[topic].label[turn.language]), "payload": f"/{topic}"}
            )
    left = dict.fromkeys(problem["topics"][0][0] for problem in turn.case.beside)
    shown = {topic for topic, _ in advice.problems} or {topic for topic, _ in advice.topics[:1]}
    buttons += [
        {"title": turn.words("go_back_to", label=topics[topic].label[turn.language]), "payload": f"/{topic}"}
        for topic in left
        if topic not in shown
    ]
    return buttons[:MOST_PROBLEM_BUTTONS]


def _moved(turn: Turn) -> bool:
    """Whether the message moved the case to another place."""
    return any(name == "jurisdiction" for name, _ in turn.case.changes)


def _lacks_day(turn: Turn) -> bool:
    """Whether a day was asked for and only its month was given."""
    asked = turn.base.facts.get(turn.case.asked or "")
    return asked is not None and asked.kind == "date" and names_a_month_only(str(turn.parsed.get("text") or ""))


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
    """The fact that was taken back without its right value, else the one that would change the answer most."""
    withdrawn = [name for name, _ in turn.case.changes if name in turn.base.facts and turn.case.facts.token(name) is None]
    if withdrawn:
        ask(turn, withdrawn[0])
        return
    for question in advice.questions:
        if question["fact"] == "jurisdiction":
            if "jurisdiction" in turn.case.declined:
                continue
            ask_place(turn) if turn.case.code is None else ask_region(turn)
            return
        if question["fact"] not in turn.case.declined:
            ask(turn, str(question["fact"]))
            return
    turn.case = replace(turn.case, asked=None)


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
