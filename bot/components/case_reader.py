"""What a message says of the case: place and facts, as entities of the parsed message."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.facts_in_text import facts_in
from bot.components.places import place_and_words
from bot.components.regions import region_of
from settings import Settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CaseReader(GraphComponent):
    """Adds one entity per fact (named like the fact; "date" for a day that could be several), `place`:
    {code, source, confidence} or null, and `region`: an id of regions.yml or null."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> CaseReader:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message against the day that its metadata gives, or the day of the clock."""
        for message in messages:
            text = message.get(TEXT) or ""
            given = (message.get(METADATA) or {}).get("today")
            today = date.fromisoformat(given) if given else Settings.from_env().today()
            entities = [
                {"entity": fact.name, "value": fact.value, "extractor": "CaseReader"} for fact in facts_in(text, today)
            ]
            place, home = place_and_words(text)
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
            message.set("place", vars(place) if place else None, add_to_output=True)
            message.set("region", region_of(text, place.code if place else None, home), add_to_output=True)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """No settings of its own."""
