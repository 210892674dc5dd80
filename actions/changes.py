"""What a correction changed: the fact, and what appears, falls away or moves because of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.case import REGION, Case
from actions.turn import Turn
from knowledge.advice import Advice, RightWords, advise
from knowledge.conditions import Status
from knowledge.dates import day_words
from knowledge.facts import Facts, readable_facts
from knowledge.model import Language
from knowledge.parsed import facts_in

MOST_NAMED = 4


def say_changes(turn: Turn, now: Advice) -> None:
    """One notice: each fact old -> new, then rights, last days and the letter that differ."""
    then = advise(_before(turn).understanding(), turn.today, turn.base)
    separator = "; " if turn.language is Language.EN else "；"
    facts = separator.join(_fact_line(turn, name, old) for name, old in turn.case.changes if old is not None)
    parts = [turn.words("changed", changes=facts), *differences(turn, then, now)]
    if len(parts) == 1:
        parts.append(turn.words("changed_nothing"))
    turn.notice("\n\n".join(parts), reason="changed", facts=turn.case.facts.as_json())


def say_noted(turn: Turn) -> None:
    """What was taken over from the message, when the answer stays as it is; what was not understood is not called noted."""
    told = [name for name, _ in turn.case.changes if name not in ("jurisdiction", REGION)]
    told = told or list(facts_in(turn.parsed, turn.base, turn.today)[0].known())  # said before, and said again
    if not told:
        turn.notice(turn.words("answer_unread"), reason="unread", facts=turn.case.facts.as_json())
        return
    separator = "; " if turn.language is Language.EN else "；"
    colon = ": " if turn.language is Language.EN else "："
    facts = separator.join(
        f"{turn.base.facts[name].label[turn.language]}{colon}{fact_words(turn, name, turn.case.facts)}" for name in told
    )
    turn.notice(turn.words("noted_facts", facts=facts), reason="noted", facts=turn.case.facts.as_json())


def differences(turn: Turn, then: Advice, now: Advice) -> list[str]:
    """What differs between two answers, in parts that have a heading each."""
    came = [right for right in now.rights if _alive(right.status) and not _alive(then.judged.get(right.id))]
    went = [right for right in then.rights if _alive(right.status) and not _alive(now.judged.get(right.id))]
    surer = [right for right in now.rights if right.status is Status.YES and then.judged.get(right.id) is Status.DEPENDS]
    ended = {right.id: right.deadline["date"] for right in now.rights if right.lapsed and right.deadline}
    earlier = {right.id: _last_day(right) for right in then.rights if _alive(right.status)}
    moved = [
        turn.words("changed_day", title=right.title, old=_day(turn, earlier[right.id]), new=_day(turn, _last_day(right)))
        for right in now.rights
        if _alive(right.status) and right.id in earlier and earlier[right.id] != _last_day(right)
    ]
    gone = [
        turn.words("changed_day_gone", title=right.title, day=_day(turn, ended[right.id]))
        if ended.get(right.id)
        else right.title
        for right in went
    ]
    days = [_with_day(turn, right) for right in came]
    parts = [
        _list(turn, "changed_now", days),
        _list(turn, "changed_gone", gone),
        _list(turn, "changed_surer", [right.title for right in surer]),
        _list(turn, "changed_days", moved),
    ]
    first, second = (advice.letters[0]["id"] if advice.letters else None for advice in (then, now))
    if second and first != second:
        parts.append(turn.words("changed_letter", title=now.letters[0]["title"]))
    return [part for part in parts if part]


def _before(turn: Turn) -> Case:
    """The case as it was before the changes."""
    old: Mapping[str, Any] = dict(turn.case.changes)
    facts, _ = readable_facts(
        {name: value for name, value in old.items() if name not in ("jurisdiction", REGION)}, turn.base.facts, turn.today
    )
    news = [name for name, value in old.items() if value is None]
    case = replace(turn.case, facts=replace(turn.case.facts.with_over(facts), **dict.fromkeys(news)))
    if "jurisdiction" in old:
        return replace(case, code=old["jurisdiction"])
    return replace(case, region=old[REGION]) if REGION in old else case


def _fact_line(turn: Turn, name: str, old: Any) -> str:
    if name == "jurisdiction":
        names = [turn.base.jurisdictions[code].names[turn.language] if code else "" for code in (old, turn.case.code)]
        return turn.words("changed_fact", label=turn.words("changed_place"), old=names[0], new=names[1])
    if name == REGION:
        regions = turn.base.regions
        names = [regions[region].label[turn.language] if region else "" for region in (old, turn.case.region)]
        return turn.words("changed_fact", label=turn.words("changed_region"), old=names[0], new=names[1])
    before, _ = readable_facts({name: old}, turn.base.facts, turn.today)
    return turn.words(
        "changed_fact",
        label=turn.base.facts[name].label[turn.language],
        old=fact_words(turn, name, before),
        new=fact_words(turn, name, turn.case.facts),
    )


def fact_words(turn: Turn, name: str, facts: Facts) -> str:
    """The value of a fact as the person reads it."""
    token = facts.token(name)
    if token is None:
        return turn.words("changed_open")
    day = facts.day(name)
    if day is not None:
        return day_words(day, turn.language)
    if name == "amount":
        currency = facts.currency or turn.case.facts.currency
        return f"{currency} {facts.amount:,}" if currency else f"{facts.amount:,}"
    labels = (option.label[turn.language] for option in turn.base.facts[name].options if option.value == token)
    return next(labels, token)


def _alive(status: Status | None) -> bool:
    return status in (Status.YES, Status.DEPENDS)


def _last_day(right: RightWords) -> str | None:
    return right.deadline["date"] if right.deadline else None


def _day(turn: Turn, iso: str | None) -> str:
    return day_words(date.fromisoformat(iso), turn.language) if iso else turn.words("changed_open")


def _with_day(turn: Turn, right: RightWords) -> str:
    last = _last_day(right)
    return turn.words("several_by", label=right.title, day=_day(turn, last)) if last else right.title


def _list(turn: Turn, heading: str, lines: Iterable[str]) -> str:
    shown = [f"- {line}" for line in lines][:MOST_NAMED]
    return "\n".join([turn.words(heading), *shown]) if shown else ""
