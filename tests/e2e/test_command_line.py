"""`python -m bot ask`: the very path of a chat message, without a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from settings import ROOT
from tests.e2e.stack import TODAY, Stack
from tests.e2e.test_chat import SCHEMA

pytestmark = pytest.mark.slow
SEED = YAML(typ="safe").load((ROOT / "tests" / "seed" / "questions.yml").read_text("utf-8"))


def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "ask", *arguments],
        cwd=ROOT,
        env={**os.environ, "REDRESS_TODAY": TODAY},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def seed_answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Answers to every row of the seed, with one line between them that cannot be read."""
    path = tmp_path_factory.mktemp("ask") / "questions.jsonl"
    lines = [json.dumps({"id": row["id"], "text": row["text"]}, ensure_ascii=False) for row in SEED]
    path.write_text("\n".join([*lines[:1], "{broken", '{"id": "empty", "text": ""}', *lines[1:]]) + "\n", "utf-8")
    done = ask("--jsonl", str(path))
    assert done.returncode == 1  # there were lines that could not be read
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [SEED[0]["id"], None, "empty", *(row["id"] for row in SEED[1:])]
    assert "JSON" in answers[1]["error"] or "Expecting" in answers[1]["error"]
    assert "1 to 4,000 characters" in answers[2]["error"]
    assert "2 of" in done.stderr and "question" in done.stderr  # the summary, and the progress bar
    return {answer["id"]: answer for answer in answers if answer.get("id")}


@pytest.mark.parametrize("row", SEED, ids=lambda row: row["id"])
def test_every_row_of_the_seed_is_answered(seed_answers: dict[str, dict[str, object]], row: dict[str, object]) -> None:
    """The right topic first, the right place, a citation of the right law, steps, and words in the reader's language."""
    answer = dict(seed_answers[str(row["id"])])
    answer.pop("id")
    jsonschema.validate({"type": "advice", **answer}, SCHEMA)
    assert answer["topics"][0]["id"] in row["topics"]
    assert answer["jurisdiction"]["code"] == row["jurisdiction"]
    assert answer["language"] == {"en": "en", "hant": "zh-Hant", "hans": "zh-Hans"}[str(row["id"]).split("-")[1]]
    alive = [right for right in answer["rights"] if right["applies"] != "no"]
    assert any(right["citations"] for right in alive) or row["topics"] == ["evidence"]
    assert answer["next_steps"]
    assert answer["disclaimer"] in answer["reply"]


def test_prints_the_reply(tmp_path: Path) -> None:
    done = ask("在台北刷卡報名的健身房倒了", "--fact", "payment=credit_card")
    assert done.returncode == 0
    assert done.stdout.startswith(("我", "**", "以"))
    assert "這是" in done.stdout


def test_is_the_same_as_over_http(stack: Stack) -> None:
    request = {
        "text": "my gym in London went bust, paid by credit card",
        "facts": {"amount": "400", "currency": "GBP"},
        "today": "2026-11-23",
    }
    over_http = stack.post("/api/advise", request).json()
    done = ask(request["text"], "--fact", "amount=400", "--fact", "currency=GBP", "--today", "2026-11-23", "--json")
    assert json.loads(done.stdout) == over_http
    jsonschema.validate({"type": "advice", **over_http}, SCHEMA)


def test_wrong_arguments_say_what_is_allowed() -> None:
    for arguments, said in (
        (["x", "--fact", "colour"], "NAME=VALUE"),
        (["x", "--fact", "buyer=me"], "consumer, business"),
        (["x", "--jurisdiction", "XX"], "CN, TW, HK"),
        (["--jsonl", "/no/such/file"], "No such file"),
    ):
        done = ask(*arguments)
        assert done.returncode == 1 and said in done.stderr and done.stdout == ""
