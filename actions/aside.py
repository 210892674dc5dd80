"""Questions put beside the case, answered before the open question is taken up again."""

from __future__ import annotations

from actions.ask import ask_again
from actions.cues import aside_of
from actions.turn import Turn, TurnAction
from knowledge.advice import Advice, advise
from knowledge.conditions import Status

MOST_DECIDED = 3


class ActionAside(TurnAction):
    """What a word means, why something is asked, what this costs, who answers, what is kept."""

    def name(self) -> str:
        return "action_aside"

    def take(self, turn: Turn) -> None:
        """Sends the answer, then the question that is still open."""
        aside = aside_of(str(turn.parsed.get("text") or ""))
        if aside == "why_asked":
            if turn.case.asked is None:
                turn.follow_up = "action_why"
                return
            turn.notice("\n\n".join(why_asked(turn)))
        elif aside is not None:
            turn.notice(turn.words(aside if aside.startswith("term_") else f"aside_{aside}"))
        ask_again(turn)


def why_asked(turn: Turn) -> list[str]:
    """Why the open question is asked, and the rules that it decides."""
    asked = turn.case.asked or ""
    if asked == "jurisdiction":
        why = turn.words("jurisdiction_why" if turn.case.code is None else "region_why")
        return [why, turn.words("aside_can_skip")]
    definition = turn.base.facts.get(asked)
    if definition is None:
        return [turn.words("which_topic")]
    parts = [definition.why[turn.language]]
    lines = decided_by(asked, advise(turn.case.understanding(), turn.today, turn.base)) if turn.case.topics else []
    if lines:
        parts.append("\n".join([turn.words("aside_why_decides"), *lines]))
    return [*parts, turn.words("aside_can_skip")]


def decided_by(fact: str, advice: Advice) -> list[str]:
    """The rights that hang on a fact, each with its law."""
    lines = []
    for right in advice.rights:
        if right.status is not Status.DEPENDS or fact not in right.depends_on:
            continue
        laws = [f"[{citation['law']} {citation['provision']}]({citation['url']})" for citation in right.citations[:1]]
        lines.append(f"- {right.title}" + (f": {laws[0]}" if laws else ""))
    return lines[:MOST_DECIDED]
