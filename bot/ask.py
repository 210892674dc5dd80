"""Advice on the command line, by the very path of a chat message: pipeline, search, decision."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any, TextIO

from bot.enquiry import answer, read_enquiry
from bot.model import Model, NoModelError
from knowledge.errors import FactFaults, FieldFault, KnowledgeError
from knowledge.load import knowledge_base
from settings import Settings


def ask_one(text: str, code: str | None, language: str | None, facts: list[str], today: str | None, as_json: bool) -> int:
    """Prints the answer to one text; what is wrong goes to standard error, with status 1."""
    given = {"text": text, "jurisdiction": code, "language": language, "today": today}
    try:
        given["facts"] = dict(_pair(fact) for fact in facts)  # type: ignore[assignment]
        enquiry = read_enquiry(given, knowledge_base(), Settings.from_env().today())
        with _quiet_stdout():
            parsed = asyncio.run(Model().parse(enquiry.text, enquiry.metadata))
    except FactFaults as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return 1
    except (NoModelError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    advice = answer(enquiry, parsed, knowledge_base())
    print(json.dumps(advice, ensure_ascii=False, indent=2) if as_json else advice["reply"])
    return 0


def ask_file(path: Path) -> int:
    """Answers each line of a file in order; a line that cannot be read gives {id, error} and status 1 in the end."""
    try:
        lines = [line for line in path.read_bytes().splitlines() if line.strip()]
        with _quiet_stdout():
            model = Model()
    except (OSError, NoModelError) as error:
        print(error, file=sys.stderr)
        return 1
    return asyncio.run(_answers(lines, model))


async def _answers(lines: list[bytes], model: Model) -> int:
    from tqdm import tqdm

    bad = 0
    for line in tqdm(lines, unit="question", file=sys.stderr):
        with _quiet_stdout():
            result = await _answer(line, model)
        bad += "error" in result
        print(json.dumps(result, ensure_ascii=False), flush=True)
    if bad:
        print(f"{bad} of {len(lines)} lines could not be answered; see `error` in their places.", file=sys.stderr)
    return 1 if bad else 0


async def _answer(line: bytes, model: Model) -> dict[str, Any]:
    given: Any = {}
    try:
        given = json.loads(line)
        enquiry = read_enquiry(given, knowledge_base(), Settings.from_env().today())
    except (ValueError, KnowledgeError) as error:
        return {"id": given.get("id") if isinstance(given, dict) else None, "error": str(error)}
    parsed = await model.parse(enquiry.text, enquiry.metadata)
    advice = answer(enquiry, parsed, knowledge_base())
    return {"id": given["id"], **advice} if "id" in given else advice


def _quiet_stdout() -> contextlib.redirect_stdout[TextIO]:
    """Sends what Rasa logs to standard error, so that standard output holds answers only."""
    return contextlib.redirect_stdout(sys.stderr)


def _pair(fact: str) -> tuple[str, str]:
    name, equals, value = fact.partition("=")
    if not equals:
        raise FactFaults([FieldFault("--fact", repr(fact), "NAME=VALUE, such as purchase_date=2026-11-01")])
    return name, value
