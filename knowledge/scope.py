"""Law that is about some things only, or about a part of a place: whether a case lies within it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.conditions import NO, Status, Verdict
from knowledge.model import Entry

THING, PLACE = "item", "jurisdiction"
"""What a verdict depends on while the thing bought, or the part of the place, is not known."""


@dataclass(frozen=True)
class Scope:
    """What is known of the thing bought and of where.

    Attributes:
        sectors: Kinds of the thing bought (sectors.yml); None while it is not known what was bought.
        region: Part of the place (regions.yml); None while it is not known.
    """

    sectors: tuple[str, ...] | None = ()
    region: str | None = None

    def covers(self, entry: Entry) -> Verdict:
        """Whether the case lies within what an entry is about; an entry about everything covers all."""
        if entry.sectors and self.sectors is not None and not set(entry.sectors) & set(self.sectors):
            return NO
        if entry.regions and self.region is not None and self.region not in entry.regions:
            return NO
        unknown = ((THING, entry.sectors and self.sectors is None), (PLACE, entry.regions and self.region is None))
        depends_on = tuple(what for what, open_ in unknown if open_)
        return Verdict(Status.DEPENDS, depends_on) if depends_on else Verdict(Status.YES)
