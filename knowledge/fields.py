"""Reading a mapping from YAML strictly: every fault is collected with file and line, none stops the reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.errors import Fault, did_you_mean
from knowledge.model import Language, Words
from knowledge.yaml_source import YamlSource

LANGUAGES = tuple(language.value for language in Language)


class Fields:
    """One mapping in a file. Each getter takes a key, notes a fault when it is wrong and then gives a harmless value."""

    def __init__(self, source: YamlSource, place: tuple[str | int, ...], value: Any, faults: list[Fault]) -> None:
        self.source, self.place, self.faults = source, place, faults
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.fault(f"found {_shown(value)}, allowed: a mapping")

    def fault(self, text: str, *below: str | int) -> None:
        """Notes a fault at this mapping, or at a key below it."""
        self.faults.append(Fault(self.source.shown_as, self.source.line(*self.place, *below), text))

    def only(self, allowed: Sequence[str]) -> None:
        """Notes every key that is not allowed here."""
        for key in self.value:
            if key not in allowed:
                self.fault(f"unknown key {key!r}.{did_you_mean(str(key), allowed)}", key)

    def has(self, key: str) -> bool:
        return key in self.value

    def names(self) -> list[str]:
        return [str(key) for key in self.value]

    def below(self, key: str | int, value: Any = None) -> Fields:
        """The mapping under a key."""
        return Fields(self.source, (*self.place, key), self.value.get(key) if value is None else value, self.faults)

    def items(self, key: str) -> list[Fields]:
        """The mappings of a list under a key; [] when the key is absent."""
        return [
            Fields(self.source, (*self.place, key, index), value, self.faults)
            for index, value in enumerate(self.listed(key))
        ]

    def listed(self, key: str) -> list[Any]:
        """A list under a key; [] when the key is absent."""
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(f"{key}: found {_shown(value)}, allowed: a list", key)
            return []
        return value

    def text(self, key: str, required: bool = True) -> str | None:
        """One line of text."""
        value = self.value.get(key)
        if value is None:
            if required:
                self.fault(f"missing key {key!r}", key)
            return None
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{key}: found {_shown(value)}, allowed: text (put it in quotes)", key)
            return None
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of text; a single one counts as a list of one."""
        value = self.value.get(key)
        values = [value] if isinstance(value, str) else self.listed(key)
        for index, item in enumerate(values):
            if not isinstance(item, str) or not item.strip():
                self.fault(f"{key}: found {_shown(item)}, allowed: text (put it in quotes)", key, index)
        return tuple(item.strip() for item in values if isinstance(item, str) and item.strip())

    def words(self, key: str, required: bool = True) -> Words | None:
        """A text in all languages."""
        value = self.value.get(key)
        if value is None:
            if required:
                self.fault(f"missing key {key!r}", key)
            return None
        return self.words_of(value, key)

    def words_of(self, value: Any, *below: str | int) -> Words | None:
        """Reads a text in all languages, wherever it stands."""
        if not isinstance(value, dict):
            self.fault(f"{below[-1]}: found {_shown(value)}, allowed: a text in each of {', '.join(LANGUAGES)}", *below)
            return None
        for found in value:
            if found not in LANGUAGES:
                self.fault(f"unknown language {found!r}.{did_you_mean(str(found), LANGUAGES)}", *below, found)
        words: dict[Language, str] = {}
        for language in Language:
            text = value.get(language.value)
            if not isinstance(text, str) or not text.strip():
                self.fault(f"{below[-1]}: no text in {language.value} (found {_shown(text)})", *below)
            else:
                words[language] = text.strip()
        return words if len(words) == len(Language) else None

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str | None:
        """One of a closed list."""
        value = self.value.get(key, default)
        if value not in allowed:
            self.fault(f"{key}: found {_shown(value)}.{did_you_mean(str(value), allowed)}", key)
            return default
        return str(value)

    def known(self, key: str, full_id: str, ids: Iterable[str], what: str) -> bool:
        """Notes a fault when `full_id`, named under a key, is not one of the known ids."""
        if full_id in ids:
            return True
        self.fault(f"{key}: unknown {what} {full_id!r}.{did_you_mean(full_id, list(ids))}", key)
        return False

    def flag(self, key: str) -> bool:
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{key}: found {_shown(value)}, allowed: true or false", key)
            return False
        return value

    def day(self, key: str, required: bool = False) -> date | None:
        """A day; null is allowed unless required."""
        value = self.value.get(key)
        if value is None and not required:
            return None
        return self.day_of(value, key)

    def day_of(self, value: Any, *below: str | int) -> date | None:
        if type(value) is date:
            return value
        self.fault(f"{below[-1]}: found {_shown(value)}, allowed: a day like 2026-11-24", *below)
        return None

    def integer(self, key: str, allowed: Iterable[int], default: int) -> int:
        value = self.value.get(key, default)
        choices = list(allowed)
        if isinstance(value, bool) or value not in choices:
            self.fault(f"{key}: found {_shown(value)}, allowed: {', '.join(map(str, choices))}", key)
            return default
        return int(value)

    def number(self, key: str) -> Decimal | None:
        """A number or null."""
        value = self.value.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, bool):
                raise InvalidOperation
            return Decimal(str(value))
        except InvalidOperation:
            self.fault(f"{key}: found {_shown(value)}, allowed: a number or null", key)
            return None


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
