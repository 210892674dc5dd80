"""Every error that knowledge raises.

KnowledgeError                     catch this to catch all of them
├── DataFaults(ValueError)         the data folder has faults; carries them all
├── FactFaults(ValueError)         facts given from outside are wrong; carries them all
├── NotInForceError(LookupError)   no value was law on that day
├── UnknownIdError(LookupError)    an id that the data does not have
├── MissingFactsError(ValueError)  a letter needs facts that are not known
├── StaleIndexError(RuntimeError)  the index was built from other data or another encoder
└── NoIndexError(FileNotFoundError) there is no index yet
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class KnowledgeError(Exception):
    """Base of all errors of this package."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a data file. `line` is 1-based, 0 when the file as a whole is meant."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


class DataFaults(KnowledgeError, ValueError):
    """The data folder cannot be used as it is; `faults` lists everything found, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class FieldFault:
    """One wrong field of a request: what was found, what is allowed."""

    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}; allowed: {self.allowed}"


class FactFaults(KnowledgeError, ValueError):
    """Facts from outside that cannot be read; `faults` lists them all."""

    def __init__(self, faults: Iterable[FieldFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


class NotInForceError(KnowledgeError, LookupError):
    """No value was law on that day. Raised instead of falling back to another day's law."""


class UnknownIdError(KnowledgeError, LookupError):
    """An id that the data does not have."""

    def __init__(self, what: str, found: str, allowed: Sequence[str]) -> None:
        self.what, self.found, self.allowed = what, found, tuple(allowed)
        super().__init__(f"unknown {what} {found!r}.{did_you_mean(found, allowed)}")


class MissingFactsError(KnowledgeError, ValueError):
    """A letter cannot be written yet; `facts` names what it still needs, in the order to ask."""

    def __init__(self, letter: str, facts: Sequence[str]) -> None:
        self.letter, self.facts = letter, tuple(facts)
        super().__init__(f"letter {letter!r} needs {', '.join(facts)}")


class StaleIndexError(KnowledgeError, RuntimeError):
    """The index was built from other data or by another encoder than the ones in use."""


class NoIndexError(KnowledgeError, FileNotFoundError):
    """There is no index yet."""


def did_you_mean(found: str, allowed: Sequence[str]) -> str:
    """The end of an error text: the closest allowed name, or all of them when none is close."""
    close = difflib.get_close_matches(str(found), [str(name) for name in allowed], n=1)
    if close:
        return f" Did you mean {close[0]!r}?"
    return f" Allowed: {', '.join(map(str, allowed))}." if allowed else ""
