"""Which topics each place has law for, and what is missing."""

from __future__ import annotations

from collections import Counter

from knowledge.model import KnowledgeBase, Language

NOT_COVERED = "out_of_scope"
"""A topic without law: it names what Redress does not advise on."""


def counts(base: KnowledgeBase) -> dict[str, Counter[str]]:
    """Per jurisdiction code, how many entries have each topic as their main one."""
    by_place: dict[str, Counter[str]] = {place.place: Counter() for place in base.jurisdictions.values()}
    for entry in base.entries.values():
        if entry.place in by_place:
            by_place[entry.place][entry.topics[0]] += 1
    return {code: by_place[place.place] for code, place in base.jurisdictions.items()}


def gaps(base: KnowledgeBase) -> list[tuple[str, str]]:
    """(code, topic) of every cell without an entry."""
    counted = counts(base)
    return [
        (code, topic) for code in base.jurisdictions for topic in base.topics if _wanted(topic) and not counted[code][topic]
    ]


def table(base: KnowledgeBase) -> str:
    """Entries per topic and place, languages, and what is missing, as plain text."""
    counted = counts(base)
    width = max(len(topic) for topic in base.topics)
    codes = list(base.jurisdictions)
    lines = [f"{'entries per main topic':<{width}}  " + "  ".join(f"{code:>3}" for code in codes)]
    for topic in filter(_wanted, base.topics):
        cells = "  ".join(f"{counted[code][topic] or '-':>3}" for code in codes)
        lines.append(f"{topic:<{width}}  {cells}")
    lines.append(f"{'all':<{width}}  " + "  ".join(f"{sum(counted[code].values()):>3}" for code in codes))
    lines.append("")
    for language in Language:
        written = sum(bool(entry.title.get(language) and entry.summary.get(language)) for entry in base.entries.values())
        lines.append(f"{language.value}: {written} of {len(base.entries)} entries")
    missing = gaps(base)
    lines.append("")
    if missing:
        lines.append(f"{len(missing)} cells are missing:")
        lines.extend(
            f"  {code}: {', '.join(topic for c, topic in missing if c == code)}"
            for code in dict.fromkeys(c for c, _ in missing)
        )
    else:
        lines.append("No gap.")
    return "\n".join(lines)


def _wanted(topic: str) -> bool:
    return topic != NOT_COVERED
