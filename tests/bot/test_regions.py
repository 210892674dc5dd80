"""The part of a place that a message speaks of."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from bot.components.places import CUES as PLACES
from bot.components.places import place_and_words
from bot.components.regions import CUES, region_of
from knowledge.load import knowledge_base
from knowledge.scripts import folded


@pytest.mark.parametrize(
    ("text", "code", "region"),
    [
        ("I live in Austin, TX and my gym won't cancel", "US", "US-TX"),
        ("I'm in California, the seller is in Florida", "US", "US-CA"),
        ("got it from a Sydney shop, I'm in Perth", "AU", "AU-WA"),
        ("a company based in Delaware took my money", "US", None),
        ("bought it on a trip to Paris, I live in Berlin", "EU", "DE"),
        ("my dealer in CA refuses", None, "US-CA"),
        ("they said it is OK in the end", "US", None),
        ("BOUGHT IN CA", "US", None),
        ("我住加州，健身房不讓我退", "US", "US-CA"),
        ("在墨尔本买的二手车", "AU", "AU-VIC"),
        ("a shop in Glasgow", "GB", "GB-SCT"),
        ("a shop in London or in Glasgow", "GB", None),
    ],
)
def test_regions(text: str, code: str | None, region: str | None) -> None:
    assert region_of(text, code, place_and_words(text)[1]) == region


def test_every_word_is_one_of_its_place_and_every_region_has_words() -> None:
    """A word that places.yml does not have is never found; one of another place would give a region abroad."""
    base, yaml = knowledge_base(), YAML(typ="safe")
    words = yaml.load(CUES.read_text("utf-8"))["words"]
    places = yaml.load(PLACES.read_text("utf-8"))
    assert words.keys() == base.regions.keys()
    for region, names in words.items():
        code = next(code for code, each in base.jurisdictions.items() if each.place == base.regions[region].place)
        known = {folded(str(word)) for kind in ("named", "cities") for word in places[code].get(kind, ())}
        assert not {str(name) for name in names if folded(str(name)) not in known}
