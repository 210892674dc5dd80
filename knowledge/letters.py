"""Letters: a template filled with what is known, refused while something that it needs is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from knowledge.advice import citation_words
from knowledge.conditions import Status
from knowledge.dates import day_words
from knowledge.decide import Finding, decide
from knowledge.errors import MissingFactsError, UnknownIdError
from knowledge.facts import Facts
from knowledge.law import Law
from knowledge.model import Citation, Kind, KnowledgeBase, Language, LetterDefinition
from knowledge.scope import Scope
from knowledge.sectors import sectors_in

MOST_CITATIONS = 3


@dataclass(frozen=True)
class Document:
    """A letter in the trader's language, with a copy in the reader's where that is another one."""

    id: str
    title: str
    language: Language
    text: str
    reading_copy: tuple[Language, str] | None

    def as_json(self) -> dict[str, Any]:
        """The document object of the contract."""
        copy = self.reading_copy
        return {
            "id": self.id,
            "title": self.title,
            "language": self.language.value,
            "text": self.text,
            "reading_copy": {"language": copy[0].value, "text": copy[1]} if copy else None,
        }


def letter(
    letter_id: str,
    code: str | None,
    language: Language,
    facts: Facts,
    today: date,
    base: KnowledgeBase,
    topics: Sequence[str] = (),
) -> Document:
    """A letter, ready to send but for names and addresses.

    Args:
        code: Jurisdiction; decides the law cited and the language in which traders read.
        language: The user's language.
        topics: What went wrong, most likely first, where that is known: the law on the first that has any for this letter is
            cited, and none on anything else. Not given, the law on whatever such letters are mostly about.
    Raises:
        UnknownIdError: No such letter.
        MissingFactsError: Facts that it needs are missing; "jurisdiction" is one of them.
    """
    if letter_id not in base.letters:
        raise UnknownIdError("letter", letter_id, sorted(base.letters))
    definition = base.letters[letter_id]
    missing = missing_for(definition, code, facts)
    if missing or code is None:
        raise MissingFactsError(letter_id, missing)
    own = base.jurisdictions[code].letter_language
    tried = [(topic,) for topic in topics] or [definition.topics]
    found = (_grounds(definition, about, code, facts, today, base) for about in tried)
    grounds = next((each for each in found if each), ())

    def written(in_language: Language) -> str:
        return _Writer(base, code, in_language, facts, today).text(definition, grounds)

    copy = None if own is language else (language, written(language))
    return Document(definition.id, definition.title[language], own, written(own), copy)


def missing_for(definition: LetterDefinition, code: str | None, facts: Facts) -> list[str]:
    """What a letter still needs, in the order to ask."""
    missing = [] if code else ["jurisdiction"]
    return missing + [name for name in definition.needs if facts.token(name) is None]


def _grounds(
    definition: LetterDefinition, topics: Sequence[str], code: str, facts: Facts, today: date, base: KnowledgeBase
) -> tuple[Finding, ...]:
    """Rights that hold for certain on the facts; a letter claims nothing that is open."""
    sectors = sectors_in(facts.item or "", base) or None  # what is sent cites only law that surely fits
    outcome = decide(topics, facts, facts.purchase_date or today, today, base=base, code=code, scope=Scope(sectors))
    return tuple(
        finding
        for finding in outcome.findings
        if finding.verdict.status is Status.YES
        and finding.entry.kind is Kind.RIGHT
        and finding.entry.citations
        and finding.entry.letter == definition.id
    )


@dataclass(frozen=True)
class _Writer:
    base: KnowledgeBase
    code: str
    language: Language
    facts: Facts
    today: date

    def text(self, definition: LetterDefinition, grounds: tuple[Finding, ...]) -> str:
        template = _environment(self.base, self.language).get_template(definition.id)
        text = template.render(
            facts=self.facts_words(),
            known=set(self.facts.known()),
            is_true=lambda name: self.facts.token(name) == "true",
            today=day_words(self.today, self.language),
            reply_by=day_words(self.today + timedelta(days=definition.reply_days), self.language),
            citations=self.citations(grounds),
            title=definition.title[self.language],
        )
        return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"

    def citations(self, grounds: tuple[Finding, ...]) -> list[Mapping[str, str]]:
        """Law and point of each ground, no provision twice."""
        law = Law(self.base, self.code, self.facts.purchase_date or self.today, self.today)
        found: dict[str, Mapping[str, str]] = {}
        for finding in grounds:
            for citation in finding.entry.citations[:1]:
                name = self.citation(citation)
                found.setdefault(name, {"name": name, "point": law.text(finding.entry.title, self.language)})
        return list(found.values())[:MOST_CITATIONS]

    def citation(self, citation: Citation) -> str:
        words = citation_words(citation, self.language)
        separator = ", " if self.language is Language.EN else ""
        name = words["law"] if self.language is Language.EN else f"《{words['law']}》"
        return f"{name}{separator}{words['provision']}"

    def facts_words(self) -> dict[str, str]:
        """Every known fact as words of this language."""
        words: dict[str, str] = {}
        for name, value in self.facts.known().items():
            definition = self.base.facts[name]
            if isinstance(value, date):
                words[name] = day_words(value, self.language)
            elif definition.options:
                token = self.facts.token(name)
                words[name] = next(option.label[self.language] for option in definition.options if option.value == token)
            else:
                words[name] = str(value)
        if self.facts.amount is not None:
            currency = self.facts.currency or self.base.jurisdictions[self.code].currency
            words["amount"] = f"{currency} {self.facts.amount:,}"
        return words


def _environment(base: KnowledgeBase, language: Language) -> Environment:
    """Templates of one language; letters are plain text, so nothing is escaped."""
    sources = {name: source for (name, own), source in base.letter_templates.items() if own is language}
    return Environment(
        loader=DictLoader(sources), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
