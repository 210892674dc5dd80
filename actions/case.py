"""The case of one conversation: what the slots hold, and what a new message adds to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from actions.cues import answer_to, is_correction, is_dont_know, names_a_month_only, says, takes_back, which_of_two
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
    region_in,
    sectors_heard,
    topics_in,
    with_currency,
)
from knowledge.scripts import HAN, folded
from knowledge.sectors import sectors_in

SHORT_ANSWER = 24
"""Characters up to which a message that fills the asked fact is its answer, whatever else it looks like."""
UNSURE_BELOW, UNSURE_RATIO = 0.4, 0.6
"""Which of two is asked when the best topic has less than this share and the second is this near to it."""

OTHER_BUSINESS = ("ask_letter", "ask_deadline", "next_steps", "why", "talk_to_human", "change_language", "start_over")
"""Intents that are heard even while a question is open."""
SURE = 0.75
"""While the name of the thing bought is asked for, other business is believed from this confidence on."""

ASPECTS = ("complaint_escalation", "evidence")
"""Topics that, asked in a few words while a problem is talked about, are asked about that problem."""
ASPECT_EN, ASPECT_ZH = 90, 30
BESIDE_BUSINESS = 0.15
"""Least share of what went wrong where the best topic only says that a business buys."""
MOST_BESIDE = 3
"""Problems that are kept beside the one that is talked about."""
CORRECTION_EN, CORRECTION_ZH = 90, 36
"""Up to this many characters a message that takes back a fact corrects it and tells nothing new."""
CHOICE_EN, CHOICE_ZH = 40, 14
"""Up to this many characters a message can answer a question with choices by words that mean nothing without the question."""
REGION = "region"
"""What `changes` calls the part of a place."""
TOPIC_ASKED = "topic"
"""What `asked` says while it is asked which of two topics is meant."""

A_PERSON = "a_person"
"""What `wanted` says while it is asked where people are wanted to speak to."""

_CONVERSATION = ("affirm", "deny", "dont_know", "give_fact", "correct_fact")
_DETAILS = ("give_fact", "correct_fact")
DAYS = ("purchase_date", "delivery_date", "start_date", "discovered_date", "notice_date")
_NUMBER = re.compile(r"\s*[$£€¥]?\s*([\d,]+(?:\.\d+)?)\s*[元塊块]?\s*")
_LATIN_ENOUGH, _HAN_ENOUGH = 12, 4
STATED, INFERRED, GIVEN, OVERRULED = "stated", "inferred", "given", "inferred_over_given"
"""How a place came to be known: the person said it; their words point to it; a link or page gave it; their words point away from that."""


@dataclass(frozen=True)
class Case:
    """What is known so far.

    Attributes:
        source: How the jurisdiction came to be known: STATED, INFERRED, GIVEN, OVERRULED or "unknown".
        chosen: Whether the person chose the language; it then stays.
        found: Entries that the search brought, per jurisdiction and "general".
        sectors: Kinds of the thing bought; None while it is not known what that is.
        region: Part of the place (regions.yml); None while it is not known.
        asked: The fact asked for last.
        declined: Facts that the person does not know.
        said: Fingerprint of the last advice, to see whether anything has changed.
        unsure: Two topics of which one is meant.
        wanted: A letter that waits for facts, or A_PERSON, who waits for the place.
        faults: Details of the last message that could not be taken over.
        answered: Whether the last message answered a question or gave details, rather than telling a new problem.
        changes: Facts that the last message told, changed or took back, each with its earlier JSON value or None; "jurisdiction" is one.
        last_day: The day that was told last, which "no, the 12th" corrects.
        matter: Number of the story that is told; another purchase is another one, with facts of its own.
        beside: Problems left for later: topics, found, facts, code, source, declined, matter.
        consoled: Whether the person's distress has been answered.
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
    changes: tuple[tuple[str, Any], ...] = ()
    last_day: str | None = None
    matter: int = 1
    beside: tuple[Mapping[str, Any], ...] = ()
    consoled: bool = False
    sectors: tuple[str, ...] | None = None
    region: str | None = None

    def understanding(self) -> Understanding:
        """The case as advise() takes it."""
        source = INFERRED if self.source in (GIVEN, OVERRULED) else self.source
        confidence = {STATED: 1.0, INFERRED: 0.8}.get(source, 0.0)
        return Understanding(
            language=self.language or Language.EN,
            code=self.code,
            source=source,
            confidence=confidence,
            topics=self.topics,
            in_scope=self.in_scope,
            facts=self.facts,
            found=tuple(self.found.get(self.code or GENERAL, ())),
            foreign=self.foreign,
            sectors=self.sectors,
            region=self.region,
        )


def heard(case: Case, parsed: Mapping[str, Any], base: KnowledgeBase, today: date) -> Case:
    """The case after one more message.

    Args:
        parsed: The parsed message with its metadata; a button's payload has an intent and entities only.
    """
    entities = {item["entity"]: item["value"] for item in parsed.get("entities") or []}
    text = str(parsed.get("text") or "")
    intent = str((parsed.get("intent") or {}).get("name"))
    if case.asked and is_dont_know(text):
        intent = "dont_know"
    metadata = parsed.get("metadata") or {}
    before = case
    case = replace(case, faults=(), answered=False, unsure=(), in_scope=True, changes=())
    if before.asked == TOPIC_ASKED:
        case = replace(case, asked=None)
        chosen = [before.unsure[place] for place in which_of_two(text) if place < len(before.unsure)]
        if chosen:
            return replace(case, topics=tuple((topic, 1 / len(chosen)) for topic in chosen), said=None)
    taken_up = _taken_up(before, case, intent, text)
    if taken_up is not None:
        return taken_up
    if aspect_of(before, parsed) is not None:
        return replace(_language_heard(case, parsed, entities, metadata), asked=before.asked)
    case = _region_heard(_place_heard(case, parsed, entities, metadata, base), before, parsed, base)
    case = _language_heard(case, parsed, entities, metadata)
    if intent in base.topics and intent != OUT_OF_SCOPE and _is_another_matter(case, parsed, base, today):
        case = _put_aside(case, fresh=True)
    case, answers = _facts_heard(case, parsed, entities, intent, base, today)
    case = _sectors_heard(case, parsed, intent, base)
    if case.matter == before.matter and before.topics:
        case = replace(case, changes=_changes(before, case))
    case = _consumer_after_all(case, base)
    if intent == OUT_OF_SCOPE and not answers:
        return replace(case, in_scope=False)
    if before.asked and before.topics and not answers and len(text) <= SHORT_ANSWER and not text_is_button(parsed):
        answers = intent in base.topics and float((parsed.get("intent") or {}).get("confidence") or 0) < SURE
    if (intent in base.topics or (intent in _DETAILS and not case.topics)) and not answers:
        return _topics_heard(case, parsed, intent, base)
    return replace(case, answered=answers)


def _sectors_heard(case: Case, parsed: Mapping[str, Any], intent: str, base: KnowledgeBase) -> Case:
    """The case with the kinds of thing that a story, or the answer to what was bought, names."""
    tells = case.asked == "item" or (intent in base.topics and intent != OUT_OF_SCOPE) or intent in _DETAILS
    if text_is_button(parsed) or not tells or (case.sectors and intent in _DETAILS and case.asked != "item"):
        return case
    told = sectors_heard(parsed, case.facts, base)
    if told is None:
        return case
    return replace(case, sectors=tuple(dict.fromkeys((*(case.sectors or ()), *told))))


def aspect_of(case: Case, parsed: Mapping[str, Any]) -> str | None:
    """The topic of a short question about the problem that is talked about: whom to turn to, what to keep."""
    text = str(parsed.get("text") or "")
    short = len(text) <= (ASPECT_ZH if HAN.search(text) else ASPECT_EN)
    if not case.topics or case.topics[0][0] in ASPECTS or not short or text.startswith("/"):
        return None
    if says("who_helps", text):
        return "complaint_escalation"
    if says("what_evidence", text):
        return "evidence"
    intent = (parsed.get("intent") or {}).get("name")
    return str(intent) if intent in ASPECTS else None


def _consumer_after_all(case: Case, base: KnowledgeBase) -> Case:
    """The case without the topic of buyers that are businesses, once the buyer is none."""
    others = tuple((topic, share) for topic, share in case.topics if not base.topics[topic].accompanies)
    return replace(case, topics=others) if case.facts.buyer == "consumer" and others else case


def heard_aside(case: Case, parsed: Mapping[str, Any]) -> Case:
    """The case after a question that was put beside it: nothing but the language can have changed."""
    return _language_heard(case, parsed, {}, parsed.get("metadata") or {})


def _taken_up(before: Case, case: Case, intent: str, text: str) -> Case | None:
    """The case after a button that takes up a problem left for later, or another problem of the same message."""
    if not text.startswith("/") or before.unsure:
        return None
    for problem in before.beside:
        if problem["topics"][0][0] == intent:
            return _swapped(before, case, problem)
    if len(before.topics) > 1 and intent in dict(before.topics[1:]):
        kept = tuple((topic, share) for topic, share in before.topics if topic != intent)
        return replace(_put_aside(replace(case, topics=kept)), topics=((intent, 1.0),), said=None, asked=None)
    return None


def back(case: Case, parsed: Mapping[str, Any]) -> Case:
    """The case with a problem left for later taken up again: the one that the message sounds most like, else the last; the same
    case when there is none."""
    clean = replace(case, faults=(), answered=False, unsure=(), in_scope=True, changes=())
    shares = {item["name"]: float(item["confidence"]) for item in parsed.get("intent_ranking") or []}
    if not case.beside:
        return clean
    likeliest = max(case.beside, key=lambda problem: shares.get(problem["topics"][0][0], 0.0))
    return _swapped(case, clean, likeliest)


def _swapped(before: Case, case: Case, problem: Mapping[str, Any]) -> Case:
    """The case with a problem that was left for later in hand, and the present one left in its stead."""
    rest = tuple(other for other in before.beside if other is not problem)
    case = _put_aside(replace(case, beside=rest))
    topics = tuple((topic, float(share)) for topic, share in problem["topics"])
    case = replace(case, topics=topics, found=problem["found"], said=None, asked=None, wanted=None)
    if problem["matter"] == case.matter:
        return case
    return replace(
        case, facts=problem["facts"], code=problem["code"], source=problem["source"],
        declined=tuple(problem["declined"]), matter=problem["matter"], last_day=None, sectors=problem["sectors"],
        region=problem["region"],
    )  # fmt: skip


def _put_aside(case: Case, fresh: bool = False) -> Case:
    """The case with its problem left for later; `fresh` for a story of its own, of which only the buyer is known."""
    problem = {
        "topics": [list(topic) for topic in case.topics],
        "found": {place: list(ids) for place, ids in case.found.items()},
        "facts": case.facts,
        "code": case.code,
        "source": case.source,
        "declined": list(case.declined),
        "matter": case.matter,
        "sectors": case.sectors,
        "region": case.region,
    }
    others = [other for other in case.beside if other["topics"][0][0] != case.topics[0][0] or other["matter"] != case.matter]
    case = replace(case, beside=(problem, *others)[:MOST_BESIDE])
    if not fresh:
        return case
    matter = 1 + max(other["matter"] for other in case.beside)
    return replace(
        case, topics=(), found={}, facts=Facts(buyer=case.facts.buyer), asked=None, declined=(), said=None, wanted=None,
        matter=matter, last_day=None, sectors=None, region=None,
    )  # fmt: skip


def _is_another_matter(case: Case, parsed: Mapping[str, Any], base: KnowledgeBase, today: date) -> bool:
    """Whether a message tells a story of its own: it says so, or two things in it are unlike those of the present one."""
    text = str(parsed.get("text") or "")
    if not case.topics or text.startswith("/") or is_correction(text):
        return False
    if says("another_problem", text):
        return True
    read = facts_in(parsed, base, today)[0].known()
    known = case.facts.known()
    telling = ("item_type", "purchase_date", "amount", "payment", "channel")
    return sum(name in read and name in known and read[name] != known[name] for name in telling) > 1


def _changes(before: Case, case: Case) -> tuple[tuple[str, Any], ...]:
    """What a message changed of what was known, with the earlier values; None for what was not known before."""
    then, now = before.facts.as_json(), case.facts.as_json()
    changed = [(name, then.get(name)) for name in FACT_NAMES if now.get(name) != then.get(name)]
    if any(name == "amount" for name, _ in changed):
        changed = [item for item in changed if item[0] != "currency"]
    if case.code != before.code:
        changed.append(("jurisdiction", before.code))
    elif case.region != before.region:
        changed.append((REGION, before.region))
    return tuple(changed)


def _place_heard(
    case: Case, parsed: Mapping[str, Any], entities: Mapping[str, Any], metadata: Mapping[str, Any], base: KnowledgeBase
) -> Case:
    chosen = entities.get("jurisdiction")
    if chosen in base.jurisdictions:
        return replace(case, code=chosen, source="stated", answered=case.asked == "jurisdiction")
    code, source, _ = place_in(parsed)
    text = str(parsed.get("text") or "")
    about_place = (parsed.get("intent") or {}).get("name") == "change_jurisdiction" or case.asked == "jurisdiction"
    if not text.startswith("/") and (about_place or is_correction(text)):
        named = _place_named(text, case.code, base) if code is None or code == case.code else code
        code, source = (named, "stated") if named else (code, source)
    if case.asked == "jurisdiction" and code is not None and len(str(parsed.get("text") or "")) <= SHORT_ANSWER:
        return replace(case, code=code, source="stated", answered=True)
    new_problem = str((parsed.get("intent") or {}).get("name")) in base.topics and case.asked is None and bool(case.topics)
    if source == "stated" or (source == "inferred" and (case.source != "stated" or new_problem)):
        case = replace(case, code=code, source=source)
    given = metadata.get("jurisdiction")
    return _place_given(case, given, source != "unknown") if given in base.jurisdictions else case


def _place_given(case: Case, given: str, named: bool) -> Case:
    """The case with the place that a link or page gave. It holds where people do not say; what their words tell goes before it."""
    if case.source == STATED:
        return case
    if named or case.source == OVERRULED:
        return case if case.code == given else replace(case, source=OVERRULED)
    return replace(case, code=given, source=GIVEN)


def _region_heard(case: Case, before: Case, parsed: Mapping[str, Any], base: KnowledgeBase) -> Case:
    """The case with the part of the place that the message names; that of another place is forgotten."""
    if case.code is None:
        return replace(case, region=None)
    place, text = base.place_of(case.code), str(parsed.get("text") or "")
    named = region_in(parsed, case.code, base)
    asked = case.asked == "jurisdiction" and before.code is not None
    if named is None and asked and len(text) <= CORRECTION_EN:
        named = _region_named(text, place, base)
    kept = case.region if case.region and base.regions[case.region].place == place else None
    intent = str((parsed.get("intent") or {}).get("name"))
    tells_no_problem = intent not in base.topics or intent == OUT_OF_SCOPE
    told = bool(named) and bool(case.topics) and named != kept and tells_no_problem and len(text) <= CORRECTION_EN
    return replace(case, region=named or kept, answered=case.answered or told or bool(asked and named))


def _region_named(text: str, place: str, base: KnowledgeBase) -> str | None:
    """The one part of a place whose name a short answer has."""
    plain = folded(text)
    named = [
        region.id
        for region in base.regions.values()
        if region.place == place and any(folded(name) in plain for name in region.label.values())
    ]
    return named[0] if len(named) == 1 else None


def _place_named(text: str, present: str | None, base: KnowledgeBase) -> str | None:
    """The one place that a short message names, apart from one that it takes back: "in Hong Kong, not Singapore"."""
    plain = folded(text)
    named = [
        code
        for code, place in base.jurisdictions.items()
        if any(folded(name) in plain for name in place.names.values()) and not takes_back(text, place.names.values())
    ]
    named = [code for code in named if code != present] or named
    return named[0] if len(named) == 1 and len(text) <= CORRECTION_EN else None


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
    client = metadata.get("client_language")
    before = case.language or (Language(client) if client in known else None)
    read = language_in(parsed, before, case.code)
    if before is not None and read is Language.EN and letters < _LATIN_ENOUGH:
        read = before  # "PayPal", "ok": no change of language
    if before is not None and before.is_chinese and read.is_chinese and len(HAN.findall(text)) <= _HAN_ENOUGH:
        read = before  # 台北 is written so by those who write 臺 as well
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
    text = str(parsed.get("text") or "")
    takes_over = is_correction(text)
    answer = _answer(case.asked, parsed, intent, base) if case.asked and case.asked not in read.known() else None
    corrected = _corrected_day(case, read) if takes_over and bare_day(parsed) else None
    if corrected:
        told, wrong = readable_facts({corrected: bare_day(parsed)}, base.facts, today)
        read, faults = read.with_over(told), (*faults, *wrong)
    elif answer is not None and case.asked:
        told, wrong = readable_facts({case.asked: answer}, base.facts, today)
        read, faults = read.with_over(told), (*faults, *wrong)
    if takes_over and case.topics and not read.known() and not text.startswith("/"):
        read = _put_right(case, text, base)
    withdrawn = _withdrawn(case, text, read, parsed, base)
    declined = case.declined
    if intent == "dont_know" and case.asked:
        declined = tuple(dict.fromkeys((*declined, case.asked)))
    declined = tuple(name for name in declined if name not in read.known() and name not in withdrawn)
    fills = bool(case.asked and case.asked in read.known())
    pressed = text.startswith("/") and intent in _CONVERSATION
    opening = intent in _DETAILS and not (case.topics or case.asked)  # details with nothing before them tell a problem
    known = case.facts.known()
    asks_day = case.asked in DAYS and not fills
    differs = any(name in known and known[name] != value for name, value in read.known().items())
    short = len(text) <= (CORRECTION_ZH if HAN.search(text) else CORRECTION_EN)
    corrects = bool(case.topics) and short and (bool(withdrawn) or (differs and (takes_over or len(text) <= SHORT_ANSWER)))
    answers = (
        pressed
        or (intent in _CONVERSATION and not opening)
        or (fills and (len(text) <= SHORT_ANSWER or case.asked == "item"))
        or (
            bool(case.topics)
            and intent in base.topics
            and base.topics[intent].accompanies
            and read.buyer is not None
            and short
        )
        or (asks_day and names_a_month_only(text) and short)
        or corrects
        or case.answered
    )
    asked = None if fills or (intent == "dont_know") or case.answered else case.asked
    if withdrawn:
        asked = withdrawn[0]
    kept = replace(case.facts, **dict.fromkeys(withdrawn))
    facts = with_currency(kept.with_over(read), case.code, base)
    days = [name for name in DAYS if name in read.known()]
    last_day = days[0] if days else case.last_day
    return replace(case, facts=facts, faults=faults, declined=declined, asked=asked, last_day=last_day), answers


def _corrected_day(case: Case, read: Facts) -> str | None:
    """The date fact that a bare day puts right: the one told last, or the only one known."""
    if any(name in read.known() for name in DAYS):
        return None
    known = [name for name in DAYS if case.facts.day(name)]
    return case.last_day if case.last_day in known else (known[0] if len(known) == 1 else None)


def _put_right(case: Case, text: str, base: KnowledgeBase) -> Facts:
    """The known choice that a short correction replaces, when the reader of facts found nothing and only one can be meant."""
    if len(text) > (CORRECTION_ZH if HAN.search(text) else CORRECTION_EN):
        return Facts()
    told: dict[str, str] = {}
    for name in case.facts.known():
        definition = base.facts[name]
        if definition.kind != "choice":
            continue
        value = answer_to(name, text, {option.value: list(option.label.values()) for option in definition.options})
        if value is not None and value != case.facts.token(name):
            told[name] = value
    return Facts(**told) if len(told) == 1 else Facts()


def _withdrawn(case: Case, text: str, read: Facts, parsed: Mapping[str, Any], base: KnowledgeBase) -> tuple[str, ...]:
    """Known facts that a message takes back without giving the right value: "not cash", "no, it was in May"."""
    if not case.topics or text.startswith("/"):
        return ()
    names = []
    for name, token in ((name, case.facts.token(name)) for name in case.facts.known()):
        labels = [option.label for option in base.facts[name].options if option.value == token]
        if (
            labels
            and base.facts[name].kind == "choice"
            and name not in read.known()
            and takes_back(text, labels[0].values())
        ):
            names.append(name)
    if is_correction(text) and names_a_month_only(text) and not bare_day(parsed):
        day = _corrected_day(case, read)
        names += [day] if day else []
    return tuple(names)


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
    if definition.kind == "choice" and len(text) <= (CHOICE_ZH if HAN.search(text) else CHOICE_EN):
        return answer_to(asked, text, {option.value: list(option.label.values()) for option in definition.options})
    if definition.kind == "money":
        number = _NUMBER.fullmatch(text)
        return number.group(1).replace(",", "") if number else None
    if definition.id == "item" and intent != "dont_know" and not is_other_business(parsed, base):
        return text if 0 < len(text) <= 80 else None
    return None


def is_other_business(parsed: Mapping[str, Any], base: KnowledgeBase) -> bool:
    """Whether a message, taken as the answer to an open question, is surely about something else.

    "English course" names a thing bought and asks for no other language.
    """
    intent = parsed.get("intent") or {}
    if intent.get("name") == "change_language" and sectors_in(str(parsed.get("text") or ""), base):
        return False
    return intent.get("name") in OTHER_BUSINESS and float(intent.get("confidence") or 0) >= SURE


def _topics_heard(case: Case, parsed: Mapping[str, Any], intent: str, base: KnowledgeBase) -> Case:
    topics: Sequence[tuple[str, float]] = topics_in(parsed, base) if parsed.get("intent_ranking") else ((intent, 1.0),)
    if not topics and case.topics:
        return case
    if not text_is_button(parsed) and case.topics and case.topics[0][0] not in [topic for topic, _ in topics[:3]]:
        case = _put_aside(case)
    topics = _with_second(topics, parsed, base)
    unsure: tuple[str, ...] = ()
    if len(topics) > 1 and topics[0][1] < UNSURE_BELOW and topics[1][1] > UNSURE_RATIO * topics[0][1]:
        unsure = (topics[0][0], topics[1][0])
    found = {place: found_in(parsed, place) for place in parsed.get("retrieval") or {}} or case.found
    return replace(case, topics=tuple(topics), found=found, unsure=unsure, said=None)


def _with_second(
    topics: Sequence[tuple[str, float]], parsed: Mapping[str, Any], base: KnowledgeBase
) -> Sequence[tuple[str, float]]:
    """The topics with the best of those that say what went wrong, where the first only says who buys."""
    if not topics or not base.topics[topics[0][0]].accompanies:
        return topics
    ranking = [
        (str(item["name"]), float(item["confidence"]))
        for item in parsed.get("intent_ranking") or []
        if item["name"] in base.topics and item["name"] != OUT_OF_SCOPE and not base.topics[item["name"]].accompanies
    ]
    if not ranking:
        return topics
    name, share = ranking[0]
    return (topics[0], (name, max(share, BESIDE_BUSINESS)), *(topic for topic in topics[1:] if topic[0] != name))


def text_is_button(parsed: Mapping[str, Any]) -> bool:
    """Whether a message is a button's payload."""
    return str(parsed.get("text") or "").startswith("/")


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
        changes=tuple((name, value) for name, value in slots.get("changes") or []),
        last_day=slots.get("last_day"),
        matter=int(slots.get("matter") or 1),
        beside=tuple(
            {
                **problem,
                "facts": readable_facts(problem["facts"], base.facts, today)[0],
                "sectors": _sectors(problem.get("sectors")),
            }
            for problem in slots.get("beside") or []
        ),
        consoled=bool(slots.get("consoled")),
        sectors=_sectors(slots.get("sectors")),
        region=slots.get("region"),
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
        "changes": [[name, value] for name, value in case.changes],
        "last_day": case.last_day,
        "matter": case.matter,
        "beside": [{**problem, "facts": problem["facts"].as_json()} for problem in case.beside],
        "consoled": case.consoled,
        "sectors": None if case.sectors is None else list(case.sectors),
        "region": case.region,
    }


def _sectors(value: Any) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


def _slot(value: Any) -> str | None:
    """A fact as slot text: slots of facts are all text, so that one rule holds for all."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
