"""Reading statutes, authorities and parameters of one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from knowledge.fields import Fields
from knowledge.model import Authority, DatedValue, Language, Parameter, Statute
from knowledge.quantities import UNITS

CURRENCY_UNIT = re.compile(r"currency-[A-Z]{3}")


def read_statute(fields: Fields, full_id: str) -> Statute | None:
    """One law of laws/<place>.yml."""
    fields.only(("title", "language", "official", "translations", "url"))
    title, url = fields.text("title"), fields.text("url")
    language = Language(fields.choice("language", [item.value for item in Language], "en"))
    translations = fields.below("translations", fields.value.get("translations") or {})
    expected = [item.value for item in Language if item is not language]
    translations.only(expected)
    words = {language: title or ""}
    for other in expected:
        words[Language(other)] = translations.text(other) or ""
    official = tuple(known for known in Language if known.value in fields.texts("official")) or (language,)
    return Statute(full_id, title, language, words, url, official) if title and url else None


def read_authority(fields: Fields, full_id: str) -> Authority | None:
    """One body of authorities/<place>.yml."""
    fields.only(
        ("name", "phone", "url", "cost", "languages", "when", "can", "cannot", "bring", "takes", "checked_on", "notes")
    )
    name, url, cost, when = fields.words("name"), fields.text("url"), fields.words("cost"), fields.words("when")
    phone = fields.text("phone", required=False)
    optional = {key: fields.words(key, required=False) for key in ("can", "cannot", "bring", "takes")}
    checked_on = fields.day("checked_on")
    if not (name and url and cost and when):
        return None
    return Authority(full_id, name, phone, url, cost, fields.texts("languages"), when, checked_on=checked_on, **optional)


def read_parameter(fields: Fields, full_id: str, statutes: Mapping[str, Statute], place: str) -> Parameter | None:
    """One number of parameters/<place>/<file>.yml, its values in order of time."""
    fields.only(("description", "unit", "law_of", "values", "last_checked_on", "notes"))
    description, unit = fields.text("description"), fields.text("unit")
    if unit and unit not in UNITS and not CURRENCY_UNIT.fullmatch(unit):
        fields.fault(f"unit: found {unit!r}, allowed: {', '.join(UNITS)}, currency-XXX (ISO 4217)", "unit")
    by_today = fields.choice("law_of", ("contract", "today"), "contract") == "today"
    values: list[DatedValue] = []
    dated = fields.below("values")
    for since in dated.value:
        if type(since) is not date:
            dated.fault(f"values: found {since!r}, allowed: the first day it is law, like 2026-11-24", since)
            continue
        value = Fields(dated.source, (*dated.place, since), dated.value[since], dated.faults)
        value.only(("value", "reference"))
        if "value" not in value.value:
            value.fault("missing key 'value' (null ends the law)")
        number, reference = value.number("value"), None
        if value.has("reference") or number is not None:
            reference = value.below("reference", value.value.get("reference") or {})
            reference.only(("law", "provision", "articles", "href"))
        law = reference.text("law") if reference else None
        if reference and law:
            reference.known("law", f"{place}.{law}", statutes, "law")
        values.append(
            DatedValue(
                since,
                number,
                statutes.get(f"{place}.{law}"),
                reference.text("provision") if reference else None,
                reference.texts("articles") if reference else (),
                reference.text("href") if reference else None,
            )
        )
    if not dated.value:
        fields.fault("values: found none, allowed: at least one dated value", "values")
    last_checked_on = fields.day("last_checked_on")
    if not (description and unit and values):
        return None
    values.sort(key=lambda value: value.since)
    return Parameter(full_id, description, unit, by_today, tuple(values), last_checked_on)
