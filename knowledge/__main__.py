"""python -m knowledge check | search | coverage | evaluate"""

from __future__ import annotations

import argparse
import sys
from datetime import date

from knowledge.load import DATA


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="every fault in the data with file:line, exit 1 if any")
    checking.add_argument("--place", help="only this folder, such as gb")
    checking.add_argument("--warnings", action="store_true", help="also list what should be confirmed again")
    options = parser.parse_args(arguments)
    if options.command == "check":
        return _check(options.place, options.warnings)
    return 2


def _check(place: str | None, show_warnings: bool) -> int:
    from knowledge.check import check

    report = check(DATA, date.today())

    def wanted(path: str) -> bool:
        return place is None or f"/{place}/" in path or path.endswith(f"/{place}.yml")

    faults = [fault for fault in report.faults if wanted(fault.path)]
    warnings = [fault for fault in report.warnings if wanted(fault.path)]
    for fault in faults:
        print(fault)
    if show_warnings:
        for warning in warnings:
            print(f"warning: {warning}")
    base = report.base
    print(
        f"{len(base.entries)} entries, {len(base.parameters)} parameters, {len(base.authorities)} authorities: "
        f"{len(faults)} faults, {len(warnings)} to confirm",
        file=sys.stderr,
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
