"""What cannot wait: a life in danger, a fraud that goes on, distress. Said before all else."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from actions.cues import says
from actions.turn import Turn
from knowledge.advice import authority_words
from knowledge.model import Language

ALARMS = Path(__file__).parent / "alarms.yml"


def say_alarm(turn: Turn) -> bool:
    """Says what cannot wait; whether it is all that is to be said in this turn."""
    text = str(turn.parsed.get("text") or "")
    if text.startswith("/"):
        return False
    if says("self_harm", text):
        _say_crisis(turn)
        return True
    for cue, key in (("scam_now", "alarm_scam"), ("fraud_now", "alarm_fraud")):
        if says(cue, text):
            turn.notice("\n\n".join([turn.words(key), *_reports(turn)]), reason="alarm")
            return False
    if says("distress", text) and not turn.case.consoled:
        turn.case = replace(turn.case, consoled=True)
        turn.notice(turn.words("consolation"), reason="consolation")
    return False


def _say_crisis(turn: Turn) -> None:
    """Kind words and whom to ring; the case waits."""
    code = turn.case.code
    line = turn.words(f"crisis_line_{turn.base.place_of(code)}") if code else None
    parts = [turn.words("crisis"), f"**{line}**" if line else turn.words("crisis_where")]
    if turn.case.topics:
        parts.append(turn.words("crisis_later"))
    turn.case = replace(turn.case, consoled=True)
    turn.notice("\n\n".join(parts), reason="crisis")


def _reports(turn: Turn) -> list[str]:
    code = turn.case.code
    if code is None:
        return [turn.words("alarm_place")]
    place = turn.base.place_of(code)
    lines = [turn.words("alarm_reports", place=turn.base.jurisdictions[code].names[turn.language])]
    for name in fraud_bodies()[code]:
        words = authority_words(turn.base.authorities[f"{place}.{name}"], turn.language)
        separator = ": " if turn.language is Language.EN else "："
        phone = f"{separator}{words['phone']}" if words["phone"] else ""
        lines.append(f"- [{words['name']}]({words['url']}){phone}")
    return ["\n".join(lines)]


@lru_cache(maxsize=1)
def fraud_bodies() -> dict[str, list[str]]:
    """Authorities that take reports of fraud, by jurisdiction."""
    return {str(code): list(names) for code, names in YAML(typ="safe").load(ALARMS.read_text("utf-8")).items()}
