"""Tokens of text that mixes Chinese and other scripts."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from knowledge.scripts import folded

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’.,][^\W_]+)*|[^\w\s]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MixedScriptTokenizer(Tokenizer):
    """One token per Chinese character and per word of other scripts; the lemma is the folded form that features see."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one text, in order, with their offsets."""
        text = message.get(attribute) or ""
        return [
            Token(match.group(0), match.start(), match.end(), lemma=folded(match.group(0)))
            for match in _TOKEN.finditer(text)
        ]
