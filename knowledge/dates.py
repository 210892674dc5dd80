"""Days in the reader's language."""

from __future__ import annotations

from datetime import date

from knowledge.model import Language

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date, language: Language) -> str:
    """1 December 2026; 2026年12月1日."""
    if language is Language.EN:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"
