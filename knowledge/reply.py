"""An answer as a chat says it, in Markdown: short first, everything on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.advice import Advice, RightWords
from knowledge.conditions import Status
from knowledge.dates import day_words
from knowledge.model import Kind, KnowledgeBase, Language
from knowledge.scope import PLACE


@dataclass(frozen=True)
class Length:
    """How much of each part is said. `frame`: with the place it is about and the disclaimer."""

    rights: int
    summaries: int
    citations: int
    steps: int
    authorities: int
    evidence: int = 0
    frame: bool = True


SHORT = Length(rights=3, summaries=1, citations=3, steps=4, authorities=2)
UPDATE = Length(rights=4, summaries=0, citations=0, steps=3, authorities=0, frame=False)
"""After an answer to a question: what holds now. The rest was said before."""
FULL = Length(rights=10, summaries=10, citations=12, steps=10, authorities=6, evidence=10)
ASPECT = Length(rights=2, summaries=1, citations=2, steps=4, authorities=5, evidence=8, frame=False)
"""Whom to turn to or what to keep, asked about a problem that is talked about."""


def reply(advice: Advice, base: KnowledgeBase, length: Length = SHORT, with_question: bool = True) -> str:
    """The answer: what expires first, what you are entitled to, why, what to do, whom to turn to, what is still missing."""
    return _Reply(advice, base, length).markdown(with_question)


def disclaimer(base: KnowledgeBase, language: Language) -> str:
    """The line that this is no legal advice, and how to reach a person."""
    return base.wording["disclaimer"][language]


@dataclass(frozen=True)
class _Reply:
    advice: Advice
    base: KnowledgeBase
    length: Length

    @property
    def language(self) -> Language:
        return self.advice.understood.language

    def words(self, key: str, **names: Any) -> str:
        return self.base.wording[key][self.language].format(**names)

    def day(self, iso: str) -> str:
        return day_words(date.fromisoformat(iso), self.language)

    def markdown(self, with_question: bool) -> str:
        if not self.advice.understood.in_scope:
            return "\n\n".join([self.words("out_of_scope"), *self.legal_help(), self.words("disclaimer")])
        parts = [
            *(self.opening() if self.length.frame else []),
            *(self.problems() if self.length.frame else []),
            *self.expires_first(),
            *self.rights(),
            *self.why(),
            *self.steps(),
            *self.evidence(),
            *self.authorities(),
            *(self.question() if with_question else []),
            *([f"*{self.words('disclaimer')}*"] if self.length.frame else []),
        ]
        return "\n\n".join(parts)

    def legal_help(self) -> list[str]:
        return [
            self.words("legal_help", name=body["name"], phone=_phone(body, self.language), url=body["url"])
            for body in self.advice.authorities
        ]

    def opening(self) -> list[str]:
        """What has to be said before the answer: language, place."""
        understood, lines = self.advice.understood, []
        if understood.foreign:
            lines.append(self.words("other_language"))
        if understood.code is None:
            return lines
        place = self.base.jurisdictions[understood.code].names[self.language]
        if not self.base.covers(understood.code):
            lines.append(self.words("place_not_covered", place=place))
        elif self.advice.only_general:
            lines.append(self.words("place_says_nothing", place=place))
        elif understood.source == "inferred":
            lines.append(self.words("inferred_place", place=place))
        return lines

    def problems(self) -> list[str]:
        """The problems by name, when there are several."""
        named = []
        for topic, day in self.advice.problems:
            label = self.base.topics[topic].label[self.language]
            label = f"{label[:1].lower()}{label[1:]}" if self.language is Language.EN else label
            named.append(self.words("several_by", label=label, day=self.day(day)) if day else label)
        separator = "; " if self.language is Language.EN else "、"
        return [self.words("several_problems", problems=separator.join(named))] if named else []

    def expires_first(self) -> list[str]:
        """The nearest last day that is still to come, of what is told below; with what it depends on."""
        open_rights = [
            right
            for right in self.shown_rights()
            if right.status is not Status.NO
            and right.deadline
            and right.deadline["date"]
            and right.deadline["days_left"] >= 0
        ]
        if not open_rights:
            return []
        first = min(open_rights, key=lambda right: str(right.deadline and right.deadline["date"]))
        assert first.deadline is not None
        days = first.deadline["days_left"]
        key = {0: "last_day_today", 1: "one_day_left"}.get(days, "days_left")
        left = self.words(key, days=days)
        title = first.title
        if first.status is Status.DEPENDS:
            title = self.words("depending", title=title, facts=self.labels(first.depends_on))
        return [self.words("expires_first", day=self.day(first.deadline["date"]), left=left, title=title)]

    def shown_rights(self) -> list[RightWords]:
        alive = [right for right in self.advice.rights if right.status is not Status.NO][: self.length.rights]
        gone = [right for right in self.advice.rights if right.status is Status.NO]
        return alive + gone[:1] if self.length is not FULL else alive + gone

    def rights(self) -> list[str]:
        shown = self.shown_rights()
        if not shown:
            return []
        code = self.advice.understood.code
        if code is None or self.advice.only_general:
            lines = [self.words("holds_everywhere")]
        else:
            lines = [self.words("entitled_to", place=self.base.jurisdictions[code].names[self.language])]
        for position, right in enumerate(shown):
            lines.append(f"- {self.headline(right)}")
            if position < self.length.summaries:
                lines.append(f"  {right.summary}")
            if right.answer_with and (position < self.length.summaries or right.kind is Kind.EXCUSE):
                lines.append(f"  {self.words('answer_with', sentence=right.answer_with)}")
        return ["\n".join(lines)]

    def headline(self, right: RightWords) -> str:
        """Whether it applies, and its title. A limit that holds is no good news, and what the trader may say is not said to be so."""
        if right.kind is Kind.EXCUSE and right.status is not Status.NO:
            return self.words("trader_says", title=right.title)
        if right.kind is Kind.LIMIT and right.status is Status.YES:
            return self.words("limit_holds", title=right.title)
        if right.status is Status.YES:
            return self.words("applies_yes", title=right.title)
        if right.status is Status.DEPENDS:
            return self.words("applies_depends", title=right.title, facts=self.labels(right.depends_on))
        if right.lapsed and right.deadline and right.deadline["date"]:
            return self.words("lapsed", title=right.title, day=self.day(right.deadline["date"]))
        return self.words("applies_no", title=right.title)

    def labels(self, facts: Sequence[str]) -> str:
        """What facts are called, in a row."""
        separator = ", " if self.language is Language.EN else "、"
        labels = [
            self.words("region_label") if fact == PLACE else self.base.facts[fact].label[self.language] for fact in facts
        ]
        return separator.join(label.lower() if self.language is Language.EN else label for label in labels)

    def why(self) -> list[str]:
        """The law, each with the day on which it was last read; a day that all of it shares is told once."""
        cited = {}
        for right in self.shown_rights():
            for citation in right.citations:
                separator = ", " if self.language is Language.EN else " "
                name = f"{citation['law']}{separator}{citation['provision']}"
                cited.setdefault(f"- [{name}]({citation['url']})", citation["checked_on"])
        shown = dict(list(cited.items())[: self.length.citations])
        if not shown:
            return []
        days = {day for day in shown.values() if day}
        shared = days.pop() if len(days) == 1 else None
        heading = self.words("why") + (self.read_on(shared) if shared else "")
        return [
            "\n".join(
                [heading, *(line + ("" if day and day == shared else self.read_on(day)) for line, day in shown.items())]
            )
        ]

    def read_on(self, day: str | None) -> str:
        """When the text of a law was last read, to stand behind its name."""
        note = self.words("checked", day=self.day(day)) if day else self.words("not_checked")
        return f" {note}" if self.language is Language.EN else note

    def steps(self) -> list[str]:
        lines = []
        for number, step in enumerate(self.advice.next_steps[: self.length.steps], start=1):
            by = self.words("step_by", day=self.day(step["by"])) if step["by"] else ""
            gap = " " if by and self.language is Language.EN else ""
            lines.append(f"{number}. {step['text']}{gap}{by}")
        return ["\n".join([self.words("what_to_do"), *lines])] if lines else []

    def evidence(self) -> list[str]:
        lines = [f"- {item}" for item in self.advice.evidence[: self.length.evidence]]
        return ["\n".join([self.words("keep_evidence"), *lines])] if lines else []

    def authorities(self) -> list[str]:
        lines = []
        for body in self.advice.authorities[: self.length.authorities]:
            separator = ": " if self.language is Language.EN else "："
            phone = _phone(body, self.language)
            lines.append(f"- [{body['name']}]({body['url']}){phone}{separator}{body['when']}")
        return ["\n".join([self.words("who_helps"), *lines])] if lines else []

    def question(self) -> list[str]:
        if not self.advice.questions:
            return []
        return [f"{self.words('need_to_know')}\n{self.advice.questions[0]['text']}"]


def _phone(body: Mapping[str, Any], language: Language) -> str:
    if not body["phone"]:
        return ""
    return f", {body['phone']}" if language is Language.EN else f"（{body['phone']}）"
