"""The words of the pages, one file a language, and the language that a reader wants."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from starlette.requests import Request

from knowledge.model import Language
from settings import ROOT

FOLDER = Path(__file__).parent / "words"
WIDGET_WORDS = ROOT / "bot" / "channels" / "web" / "source" / "words"
NAMES = {Language.EN: "English", Language.ZH_HANT: "繁體中文", Language.ZH_HANS: "简体中文"}


@cache
def page_words(language: Language) -> dict[str, Any]:
    """Everything the pages say in a language; `code` is the language itself, `card` what the widget says around an answer."""
    words = YAML(typ="safe").load((FOLDER / f"{language.value}.yml").read_text("utf-8"))
    card = json.loads((WIDGET_WORDS / f"{language.value}.json").read_text("utf-8"))
    return {"code": language.value, "card": card, **words}


def wanted_language(request: Request, given: str | None = None) -> Language:
    """What was chosen by name; else the first language of the browser that we write in; else English."""
    chosen = given or request.query_params.get("lang") or ""
    for language in Language:
        if chosen.lower() == language.value.lower():
            return language
    accepted = sorted(
        (_preference(part, position) for position, part in enumerate(request.headers.get("Accept-Language", "").split(","))),
        reverse=True,
    )
    for quality, _, tag in accepted:
        if quality > 0 and (found := _language_of(tag)):
            return found
    return Language.EN


def _preference(part: str, position: int) -> tuple[float, int, str]:
    """(quality, earlier is more, tag) of one part like `zh-TW;q=0.8`."""
    tag, _, rest = part.strip().partition(";")
    try:
        quality = float(rest.strip().removeprefix("q=")) if rest else 1.0
    except ValueError:
        quality = 0.0
    return quality, -position, tag.strip().lower()


def _language_of(tag: str) -> Language | None:
    parts = tag.split("-")
    if parts[0] in ("zh", "yue"):
        traditional = {"hant", "tw", "hk", "mo"} & set(parts) or parts[0] == "yue"
        return Language.ZH_HANT if traditional else Language.ZH_HANS
    return Language.EN if parts[0] == "en" else None
