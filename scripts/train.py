"""Trains the Rasa model into models/redress.tar.gz, and says what takes its time."""

from __future__ import annotations

import logging
import os
import sys
import time
import warnings

from settings import ROOT


def main() -> int:
    """Trains; gives the exit status."""
    started = time.monotonic()
    warnings.showwarning = lambda *_, **__: None  # filters do not last: libraries reset them while they load
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("ACTIONS_URL", "http://127.0.0.1:5055/webhook")
    print("  loading Rasa ...", flush=True)
    from rasa.model_training import train

    logging.basicConfig(level=logging.ERROR)
    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.addHandler(_Steps())
    hooks.propagate = False
    print("  reading the examples, embedding each of them ...", flush=True)
    result = train(
        str(ROOT / "domain.yml"),
        str(ROOT / "config.yml"),
        [str(ROOT / "bot" / "data")],
        output=str(ROOT / "models"),
        fixed_model_name="redress",
    )
    if result.code != 0 or not result.model:
        print(f"Training failed with code {result.code}.", file=sys.stderr)
        return 1
    os.utime(result.model)
    print(f"Trained in {time.monotonic() - started:.0f} s: {result.model}", flush=True)
    return 0


class _Steps(logging.Handler):
    """Prints each step of the training."""

    def emit(self, record: logging.LogRecord) -> None:
        print(f"  {record.getMessage()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
