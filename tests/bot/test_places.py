"""The place of a case: from words, never from script alone."""

from __future__ import annotations

import pytest

from bot.components.places import place_of


@pytest.mark.parametrize(
    ("text", "code", "source"),
    [
        ("I live in the UK", "GB", "stated"),
        ("bought it in London for 40 quid", "GB", "inferred"),
        ("我在台灣買的", "TW", "stated"),
        ("找過消保官了", "TW", "inferred"),
        ("拼多多买的", "CN", "inferred"),
        ("喺旺角買，俾咗三千蚊", "HK", "inferred"),
        ("gekauft in Berlin", "EU", "inferred"),
        ("small claims tribunals singapore", "SG", "stated"),
        ("I called the ACCC", "AU", "inferred"),
        ("I live in California", "US", "inferred"),
        ("bought in the US last year", "US", "stated"),
        ("I'm in Leeds, flight to Taiwan cancelled", "GB", "inferred"),
        ("我在法國留學", "EU", "stated"),
        ("法國買的火車票取消了", "EU", "stated"),
        ("我住屏東", "TW", "inferred"),
    ],
)
def test_reads_the_place(text: str, code: str, source: str) -> None:
    found = place_of(text)
    assert found is not None
    assert (found.code, found.source) == (code, source)


@pytest.mark.parametrize(
    "text",
    [
        "他们不给我退款", "他們不給我退費", "they refuse to refund me", "I paid $40",
        "I live in the UK and bought it in Australia", "淘宝买的", "tell us why", "a French brand",
        "the seller is in China", "a US website", "德国洗碗机坏了", "报了台湾五日游", "隐形眼镜开封了", "蚊子很多", "空白条款", "just between us", "let me hk1 see",
    ],
)  # fmt: skip
def test_does_not_guess(text: str) -> None:
    assert place_of(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我們從倫敦 Gatwick 飛去 Malaga 的班機遲了", "GB"),
        ("Cathay flight HKG to London", None),
        ("Train to Paris was late", None),
        ("新加坡装修公司收了定金", "SG"),
        ("In Europe people get 600 euro", None),
        ("I run a cafe in Sheung Wan, can I go to the Small Claims Tribunal", "HK"),
        ("is there a lemon law", None),
        ("a printer in Wellington Street, £30", "GB"),
    ],
)
def test_journeys_firms_and_comparisons(text: str, code: str | None) -> None:
    found = place_of(text)
    assert (found and found.code) == code
