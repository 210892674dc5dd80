"""Figures over labelled messages and what was read in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.evaluation.messages import Labelled, Read

Pair = tuple[Labelled, Read]
BINS = 10
FREE_TEXT = ("item",)
"""Facts in words of one's own: counted as read, not compared."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    def __str__(self) -> str:
        return f"{self.hits / self.of:6.1%} ({self.hits} of {self.of})" if self.of else "   n/a (0 of 0)"


def share(hits: Iterable[bool]) -> Share:
    """Counts what holds."""
    listed = list(hits)
    return Share(sum(listed), len(listed))


def first_is_accepted(message: Labelled, read: Read) -> bool:
    """Whether the best topic is one that an adviser would accept as the first."""
    return read.in_scope and bool(read.topics) and read.topics[0][0] in message.accept


def one_of_three_is_accepted(message: Labelled, read: Read) -> bool:
    """Whether one of the best three is."""
    return read.in_scope and any(topic in message.accept for topic, _ in read.topics[:3])


def refused(read: Read) -> bool:
    """Whether the message was taken as no consumer question."""
    return not read.in_scope


def one_is_relevant(ids: Sequence[str], relevant: Sequence[str], within: int) -> bool:
    """Whether an entry that answers the message is among the first ones."""
    return any(entry_id in relevant for entry_id in ids[:within])


def reciprocal_rank(ids: Sequence[str], relevant: Sequence[str]) -> float:
    """One divided by the place of the first entry that answers the message; 0 when none does."""
    return next((1 / place for place, entry_id in enumerate(ids, start=1) if entry_id in relevant), 0.0)


def calibration_error(pairs: Sequence[Pair]) -> float:
    """Expected calibration error of the first topic's confidence, over ten bins of equal width."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for message, read in pairs:
        if read.topics:
            confidence = read.topics[0][1]
            bins[min(BINS - 1, int(confidence * BINS))].append((confidence, first_is_accepted(message, read)))
    total = sum(map(len, bins))
    return sum(abs(sum(c for c, _ in each) - sum(hit for _, hit in each)) for each in bins) / total if total else 0.0


def problems_found(pairs: Sequence[Pair]) -> Share:
    """Of all problems in messages with several, how many are among the topics named."""
    hits = [topic in {name for name, _ in read.topics} for message, read in pairs for topic in _problems(message)]
    return share(hits)


def _problems(message: Labelled) -> list[str]:
    return [topic for topic in (*message.accept[:1], *message.also) if topic != "business_purchase"]


def confusions(pairs: Sequence[Pair], most: int = 25) -> list[tuple[str, str, int]]:
    """(wanted, read, times), commonest first."""
    counted: Counter[tuple[str, str]] = Counter()
    for message, read in pairs:
        got = _first(read)
        if got not in message.accept:
            counted[message.accept[0], got] += 1
    return [(wanted, got, times) for (wanted, got), times in counted.most_common(most)]


def matrix(pairs: Sequence[Pair], names: Sequence[str]) -> list[list[int]]:
    """Rows: first accepted topic; columns: topic read. An accepted reading counts as the wanted one."""
    place = {name: number for number, name in enumerate(names)}
    rows = [[0] * len(names) for _ in names]
    for message, read in pairs:
        got = _first(read)
        wanted = message.accept[0]
        rows[place[wanted]][place[wanted if got in message.accept else got]] += 1
    return rows


def _first(read: Read) -> str:
    if not read.in_scope:
        return "out_of_scope"
    return read.topics[0][0] if read.topics else "nothing"


@dataclass(frozen=True)
class Extraction:
    """How well facts were read: precision over what was read, recall over what was stated."""

    right: int
    read: int
    stated: int

    def __str__(self) -> str:
        precision = f"{self.right / self.read:6.1%}" if self.read else "   n/a"
        recall = f"{self.right / self.stated:6.1%}" if self.stated else "   n/a"
        return f"precision {precision} ({self.right} of {self.read}), recall {recall} ({self.right} of {self.stated})"


def extraction(pairs: Sequence[Pair], fact: str) -> Extraction:
    """One fact over all messages."""
    right = read_count = stated = 0
    for message, read in pairs:
        wanted, got = message.facts.get(fact), read.facts.get(fact)
        stated += wanted is not None
        read_count += got is not None
        right += got is not None and wanted is not None and (fact in FREE_TEXT or _same(fact, wanted, got))
    return Extraction(right, read_count, stated)


def together(parts: Iterable[Extraction]) -> Extraction:
    """The sum over facts."""
    listed = list(parts)
    return Extraction(sum(p.right for p in listed), sum(p.read for p in listed), sum(p.stated for p in listed))


def mistakes(pairs: Sequence[Pair], fact: str) -> list[tuple[str, str | None, str | None]]:
    """(message id, stated, read) wherever they differ."""
    found = []
    for message, read in pairs:
        wanted, got = message.facts.get(fact), read.facts.get(fact)
        if fact not in FREE_TEXT and wanted != got and not (wanted and got and _same(fact, wanted, got)):
            found.append((message.id, wanted, got))
    return found


def _same(fact: str, wanted: str, got: str) -> bool:
    if fact == "amount":
        return float(wanted) == float(got)
    return wanted == got


def places(pairs: Sequence[Pair]) -> tuple[Share, Share]:
    """(right of those decided, decided rightly of those told). For a message across borders the seller's place counts too."""
    decided = share(read.code in (message.jurisdiction, message.seller) for message, read in pairs if read.code)
    told = share(read.code == message.jurisdiction for message, read in pairs if message.jurisdiction)
    return decided, told
