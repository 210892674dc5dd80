"""Reading the closed lists and the words that all places share."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.fields import Fields
from knowledge.model import FactDefinition, FactOption, Jurisdiction, Language, LetterDefinition, Region, Sector, Topic

FACT_KINDS = ("choice", "bool", "date", "money", "text")


def read_jurisdiction(fields: Fields, code: str) -> Jurisdiction | None:
    """One place of jurisdictions.yml."""
    fields.only(("place", "names", "letter_language", "currency", "holidays", "holidays_subdivision"))
    place, names, currency = fields.text("place"), fields.words("names"), fields.text("currency")
    language = fields.choice("letter_language", [item.value for item in Language], "en")
    holidays = fields.text("holidays", required=False)
    subdivision = fields.text("holidays_subdivision", required=False)
    if not (place and names and currency):
        return None
    return Jurisdiction(code, place, names, Language(language), currency, holidays, subdivision)


def read_topic(fields: Fields, topic: str) -> Topic | None:
    """One topic of topics.yml."""
    fields.only(("label", "describes", "accompanies", "item_types"))
    label, describes = fields.words("label"), fields.words("describes")
    if not (label and describes):
        return None
    return Topic(topic, label, describes, fields.flag("accompanies"), fields.texts("item_types"))


def read_fact(fields: Fields, name: str) -> FactDefinition | None:
    """One fact of facts.yml."""
    fields.only(("kind", "label", "question", "why", "options", "may_be_future"))
    kind = fields.choice("kind", FACT_KINDS, "text")
    label, question, why = fields.words("label"), fields.words("question"), fields.words("why")
    options = []
    given = fields.below("options", fields.value.get("options") or {})
    for value in given.names():
        words = given.words(value)
        if words:
            options.append(FactOption(value, words))
    if (kind in ("choice", "bool")) != bool(options):
        fields.fault("options: allowed for kinds choice and bool, and needed there", "options")
    if not (label and question and why):
        return None
    return FactDefinition(name, kind or "text", label, question, why, tuple(options), fields.flag("may_be_future"))


def read_sector(fields: Fields, sector: str) -> Sector | None:
    """One kind of thing of sectors.yml."""
    fields.only(("label", "words"))
    label, words = fields.words("label"), fields.below("words", fields.value.get("words") or {})
    words.only(("en", "zh"))
    english, chinese = words.texts("en"), words.texts("zh")
    if not (english and chinese):
        fields.fault("words: found none, allowed: at least one for en and one for zh", "words")
    return Sector(sector, label, english, chinese) if label else None


def read_region(fields: Fields, region: str, places: Sequence[str]) -> Region | None:
    """One part of a place of regions.yml."""
    fields.only(("place", "label"))
    place, label = fields.choice("place", places), fields.words("label")
    return Region(region, place, label) if place and label else None


def read_letter(fields: Fields, letter: str, topics: tuple[str, ...], facts: tuple[str, ...]) -> LetterDefinition | None:
    """One letter of letters/letters.yml."""
    fields.only(("title", "topics", "needs", "reply_days"))
    title = fields.words("title")
    about, needs = fields.texts("topics"), fields.texts("needs")
    for topic in about:
        fields.known("topics", topic, topics, "topic")
    for fact in needs:
        fields.known("needs", fact, facts, "fact")
    reply_days = fields.integer("reply_days", range(1, 61), 14)
    return LetterDefinition(letter, title, about, needs, reply_days) if title else None
