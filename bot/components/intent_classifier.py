"""The intent of a message, from two views of it: its sentence vector and its character n-grams."""

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

from bot.components.linear_heads import LinearHeads
from bot.components.sentence_encoder import MOST_CHARACTERS, SentenceEncoder, sentence_vector
from knowledge.parsed import OUT_OF_SCOPE
from knowledge.scripts import folded

FILE = "heads.npz"
_LEAST = 1e-6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TwoViewClassifier(IntentClassifier, GraphComponent):
    """A logistic regression on the vector and a linear model on the n-grams, their probabilities multiplied.

    The vector knows what is meant, the n-grams know the words that only one topic uses; together they err less than either.
    Chinese is cut into n-grams without regard to words, in one script.
    """

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, model_storage, resource
        self._heads: LinearHeads | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Inverse strength of regularisation of the head on the vector, and the strength of the one on n-grams.
            "C": 10.0,
            "alpha": 5e-6,
            # Share of the vector in the product of both views; 0 is n-grams alone, 1 the vector alone.
            "vector_share": 0.5,
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
    ) -> TwoViewClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both heads."""
        examples = [example for example in training_data.intent_examples if example.get(INTENT) and example.get(TEXT)]
        if not examples:
            return self._resource
        wanted = [example.get(INTENT) for example in examples]
        vectors = np.vstack([sentence_vector(example) for example in examples])
        words = [_words(example) for example in examples]
        self._heads = LinearHeads.fit(vectors, words, wanted, self._config["C"], self._config["alpha"])
        with self._storage.write_to(self._resource) as folder:
            self._heads.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking` (all intents, best first)."""
        with_text = [message for message in messages if message.get(TEXT) and sentence_vector(message) is not None]
        if self._heads is None or not with_text:
            return messages
        for message, row in zip(with_text, self.probabilities(with_text), strict=True):
            order = np.argsort(-row, kind="stable")
            ranking = [{"name": self._heads.intents[i], "confidence": float(row[i])} for i in order]
            outside = next((item for item in ranking if item["name"] == OUT_OF_SCOPE), None)
            is_outside = outside is not None and outside["confidence"] >= self._config["out_of_scope_from"]
            message.set("intent", outside if is_outside else ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def probabilities(self, messages: list[Message]) -> np.ndarray:
        """Of every intent, float64 (n, intents), rows sum to one."""
        assert self._heads is not None
        vectors = np.vstack([sentence_vector(message) for message in messages])
        dense = np.log(self._heads.of_vectors(vectors) + _LEAST)
        sparse = np.log(self._heads.of_texts([_words(message) for message in messages]) + _LEAST)
        share = self._config["vector_share"]
        mixed = self._config["sharpness"] * (share * dense + (1 - share) * sparse)
        powers = np.exp(mixed - mixed.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

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
    ) -> TwoViewClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._heads = LinearHeads.open(folder / FILE)
        return component

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuses shares that are none."""
        for name in ("vector_share", "out_of_scope_from"):
            if not 0 <= config.get(name, 0.5) <= 1:
                raise ValueError(f"config.yml: TwoViewClassifier: {name}: found {config[name]!r}, allowed: 0 to 1")


def _words(message: Message) -> str:
    return folded(str(message.get(TEXT))[:MOST_CHARACTERS])
