"""Language and script of a message."""

from __future__ import annotations

import pytest

from bot.components.language import language_of


@pytest.mark.parametrize(
    ("text", "code", "foreign"),
    [
        ("They refuse to give me my money back", "en", None),
        ("業者不肯退費", "zh-Hant", None),
        ("商家不肯退费", "zh-Hans", None),
        ("我要退款", "zh", None),
        ("健身房 membership 不能退費", "zh-Hant", None),
        ("ok", "en", None),
        ("😀😀", None, None),
        ("12345", None, None),
        ("Der Händler weigert sich, mir das Geld zurückzuzahlen", "en", "de"),
        ("Le vendeur refuse de me rembourser mon achat", "en", "fr"),
        ("El vendedor se niega a devolverme el dinero", "en", "es"),
        ("Il venditore si rifiuta di rimborsarmi la somma", "en", "it"),
        ("お店が返金してくれません、どうすればいいですか", "en", "ja"),
    ],
)
def test_reads_language_and_script(text: str, code: str | None, foreign: str | None) -> None:
    assert language_of(text) == {"code": code, "foreign": foreign}
