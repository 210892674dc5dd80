"""The trained model, loaded into this process: for the command line, which needs no server."""

from __future__ import annotations

import logging
import os
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
        warnings.showwarning = lambda *_, **__: None  # filters do not last: libraries reset them while they load
        os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        logging.getLogger("rasa").setLevel(logging.ERROR)
        configure_structlog(logging.ERROR)  # its lower levels quote what people write

        self._agent = Agent()
        self._agent.load_model(path)

    async def parse(self, text: str, metadata: dict[str, str]) -> dict[str, Any]:
        """The parsed message: intent, intent_ranking, entities, language, place, retrieval."""
        from rasa.core.channels.channel import UserMessage

        assert self._agent.processor is not None
        return dict(await self._agent.processor.parse_message(UserMessage(text=text, metadata=metadata)))
