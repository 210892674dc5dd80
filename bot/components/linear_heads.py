"""Two linear models of the intent, on sentence vectors and on character n-grams, as arrays that load in a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.preprocessing import StandardScaler

LONGEST_NGRAM = 4


@dataclass(frozen=True)
class LinearHeads:
    """Both heads, over the same intents.

    Attributes:
        intents: Names, in the order of all rows below.
        vector_weights, vector_bias: Logistic regression on the vector as it comes (its scaling is worked in); float32
            (intents, d) and (intents,).
        ngrams: Character n-grams, in the order of the rows of `ngram_weights`.
        idf: Weight of each n-gram in a text, float32 (n-grams,).
        ngram_weights, ngram_bias: One linear model an intent, against all others; float32 (n-grams, intents) and (intents,).
    """

    intents: tuple[str, ...]
    vector_weights: np.ndarray
    vector_bias: np.ndarray
    ngrams: tuple[str, ...]
    idf: np.ndarray
    ngram_weights: np.ndarray
    ngram_bias: np.ndarray

    @classmethod
    def fit(
        cls, vectors: np.ndarray, texts: Sequence[str], wanted: Sequence[str], inverse_strength: float, alpha: float
    ) -> LinearHeads:
        """Fits both.

        Args:
            vectors: float32 (n, d), rows of unit length.
            inverse_strength, alpha: Regularisation of the head on vectors (its inverse) and of the one on n-grams.
        """
        scaler = StandardScaler().fit(vectors)
        shrink = 2.0 / np.sqrt(vectors.shape[1])
        dense = LogisticRegression(C=inverse_strength, max_iter=300, tol=1e-3, class_weight="balanced")
        dense.fit(scaler.transform(vectors) * shrink, wanted)
        slope = dense.coef_ * shrink / scaler.scale_
        counter = _counter(min_df=2)
        counted = counter.fit_transform(texts)
        sparse = SGDClassifier(
            loss="log_loss", alpha=alpha, max_iter=40, tol=1e-5, average=True, class_weight="balanced", random_state=0
        )
        sparse.fit(counted, wanted)
        assert list(sparse.classes_) == list(dense.classes_)
        return cls(
            intents=tuple(str(name) for name in dense.classes_),
            vector_weights=slope.astype(np.float32),
            vector_bias=(dense.intercept_ - slope @ scaler.mean_).astype(np.float32),
            ngrams=tuple(counter.get_feature_names_out()),
            idf=counter.idf_.astype(np.float32),
            ngram_weights=np.ascontiguousarray(sparse.coef_.T, dtype=np.float32),
            ngram_bias=sparse.intercept_.astype(np.float32),
        )

    def of_vectors(self, vectors: np.ndarray) -> np.ndarray:
        """Probabilities by the vector, float32 (n, intents), rows sum to one."""
        margins = vectors @ self.vector_weights.T + self.vector_bias
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def of_texts(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities by the n-grams, float32 (n, intents), rows sum to one."""
        counted = self._counting.transform(texts)
        margins = np.vstack(
            [row.data.astype(np.float32) @ self.ngram_weights[row.indices] + self.ngram_bias for row in counted]
        )
        single = 1 / (1 + np.exp(-margins))
        return np.asarray(single / single.sum(axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        """Writes an .npz; the n-grams' weights with half the digits, which changes no answer that is not a tie."""
        np.savez(
            path,
            intents=np.array(self.intents),
            vector_weights=self.vector_weights,
            vector_bias=self.vector_bias,
            ngrams=np.frombuffer("\n".join(self.ngrams).encode(), dtype=np.uint8),
            idf=self.idf,
            ngram_weights=self.ngram_weights.astype(np.float16),
            ngram_bias=self.ngram_bias,
        )

    @classmethod
    def open(cls, path: Path) -> LinearHeads:
        """Reads what `save` wrote."""
        with np.load(path) as stored:
            return cls(
                intents=tuple(str(name) for name in stored["intents"]),
                vector_weights=stored["vector_weights"],
                vector_bias=stored["vector_bias"],
                ngrams=tuple(stored["ngrams"].tobytes().decode().split("\n")),
                idf=stored["idf"],
                ngram_weights=stored["ngram_weights"].astype(np.float32),
                ngram_bias=stored["ngram_bias"],
            )

    @cached_property
    def _counting(self) -> TfidfVectorizer:
        counter = _counter(vocabulary={ngram: position for position, ngram in enumerate(self.ngrams)})
        counter.idf_ = self.idf
        return counter


def _counter(**more: object) -> TfidfVectorizer:
    """Counts n-grams within words; Chinese, which has no blanks, is one long word. A line end never lies inside an n-gram."""
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(1, LONGEST_NGRAM), sublinear_tf=True, **more)
