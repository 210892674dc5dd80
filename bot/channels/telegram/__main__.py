"""python -m bot.channels.telegram: runs the bot until it is stopped."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import sys

import structlog

from bot.channels.telegram.process import run
from settings import Settings, SettingsError


def main() -> int:
    """Gives the exit status."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if settings.telegram_token is None:
        print("TELEGRAM_TOKEN: nothing found. Set it to the token that @BotFather gave.", file=sys.stderr)
        return 1
    # httpcore looks for this package at every request; where there is none, the search costs more than the request.
    if importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]
    # Lower levels of the libraries name addresses, which hold the token.
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    level = logging.getLevelName(settings.log_level)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level if isinstance(level, int) else logging.WARNING)
    )
    return asyncio.run(run(settings))


if __name__ == "__main__":
    sys.exit(main())
