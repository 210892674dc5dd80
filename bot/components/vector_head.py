"""A logistic regression of the intent on the sentence vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


@dataclass(frozen=True)
class VectorHead:
    """The regression with the scaling of the vector worked in; float32 (intents, d) and (intents,)."""

    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(cls, vectors: np.ndarray, wanted: Sequence[str], inverse_strength: float) -> VectorHead:
        """Fits the head on vectors, float32 (n, d); the intents are those of `wanted`, sorted. The strength is that of regularisation."""
        scaler = StandardScaler().fit(vectors)
        shrink = 2.0 / np.sqrt(vectors.shape[1])
        model = LogisticRegression(C=inverse_strength, max_iter=300, tol=1e-3, class_weight="balanced")
        model.fit(scaler.transform(vectors) * shrink, wanted)
        slope = model.coef_ * shrink / scaler.scale_
        return cls(slope.astype(np.float32), (model.intercept_ - slope @ scaler.mean_).astype(np.float32))

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """Of every intent, float32 (n, intents), rows sum to one."""
        margins = vectors @ self.weights.T + self.bias
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def arrays(self) -> dict[str, np.ndarray]:
        """What to store."""
        return {"weights": self.weights, "bias": self.bias}

    @classmethod
    def of_arrays(cls, stored: Mapping[str, np.ndarray]) -> VectorHead:
        """Reads what `arrays` gave."""
        return cls(stored["weights"], stored["bias"])
