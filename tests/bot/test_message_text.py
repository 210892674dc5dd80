"""What is let through of a text."""

from __future__ import annotations

import pytest

from bot.message_text import cleaned, without_command


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  a\r\nb\rc ", "a\nb\nc"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("\ud800x", "x"),
        ("退費😀", "退費😀"),
        (" \t\n ", ""),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_keeps_words_and_drops_what_cannot_be_shown(given: str, kept: str) -> None:
    assert cleaned(given) == kept


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ("/greet", "/greet"),
        ('/give_fact{"buyer":"consumer"}', '/give_fact{"buyer":"consumer"}'),
        ("/restart", "restart"),
        ("/drop{", "drop{"),
        ("/", " "),
        ("and/or", "and/or"),
    ],
)
def test_only_known_intents_are_commands(given: str, passed: str) -> None:
    assert without_command(given, frozenset({"greet", "give_fact"})) == passed
