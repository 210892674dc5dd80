"""The intent of a message: Rasa's component around the four views of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.intent_views import VIEWS, IntentViews
from bot.components.sentence_encoder import MOST_CHARACTERS, SentenceEncoder, sentence_vector
from knowledge.parsed import OUT_OF_SCOPE
from knowledge.scripts import folded

FILE = "views.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FourViewClassifier(IntentClassifier, GraphComponent):
    """Sets the intent by four views of a message. Chinese is read in one script, without regard to words."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, model_storage, resource
        self._views: IntentViews | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Inverse strength of regularisation of the head on the vector, and the strength of those on n-grams.
            "C": 1.0,
            "alpha": 2e-6,
            # Weight of each view in the product of all.
            "vector": 0.25,
            "characters": 0.3,
            "words": 0.3,
            "nearest": 0.15,
            # Exponent on the product that makes its confidence honest on messages it was not trained on.
            "sharpness": 1.0,
            # A message is out of scope from this probability on, even if a topic has a little more.
            "out_of_scope_from": 0.5,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> FourViewClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits all views."""
        examples = [example for example in training_data.intent_examples if example.get(INTENT) and example.get(TEXT)]
        if not examples:
            return self._resource
        wanted = [example.get(INTENT) for example in examples]
        vectors = np.vstack([sentence_vector(example) for example in examples])
        words = [_words(example) for example in examples]
        self._views = IntentViews.fit(vectors, words, wanted, self._config["C"], self._config["alpha"])
        with self._storage.write_to(self._resource) as folder:
            self._views.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking` (all intents, best first)."""
        with_text = [message for message in messages if message.get(TEXT) and sentence_vector(message) is not None]
        if self._views is None or not with_text:
            return messages
        for message, row in zip(with_text, self.probabilities(with_text), strict=True):
            order = np.argsort(-row, kind="stable")
            ranking = [{"name": self._views.intents[i], "confidence": float(row[i])} for i in order]
            outside = next((item for item in ranking if item["name"] == OUT_OF_SCOPE), None)
            is_outside = outside is not None and outside["confidence"] >= self._config["out_of_scope_from"]
            message.set("intent", outside if is_outside else ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def probabilities(self, messages: list[Message]) -> np.ndarray:
        """Of every intent, float64 (n, intents), rows sum to one."""
        assert self._views is not None
        vectors = np.vstack([sentence_vector(message) for message in messages])
        shares = {name: float(self._config[name]) for name in VIEWS}
        return self._views.probabilities(
            vectors, [_words(message) for message in messages], shares, self._config["sharpness"]
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing downstream of the classifier trains on its output."""
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FourViewClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._views = IntentViews.open(folder / FILE)
        return component

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuses shares that are none."""
        for name in (*VIEWS, "out_of_scope_from"):
            if not 0 <= config.get(name, 0.5) <= 1:
                raise ValueError(f"config.yml: FourViewClassifier: {name}: found {config[name]!r}, allowed: 0 to 1")


def _words(message: Message) -> str:
    return folded(str(message.get(TEXT))[:MOST_CHARACTERS])
