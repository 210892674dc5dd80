"""The case of one conversation: what the slots hold, and what a new message adds to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from knowledge.advice import Understanding
from knowledge.entry_source import GENERAL
from knowledge.errors import FieldFault
from knowledge.facts import FACT_NAMES, Facts, readable_facts
from knowledge.model import KnowledgeBase, Language
from knowledge.parsed import (
    OUT_OF_SCOPE,
    bare_day,
    facts_in,
    foreign_in,
    found_in,
    language_in,
    place_in,
    topics_in,
    with_currency,
)

SHORT_ANSWER = 24
"""Characters up to which a message that fills the asked fact is its answer, whatever else it looks like."""
UNSURE_BELOW, UNSURE_RATIO = 0.4, 0.6
"""Which of two is asked when the best topic has less than this share and the second is this near to it."""

OTHER_BUSINESS = ("ask_letter", "ask_deadline", "next_steps", "why", "talk_to_human", "change_language", "start_over")
"""Intents that are heard even while a question is open."""
SURE = 0.75
"""While the name of the thing bought is asked for, other business is believed from this confidence on."""

_CONVERSATION = ("affirm", "deny", "dont_know", "give_fact", "correct_fact")
_DETAILS = ("give_fact", "correct_fact")
_NUMBER = re.compile(r"\s*[$£€¥]?\s*([\d,]+(?:\.\d+)?)\s*[元塊块]?\s*")
_LATIN_ENOUGH = 12


@dataclass(frozen=True)
class Case:
    """What is known so far.

    Attributes:
        source: How the jurisdiction came to be known: stated, inferred, unknown.
        chosen: Whether the person chose the language; it then stays.
        found: Entries that the search brought, per jurisdiction and "general".
        asked: The fact asked for last.
        declined: Facts that the person does not know.
        said: Fingerprint of the last advice, to see whether anything has changed.
        unsure: Two topics of which one is meant.
        wanted: A letter that waits for facts.
        faults: Details of the last message that could not be taken over.
        answered: Whether the last message answered a question or gave details, rather than telling a new problem.
    """

    language: Language | None = None
    chosen: bool = False
    code: str | None = None
    source: str = "unknown"
    facts: Facts = field(default_factory=Facts)
    topics: tuple[tuple[str, float], ...] = ()
    found: Mapping[str, Sequence[str]] = field(default_factory=dict)
    in_scope: bool = True
    foreign: bool = False
    asked: str | None = None
    declined: tuple[str, ...] = ()
    said: str | None = None
    unsure: tuple[str, ...] = ()
    wanted: str | None = None
    faults: tuple[FieldFault, ...] = ()
    answered: bool = False

    def understanding(self) -> Understanding:
        """The case as advise() takes it."""
        confidence = {"stated": 1.0, "inferred": 0.8}.get(self.source, 0.0)
        return Understanding(
            language=self.language or Language.EN,
            code=self.code,
            source=self.source,
            confidence=confidence,
            topics=self.topics,
            in_scope=self.in_scope,
            facts=self.facts,
            found=tuple(self.found.get(self.code or GENERAL, ())),
            foreign=self.foreign,
        )


def heard(case: Case, parsed: Mapping[str, Any], base: KnowledgeBase, today: date) -> Case:
    """The case after one more message.

    Args:
        parsed: The parsed message with its metadata; a button's payload has an intent and entities only.
    """
    entities = {item["entity"]: item["value"] for item in parsed.get("entities") or []}
    intent = str((parsed.get("intent") or {}).get("name"))
    metadata = parsed.get("metadata") or {}
    case = replace(case, faults=(), answered=False, unsure=(), in_scope=True)
    case = _place_heard(case, parsed, entities, metadata, base)
    case = _language_heard(case, parsed, entities, metadata)
    case, answers = _facts_heard(case, parsed, entities, intent, base, today)
    if intent == OUT_OF_SCOPE and not answers:
        return replace(case, in_scope=False)
    if (intent in base.topics or (intent in _DETAILS and not case.topics)) and not answers:
        return _topics_heard(case, parsed, intent, base)
    return replace(case, answered=answers)


def _place_heard(
    case: Case, parsed: Mapping[str, Any], entities: Mapping[str, Any], metadata: Mapping[str, Any], base: KnowledgeBase
) -> Case:
    chosen = entities.get("jurisdiction")
    if chosen in base.jurisdictions:
        return replace(case, code=chosen, source="stated", answered=case.asked == "jurisdiction")
    code, source, _ = place_in(parsed)
    new_problem = str((parsed.get("intent") or {}).get("name")) in base.topics and case.asked is None and bool(case.topics)
    if source == "stated" or (source == "inferred" and (case.source != "stated" or new_problem)):
        case = replace(case, code=code, source=source)
    given = metadata.get("jurisdiction")
    if given in base.jurisdictions and case.source != "stated":
        case = replace(case, code=given, source="stated")
    return case


def _language_heard(case: Case, parsed: Mapping[str, Any], entities: Mapping[str, Any], metadata: Mapping[str, Any]) -> Case:
    known = {language.value for language in Language}
    if entities.get("language") in known:
        return replace(case, language=Language(entities["language"]), chosen=True)
    if metadata.get("language") in known:
        return replace(case, language=Language(metadata["language"]), foreign=foreign_in(parsed))
    if case.chosen:
        return replace(case, foreign=False)
    text = str(parsed.get("text") or "")
    letters = sum(character.isascii() and character.isalpha() for character in text)
    read = language_in(parsed, case.language, case.code)
    if case.language is not None and read is Language.EN and letters < _LATIN_ENOUGH:
        read = case.language  # "PayPal", "ok": no change of language
    return replace(case, language=read, foreign=foreign_in(parsed))


def _facts_heard(
    case: Case,
    parsed: Mapping[str, Any],
    entities: Mapping[str, Any],
    intent: str,
    base: KnowledgeBase,
    today: date,
) -> tuple[Case, bool]:
    """The case with the facts of the message, and whether the message answers what was asked."""
    read, faults = facts_in(parsed, base, today)
    answer = _answer(case.asked, parsed, intent, base) if case.asked and case.asked not in read.known() else None
    if answer is not None and case.asked:
        told, wrong = readable_facts({case.asked: answer}, base.facts, today)
        read, faults = read.with_over(told), (*faults, *wrong)
    declined = case.declined
    if intent == "dont_know" and case.asked:
        declined = tuple(dict.fromkeys((*declined, case.asked)))
    declined = tuple(name for name in declined if name not in read.known())
    text = str(parsed.get("text") or "")
    fills = bool(case.asked and case.asked in read.known())
    pressed = text.startswith("/") and intent in _CONVERSATION
    opening = intent in _DETAILS and not (case.topics or case.asked)  # details with nothing before them tell a problem
    answers = pressed or (intent in _CONVERSATION and not opening) or (fills and len(text) <= SHORT_ANSWER) or case.answered
    asked = None if fills or (intent == "dont_know") or case.answered else case.asked
    facts = with_currency(case.facts.with_over(read), case.code, base)
    return replace(case, facts=facts, faults=faults, declined=declined, asked=asked), answers


def _answer(asked: str, parsed: Mapping[str, Any], intent: str, base: KnowledgeBase) -> Any:
    """What a short message says to the question that was asked; None when it does not."""
    definition = base.facts.get(asked)
    text = str(parsed.get("text") or "").strip()
    if definition is None or text.startswith("/"):
        return None
    if definition.kind == "bool":
        return {"affirm": "true", "deny": "false"}.get(intent)
    if definition.kind == "date":
        return bare_day(parsed)
    if definition.kind == "money":
        number = _NUMBER.fullmatch(text)
        return number.group(1).replace(",", "") if number else None
    if definition.id == "item" and intent != "dont_know" and not is_other_business(parsed):
        return text if 0 < len(text) <= 80 else None
    return None


def is_other_business(parsed: Mapping[str, Any]) -> bool:
    """Whether a message, taken as the answer to an open question, is surely about something else."""
    intent = parsed.get("intent") or {}
    return intent.get("name") in OTHER_BUSINESS and float(intent.get("confidence") or 0) >= SURE


def _topics_heard(case: Case, parsed: Mapping[str, Any], intent: str, base: KnowledgeBase) -> Case:
    topics: Sequence[tuple[str, float]] = topics_in(parsed, base) if parsed.get("intent_ranking") else ((intent, 1.0),)
    if not topics and case.topics:
        return case
    unsure: tuple[str, ...] = ()
    if len(topics) > 1 and topics[0][1] < UNSURE_BELOW and topics[1][1] > UNSURE_RATIO * topics[0][1]:
        unsure = (topics[0][0], topics[1][0])
    found = {place: found_in(parsed, place) for place in parsed.get("retrieval") or {}} or case.found
    return replace(case, topics=tuple(topics), found=found, unsure=unsure, said=None)


def case_of(slots: Mapping[str, Any], base: KnowledgeBase, today: date) -> Case:
    """The case that the slots hold."""
    facts, _ = readable_facts({name: slots.get(name) for name in FACT_NAMES}, base.facts, today)
    language = slots.get("language")
    return Case(
        language=Language(language) if language else None,
        chosen=bool(slots.get("language_chosen")),
        code=slots.get("jurisdiction"),
        source=slots.get("jurisdiction_source") or "unknown",
        facts=facts,
        topics=tuple((topic, float(share)) for topic, share in slots.get("topics") or []),
        found=slots.get("found") or {},
        in_scope=slots.get("in_scope") is not False,
        foreign=bool(slots.get("foreign")),
        asked=slots.get("asked_fact"),
        declined=tuple(slots.get("declined_facts") or []),
        said=slots.get("said"),
        unsure=tuple(slots.get("unsure") or []),
        wanted=slots.get("wanted_letter"),
        answered=bool(slots.get("answered")),
        faults=tuple(FieldFault(*fault) for fault in slots.get("faults") or []),
    )


def slots_of(case: Case) -> dict[str, Any]:
    """The slots that hold a case."""
    facts = case.facts.as_json()
    return {
        "language": case.language.value if case.language else None,
        "language_chosen": case.chosen,
        "jurisdiction": case.code,
        "jurisdiction_source": case.source,
        **{name: _slot(facts.get(name)) for name in FACT_NAMES},
        "topics": [list(topic) for topic in case.topics],
        "found": {place: list(ids) for place, ids in case.found.items()},
        "in_scope": case.in_scope,
        "foreign": case.foreign,
        "asked_fact": case.asked,
        "declined_facts": list(case.declined),
        "said": case.said,
        "unsure": list(case.unsure),
        "wanted_letter": case.wanted,
        "answered": case.answered,
        "faults": [[fault.field, fault.found, fault.allowed] for fault in case.faults],
    }


def _slot(value: Any) -> str | None:
    """A fact as slot text: slots of facts are all text, so that one rule holds for all."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
