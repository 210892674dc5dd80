"""The trained model, loaded into this process: for the command line, which needs no server."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

from settings import ROOT

MODELS = ROOT / "models"


class NoModelError(FileNotFoundError):
    """There is no trained model yet."""


class Model:
    """The pipeline of the trained model.

    Raises:
        NoModelError: Nothing has been trained.
    """

    def __init__(self, path: Path = MODELS / "redress.tar.gz") -> None:
        if not path.is_file():
            raise NoModelError(f"{path}: no trained model. Run `make train`.")
        warnings.filterwarnings("ignore")
        logging.getLogger("rasa").setLevel(logging.ERROR)
        from rasa.core.agent import Agent

        self._agent = Agent()
        self._agent.load_model(path)

    async def parse(self, text: str, metadata: dict[str, str]) -> dict[str, Any]:
        """The parsed message: intent, intent_ranking, entities, language, place, retrieval."""
        from rasa.core.channels.channel import UserMessage

        assert self._agent.processor is not None
        return dict(await self._agent.processor.parse_message(UserMessage(text=text, metadata=metadata)))
