"""Reading one entry: a right, limit, excuse, route or checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.conditions import TODAY, All, AmountBetween, Condition, Is, Not, Some, Within
from knowledge.fields import Fields
from knowledge.model import (
    Authority,
    Citation,
    DeadlineRule,
    Entry,
    FactDefinition,
    Kind,
    Language,
    LetterDefinition,
    Parameter,
    Region,
    Sector,
    Statute,
    Step,
    Topic,
    Words,
)

GENERAL = "general"
KEYS = (
    "kind", "topics", "sectors", "regions", "rank", "in_force", "title", "summary", "applies_if", "deadline", "next_steps", "evidence", "asked_as",
    "citations", "answer_with", "letter", "names", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """What an entry may refer to; parameters, authorities and statutes by full id."""

    topics: Mapping[str, Topic]
    facts: Mapping[str, FactDefinition]
    sectors: Mapping[str, Sector]
    regions: Mapping[str, Region]
    evidence: Mapping[str, Words]
    letters: Mapping[str, LetterDefinition]
    statutes: Mapping[str, Statute]
    authorities: Mapping[str, Authority]
    parameters: Mapping[str, Parameter]


class EntryReader:
    """Reads the entries of one place."""

    def __init__(self, place: str, vocabulary: Vocabulary) -> None:
        self.place, self.vocabulary = place, vocabulary
        self.dates = tuple(name for name, fact in vocabulary.facts.items() if fact.kind == "date")

    def read(self, fields: Fields, full_id: str) -> Entry | None:
        """One entry; None when it has faults that leave nothing to show."""
        fields.only(KEYS)
        kind = fields.choice("kind", [kind.value for kind in Kind], Kind.RIGHT.value)
        topics = fields.texts("topics")
        for topic in topics:
            fields.known("topics", topic, self.vocabulary.topics, "topic")
        if not topics:
            fields.fault("topics: found none, allowed: at least one id of topics.yml", "topics")
        sectors = fields.texts("sectors")
        for sector in sectors:
            fields.known("sectors", sector, self.vocabulary.sectors, "sector")
        here = [region.id for region in self.vocabulary.regions.values() if region.place == self.place]
        regions = fields.texts("regions")
        for region in regions:
            fields.known("regions", region, here, "region")
        in_force = fields.below("in_force", fields.value.get("in_force") or {})
        in_force.only(("from", "to"))
        title, summary = fields.words("title"), fields.words("summary")
        condition = self._condition(fields, "applies_if") if fields.has("applies_if") else None
        deadline = self._deadline(fields.below("deadline")) if fields.has("deadline") else None
        steps = tuple(step for item in fields.items("next_steps") if (step := self._step(item, deadline)))
        citations = tuple(citation for item in fields.items("citations") if (citation := self._citation(item)))
        if not citations and self.place != GENERAL:
            fields.fault("citations: found none, allowed: at least one", "citations")
        letter = fields.text("letter", required=False)
        if letter:
            fields.known("letter", letter, self.vocabulary.letters, "letter")
        answer_with = fields.words("answer_with", required=kind == Kind.EXCUSE.value)
        evidence = self._evidence(fields)
        asked_as = self._asked_as(fields)
        entry_range = in_force.day("from"), in_force.day("to")
        if not (title and summary and topics):
            return None
        return Entry(
            id=full_id,
            place=self.place,
            kind=Kind(kind),
            topics=topics,
            rank=fields.integer("rank", (1, 2, 3), 2),
            starts=entry_range[0],
            ends=entry_range[1],
            title=title,
            summary=summary,
            condition=condition,
            deadline=deadline,
            steps=steps,
            evidence=evidence,
            asked_as=asked_as,
            citations=citations,
            answer_with=answer_with,
            letter=letter,
            sectors=sectors,
            regions=regions,
            names=fields.texts("names"),
            notes=fields.text("notes", required=False),
        )

    def _asked_as(self, fields: Fields) -> Mapping[Language, tuple[str, ...]]:
        asked = fields.below("asked_as", fields.value.get("asked_as") or {})
        asked.only([language.value for language in Language])
        return {language: asked.texts(language.value) for language in Language}

    def _evidence(self, fields: Fields) -> tuple[str | Words, ...]:
        found: list[str | Words] = []
        for index, item in enumerate(fields.listed("evidence")):
            if isinstance(item, dict):
                words = fields.words_of(item, "evidence", index)
                if words:
                    found.append(words)
            elif fields.known("evidence", str(item), self.vocabulary.evidence, "evidence"):
                found.append(str(item))
        return tuple(found)

    def _citation(self, fields: Fields) -> Citation | None:
        fields.only(("law", "provision", "articles", "url", "checked_on"))
        law, url = fields.text("law"), fields.text("url")
        provision = fields.value.get("provision")
        if isinstance(provision, str):
            words: Words | None = dict.fromkeys(Language, provision.strip())
        else:
            words = fields.words("provision")
        articles, checked_on = fields.texts("articles"), fields.day("checked_on")
        if not (law and url and words):
            return None
        if not fields.known("law", f"{self.place}.{law}", self.vocabulary.statutes, "law"):
            return None
        return Citation(self.vocabulary.statutes[f"{self.place}.{law}"], words, articles, url, checked_on)

    def _deadline(self, fields: Fields) -> DeadlineRule | None:
        fields.only(("from", "period", "lapses", "stopped_by", "roll", "rule", "first_day_counts"))
        start = self._dates(fields, "from")
        period = self._parameter(fields, "period")
        stopped_by = fields.text("stopped_by", required=False)
        if stopped_by and stopped_by not in self.dates:
            fields.fault(f"stopped_by: found {stopped_by!r}, allowed: {', '.join(self.dates)}", "stopped_by")
            stopped_by = None
        roll = fields.has("roll") and fields.choice("roll", ("next_working_day",)) is not None
        rule = fields.words("rule", required=False)
        if not (start and period):
            return None
        return DeadlineRule(start, period, fields.flag("lapses"), stopped_by, roll, rule, fields.flag("first_day_counts"))

    def _step(self, fields: Fields, deadline: DeadlineRule | None) -> Step | None:
        fields.only(("text", "by", "authority", "if"))
        text, authority = fields.words("text"), fields.text("authority", required=False)
        if authority and not fields.known(
            "authority", f"{self.place}.{authority}", self.vocabulary.authorities, "authority"
        ):
            authority = None
        condition = self._condition(fields, "if") if fields.has("if") else None
        by, by_deadline = None, fields.value.get("by") == "deadline"
        if by_deadline and deadline is None:
            fields.fault("by: found 'deadline', but the entry has no deadline", "by")
            by_deadline = False
        elif fields.has("by") and not by_deadline:
            by = self._deadline(fields.below("by"))
        return Step(text, by_deadline, by, authority, condition) if text else None

    def _condition(self, fields: Fields, key: str) -> Condition | None:
        part = fields.below(key)
        return self._part(part)

    def _part(self, fields: Fields) -> Condition | None:
        """A mapping of one key, or several that must all hold."""
        parts = [part for key in fields.names() if (part := self._one(fields, key)) is not None]
        if not fields.value:
            fields.fault("found an empty condition, allowed: {fact: value}, all, any, not, amount, within")
        return parts[0] if len(parts) == 1 else (All(tuple(parts)) if parts else None)

    def _one(self, fields: Fields, key: str) -> Condition | None:
        if key in ("all", "any"):
            parts = tuple(part for item in fields.items(key) if (part := self._part(item)) is not None)
            if not parts:
                fields.fault(f"{key}: found nothing, allowed: a list of conditions", key)
                return None
            return All(parts) if key == "all" else Some(parts)
        if key == "not":
            part = self._part(fields.below(key))
            return None if part is None else Not(part)
        if key == "amount":
            limits = fields.below(key)
            limits.only(("at_least", "at_most"))
            return AmountBetween(self._parameter(limits, "at_least", False), self._parameter(limits, "at_most", False))
        if key == "within":
            within = fields.below(key)
            within.only(("from", "period", "at", "roll", "first_day_counts"))
            start, period = self._dates(within, "from"), self._parameter(within, "period")
            at = within.choice("at", (TODAY, *self.dates), TODAY)
            roll = within.has("roll") and within.choice("roll", ("next_working_day",)) is not None
            counts = within.flag("first_day_counts")
            return Within(start, period, at or TODAY, roll, counts) if start and period else None
        return self._is(fields, key)

    def _is(self, fields: Fields, key: str) -> Condition | None:
        definition = self.vocabulary.facts.get(key)
        if definition is None or definition.kind not in ("choice", "bool"):
            allowed = [name for name, fact in self.vocabulary.facts.items() if fact.kind in ("choice", "bool")]
            fields.known(key, key, [*allowed, "all", "any", "not", "amount", "within"], "condition")
            return None
        value = fields.value[key]
        values = tuple(_token(item) for item in (value if isinstance(value, list) else [value]))
        for found in values:
            allowed_values = [option.value for option in definition.options]
            if found not in allowed_values:
                fields.fault(f"{key}: found {found!r}, allowed: {', '.join(allowed_values)}", key)
        return Is(key, values)

    def _dates(self, fields: Fields, key: str) -> tuple[str, ...]:
        names = fields.texts(key)
        for name in names:
            if name not in self.dates:
                fields.fault(f"{key}: found {name!r}, allowed: {', '.join(self.dates)}", key)
        if not names:
            fields.fault(f"{key}: found nothing, allowed: one or more of {', '.join(self.dates)}", key)
        return tuple(name for name in names if name in self.dates)

    def _parameter(self, fields: Fields, key: str, required: bool = True) -> str | None:
        address = fields.text(key, required=required)
        if address and not fields.known(key, f"{self.place}.{address}", self.vocabulary.parameters, "parameter"):
            return None
        return address


def _token(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
