"""Whether the seller is in another jurisdiction than the buyer."""

from __future__ import annotations

import pytest

from bot.components.seller_place import seller_location
from knowledge.scripts import folded


@pytest.mark.parametrize(
    "text",
    [
        "I live in Leeds and the webshop ships out of Shenzhen",
        "Preordered from a shop in Bali, I'm in Cork",
        "the seller sits in another country",
        "我在香港，向深圳賣家買嘅",
        "我在台北，商家在大陆",
        "相机店开在日本",
        "商户在越南",
    ],
)
def test_abroad(text: str) -> None:
    assert seller_location(folded(text)) == "foreign"


@pytest.mark.parametrize(
    "text",
    [
        "I live in Berlin and the shop is in Germany",
        "the shop is in Germany",
        "我住在深圳，深圳商家不退",
        "我在伦敦读书，想查一家英国公司的底细",
        "本人在马来西亚开店",
        "老板人在柬埔寨",
    ],
)
def test_the_same_place_or_only_one_of_the_two(text: str) -> None:
    """Without the buyer's place, one of ours tells nothing: most buy where they live."""
    assert seller_location(folded(text)) is None
