"""Rules of the data that go beyond its form. One function per rule; each gives its faults with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from knowledge.conditions import All, AmountBetween, Condition, Not, Some, Within
from knowledge.errors import Fault
from knowledge.law import PLACEHOLDER
from knowledge.load import Loading, read_folder
from knowledge.model import Entry, KnowledgeBase, Language, Parameter, Words
from knowledge.quantities import PERIOD_UNITS

DIGITS = re.compile(r"[0-9０-９]+")
TITLE_LIMITS = {Language.EN: 90, Language.ZH_HANT: 36, Language.ZH_HANS: 36}
FRESH_MONTHS = 12


@dataclass(frozen=True)
class Report:
    """What a check found. Faults fail it; warnings ask a person to look."""

    base: KnowledgeBase
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check(folder: Path, today: date) -> Report:
    """Reads a data folder and applies every rule."""
    loading = read_folder(folder)
    faults = [*loading.faults]
    for rule in RULES:
        faults.extend(rule(loading))
    warnings = tuple(sorted(set(_not_confirmed(loading, today))))
    faults.extend(_ended(loading, today))
    return Report(loading.base, tuple(sorted(set(faults))), warnings)


def texts_of(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], Words]]:
    """Every text of an entry that a user can see, with its place in the entry."""
    yield ("title",), entry.title
    yield ("summary",), entry.summary
    for index, step in enumerate(entry.steps):
        yield ("next_steps", index), step.text
        if step.by and step.by.rule:
            yield ("next_steps", index, "by"), step.by.rule
    if entry.answer_with:
        yield ("answer_with",), entry.answer_with
    if entry.deadline and entry.deadline.rule:
        yield ("deadline", "rule"), entry.deadline.rule
    for index, item in enumerate(entry.evidence):
        if not isinstance(item, str):
            yield ("evidence", index), item


def parameters_of(entry: Entry) -> set[str]:
    """Addresses of all parameters that an entry uses."""
    named = {
        match.group(2)
        for _, words in texts_of(entry)
        for text in words.values()
        for match in PLACEHOLDER.finditer(text)
        if not match.group(1)
    }
    rules = [entry.deadline, *(step.by for step in entry.steps)]
    named.update(rule.period for rule in rules if rule)
    for condition in (entry.condition, *(step.condition for step in entry.steps)):
        named.update(_parameters_in(condition))
    return named


def placeholders_can_be_filled(loading: Loading) -> Iterator[Fault]:
    """Every {…} names a parameter or authority of the same place."""
    base = loading.base
    for entry in base.entries.values():
        for place, words in texts_of(entry):
            for text in words.values():
                for match in PLACEHOLDER.finditer(text):
                    known = base.authorities if match.group(1) else base.parameters
                    if f"{entry.place}.{match.group(2)}" not in known:
                        yield _fault(loading, entry.id, f"{match.group(0)}: no such thing in {entry.place}", *place)
                rest = PLACEHOLDER.sub("", text)
                if "{" in rest or "}" in rest:
                    text_shown = re.search(r"[{}].{0,20}", rest)
                    shown = text_shown.group(0) if text_shown else ""
                    yield _fault(loading, entry.id, f"found {shown!r}, allowed: {{file.key}}, {{@authority}}", *place)


def numbers_are_parameters(loading: Loading) -> Iterator[Fault]:
    """No digit in a text, apart from names that are listed."""
    for entry in loading.base.entries.values():
        for place, words in texts_of(entry):
            for language, text in words.items():
                rest = PLACEHOLDER.sub("", text)
                for name in sorted(entry.names, key=len, reverse=True):
                    rest = rest.replace(name, "")
                if found := DIGITS.search(rest):
                    around = rest[max(0, found.start() - 12) : found.end() + 12]
                    yield _fault(
                        loading,
                        entry.id,
                        f"{language.value}: found a bare number in {around!r}; make it a parameter, or list the name in 'names'",
                        *place,
                    )


def parameters_are_in_force(loading: Loading) -> Iterator[Fault]:
    """A parameter that an entry uses has a value on every day on which the entry is law."""
    base = loading.base
    for entry in base.entries.values():
        for address in sorted(parameters_of(entry)):
            parameter = base.parameters.get(f"{entry.place}.{address}")
            if parameter is None or parameter.by_today:
                continue
            first = parameter.values[0].since
            if entry.starts is None or entry.starts < first:
                yield _fault(
                    loading,
                    entry.id,
                    f"is law from {entry.starts or 'ever'}, but {address} only from {first}; give the entry in_force: from",
                    "in_force",
                )
            for value in parameter.values:
                ends_meanwhile = value.value is None and value.since >= (entry.starts or value.since)
                if ends_meanwhile and (entry.ends is None or entry.ends >= value.since):
                    yield _fault(loading, entry.id, f"{address} ends on {value.since}; end the entry too", "in_force")


def deadlines_use_periods(loading: Loading) -> Iterator[Fault]:
    """Deadlines and `within` count in units of time, amounts in a currency."""
    base = loading.base
    for entry in base.entries.values():
        rules = [entry.deadline, *(step.by for step in entry.steps)]
        periods = {rule.period for rule in rules if rule}
        for condition in (entry.condition, *(step.condition for step in entry.steps)):
            periods |= {part.period for part in _parts(condition) if isinstance(part, Within)}
            for part in _parts(condition):
                if isinstance(part, AmountBetween):
                    for address in filter(None, (part.at_least, part.at_most)):
                        parameter = base.parameters[f"{entry.place}.{address}"]
                        if not parameter.unit.startswith("currency-"):
                            yield _fault(loading, entry.id, f"{address} is in {parameter.unit}, needed: a currency")
        for address in sorted(periods):
            parameter = base.parameters[f"{entry.place}.{address}"]
            if parameter.unit not in PERIOD_UNITS:
                yield _fault(loading, entry.id, f"{address} is in {parameter.unit}, needed: {', '.join(PERIOD_UNITS)}")


def titles_are_short(loading: Loading) -> Iterator[Fault]:
    """A title fits on two lines of a phone."""
    for entry in loading.base.entries.values():
        for language, limit in TITLE_LIMITS.items():
            length = len(PLACEHOLDER.sub("14 days", entry.title[language]))
            if length > limit:
                yield _fault(
                    loading, entry.id, f"title in {language.value} has {length} characters, at most {limit}", "title"
                )


def questions_are_different(loading: Loading) -> Iterator[Fault]:
    """asked_as has at least two questions per language, none twice in one place."""
    seen: dict[tuple[str, str], str] = {}
    for entry in loading.base.entries.values():
        for language, questions in entry.asked_as.items():
            if len(questions) < 2:
                yield _fault(loading, entry.id, f"asked_as: {len(questions)} in {language.value}, at least 2", "asked_as")
            for question in questions:
                key = entry.place, question.casefold()
                if seen.setdefault(key, entry.id) != entry.id:
                    yield _fault(loading, entry.id, f"asked_as: {question!r} is in {seen[key]} too", "asked_as")


def values_have_a_source(loading: Loading) -> Iterator[Fault]:
    """Each value of a parameter names the law it stands in."""
    for parameter in loading.base.parameters.values():
        for value in parameter.values:
            if value.value is not None and (value.statute is None or value.href is None):
                yield _fault(
                    loading, parameter.id, f"value of {value.since} has no reference (law, provision, href)", "values"
                )


RULES: tuple[Callable[[Loading], Iterable[Fault]], ...] = (
    placeholders_can_be_filled,
    numbers_are_parameters,
    parameters_are_in_force,
    deadlines_use_periods,
    titles_are_short,
    questions_are_different,
    values_have_a_source,
)


def _ended(loading: Loading, today: date) -> Iterator[Fault]:
    """A parameter whose law has ended must not be used by an entry that is still law."""
    for parameter in loading.base.parameters.values():
        if _ended_on(parameter, today):
            users = [
                entry.id
                for entry in loading.base.entries.values()
                if f"{entry.place}.x".startswith(parameter.id.split(".")[0] + ".")
                and parameter.id.split(".", 1)[1] in parameters_of(entry)
                and (entry.ends is None or entry.ends >= today)
            ]
            for user in users:
                yield _fault(loading, user, f"uses {parameter.id}, whose law has ended", "in_force")


def _ended_on(parameter: Parameter, today: date) -> bool:
    past = [value for value in parameter.values if value.since <= today]
    return bool(past) and past[-1].value is None


def _not_confirmed(loading: Loading, today: date) -> Iterator[Fault]:
    """What nobody has opened yet, or not for twelve months."""
    limit = today - relativedelta(months=FRESH_MONTHS)

    def old(checked_on: date | None) -> str | None:
        if checked_on is None:
            return "has not been checked against its source"
        return f"was last checked on {checked_on}" if checked_on < limit else None

    for entry in loading.base.entries.values():
        for index, citation in enumerate(entry.citations):
            if words := old(citation.checked_on):
                yield _fault(loading, entry.id, f"citation {citation.statute.id} {words}", "citations", index)
    for thing in loading.base.parameters.values():
        if words := old(thing.last_checked_on):
            yield _fault(loading, thing.id, f"parameter {words}", "last_checked_on")
    for body in loading.base.authorities.values():
        if words := old(body.checked_on):
            yield _fault(loading, body.id, f"authority {words}", "checked_on")


def _parts(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    yield condition
    if isinstance(condition, (All, Some)):
        for part in condition.parts:
            yield from _parts(part)
    elif isinstance(condition, Not):
        yield from _parts(condition.part)


def _parameters_in(condition: Condition | None) -> Iterator[str]:
    for part in _parts(condition):
        if isinstance(part, Within):
            yield part.period
        elif isinstance(part, AmountBetween):
            yield from filter(None, (part.at_least, part.at_most))


def _fault(loading: Loading, full_id: str, text: str, *below: str | int) -> Fault:
    fields = loading.origins[full_id]
    line = fields.source.line(*fields.place, *below)
    return Fault(fields.source.shown_as, line, f"{full_id.rsplit('.', 1)[1]}: {text}")
