"""One-shot advice: a request read and checked, and its answer. The same for HTTP and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.message_text import LONGEST, cleaned
from knowledge.advice import advise
from knowledge.errors import FactFaults, FieldFault
from knowledge.facts import Facts, parse_facts
from knowledge.model import KnowledgeBase, Language
from knowledge.parsed import Given, understanding
from knowledge.reply import disclaimer, reply

FIELDS = ("text", "language", "jurisdiction", "facts", "today", "id")


@dataclass(frozen=True)
class Enquiry:
    """A request for advice, checked."""

    text: str
    given: Given
    today: date

    @property
    def metadata(self) -> dict[str, str]:
        """What the pipeline needs beside the text."""
        return {"today": self.today.isoformat()}


def read_enquiry(data: Any, base: KnowledgeBase, clock: date) -> Enquiry:
    """The enquiry of a JSON object.

    Args:
        clock: The day that counts as today when the request names none.
    Raises:
        FactFaults: Fields that are wrong; carries them all.
    """
    if not isinstance(data, Mapping):
        raise FactFaults([FieldFault("", type(data).__name__, "a JSON object with a field `text`")])
    faults = [FieldFault(str(name), "an unknown field", ", ".join(FIELDS)) for name in data if name not in FIELDS]
    text = data.get("text")
    words = cleaned(text) if isinstance(text, str) else ""
    if not words or len(words) > LONGEST:
        found = f"{len(words)} characters" if isinstance(text, str) else ("nothing" if text is None else type(text).__name__)
        faults.append(FieldFault("text", found, f"1 to {LONGEST:,} characters"))
    language, code, facts, today = read_setting(data, base, clock, faults)
    if faults:
        raise FactFaults(faults)
    return Enquiry(words, Given(language, code, facts), today)


def read_setting(
    data: Mapping[str, Any], base: KnowledgeBase, clock: date, faults: list[FieldFault]
) -> tuple[Language | None, str | None, Facts, date]:
    """(language, jurisdiction, facts, today) of a request; what is wrong is added to `faults`."""
    language, code, today, facts = data.get("language"), data.get("jurisdiction"), clock, Facts()
    languages = [known.value for known in Language]
    if language is not None and language not in languages:
        faults.append(FieldFault("language", _shown(language), ", ".join(languages)))
        language = None
    if code is not None and (not isinstance(code, str) or code not in base.jurisdictions):
        faults.append(FieldFault("jurisdiction", _shown(code), ", ".join(base.jurisdictions)))
        code = None
    if data.get("today") is not None:
        try:
            today = date.fromisoformat(str(data["today"]))
        except ValueError:
            faults.append(FieldFault("today", _shown(data["today"]), f"a day of the calendar, like {clock.isoformat()}"))
    given = data.get("facts")
    if given is not None and not isinstance(given, Mapping):
        faults.append(FieldFault("facts", type(given).__name__, "an object of facts"))
    elif given:
        try:
            facts = parse_facts(given, base.facts, today)
        except FactFaults as error:
            faults.extend(error.faults)
    return Language(language) if language else None, code, facts, today


def answer(enquiry: Enquiry, parsed: Mapping[str, Any], base: KnowledgeBase) -> dict[str, Any]:
    """The advice object of the contract for an enquiry and its parsed text."""
    understood = understanding(parsed, enquiry.given, base, enquiry.today)
    advice = advise(understood, enquiry.today, base)
    return advice.as_json(reply(advice, base), disclaimer(base, understood.language))


def _shown(value: Any) -> str:
    return repr(value)[:60]
