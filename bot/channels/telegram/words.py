"""The channel's own words, and which language a person is likely to read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent
_TRADITIONAL = ("hant", "tw", "hk", "mo")


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Mapping[str, str]]:
    return dict(YAML(typ="safe").load((HERE / "words.yml").read_bytes()))


@lru_cache(maxsize=1)
def _closed_lists() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Languages and places, as the contract of replies has them."""
    definitions = json.loads((HERE.parent / "reply.schema.json").read_text("utf-8"))["definitions"]
    return tuple(definitions["language"]["enum"]), tuple(definitions["jurisdiction"]["enum"])


def words(key: str, language: str, **names: Any) -> str:
    """A text in a language, with `names` in the place of its braces."""
    return _all()[key][language].format(**names)


def languages() -> tuple[str, ...]:
    """The languages that there are."""
    return _closed_lists()[0]


def places() -> tuple[str, ...]:
    """The places that there are."""
    return _closed_lists()[1]


def language_of_client(tag: str | None) -> str:
    """The language nearest to what a Telegram client is set to (IETF tag); English where there is none."""
    parts = re.split(r"[-_]", (tag or "").lower())
    if parts[0] != "zh":
        return "en"
    return "zh-Hant" if any(part in _TRADITIONAL for part in parts[1:]) else "zh-Hans"


def link_settings(argument: str) -> tuple[str | None, str | None]:
    """Place and language that the argument of a deep link names, such as `GB_en` or `zh-Hant_TW`; None for what it does not."""
    known_languages, places = _closed_lists()
    named = [part.lower() for part in argument.split("_")]
    place = next((code for code in places if code.lower() in named), None)
    return place, next((language for language in known_languages if language.lower() in named), None)
