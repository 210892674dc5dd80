"""What a person may claim: entries judged against facts on the law of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from knowledge.conditions import NO, Setting, Status, Verdict, facts_named, judge
from knowledge.entry_source import GENERAL
from knowledge.errors import NotInForceError
from knowledge.facts import Facts
from knowledge.law import Law
from knowledge.model import DeadlineRule, Entry, FactDefinition, Kind, KnowledgeBase, Step
from knowledge.scope import PLACE, Scope

RECENT = relativedelta(years=3)
"""How far back an unknown day of purchase is thought to lie when the law has changed meanwhile."""

BUSINESS = "business_purchase"
ORDINARY = Scope()
"""A thing of no special kind, in a part of the place that is not known."""


@dataclass(frozen=True)
class Deadline:
    """The last day of something, and the fact whose day it is counted from. `day` is None while that day is not known."""

    rule: DeadlineRule
    day: date | None
    counted_from: str

    @property
    def waits_for(self) -> str | None:
        """The fact that has to be known before there is a day."""
        return self.counted_from if self.day is None else None

    def days_left(self, today: date) -> int | None:
        """Days from today to the last day; negative once it has passed."""
        return None if self.day is None else (self.day - today).days


@dataclass(frozen=True)
class DueStep:
    """A step with the day by which to take it."""

    step: Step
    by: date | None


@dataclass(frozen=True)
class Finding:
    """One entry and whether it holds in this case."""

    entry: Entry
    verdict: Verdict
    deadline: Deadline | None
    steps: tuple[DueStep, ...]
    lapsed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What was decided. `missing` names the facts that would change it, most telling first."""

    topics: tuple[str, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]


def decide(
    topics: Sequence[str],
    facts: Facts,
    on: date,
    today: date,
    *,
    base: KnowledgeBase,
    code: str | None,
    found: Sequence[str] = (),
    scope: Scope = ORDINARY,
) -> Outcome:
    """What applies, what depends on missing facts, and by when.

    Args:
        topics: Ids, best first; a purchase for a business brings its own topic along.
        facts: What is known of the case.
        on: Day whose law applies, usually the day of purchase.
        today: Day of asking.
        code: Jurisdiction; None gives what holds everywhere.
        found: Ids of entries that a search brought, best first; those of the topics' place join the others.
        scope: The thing bought and the part of the place; entries about others are left out.
    """
    topics = _with_business(topics, facts)
    entries = [
        entry for entry in _candidates(base, code, topics, found, facts) if scope.covers(entry).status is not Status.NO
    ]
    law = Law(base, code, on, today) if code else None
    findings = tuple(finding for entry in entries if (finding := _judged(entry, facts, law, today, on, scope)) is not None)
    alive = any(finding.verdict.status is not Status.NO for finding in findings)
    if not alive and code is not None:  # nothing of that place holds: what holds everywhere is still said
        everywhere = [
            entry for entry in _candidates(base, None, topics, (), facts) if scope.covers(entry).status is not Status.NO
        ]
        judged = (_judged(entry, facts, law, today, on, scope) for entry in everywhere)
        findings += tuple(finding for finding in judged if finding is not None)
    findings = _ordered(findings, topics, found)
    return Outcome(tuple(topics), findings, _missing(findings, facts, law, base, today))


def _with_business(topics: Sequence[str], facts: Facts) -> list[str]:
    wanted = list(dict.fromkeys(topics))
    if facts.buyer == "business" and BUSINESS not in wanted:
        wanted.append(BUSINESS)
    return wanted


def _candidates(
    base: KnowledgeBase, code: str | None, topics: Sequence[str], found: Sequence[str], facts: Facts
) -> list[Entry]:
    """Entries of the place on these topics, and the very best that was found; what holds everywhere where the place says nothing."""
    place = base.place_of(code) if code else GENERAL
    of_topics = [entry for entry in base.entries.values() if set(entry.topics) & set(topics)]
    chosen = [entry for entry in of_topics if entry.place == place]
    if place == GENERAL or not chosen:
        chosen = [entry for entry in of_topics if entry.place == GENERAL]
    best = base.entries.get(found[0]) if found else None
    if best is not None and place != GENERAL and best.place == place and best not in chosen:
        chosen.append(best)
    return chosen


def _judged(entry: Entry, facts: Facts, law: Law | None, today: date, on: date, scope: Scope) -> Finding | None:
    """The entry's finding; None when it is another day's law."""
    in_force = _in_force(entry, facts, on, today)
    if in_force.status is Status.NO:
        return None
    law = law.while_in_force(entry) if law else None
    try:
        setting = _setting(facts, law, today)
        verdict = _both(judge(entry.condition, setting), in_force)
        deadline, lapsed = _deadline(entry, facts, law, today)
        if deadline and deadline.rule.lapses and verdict.status is not Status.NO:
            verdict = _both(verdict, lapsed)
        within = scope.covers(entry)
        if within.status is not Status.YES:  # no day is told for what may be another thing, or law elsewhere
            verdict, deadline = _both(verdict, within), None
        steps = tuple(_due(step, deadline, facts, law) for step in entry.steps if _wanted(step, setting))
    except NotInForceError:
        return None
    return Finding(entry, verdict, deadline, steps, lapsed=deadline is not None and lapsed.status is Status.NO)


def _in_force(entry: Entry, facts: Facts, on: date, today: date) -> Verdict:
    """Whether the entry was law on the day; depends on the day of purchase where the law changed of late."""
    if facts.purchase_date is not None:
        return Verdict(Status.YES) if entry.in_force(on) else NO
    recent = today - RECENT
    if entry.in_force(on):
        changed = entry.starts is not None and entry.starts > recent
        return Verdict(Status.DEPENDS, ("purchase_date",)) if changed else Verdict(Status.YES)
    ended = entry.ends is not None and recent < entry.ends < today
    return Verdict(Status.DEPENDS, ("purchase_date",)) if ended else NO


def _setting(facts: Facts, law: Law | None, today: date) -> Setting:
    def none(*_: Any) -> Any:
        raise NotInForceError("no jurisdiction, no parameters")

    if law is None:
        return Setting(facts, today, none, none)
    return Setting(facts, today, law.amount_limit, law.last_day)


def _deadline(entry: Entry, facts: Facts, law: Law | None, today: date) -> tuple[Deadline | None, Verdict]:
    """The entry's deadline, and whether the right still lives."""
    if entry.deadline is None or law is None:
        return None, Verdict(Status.YES)
    rule = entry.deadline
    deadline = _counted(rule, facts, law)
    if deadline.day is None:
        return deadline, Verdict(Status.DEPENDS, (deadline.waits_for,) if deadline.waits_for else ())
    if rule.stopped_by:
        told = facts.day(rule.stopped_by)
        if told is not None:
            if told <= deadline.day:
                return None, Verdict(Status.YES)
            return deadline, NO
        if today > deadline.day:
            return deadline, Verdict(Status.DEPENDS, (rule.stopped_by,))
    return deadline, Verdict(Status.YES) if today <= deadline.day else NO


def _counted(rule: DeadlineRule, facts: Facts, law: Law) -> Deadline:
    for name in rule.start:
        if start := facts.day(name):
            return Deadline(rule, law.last_day(start, rule.period, rule.roll, rule.first_day_counts), name)
    return Deadline(rule, None, rule.start[0])


def _due(step: Step, deadline: Deadline | None, facts: Facts, law: Law | None) -> DueStep:
    if step.by_deadline and deadline is not None:
        return DueStep(step, deadline.day)
    if step.by is not None and law is not None:
        return DueStep(step, _counted(step.by, facts, law).day)
    return DueStep(step, None)


def _wanted(step: Step, setting: Setting) -> bool:
    return judge(step.condition, setting).status is Status.YES


def _both(one: Verdict, other: Verdict) -> Verdict:
    if Status.NO in (one.status, other.status):
        return NO
    depends = tuple(dict.fromkeys((*one.depends_on, *other.depends_on)))
    return Verdict(Status.DEPENDS, depends) if depends else Verdict(Status.YES)


_STATUS_WEIGHT = {Status.YES: 0.2, Status.DEPENDS: 0.0, Status.NO: -10.0}
_KIND_WEIGHT = {Kind.RIGHT: 0.1, Kind.LIMIT: 0.0, Kind.ROUTE: 0.0, Kind.CHECKLIST: 0.0, Kind.EXCUSE: -0.5}


def _ordered(findings: Iterable[Finding], topics: Sequence[str], found: Sequence[str]) -> tuple[Finding, ...]:
    """The topic's own core first, rights before answers to excuses; what holds, and what the search put high, is lifted."""
    place_found = {entry_id: position for position, entry_id in enumerate(found)}

    def weight(finding: Finding) -> float:
        entry = finding.entry
        score = 0.0
        for position, topic in enumerate(topics[:3]):
            if topic in entry.topics:
                own = 1.0 if entry.topics[0] == topic else 0.6
                score = max(score, own / (1 + position))
        score -= 0.25 * (entry.rank - 1)
        if entry.id in place_found:
            score += 0.4 / (1 + place_found[entry.id])
        if PLACE in finding.verdict.depends_on:  # law of one part of the place comes after that of the whole
            score -= 0.5
        return score + _STATUS_WEIGHT[finding.verdict.status] + _KIND_WEIGHT[entry.kind]

    return tuple(sorted(findings, key=lambda finding: -weight(finding)))


_RANK_WEIGHT = {1: 4.0, 2: 2.0, 3: 1.0}


def _missing(
    findings: Sequence[Finding], facts: Facts, law: Law | None, base: KnowledgeBase, today: date
) -> tuple[str, ...]:
    """Unknown facts by how much of the answer they would settle: for each fact, the mean over its values of the weight
    of entries that no longer depend on anything, plus a little for each deadline or step that waits for it."""
    if law is None:
        return ()
    gains: dict[str, float] = {}
    open_findings = [finding for finding in findings if finding.verdict.status is Status.DEPENDS]
    named = dict.fromkeys(fact for finding in open_findings for fact in finding.verdict.depends_on)
    for fact in named:
        if fact == PLACE:  # most answers name another part of the place: then less is told, and nothing new
            gains[fact] = 0.5 * _sharing(fact, open_findings)
            continue
        gains[fact] = _settled(fact, base.facts[fact], open_findings, facts, law, today)
    for finding in findings:
        if finding.verdict.status is Status.NO:
            continue
        weight = _RANK_WEIGHT[finding.entry.rank]
        if finding.deadline and finding.deadline.waits_for and not finding.deadline.rule.lapses:
            fact = finding.deadline.waits_for
            gains[fact] = gains.get(fact, 0.0) + 0.25 * weight
        for step in finding.entry.steps:
            for fact in facts_named(step.condition):
                if facts.token(fact) is None:
                    gains[fact] = gains.get(fact, 0.0) + 0.25 * weight
    return tuple(sorted((fact for fact in gains if gains[fact] > 0), key=lambda fact: -gains[fact]))


def _settled(
    fact: str, definition: FactDefinition, findings: Sequence[Finding], facts: Facts, law: Law, today: date
) -> float:
    values: list[Any] = [option.value for option in definition.options]
    if definition.kind == "bool":
        values = [True, False]
    if not values:  # a day or a sum: every entry that names it is a step nearer
        return _sharing(fact, findings)
    total = 0.0
    for value in values:
        setting = _setting(replace(facts, **{fact: value}), law, today)
        for finding in findings:
            if fact not in finding.verdict.depends_on:
                continue
            verdict = judge(finding.entry.condition, setting)
            if verdict.status is not Status.DEPENDS:
                total += _RANK_WEIGHT[finding.entry.rank]
            elif len(verdict.depends_on) < len(finding.verdict.depends_on):
                total += 0.3 * _RANK_WEIGHT[finding.entry.rank]
    return total / len(values)


def _sharing(fact: str, findings: Sequence[Finding]) -> float:
    """The weight of what depends on a fact, shared with the other facts that it depends on."""
    return sum(
        _RANK_WEIGHT[finding.entry.rank] / len(finding.verdict.depends_on)
        for finding in findings
        if fact in finding.verdict.depends_on
    )
