"""The engine's model in PyTorch: the same vectors, and gradients."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from transformers import BertConfig, BertModel

from scripts.tuning.weights_file import Weights

META = "\u2581"
QUERY, PASSAGE = "query: ", "passage: "
_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


class TextEncoder(torch.nn.Module):
    """Mean-pooled BERT over the engine's tokens; `forward` gives unit vectors, float32 (n, hidden).

    Args:
        trained_layers: How many of the last layers learn; everything below stays as it is.
    """

    def __init__(self, weights: Weights, trained_layers: int, most_tokens: int = 96) -> None:
        super().__init__()
        hidden, layers, heads, wide, vocabulary, positions, types = weights.sizes
        config = BertConfig(
            vocab_size=vocabulary, hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads,
            intermediate_size=wide, max_position_embeddings=positions, type_vocab_size=types,
            layer_norm_eps=weights.eps, hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.1,
        )  # fmt: skip
        self.bert = BertModel(config, add_pooling_layer=False)
        self.layers, self.first_trained, self.most_tokens = layers, layers - trained_layers, most_tokens
        self._normalised = weights.normalised()
        self._specials = weights.specials
        pieces = [(piece.decode("utf-8"), float(score)) for piece, score in zip(weights.pieces, weights.scores, strict=True)]
        self._tokenizer = Tokenizer(Unigram(pieces, unk_id=weights.specials[3], byte_fallback=False))
        self._load(weights)
        for name, parameter in self.bert.named_parameters():
            parameter.requires_grad = any(f"layer.{n}." in name for n in range(self.first_trained, layers))

    def tokens(self, text: str) -> list[int]:
        """Ids as the engine makes them, prefix and special ones included."""
        normal = text.translate(self._normalised)
        while "  " in normal:
            normal = normal.replace("  ", " ")
        normal = normal.replace(" ", META)
        ids = self._tokenizer.encode(normal if normal.startswith(META) else META + normal, add_special_tokens=False).ids
        bos, eos, _, _ = self._specials
        return [bos, *ids[: self.most_tokens - 2], eos]

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Vectors of texts that carry their prefix."""
        rows = [self.tokens(text) for text in texts]
        width = max(map(len, rows))
        ids = torch.full((len(rows), width), self._specials[2])
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
        mask = torch.arange(width)[None, :] < torch.tensor([len(row) for row in rows])[:, None]
        states = self.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        pooled = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(pooled, dim=1)

    def trained_tensors(self) -> dict[str, np.ndarray]:
        """The layers that learn, under the names of the weights file."""
        state = self.bert.state_dict()
        found = {}
        for layer in range(self.first_trained, self.layers):
            for short, long in _PARTS.items():
                for end, own in (("w", "weight"), ("b", "bias")):
                    found[f"l{layer}.{short}.{end}"] = state[f"encoder.layer.{layer}.{long}.{own}"].numpy().copy()
        return found

    def _load(self, weights: Weights) -> None:
        given = weights.tensors
        state = {
            "embeddings.word_embeddings.weight": given["emb.word"],
            "embeddings.position_embeddings.weight": given["emb.pos"],
            "embeddings.token_type_embeddings.weight": given["emb.type"].reshape(-1, weights.sizes[0]),
            "embeddings.LayerNorm.weight": given["emb.ln.w"],
            "embeddings.LayerNorm.bias": given["emb.ln.b"],
        }
        for layer in range(self.layers):
            for short, long in _PARTS.items():
                state[f"encoder.layer.{layer}.{long}.weight"] = given[f"l{layer}.{short}.w"]
                state[f"encoder.layer.{layer}.{long}.bias"] = given[f"l{layer}.{short}.b"]
        missing = self.bert.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()}, strict=False)
        if missing.unexpected_keys or any("position_ids" not in key for key in missing.missing_keys):
            raise ValueError(f"weights do not fit: missing {missing.missing_keys}, unexpected {missing.unexpected_keys}")
