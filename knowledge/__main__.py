"""python -m knowledge check | index | search | coverage | evaluate"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from knowledge.errors import KnowledgeError, UnknownIdError
from knowledge.law import Law
from knowledge.load import DATA, knowledge_base
from knowledge.model import Language
from settings import Settings, SettingsError


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="every fault in the data with file:line, exit 1 if any")
    checking.add_argument("--place", help="only this folder, such as gb")
    checking.add_argument("--warnings", action="store_true", help="also list what should be confirmed again")
    commands.add_parser("index", help="builds the index of the entries, unless it is current")
    searching = commands.add_parser("search", help="the entries that speak of a text")
    searching.add_argument("text")
    searching.add_argument("--jurisdiction", metavar="GB")
    searching.add_argument("--language", metavar="en", default="en")
    searching.add_argument("--top", type=int, default=5)
    commands.add_parser("coverage", help="jurisdictions x topics x languages, and what is missing")
    evaluating = commands.add_parser("evaluate", help="the retriever over any corpus, beside BM25")
    evaluating.add_argument("corpus", type=Path)
    evaluating.add_argument("queries", type=Path)
    options = parser.parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options.place, options.warnings)
        if options.command == "index":
            return _index()
        if options.command == "search":
            return _search(options.text, options.jurisdiction, options.language, options.top)
        if options.command == "coverage":
            return _coverage()
        return _evaluate(options.corpus, options.queries)
    except (KnowledgeError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1


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


def _index() -> int:
    from knowledge.encoder import DEFAULT, encoder, full_name
    from knowledge.index import build, is_current

    settings, base = Settings.from_env(), knowledge_base()
    name = settings.encoder or DEFAULT
    if is_current(settings.index_folder, base.digest, full_name(name)):
        print("The index is current.", file=sys.stderr)
        return 0
    manifest = build(base, encoder(name), settings.index_folder, progress=True)
    print(f"Index of {manifest.rows} texts built with {manifest.encoder}.", file=sys.stderr)
    return 0


def _search(text: str, code: str | None, language: str, top: int) -> int:
    from knowledge.encoder import DEFAULT, encoder
    from knowledge.index import open_index
    from knowledge.scripts import folded
    from knowledge.search import Search

    settings, base = Settings.from_env(), knowledge_base()
    if code is not None and code not in base.jurisdictions:
        raise UnknownIdError("jurisdiction", code, sorted(base.jurisdictions))
    languages = [known.value for known in Language]
    if language not in languages:
        raise UnknownIdError("language", language, languages)
    model = encoder(settings.encoder or DEFAULT)
    search = Search(base, open_index(settings.index_folder, base, model))
    today = settings.today()
    for hit in search.hits(model.queries([folded(text)])[0], text, code, today, top):
        entry = base.entries[hit.entry_id]
        law = Law(base, code, today, today) if code else None
        title = law.text(entry.title, Language(language)) if law else entry.title[Language(language)]
        print(f"{hit.score:.3f}  {entry.id}  {title}")
    return 0


def _coverage() -> int:
    from knowledge.coverage import table

    print(table(knowledge_base()))
    return 0


def _evaluate(corpus: Path, queries: Path) -> int:
    from knowledge.encoder import DEFAULT, encoder
    from knowledge.evaluate import evaluate, report

    print(report(evaluate(corpus, queries, encoder(Settings.from_env().encoder or DEFAULT))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
