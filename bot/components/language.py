"""The language and script of a message."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.scripts import HAN

LEAST_LETTERS = 25
"""Shorter Latin text is taken as English: names and fragments mislead a language detector."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Puts `language` into the parsed message: {"code": zh-Hant, zh-Hans, zh or en, "foreign": ISO 639-1 or null}.

    "zh" stands for Chinese whose characters are the same in both scripts.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LanguageDetector:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set("language", language_of(message.get(TEXT) or ""), add_to_output=True)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """No settings of its own."""


def language_of(text: str) -> dict[str, str | None]:
    """The language of a text, as LanguageDetector gives it; code is null when there are no letters at all."""
    chinese = len(HAN.findall(text))
    latin = sum(character.isalpha() and not HAN.match(character) for character in text)
    if _has_kana(text):
        return {"code": "en", "foreign": "ja"}
    if chinese and chinese * 3 >= latin:
        return {"code": _script(text), "foreign": None}
    if latin < LEAST_LETTERS:
        return {"code": "en" if latin else None, "foreign": None}
    foreign = _identifier().classify(text)[0]
    return {"code": "en", "foreign": None if foreign in ("en", "zh") else foreign}


def _script(text: str) -> str:
    """The script that the text would lose more characters of when converted away from it."""
    traditional = sum(a != b for a, b in zip(text, _converter("t2s").convert(text), strict=False))
    simplified = sum(a != b for a, b in zip(text, _converter("s2t").convert(text), strict=False))
    if traditional == simplified:
        return "zh"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _has_kana(text: str) -> bool:
    return sum("\u3040" <= character <= "\u30ff" for character in text) >= 3


@lru_cache(maxsize=2)
def _converter(direction: str) -> Any:
    from opencc import OpenCC

    return OpenCC(direction)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(
        ["en", "zh", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ko", "ru", "ms", "id", "vi", "th"]
    )
    return identifier
