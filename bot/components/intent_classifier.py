"""The intent of a message: logistic regression on its sentence vector and its character n-grams."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

FILE = "classifier.skops"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ScaledLogisticRegression(IntentClassifier, GraphComponent):
    """Unlike Rasa's own, brings both kinds of features to one scale: without that, n-gram counts drown the vector."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, model_storage, resource
        self._scaler: StandardScaler | None = None
        self._tfidf: TfidfTransformer | None = None
        self._regression: LogisticRegression | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Weight of the vector beside the n-grams; both have about unit length before it.
            "dense_weight": 2.0,
            # Inverse strength of regularisation.
            "C": 6.0,
            "max_iter": 300,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "skops"]

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ScaledLogisticRegression:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits scaler, weights of n-grams and the regression."""
        examples = [example for example in training_data.intent_examples if example.get(INTENT) and example.get(TEXT)]
        if not examples:
            return self._resource
        dense, sparse = self._raw(examples)
        self._scaler = StandardScaler().fit(dense)
        self._tfidf = TfidfTransformer(sublinear_tf=True).fit(sparse)
        self._regression = LogisticRegression(
            C=self._config["C"], max_iter=self._config["max_iter"], class_weight="balanced"
        )
        self._regression.fit(self._matrix(examples), [example.get(INTENT) for example in examples])
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking` (all intents, best first)."""
        with_text = [message for message in messages if message.get(TEXT) and message.get_dense_features(TEXT)[1]]
        if self._regression is None or not with_text:
            return messages
        for message, row in zip(with_text, self._regression.predict_proba(self._matrix(with_text)), strict=False):
            order = np.argsort(-row, kind="stable")
            ranking = [{"name": str(self._regression.classes_[i]), "confidence": float(row[i])} for i in order]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing downstream of the classifier trains on its output."""
        return training_data

    def _raw(self, messages: list[Message]) -> tuple[np.ndarray, csr_matrix]:
        dense = np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])
        return dense, csr_matrix(vstack([message.get_sparse_features(TEXT)[1].features for message in messages]))

    def _matrix(self, messages: list[Message]) -> csr_matrix:
        assert self._scaler is not None and self._tfidf is not None
        dense, sparse = self._raw(messages)
        scaled = self._scaler.transform(dense) * (self._config["dense_weight"] / np.sqrt(dense.shape[1]))
        return hstack([csr_matrix(scaled), self._tfidf.transform(sparse)]).tocsr()

    def _persist(self) -> None:
        import skops.io

        with self._storage.write_to(self._resource) as folder:
            skops.io.dump((self._scaler, self._tfidf, self._regression), folder / FILE)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ScaledLogisticRegression:
        import skops.io

        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            parts = skops.io.load(folder / FILE, trusted=skops.io.get_untrusted_types(file=folder / FILE))
        component._scaler, component._tfidf, component._regression = parts
        return component

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Numbers are checked by scikit-learn when it trains."""
