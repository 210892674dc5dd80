"""Why: the law behind each right, and the clocks that run."""

from __future__ import annotations

from datetime import date

from actions.ask import ask_again, ask_place
from actions.turn import Turn, TurnAction
from knowledge.advice import Advice, advise
from knowledge.conditions import Status
from knowledge.dates import day_words


class ActionWhy(TurnAction):
    """Each right with its rule, its law and the day on which the text was read."""

    def name(self) -> str:
        return "action_why"

    def take(self, turn: Turn) -> None:
        """Sends one message; without a case it asks for one."""
        asked = turn.base.facts.get(turn.case.asked or "")
        if asked is not None:
            turn.notice(f"{asked.why[turn.language]}\n{turn.words('you_can_skip')}")
        advice = _advice(turn)
        if advice is None:
            return
        parts = []
        for right in advice.rights:
            if right.status is Status.NO:
                continue
            lines = [f"**{right.title}**", right.summary]
            for citation in right.citations:
                read = citation["checked_on"]
                day = turn.words("checked_on", day=day_words(date.fromisoformat(read), turn.language)) if read else None
                note = day or turn.words("not_checked").strip(" ()（）")
                lines.append(f"- [{citation['law']} {citation['provision']}]({citation['url']}), {note}")
            parts.append("\n".join(lines))
        turn.notice("\n\n".join(parts[:5]) or turn.words("not_understood"))
        ask_again(turn)


class ActionDeadlines(TurnAction):
    """The clocks of the case, nearest first."""

    def name(self) -> str:
        return "action_deadlines"

    def take(self, turn: Turn) -> None:
        """Sends one message; days that cannot be computed say what is needed."""
        advice = _advice(turn)
        if advice is None:
            return
        if turn.case.code is None:  # what holds everywhere has no days; the place's law may
            turn.notice(turn.words("deadlines_by_place"))
            ask_place(turn)
            return
        dated, open_ones = [], []
        for right in advice.rights:
            deadline = right.deadline
            if deadline is None:
                continue
            if deadline["date"] is None:
                if right.status is not Status.NO:
                    open_ones.append(turn.words("deadline_open", title=right.title, rule=deadline["rule"]))
                continue
            if right.status is Status.NO and not right.lapsed:
                continue
            key = {0: "last_day_today", 1: "one_day_left"}.get(deadline["days_left"], "days_left")
            left = turn.words(key, days=deadline["days_left"])
            if deadline["days_left"] < 0:
                left = turn.words("deadline_passed")
            day = day_words(date.fromisoformat(deadline["date"]), turn.language)
            line = turn.words("deadline_day", day=day, left=left, title=right.title, rule=deadline["rule"])
            dated.append((deadline["date"], line))
        for step in advice.next_steps:
            if step["by"] and not any(step["by"] == day for day, _ in dated):
                day = day_words(date.fromisoformat(step["by"]), turn.language)
                dated.append((step["by"], f"- **{day}**: {step['text']}"))
        lines = [line for _, line in sorted(dated)] + open_ones
        turn.notice("\n".join([turn.words("deadlines"), *lines]) if lines else turn.words("no_deadline"))
        ask_again(turn)


def _advice(turn: Turn) -> Advice | None:
    if not turn.case.topics:
        turn.notice(turn.words("nothing_yet"))
        return None
    return advise(turn.case.understanding(), turn.today, turn.base)
