"""A letter for the case."""

from __future__ import annotations

from dataclasses import replace

from actions.ask import ask, ask_place
from actions.turn import Turn, TurnAction
from knowledge.advice import LEAST_PROBLEM, advise
from knowledge.errors import MissingFactsError
from knowledge.letters import letter
from knowledge.model import Language


class ActionLetter(TurnAction):
    """Writes the letter that was asked for, or asks for what it still needs."""

    def name(self) -> str:
        return "action_letter"

    def take(self, turn: Turn) -> None:
        """Sends a document, or a question with the reason."""
        wanted = _wanted(turn)
        if wanted is None:
            turn.notice(turn.words("nothing_yet"))
            return
        case = turn.case
        title = turn.base.letters[wanted].title[turn.language]
        try:
            about = [topic for place, (topic, share) in enumerate(case.topics) if place == 0 or share >= LEAST_PROBLEM]
            document = letter(wanted, case.code, turn.language, case.facts, turn.today, turn.base, about)
        except MissingFactsError as missing:
            open_ones = [name for name in missing.facts if name not in case.declined]
            names = _names(turn, missing.facts)
            if not open_ones:  # all that is missing has been asked, and is not known
                turn.notice(turn.words("letter_waits", title=title, facts=names))
                turn.case = replace(case, wanted=None, asked=None)
                return
            turn.notice(turn.words("letter_needs", title=title, facts=names))
            turn.case = replace(case, wanted=wanted)
            ask_place(turn) if open_ones[0] == "jurisdiction" else ask(turn, open_ones[0])
            return
        lines = [turn.words("letter_ready", title=title)]
        if document.reading_copy:
            lines.append(turn.words("letter_language"))
        text = "\n\n".join([*lines, f"```\n{document.text}```"])
        if document.reading_copy:
            text += f"\n\n**{turn.words('reading_copy')}**\n\n```\n{document.reading_copy[1]}```"
        turn.say(text, {"type": "document", **document.as_json()})
        turn.case = replace(case, wanted=None, asked=None)


def _wanted(turn: Turn) -> str | None:
    """The letter named in the message, the one waited for, or the first that fits the case."""
    for entity in turn.parsed.get("entities") or []:
        if entity["entity"] == "letter" and entity["value"] in turn.base.letters:
            return str(entity["value"])
    if turn.case.wanted:
        return turn.case.wanted
    if not turn.case.topics:
        return None
    letters = advise(turn.case.understanding(), turn.today, turn.base).letters
    return letters[0]["id"] if letters else None


def _names(turn: Turn, facts: tuple[str, ...]) -> str:
    separator = ", " if turn.language is Language.EN else "、"
    labels = [
        turn.words("letter_place") if name == "jurisdiction" else turn.base.facts[name].label[turn.language]
        for name in facts
    ]
    return separator.join(label.lower() if turn.language is Language.EN else label for label in labels)
