"""Choices of the contract (payment, channel, buyer and so on) that a text states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.components.answers_in_text import answers_in
from bot.components.fact_cues import Cues, Words, cues
from bot.components.seller_place import seller_location
from knowledge.scripts import HAN

BRIEF_EN, BRIEF_ZH = 30, 14
"""Up to this many characters a message answers a question: a word or two are then enough."""

USE = ("service_started", "asked_to_start_early", "service_completed")
"""Facts of a service; without meaning when the thing in dispute is goods."""

_MY_OWN, _FIRM_IN = re.compile(r"\b(?:my|our)(?: [\w-]+)? $"), re.compile(r"\w+ in ")
"""My telecom company in Hong Kong: a firm of where one lives."""

_QUOTE_OPEN = re.compile(r"[「“][^」”]{0,16}$")

_SUM_OR_WORD = re.compile(r"[£€$\d]\d[^.;!?]*$|(?:deposit|定金|订金|首付)[^.;!?。]*$")
_ONE_WAY, _EITHER = 12, re.compile(r"\b(?:and|or)\b|[,、/和或及跟]")
_REST = re.compile(r"\brest\b|\bbalance\b|\bremain\w*|余款|尾款|其余|剩下|剩余|\d")
_CLAUSE_END = re.compile(r"[.,:](?!\d)|[!?;\n。、]")


def choices_in(text: str, item_type: str | None) -> Iterator[tuple[str, str]]:
    """Name and value of every choice that a folded text states. Two values of one choice cancel each other, save for the
    answers of a trader (part of it, or silence after a refusal) and his end (a bankrupt one is also closed)."""
    found = cues()
    brief = len(text) <= (BRIEF_ZH if HAN.search(text) else BRIEF_EN)
    for name, values in found.choices.items():
        if name in USE and item_type in ("goods", "digital"):
            continue
        places = _values(values, text, found, name) or (_values(values, text, found, name, brief) if brief else {})
        if name == "trader_response":
            for value, start in answers_in(text):
                places.setdefault(value, start)
        value = _settled(name, places) or (_first_paid(places, text) if name == "payment" else None)
        if name == "trader_location":
            value = seller_location(text) or value
        if value is not None:
            yield name, value


def _values(values: dict[str, Words], text: str, found: Cues, name: str, brief: bool = False) -> dict[str, int]:
    """The values named, each with where it was first."""
    places: dict[str, int] = {}
    for value, words in values.items():
        for match in words.matches(text, brief):
            before = text[max(0, match.start() - 60) : match.start()]
            if name not in found.self_negating and " not " in match.group(0):
                continue
            if _is_asked(text, match.start()):
                continue
            if name == "trader_location" and _MY_OWN.search(before) and _FIRM_IN.match(match.group(0)):
                continue
            if _counts(before, text[match.end() : match.end() + 14], found, name):
                places[value] = match.start()
                break
    return places


def _is_asked(text: str, start: int) -> bool:
    """Whether a Chinese cue is the second half of a question: 退不退, 有没有."""
    negation, before = text[start : start + 1], text[max(0, start - 1) : start]
    return bool(before) and (
        (negation in "不没" and before == text[start + 1 : start + 2]) or (negation, before) == ("没", "有")
    )


def _counts(before: str, after: str, found: Cues, name: str) -> bool:
    cut = [end.end() for end in _CLAUSE_END.finditer(before)]
    clause = before[cut[-1] :] if cut else before
    if found.hypothetical.search(clause):
        return False
    if name == "payment" and (found.paid_back.search(clause) or found.not_payment.match(after)):
        return False
    if name == "trader_status" and _QUOTE_OPEN.search(before):
        return False
    if name == "trader_response" and (found.not_answer.search(clause) or found.written.search(before)):
        return False
    return name in found.self_negating or not found.negation.search(clause)


def _first_paid(places: dict[str, int], text: str) -> str | None:
    """Of two ways of paying the first, where the words give its sum (£500 by credit card and the rest by bank transfer) or where
    both name one payment (微信转账)."""
    if len(places) != 2:
        return None
    (first, start), (_, other) = sorted(places.items(), key=lambda item: item[1])
    if other - start <= _ONE_WAY and not _EITHER.search(text[start:other]):
        return first
    told = _SUM_OR_WORD.search(text[max(0, start - 40) : start]) and _REST.search(text[start:other])
    return first if told else None


def _settled(name: str, places: dict[str, int]) -> str | None:
    if len(places) <= 1:
        return next(iter(places), None)
    if name == "trader_response":
        if "partial" in places:
            return "partial" if set(places) == {"partial", "refused"} else None
        return "refused" if set(places) == {"refused", "ignored"} and places["refused"] > places["ignored"] else None
    if name == "trader_status" and "trading" not in places:
        return "insolvent" if "insolvent" in places else "closed" if "closed" in places else None
    return None
