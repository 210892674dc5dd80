"""The entries that speak of a message, found with the vector that is already there."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.sentence_encoder import SentenceEncoder, sentence_vector
from knowledge.encoder import DEFAULT, encoder
from knowledge.index import open_index
from knowledge.load import knowledge_base
from knowledge.search import Search
from settings import Settings

TOP = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntryRetriever(GraphComponent):
    """Puts `retrieval` into the parsed message: per jurisdiction (and "general") the best entries with scores.

    All jurisdictions at once, because which one it is may only be known from the conversation.
    """

    def __init__(self) -> None:
        self._search: Search | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> EntryRetriever:
        return cls()

    def _open(self) -> Search:
        """The search, opened with the first message and kept for the life of the process. Raises StaleIndexError."""
        if self._search is None:
            settings, base = Settings.from_env(), knowledge_base()
            self._search = Search(base, open_index(settings.index_folder, base, encoder(settings.encoder or DEFAULT)))
        return self._search

    def process(self, messages: list[Message]) -> list[Message]:
        """Searches for every message that has a vector."""
        for message in messages:
            vector = sentence_vector(message)
            if vector is None:
                continue
            search = self._open()
            codes: list[str | None] = [None, *(code for code in knowledge_base().jurisdictions)]
            hits = search.hits_by_place(vector, message.get(TEXT), codes, _law_day(message), TOP)
            message.set(
                "retrieval",
                {place: [[hit.entry_id, round(hit.score, 4)] for hit in found] for place, found in hits.items()},
                add_to_output=True,
            )
        return messages

    def process_training_data(self, training_data: Any) -> Any:
        """The index is built from the knowledge base, not from training data."""
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """No settings of its own."""


def _law_day(message: Message) -> date:
    """The day whose law applies: a day of purchase that was read from the message, else today."""
    for entity in message.get("entities", []):
        if entity.get("entity") == "purchase_date":
            return date.fromisoformat(entity["value"])
    today = (message.get(METADATA) or {}).get("today")
    return date.fromisoformat(today) if today else Settings.from_env().today()
