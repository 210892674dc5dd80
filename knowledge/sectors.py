"""What kind of thing a text is about, for law that is about one kind only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.load import knowledge_base
from knowledge.model import KnowledgeBase, Sector
from knowledge.scripts import folded

UNCLEAR = "unclear"
"""Words such as membership, which may be of several sectors, and leave open which."""


def sectors_in(text: str, base: KnowledgeBase) -> tuple[str, ...]:
    """Ids of the sectors whose words a text has, in the order of sectors.yml; () when it has none."""
    seen = folded(text)
    patterns = _shipped() if base is knowledge_base() else _patterns(base.sectors)
    return tuple(sector for sector, pattern in patterns.items() if pattern.search(seen))


def sectors_told(text: str, item: str | None, item_type_read: bool, base: KnowledgeBase) -> tuple[str, ...] | None:
    """The sectors of what was bought; None while it is not known what that is.

    Args:
        item: What the person calls the thing, when asked.
        item_type_read: Whether the words tell at least whether it is goods, a service, a journey.
    """
    found = sectors_in(f"{text}\n{item or ''}", base)
    clear = tuple(sector for sector in found if sector != UNCLEAR)
    if clear or found:
        return clear or None
    return () if item or item_type_read else None


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, re.Pattern[str]]:
    return _patterns(knowledge_base().sectors)


def _patterns(sectors: Mapping[str, Sector]) -> Mapping[str, re.Pattern[str]]:
    found = {}
    for sector in sectors.values():
        latin = [*sector.english, *(word for word in sector.chinese if word.isascii())]
        parts = [re.escape(folded(word)) for word in sector.chinese if not word.isascii()]
        if latin:
            whole = "|".join(re.escape(word.casefold()) for word in sorted(latin, key=len, reverse=True))
            parts.append(rf"(?<![a-z0-9])(?:{whole})s?(?![a-z0-9])")
        found[sector.id] = re.compile("|".join(parts))
    return found
