"""python -m bot ask | run | requests | send"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from settings import SettingsError


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("ask", help="advice on one text, or on each line of a file")
    asking.add_argument("text", nargs="?")
    asking.add_argument("--jsonl", type=Path, metavar="FILE", help="requests, one JSON object a line")
    asking.add_argument("--jurisdiction", metavar="GB")
    asking.add_argument("--language", metavar="en")
    asking.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE")
    asking.add_argument("--today", metavar="YYYY-MM-DD")
    asking.add_argument("--json", action="store_true", help="the whole advice object")
    commands.add_parser("run", help="starts every process; Ctrl-C stops them all")
    commands.add_parser("requests", help="who asked to speak to a person")
    sending = commands.add_parser("send", help="writes to somebody's conversation, whatever its channel")
    sending.add_argument("conversation", help="its id, as `requests` prints it")
    sending.add_argument("text")
    options = parser.parse_args(arguments)
    try:
        if options.command == "run":
            from bot.run import run

            return run()
        if options.command in ("requests", "send"):
            from bot.desk import list_requests, send

            return list_requests() if options.command == "requests" else send(options.conversation, options.text)
        if (options.text is None) == (options.jsonl is None):
            asking.error("give either a TEXT or --jsonl FILE")
        from bot.ask import ask_file, ask_one

        if options.jsonl:
            return ask_file(options.jsonl)
        return ask_one(options.text, options.jurisdiction, options.language, options.fact, options.today, options.json)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
