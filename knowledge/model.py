"""What the data says, as typed objects. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from knowledge.conditions import Condition


class Language(str, Enum):
    """The languages an answer can be in (BCP 47)."""

    EN = "en"
    ZH_HANT = "zh-Hant"
    ZH_HANS = "zh-Hans"

    @property
    def is_chinese(self) -> bool:
        return self is not Language.EN


class Kind(str, Enum):
    """What an entry is."""

    RIGHT = "right"
    LIMIT = "limit"
    EXCUSE = "excuse"
    ROUTE = "route"
    CHECKLIST = "checklist"


Words = Mapping[Language, str]
"""One text in every language."""


@dataclass(frozen=True)
class Jurisdiction:
    """A place whose law is known. `place` is its folder; `letter_language` is what traders there read."""

    code: str
    place: str
    names: Words
    letter_language: Language
    currency: str
    holidays: str | None
    holidays_subdivision: str | None


@dataclass(frozen=True)
class Topic:
    """What went wrong, or what is asked. `describes` completes "Is this about …?". `accompanies` marks
    a topic that is often present beside another one. `item_types`: what it can be about; empty is anything."""

    id: str
    label: Words
    describes: Words
    accompanies: bool = False
    item_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statute:
    """A law: its title in its own language, and how others call it. `official` are the languages in which it is law."""

    id: str
    title: str
    language: Language
    translations: Words
    url: str
    official: tuple[Language, ...] = ()


@dataclass(frozen=True)
class Citation:
    """Where a rule stands. `checked_on` is None when nobody has opened the text yet."""

    statute: Statute
    provision: Words
    articles: tuple[str, ...]
    url: str
    checked_on: date | None


@dataclass(frozen=True)
class DatedValue:
    """A number and the first day on which it is law; `value` None ends the law."""

    since: date
    value: Decimal | None
    statute: Statute | None
    provision: str | None
    articles: tuple[str, ...]
    href: str | None


@dataclass(frozen=True)
class Parameter:
    """A number fixed by law. `unit` is one of knowledge.quantities.UNITS or currency-XXX."""

    id: str
    description: str
    unit: str
    by_today: bool
    values: tuple[DatedValue, ...]
    last_checked_on: date | None


@dataclass(frozen=True)
class Authority:
    """Somebody to turn to."""

    id: str
    name: Words
    phone: str | None
    url: str
    cost: Words
    languages: tuple[str, ...]
    when: Words
    can: Words | None
    cannot: Words | None
    bring: Words | None
    takes: Words | None
    checked_on: date | None


@dataclass(frozen=True)
class DeadlineRule:
    """How a last day is counted. `start` lists date facts; the first that is known counts."""

    start: tuple[str, ...]
    period: str
    lapses: bool = False
    stopped_by: str | None = None
    roll: bool = False
    rule: Words | None = None
    first_day_counts: bool = False


@dataclass(frozen=True)
class Step:
    """Something to do. `by` is the entry's own deadline (`by_deadline`) or a rule of its own."""

    text: Words
    by_deadline: bool = False
    by: DeadlineRule | None = None
    authority: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True)
class Entry:
    """A right, a limit, a trader's excuse, a route or a checklist of one place.

    `place` is the folder name, `general` for what holds everywhere. `starts` and `ends` bound the
    days of purchase for which it is law (both included; None is open). `sectors`: it is about these kinds of thing
    only; empty is about all. `regions`: it is law in these parts of the place only; empty is all of it.
    """

    id: str
    place: str
    kind: Kind
    topics: tuple[str, ...]
    rank: int
    starts: date | None
    ends: date | None
    title: Words
    summary: Words
    condition: Condition | None
    deadline: DeadlineRule | None
    steps: tuple[Step, ...]
    evidence: tuple[str | Words, ...]
    asked_as: Mapping[Language, tuple[str, ...]]
    citations: tuple[Citation, ...]
    answer_with: Words | None
    letter: str | None
    sectors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    names: tuple[str, ...] = field(default=(), compare=False)
    notes: str | None = field(default=None, compare=False)

    def in_force(self, on: date) -> bool:
        """Whether a purchase made on that day falls under it."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True)
class Sector:
    """A kind of thing that some law is only about, and the words by which it is known."""

    id: str
    label: Words
    english: tuple[str, ...]
    chinese: tuple[str, ...]


@dataclass(frozen=True)
class Region:
    """A part of a place that has law of its own. `place` is the folder name of the whole."""

    id: str
    place: str
    label: Words


@dataclass(frozen=True)
class FactOption:
    """One answer to a question."""

    value: str
    label: Words


@dataclass(frozen=True)
class FactDefinition:
    """A fact of the contract: its type, and how people are asked for it. `kind` is choice, date, bool, money or text."""

    id: str
    kind: str
    label: Words
    question: Words
    why: Words
    options: tuple[FactOption, ...]
    may_be_future: bool = False


@dataclass(frozen=True)
class LetterDefinition:
    """A letter that can be written. `needs` are the facts without which it is refused; `reply_days` is how long the
    letter gives its reader to answer (a courtesy of ours, not a period of law)."""

    id: str
    title: Words
    topics: tuple[str, ...]
    needs: tuple[str, ...]
    reply_days: int


@dataclass(frozen=True)
class KnowledgeBase:
    """All of the data. Mappings are keyed by id; entries and parameters by full id."""

    jurisdictions: Mapping[str, Jurisdiction]
    topics: Mapping[str, Topic]
    facts: Mapping[str, FactDefinition]
    sectors: Mapping[str, Sector]
    regions: Mapping[str, Region]
    evidence: Mapping[str, Words]
    statutes: Mapping[str, Statute]
    parameters: Mapping[str, Parameter]
    authorities: Mapping[str, Authority]
    entries: Mapping[str, Entry]
    letters: Mapping[str, LetterDefinition]
    letter_templates: Mapping[tuple[str, Language], str]
    wording: Mapping[str, Words]
    digest: str

    def place_of(self, code: str) -> str:
        """The folder of a jurisdiction."""
        return self.jurisdictions[code].place

    def covers(self, code: str) -> bool:
        """Whether there is law for a jurisdiction, not only its name."""
        place = self.place_of(code)
        return any(entry.place == place for entry in self.entries.values())
