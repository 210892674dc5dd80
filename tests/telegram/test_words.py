"""The channel's own words are there in every language, and no language's words are another's."""

from __future__ import annotations

import re

import pytest

from bot.channels.telegram.reading import COMMANDS
from bot.channels.telegram.words import _all, language_of_client, languages, link_settings


def test_every_text_is_there_in_every_language_with_the_same_names() -> None:
    for key, texts in _all().items():
        assert tuple(texts) == ("en", "zh-Hant", "zh-Hans"), key
        assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts.values()}) == 1, key
    assert set(languages()) == {"en", "zh-Hant", "zh-Hans"}


def test_scripts_are_not_mixed() -> None:
    from opencc import OpenCC

    to_simplified = OpenCC("t2s")
    for key, texts in _all().items():
        assert to_simplified.convert(texts["zh-Hans"]) == texts["zh-Hans"], key
        assert to_simplified.convert(texts["zh-Hant"]) != texts["zh-Hant"] or len(texts["zh-Hant"]) < 10, key


def test_menus_and_profiles_fit_telegram() -> None:
    for language in languages():
        assert len(_all()["description"][language]) <= 512
        assert len(_all()["short_description"][language]) <= 120
        assert len(_all()["pressed_already"][language]) <= 200 and len(_all()["not_yours"][language]) <= 200
        for command in COMMANDS:
            assert 3 <= len(_all()[f"menu_{command}"][language]) <= 256


@pytest.mark.parametrize(("tag", "language"), [("zh-hant-hk", "zh-Hant"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("fr", "en")])  # fmt: skip
def test_the_nearest_language_of_a_client(tag: str, language: str) -> None:
    assert language_of_client(tag) == language


def test_a_deep_link_names_place_and_language_in_any_order() -> None:
    assert link_settings("TW_zh-Hant") == link_settings("zh-hant_tw") == ("TW", "zh-Hant")
    assert link_settings("eu") == ("EU", None) and link_settings("") == (None, None)
