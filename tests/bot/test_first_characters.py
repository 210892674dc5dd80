"""Guarded alternations match what unguarded ones do."""

from __future__ import annotations

import re

from bot.components.first_characters import guarded

ALTERNATIVES = ["退款", "(?:不|没)退", "[^,]{0,2}门店", r"\d{2}元", "(?<!被)刷卡", "(?:很)?贵", "ab+c?", "x*"]
TEXTS = ["不退款", "没退", "在门店买", "30元", "被刷卡,刷卡", "很贵", "贵", "abbc ab", ",", "xx", ""]


def test_the_same_places_match() -> None:
    plain, quick = re.compile("|".join(ALTERNATIVES[:-1])), re.compile(guarded(ALTERNATIVES[:-1]))
    for text in TEXTS:
        assert {m.span() for m in quick.finditer(text)} == {m.span() for m in plain.finditer(text)}, text


def test_what_may_begin_anywhere_or_be_empty_is_left_alone() -> None:
    assert guarded(["[^,]a"]) == "[^,]a"
    assert guarded(["x*"]) == "x*"


def test_an_alternative_with_a_known_beginning_is_looked_for_first() -> None:
    assert guarded(["退款", "(?:很)?贵"]) == "(?=[很贵退])(?:退款|(?:很)?贵)"
