"""From a parsed message to an understanding: what was read, beneath what was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from knowledge.advice import Understanding
from knowledge.entry_source import GENERAL
from knowledge.errors import FieldFault
from knowledge.facts import FACT_NAMES, Facts, readable_facts
from knowledge.model import KnowledgeBase, Language
from knowledge.sectors import sectors_told

OUT_OF_SCOPE = "out_of_scope"
CHAT = ("greet", "goodbye", "thanks", "what_can_you_do", "help", "affirm", "deny")
"""Intents of small talk: a conversation answers them; on their own they ask for no advice."""
LEAST_SHARE = 0.03
"""A further topic is named from this confidence on."""
LEAST_TOPIC = 0.12
"""Below this, no topic is taken as understood: chance over all topics is about 0.03."""

SURE_TOPIC = 0.5
"""From this confidence on, the topic has a say in what kind of thing a story can be about."""

OPEN_TYPES = ("travel", "event")
"""All that is of these types is of some sector; words that name none leave open which (a flight, a train, a tour)."""

_SIMPLIFIED_PLACES = ("CN", "SG")


@dataclass(frozen=True)
class Given:
    """What is known beside the text: it was stated, or it comes from earlier in the conversation.

    Attributes:
        language: Wins over the language of the text.
        code: Jurisdiction that was stated; wins over the text.
        facts: Win over those of the text.
    """

    language: Language | None = None
    code: str | None = None
    facts: Facts = field(default_factory=Facts)


def understanding(parsed: Mapping[str, Any], given: Given, base: KnowledgeBase, today: date) -> Understanding:
    """The understanding of one message that stands alone.

    Args:
        parsed: The parsed message: intent_ranking, entities, language, place, retrieval.
    """
    code, source, confidence = place_in(parsed, given.code)
    facts = facts_in(parsed, base, today)[0].with_over(given.facts)
    return Understanding(
        language=given.language or language_in(parsed, None, code),
        code=code,
        source=source,
        confidence=confidence,
        topics=topics_in(parsed, base),
        in_scope=in_scope(parsed),
        facts=with_currency(facts, code, base),
        found=found_in(parsed, code),
        foreign=foreign_in(parsed) and given.language is None,
        sectors=sectors_heard(parsed, facts, base),
        region=region_in(parsed, code, base),
    )


def sectors_heard(parsed: Mapping[str, Any], facts: Facts, base: KnowledgeBase) -> tuple[str, ...] | None:
    """Kinds of the thing bought, as a message tells them; None while it does not tell what was bought."""
    read = any(item["entity"] == "item_type" for item in parsed.get("entities") or []) and facts.item_type not in OPEN_TYPES
    return sectors_told(str(parsed.get("text") or ""), facts.item, read, base)


def topics_in(parsed: Mapping[str, Any], base: KnowledgeBase) -> tuple[tuple[str, float], ...]:
    """Topics with their share among the topics, best first; none when none stands out."""
    ranking = [(item["name"], float(item["confidence"])) for item in parsed.get("intent_ranking") or [parsed["intent"]]]
    named = [(name, confidence) for name, confidence in ranking if name in base.topics]
    total = sum(confidence for _, confidence in named)
    shares = [(name, confidence / total) for name, confidence in named if total > 0 and name != OUT_OF_SCOPE]
    if not shares or shares[0][1] < LEAST_TOPIC:
        return ()
    return tuple(share for share in shares[:5] if share == shares[0] or share[1] >= LEAST_SHARE)


def in_scope(parsed: Mapping[str, Any]) -> bool:
    """Whether a message that stands alone is about a consumer's matter; mere chat is not."""
    return parsed["intent"].get("name") not in (OUT_OF_SCOPE, *CHAT)


def place_in(parsed: Mapping[str, Any], stated: str | None = None) -> tuple[str | None, str, float]:
    """(jurisdiction, source, confidence); what was stated wins."""
    if stated:
        return stated, "stated", 1.0
    place = parsed.get("place")
    if place:
        return place["code"], place["source"], float(place["confidence"])
    return None, "unknown", 0.0


def region_in(parsed: Mapping[str, Any], code: str | None, base: KnowledgeBase) -> str | None:
    """The part of a place that the text names; None when it names none, or one of another place."""
    region = base.regions.get(str(parsed.get("region")))
    return region.id if region and code and region.place == base.place_of(code) else None


def language_in(parsed: Mapping[str, Any], previous: Language | None, code: str | None) -> Language:
    """The language to answer in. Chinese that is the same in both scripts takes the one used before, else the place's."""
    read = (parsed.get("language") or {}).get("code")
    if read is None:
        return previous or Language.EN
    if read == "zh":
        if previous is not None and previous.is_chinese:
            return previous
        return Language.ZH_HANS if code is None or code in _SIMPLIFIED_PLACES else Language.ZH_HANT
    return Language(read)


def foreign_in(parsed: Mapping[str, Any]) -> bool:
    """Whether the message is in a language that answers are not written in."""
    return bool((parsed.get("language") or {}).get("foreign"))


def facts_in(parsed: Mapping[str, Any], base: KnowledgeBase, today: date) -> tuple[Facts, tuple[FieldFault, ...]]:
    """Facts read from the text, and what was wrong with those that cannot be taken."""
    read = {item["entity"]: item["value"] for item in parsed.get("entities") or [] if item["entity"] in FACT_NAMES}
    if not _fits(read.get("item_type"), parsed, base):
        del read["item_type"]
    return readable_facts(read, base.facts, today)


def _fits(item_type: Any, parsed: Mapping[str, Any], base: KnowledgeBase) -> bool:
    """Whether the type of thing that was read can be meant. A story names many things: that a missed flight had a suitcase on it, and
    was to a wedding, does not make it goods or an event; where the topic is clear and excludes a type, the type is left open."""
    topics = topics_in(parsed, base) if item_type is not None and parsed.get("intent_ranking") else ()
    if not topics or topics[0][1] < SURE_TOPIC:
        return True
    allowed = base.topics[topics[0][0]].item_types
    return not allowed or item_type in allowed


def bare_day(parsed: Mapping[str, Any]) -> str | None:
    """A day in the text that could be any of the date facts."""
    return next((item["value"] for item in parsed.get("entities") or [] if item["entity"] == "date"), None)


def found_in(parsed: Mapping[str, Any], code: str | None) -> tuple[str, ...]:
    """Entries that the search brought for a place, best first."""
    hits: Sequence[Sequence[Any]] = (parsed.get("retrieval") or {}).get(code or GENERAL, [])
    return tuple(str(hit[0]) for hit in hits)


def with_currency(facts: Facts, code: str | None, base: KnowledgeBase) -> Facts:
    """The facts with the place's own currency where a sum was named without one."""
    if facts.amount is None or facts.currency is not None or code is None:
        return facts
    return replace(facts, currency=base.jurisdictions[code].currency)
