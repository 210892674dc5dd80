"""Takes in a message: place, language, facts and topics into the slots."""

from __future__ import annotations

from dataclasses import replace

from actions.alarm import say_alarm
from actions.ask import ask_again
from actions.case import A_PERSON, aspect_of, back, heard, heard_aside, is_other_business
from actions.cues import aside_of, says
from actions.turn import Turn, TurnAction
from knowledge.facts import FACT_NAMES
from knowledge.scripts import HAN

BARE_EN, BARE_ZH = 60, 20
"""Up to this many characters a message of distress that holds no fact tells no problem."""


class ActionUnderstand(TurnAction):
    """First action of every turn."""

    def name(self) -> str:
        return "action_understand"

    def take(self, turn: Turn) -> None:
        """Adds the message to the case, says what cannot wait, and sends what is no plain turn of its intent on its way: a question
        put beside the case, a short answer that looked like something else, mere distress."""
        text = str(turn.parsed.get("text") or "")
        if not any(character.isalnum() for character in text):
            turn.notice(turn.words("nothing_read"))
            turn.follow_up = "action_listen"
            return
        if aside_of(text) is not None:
            turn.case = heard_aside(turn.case, turn.parsed)
            turn.follow_up = "action_aside"
            return
        if says("back_to", text) and not text.startswith("/") and turn.case.topics:
            turn.case = back(heard_aside(turn.case, turn.parsed), turn.parsed)
            turn.follow_up = "action_advise" if turn.case.said is None else "action_next_steps"
            return
        aspect = aspect_of(turn.case, turn.parsed)
        before = turn.case
        turn.case = heard(turn.case, turn.parsed, turn.base, turn.today)
        if (turn.parsed.get("metadata") or {}).get("truncated"):
            turn.notice(turn.words("too_long"))
        if say_alarm(turn):
            turn.case = replace(turn.case, in_scope=True)
            turn.follow_up = "action_listen"
            return
        if turn.case.matter > before.matter and len(turn.case.beside) > len(before.beside):
            label = turn.base.topics[turn.case.beside[0]["topics"][0][0]].label[turn.language]
            turn.notice(turn.words("put_aside", label=label))
        if says("distress", text) and (not turn.case.in_scope or _tells_nothing(turn)):
            turn.case = replace(before, language=turn.case.language, consoled=turn.case.consoled, in_scope=True)
            if before.topics:
                ask_again(turn)
            else:
                turn.notice(turn.words("consolation_ask"))
            turn.follow_up = "action_listen"
            return
        if aspect is not None:
            turn.follow_up = "action_advise"
            return
        person_wanted = turn.case.wanted == A_PERSON
        if person_wanted:
            turn.case = replace(turn.case, wanted=None)
        if turn.case.answered and not is_other_business(turn.parsed, turn.base):
            place_told = before.asked == "jurisdiction" and not turn.dont_know
            turn.follow_up = _after_an_answer(turn, place_told, person_wanted)


def _after_an_answer(turn: Turn, place_told: bool, person_wanted: bool) -> str:
    """The action to go on with after an answer: what the question was asked for."""
    if place_told and turn.case.code is not None:
        if person_wanted:
            return "action_handoff"
        if not turn.case.topics:
            return "action_change_jurisdiction"
    return "action_advise"


def _tells_nothing(turn: Turn) -> bool:
    """Whether a message of distress is too short, and names too little, to be told a law about."""
    text = str(turn.parsed.get("text") or "")
    named = any(item["entity"] in FACT_NAMES for item in turn.parsed.get("entities") or [])
    return not named and len(text) <= (BARE_ZH if HAN.search(text) else BARE_EN)
