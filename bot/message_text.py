"""What is let through of a text that people send."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4000
"""Characters of one message (contract)."""

PAYLOAD = re.compile(r"/([a-z_]+)(\{.*\})?\s*", re.DOTALL)
"""What a button sends: /intent or /intent{json}."""


def cleaned(text: str) -> str:
    """The text without control characters, lone surrogates and outer blanks; line ends as \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        character for character in text if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Cn")
    )
    return "".join(kept).strip()


def without_command(text: str, intents: frozenset[str]) -> str:
    """The text; a slash in front is taken off unless a known intent follows, since Rasa reads it as a command."""
    match = PAYLOAD.fullmatch(text)
    if text.startswith("/") and not (match and match.group(1) in intents):
        return text.lstrip("/ ") or " "
    return text
