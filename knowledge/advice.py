"""One answer: what was decided, in the reader's language, as the contract's advice object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.conditions import Status
from knowledge.decide import Finding, Outcome, decide
from knowledge.facts import Facts
from knowledge.law import Law
from knowledge.model import Authority, Citation, Entry, Kind, KnowledgeBase, Language, Words
from knowledge.scope import PLACE, Scope

DOUBTFUL = 0.4
"""Below this confidence in the first topic, what the search found has a say."""
LEAST_DECIDED = 0.1
"""A topic beside the first one brings its entries into the answer from this confidence on; below, it is only named."""

LEAST_PROBLEM, LEAST_PROBLEM_TOLD = 0.3, 0.1
"""A further topic is a problem of its own from this confidence on; less will do where words tell that there are several. On
tests/evaluation a second topic of 0.3 is right in 12 of 15 messages and one of 0.1 beside such words in 7 of 10; one of 0.1 without
them in 45 of 84: that is mere doubt about the first."""
PRESSING_DAYS = 31
PRESSING_TOPICS = ("unauthorised_charge", "provider_insolvent")
"""What gets worse with every day, although no last day of law runs."""

GENERAL_TOPICS = ("complaint_escalation", "evidence")

MOST_RIGHTS, MOST_NO, MOST_STEPS, MOST_EVIDENCE, MOST_AUTHORITIES, MOST_QUESTIONS = 8, 3, 10, 10, 6, 5


@dataclass(frozen=True)
class Understanding:
    """What was understood of a message, and what was given beside it.

    Attributes:
        code: Jurisdiction, None when it is not known; `source` is stated, inferred or unknown.
        topics: (id, confidence between 0 and 1), best first.
        found: Entry ids that the search brought, best first.
        foreign: Whether the message was in a language that answers are not written in.
        sectors: Kinds of the thing bought (sectors.yml); None while it is not known what that is.
        region: Part of the place (regions.yml); None while it is not known.
        several: Whether its words tell that it is about several problems.
    """

    language: Language
    code: str | None
    source: str
    confidence: float
    topics: tuple[tuple[str, float], ...]
    in_scope: bool = True
    facts: Facts = field(default_factory=Facts)
    found: tuple[str, ...] = ()
    foreign: bool = False
    sectors: tuple[str, ...] | None = None
    region: str | None = None
    several: bool = False

    @property
    def scope(self) -> Scope:
        """The thing bought and where, as decide() takes it."""
        return Scope(self.sectors, self.region)


@dataclass(frozen=True)
class RightWords:
    """One finding in words."""

    id: str
    kind: Kind
    title: str
    summary: str
    status: Status
    depends_on: tuple[str, ...]
    citations: tuple[Mapping[str, Any], ...]
    deadline: Mapping[str, Any] | None
    lapsed: bool
    answer_with: str | None

    def as_json(self) -> dict[str, Any]:
        """The object of the contract, with the kind and the answer to an excuse beside it."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "title": self.title,
            "summary": self.summary,
            "applies": self.status.value,
            "depends_on": list(self.depends_on),
            "citations": [dict(citation) for citation in self.citations],
            "deadline": dict(self.deadline) if self.deadline else None,
            "answer_with": self.answer_with,
        }


@dataclass(frozen=True)
class Advice:
    """One answer, in words. `as_json` gives the contract's object.

    Attributes:
        judged: Status of every entry that was looked at, also of those that are not told.
        problems: When the message tells of several: topic and nearest last day, the most urgent first; else empty.
    """

    understood: Understanding
    today: date
    topics: tuple[tuple[str, float], ...]
    rights: tuple[RightWords, ...]
    next_steps: tuple[Mapping[str, Any], ...]
    evidence: tuple[str, ...]
    authorities: tuple[Mapping[str, Any], ...]
    questions: tuple[Mapping[str, Any], ...]
    letters: tuple[Mapping[str, str], ...]
    only_general: bool
    judged: Mapping[str, Status] = field(default_factory=dict)
    problems: tuple[tuple[str, str | None], ...] = ()

    def as_json(self, reply: str, disclaimer: str) -> dict[str, Any]:
        """The advice object of the contract."""
        understood = self.understood
        return {
            "language": understood.language.value,
            "jurisdiction": {
                "code": understood.code,
                "source": understood.source,
                "confidence": round(understood.confidence, 2),
            },
            "in_scope": understood.in_scope,
            "topics": [{"id": topic, "confidence": round(confidence, 3)} for topic, confidence in self.topics],
            "facts": understood.facts.as_json(),
            "rights": [right.as_json() for right in self.rights],
            "next_steps": [dict(step) for step in self.next_steps],
            "evidence": list(self.evidence),
            "authorities": [dict(body) for body in self.authorities],
            "questions": [dict(question) for question in self.questions],
            "letters": [dict(letter) for letter in self.letters],
            "reply": reply,
            "disclaimer": disclaimer,
        }


def advise(understood: Understanding, today: date, base: KnowledgeBase) -> Advice:
    """The answer to what was understood.

    Args:
        today: Day of asking; the law of the day of purchase decides, today's when that is not known.
    """
    if not understood.in_scope:
        return Advice(understood, today, (), (), (), (), _legal_help(understood, base), (), (), False)
    facts = understood.facts
    on = facts.purchase_date or today
    problems = problems_of(understood, today, base)
    outcome = decide(
        _topics_decided(understood, [topic for topic, _ in problems], base),
        facts,
        on,
        today,
        base=base,
        code=understood.code,
        found=understood.found,
        scope=understood.scope,
    )
    law = Law(base, understood.code, on, today) if understood.code else None
    words = _Words(base, law, understood.language, today)
    shown = _shown(outcome.findings)
    alive = [finding for finding in shown if finding.verdict.status is not Status.NO]
    pool = _asked_about(alive, outcome.findings, understood)
    return Advice(
        understood=understood,
        today=today,
        topics=understood.topics[:5],
        rights=tuple(words.right(finding) for finding in shown),
        next_steps=words.steps(alive),
        evidence=words.evidence(pool),
        authorities=words.authorities(pool),
        questions=questions(outcome.missing, base, understood),
        letters=_letters(alive, outcome, base, understood.language),
        only_general=all(finding.entry.place == "general" for finding in shown),
        judged={finding.entry.id: finding.verdict.status for finding in outcome.findings},
        problems=problems,
    )


def _topics_decided(understood: Understanding, urgent: Sequence[str], base: KnowledgeBase) -> list[str]:
    """The topics that the answer is about, in order. Where the words leave the topic open, what the search found first adds its own."""
    likely = [topic for n, (topic, share) in enumerate(understood.topics) if n == 0 or share >= LEAST_DECIDED]
    topics = list(dict.fromkeys((*urgent, *likely)))
    best = base.entries.get(understood.found[0]) if understood.found else None
    if best is not None and (not topics or understood.topics[0][1] < DOUBTFUL) and not set(best.topics) & set(topics):
        topics.insert(1, best.topics[0])
    return topics


def _asked_about(alive: Sequence[Finding], findings: Sequence[Finding], understood: Understanding) -> list[Finding]:
    """The findings whose proofs and bodies are told. When complaining or proving is asked about a problem, those of the problem itself
    come first, shown or not: they are the nearer ones."""
    if len(understood.topics) < 2 or understood.topics[0][0] not in GENERAL_TOPICS:
        return list(alive)
    living = [finding for finding in findings if finding.verdict.status is not Status.NO]
    return sorted(living, key=lambda finding: understood.topics[1][0] not in finding.entry.topics)


def problems_of(understood: Understanding, today: date, base: KnowledgeBase) -> tuple[tuple[str, str | None], ...]:
    """The problems of a message that tells of several, each with its nearest last day, the most urgent first.

    A last day within `PRESSING_DAYS` comes before an insolvency, where money is shared out among those who come in time; the others
    keep their order. Empty when there is but one problem.
    """
    least = LEAST_PROBLEM_TOLD if understood.several else LEAST_PROBLEM
    named = [
        topic
        for topic, share in understood.topics
        if share >= least and not base.topics[topic].accompanies and topic not in GENERAL_TOPICS
    ]
    if len(named) < 2:
        return ()
    days = {topic: _nearest_day(topic, understood, today, base) for topic in named}

    def urgency(topic: str) -> tuple[int, str]:
        day = days[topic]
        if day is not None and (date.fromisoformat(day) - today).days <= PRESSING_DAYS:
            return 0, day
        return (1, "") if topic in PRESSING_TOPICS else (2, "")

    return tuple((topic, days[topic]) for topic in sorted(named, key=urgency))


def _nearest_day(topic: str, understood: Understanding, today: date, base: KnowledgeBase) -> str | None:
    """The nearest last day, from today on, of what the topic's own entries give."""
    facts = understood.facts
    on = facts.purchase_date or today
    outcome = decide([topic], facts, on, today, base=base, code=understood.code, scope=understood.scope)
    days = [
        finding.deadline.day.isoformat()
        for finding in outcome.findings
        if finding.verdict.status is not Status.NO
        and finding.entry.topics[0] == topic
        and finding.deadline is not None
        and finding.deadline.day is not None
        and finding.deadline.day >= today
    ]
    return min(days, default=None)


def questions(missing: Sequence[str], base: KnowledgeBase, understood: Understanding) -> tuple[Mapping[str, Any], ...]:
    """What to ask, most telling first; the place before all else when it is not known."""
    language = understood.language
    if understood.code is None:
        return (
            {
                "fact": "jurisdiction",
                "text": base.wording["jurisdiction_question"][language],
                "options": list(base.jurisdictions),
            },
        )
    return tuple(
        {"fact": fact, "text": base.wording["region_question"][language], "options": []}
        if fact == PLACE
        else {
            "fact": fact,
            "text": base.facts[fact].question[language],
            "options": [option.value for option in base.facts[fact].options],
        }
        for fact in missing[:MOST_QUESTIONS]
    )


def citation_words(citation: Citation, language: Language) -> dict[str, Any]:
    """A citation as the contract has it; the law in its own language, with the reader's beside it."""
    statute = citation.statute
    own, read = statute.title, statute.translations.get(language) or ""
    its_own = any(known is language or (known.is_chinese and language.is_chinese) for known in statute.official)
    beside = f" ({read})" if language is Language.EN else f"（{read}）"
    law = read if its_own and read else (own + beside if read and read != own else own)
    return {
        "law": law,
        "provision": citation.provision[language],
        "url": citation.url,
        "checked_on": citation.checked_on.isoformat() if citation.checked_on else None,
    }


def _shown(findings: Sequence[Finding]) -> list[Finding]:
    alive = [finding for finding in findings if finding.verdict.status is not Status.NO][:MOST_RIGHTS]
    core_no = [f for f in findings if f.verdict.status is Status.NO and f.entry.rank == 1 and f.entry.kind is Kind.RIGHT]
    return alive + core_no[:MOST_NO]


def _letters(
    alive: Sequence[Finding], outcome: Outcome, base: KnowledgeBase, language: Language
) -> tuple[Mapping[str, str], ...]:
    ids = [finding.entry.letter for finding in alive if finding.entry.letter]
    for topic in outcome.topics[:2]:
        ids.extend(letter.id for letter in base.letters.values() if topic in letter.topics)
    return tuple({"id": letter, "title": base.letters[letter].title[language]} for letter in list(dict.fromkeys(ids))[:4])


def _legal_help(understood: Understanding, base: KnowledgeBase) -> tuple[Mapping[str, Any], ...]:
    """The right door for what is no consumer question, where the place names one."""
    if understood.code is None:
        return ()
    body = base.authorities.get(f"{base.place_of(understood.code)}.legal_aid")
    return (authority_words(body, understood.language),) if body else ()


def authority_words(body: Authority, language: Language) -> dict[str, Any]:
    """An authority as the contract has it."""
    return {
        "id": body.id,
        "name": body.name[language],
        "phone": body.phone,
        "url": body.url,
        "cost": body.cost[language],
        "when": body.when[language],
    }


def _lower(text: str, language: Language) -> str:
    """A text as it stands inside a sentence."""
    return text[:1].lower() + text[1:] if language is Language.EN else text


@dataclass(frozen=True)
class _Words:
    """Turns findings into words."""

    base: KnowledgeBase
    law: Law | None
    language: Language
    today: date

    def text(self, words: Words, entry: Entry) -> str:
        return self.law.while_in_force(entry).text(words, self.language) if self.law else words[self.language]

    def right(self, finding: Finding) -> RightWords:
        entry = finding.entry
        return RightWords(
            id=entry.id,
            kind=entry.kind,
            title=self.text(entry.title, entry),
            summary=self.text(entry.summary, entry),
            status=finding.verdict.status,
            depends_on=finding.verdict.depends_on,
            citations=tuple(citation_words(citation, self.language) for citation in entry.citations),
            deadline=self.deadline(finding),
            lapsed=finding.lapsed,
            answer_with=self.text(entry.answer_with, entry) if entry.answer_with else None,
        )

    def deadline(self, finding: Finding) -> dict[str, Any] | None:
        deadline = finding.deadline
        if deadline is None or self.law is None:
            return None
        if deadline.rule.rule:
            rule = self.text(deadline.rule.rule, finding.entry)
        else:
            rule = self.base.wording["deadline_rule"][self.language].format(
                period=self.law.while_in_force(finding.entry).quantity(deadline.rule.period).words(self.language),
                start=_lower(self.base.facts[deadline.counted_from].label[self.language], self.language),
            )
        return {
            "date": deadline.day.isoformat() if deadline.day else None,
            "days_left": deadline.days_left(self.today),
            "rule": _lower(rule, self.language),
        }

    def steps(self, alive: Sequence[Finding]) -> tuple[Mapping[str, Any], ...]:
        """Steps of what holds or may hold: dated ones first, no text twice."""
        steps: dict[str, Mapping[str, Any]] = {}
        for finding in alive:
            for due in finding.steps:
                by = due.by if due.by and due.by >= self.today else None
                authority = f"{finding.entry.place}.{due.step.authority}" if due.step.authority else None
                text = self.text(due.step.text, finding.entry)
                steps.setdefault(text, {"text": text, "by": by.isoformat() if by else None, "authority": authority})
        dated = sorted((step for step in steps.values() if step["by"]), key=lambda step: step["by"])
        return tuple([*dated, *(step for step in steps.values() if not step["by"])][:MOST_STEPS])

    def evidence(self, alive: Sequence[Finding]) -> tuple[str, ...]:
        texts = [
            self.base.evidence[item][self.language] if isinstance(item, str) else self.text(item, finding.entry)
            for finding in alive
            for item in finding.entry.evidence
        ]
        return tuple(dict.fromkeys(texts))[:MOST_EVIDENCE]

    def authorities(self, alive: Sequence[Finding]) -> tuple[Mapping[str, Any], ...]:
        ids = [
            f"{finding.entry.place}.{due.step.authority}" for finding in alive for due in finding.steps if due.step.authority
        ]
        bodies = [self.base.authorities[body] for body in dict.fromkeys(ids)]
        return tuple(authority_words(body, self.language) for body in bodies[:MOST_AUTHORITIES])
