"""An advice as the page without JavaScript draws it: what the widget's card shows, in the same order."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from knowledge.dates import day_words
from knowledge.model import KnowledgeBase, Language

GROUPS = {"rights": ("right", "route", "checklist"), "limits": ("limit",), "excuses": ("excuse",)}
"""Heading of each group of rights, by its name in the words, and the kinds that stand in it."""
TOLD_FIRST = 3
"""A last day is put first only if it belongs to one of so many first rights; the chat's text does the same."""


def advice_card(
    advice: Mapping[str, Any], text: str, words: Mapping[str, str], base: KnowledgeBase, ticked: Collection[str] = ()
) -> dict[str, Any]:
    """What the template needs.

    Args:
        advice: `custom` of a message of type advice.
        text: The same advice as Markdown; what stands before its first heading opens the card.
        words: The widget's words in the language of the page.
        ticked: Names of the boxes that are ticked.
    """
    language = Language(advice["language"])
    code = advice["jurisdiction"]["code"]
    place = base.jurisdictions[code].names[language] if code else None
    bodies = {body["id"]: body["name"] for body in advice["authorities"]}
    steps = [
        {**step, "day": _by(step["by"], words, language), "body": bodies.get(step["authority"])}
        for step in advice["next_steps"]
    ]
    evidence = [{"text": piece, "day": None, "body": None} for piece in advice["evidence"]]
    return {
        "language": language.value,
        "title": words["advice_for"].format(place=place) if place else words["advice"],
        "opening": _opening(text),
        "first": _first(advice, words, language),
        "groups": _groups(advice, words, language),
        "steps": _with_boxes(steps, "s", ticked),
        "evidence": _with_boxes(evidence, "e", ticked),
        "authorities": advice["authorities"],
        "letters": letter_buttons(advice),
        "disclaimer": advice["disclaimer"],
    }


def letter_buttons(advice: Mapping[str, Any]) -> list[dict[str, str]]:
    """A button for each letter that an advice offers: {title, payload}."""
    letters = advice["letters"] if advice["jurisdiction"]["code"] else []
    return [{"title": letter["title"], "payload": f'/ask_letter{{"letter":"{letter["id"]}"}}'} for letter in letters]


def _opening(text: str) -> str:
    paragraphs = text.split("\n\n")
    heading = next((i for i, paragraph in enumerate(paragraphs) if paragraph.startswith("**")), 0)
    return "\n\n".join(paragraphs[:heading])


def _first(advice: Mapping[str, Any], words: Mapping[str, str], language: Language) -> dict[str, Any] | None:
    """The last day that comes first."""
    told = [right for right in advice["rights"] if right["applies"] != "no"][:TOLD_FIRST]
    dated = [
        right for right in told if right["deadline"] and right["deadline"]["date"] and right["deadline"]["days_left"] >= 0
    ]
    if not dated:
        return None
    first = min(dated, key=lambda right: str(right["deadline"]["date"]))
    days = first["deadline"]["days_left"]
    left = {0: words["today"], 1: words["one_day_left"]}.get(days, words["days_left"].format(n=days))
    return {
        "day": _by(first["deadline"]["date"], words, language),
        "left": left,
        "title": first["title"],
        "rule": first["deadline"]["rule"],
        "depends": first["applies"] == "depends",
    }


def _groups(advice: Mapping[str, Any], words: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """Rights, limits, what the trader may say; in each what does not apply comes last. Empty groups are left out."""
    groups = []
    for name, kinds in GROUPS.items():
        found = sorted(
            (right for right in advice["rights"] if right["kind"] in kinds), key=lambda right: right["applies"] == "no"
        )
        if found:
            groups.append({"title": words[name], "rights": [_right(right, advice, words, language) for right in found]})
    return groups


def _right(
    right: Mapping[str, Any], advice: Mapping[str, Any], words: Mapping[str, str], language: Language
) -> dict[str, Any]:
    deadline = right["deadline"]
    day = deadline["date"] if deadline else None
    passed = bool(day) and deadline["days_left"] < 0
    is_open = right["applies"] != "no"
    asked = {question["fact"]: question["text"] for question in advice["questions"]}
    hinges = [asked[fact] for fact in right["depends_on"] if fact in asked] if right["applies"] == "depends" else []
    return {
        **right,
        "verdict": None if right["kind"] == "excuse" else words[right["applies"]],
        "day": words["passed"].format(day=_day(day, language)) if passed else _by(day if is_open else None, words, language),
        "rule": deadline["rule"] if deadline and not passed and is_open else None,
        "hinges": hinges,
        "laws": [{**law, "checked": _checked(law, words, language)} for law in right["citations"]],
    }


def _checked(law: Mapping[str, Any], words: Mapping[str, str], language: Language) -> str:
    day = law["checked_on"]
    return words["checked"].format(day=_day(day, language)) if day else words["unchecked"]


def _with_boxes(lines: Sequence[Mapping[str, Any]], kind: str, ticked: Collection[str]) -> list[dict[str, Any]]:
    """Lines with the names of their boxes, which are the same for the same words, and whether they are ticked."""
    named = [{**line, "box": hashlib.sha256(f"{kind}:{line['text']}".encode()).hexdigest()[:12]} for line in lines]
    return [{**line, "ticked": line["box"] in ticked} for line in named]


def _by(iso: str | None, words: Mapping[str, str], language: Language) -> str | None:
    return words["by"].format(day=_day(iso, language)) if iso else None


def _day(iso: str, language: Language) -> str:
    return day_words(date.fromisoformat(iso), language)
