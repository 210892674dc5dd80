"""Takes in a message: place, language, facts and topics into the slots."""

from __future__ import annotations

from actions.case import heard, is_other_business
from actions.turn import Turn, TurnAction


class ActionUnderstand(TurnAction):
    """First action of every turn."""

    def name(self) -> str:
        return "action_understand"

    def take(self, turn: Turn) -> None:
        """Adds the message to the case; a short answer that looked like something else goes on to the advice."""
        text = str(turn.parsed.get("text") or "")
        if not any(character.isalnum() for character in text):
            turn.notice(turn.words("nothing_read"))
            turn.follow_up = "action_listen"
            return
        turn.case = heard(turn.case, turn.parsed, turn.base, turn.today)
        if (turn.parsed.get("metadata") or {}).get("truncated"):
            turn.notice(turn.words("too_long"))
        if turn.case.answered and not is_other_business(turn.parsed):
            turn.follow_up = "action_advise"
