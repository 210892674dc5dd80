"""The jurisdiction that a message speaks of: the buyer's place, and only where words tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.scripts import HAN, folded

CUES = Path(__file__).parent / "cues" / "places.yml"
STATED, INFERRED, SEVERAL_SIGNS, SELLER_ONLY = 0.95, 0.8, 0.9, 0.6
ELSEWHERE = "OTHER"
"""Code of all places that the knowledge does not cover."""

NEAR_CHINESE = ("CN", "TW", "HK", "SG")
"""Places whose Chinese name is seldom an adjective of goods; of the others (德国洗碗机) only 在德国 and the like count."""

_WINDOW = 70
_CLAUSE = re.compile(r"[.!?;](?=\s|$)|[。;\n]")
_LATIN_US = re.compile(r"\bUS\b(?![$-])")
_COMPARED = re.compile(r"\b(?:in europe|europeans|people get|in the (?:eu|uk|us)a?\b)[^.;!?]{0,30}$|欧洲[^。;!?]{0,12}$")
"""What others get elsewhere tells nothing of the buyer."""

_MONEY_SIGNS = re.compile(
    r"(?P<HK>[\d一二两三四五六七八九十百千万几]\s?蚊(?!子|帐|香|虫))|(?<!lose )(?<!lost )(?P<GB>\b\d[\d,.]{0,14}k? pounds?\b(?! of\b| in weight| lighter| heavier))"
)


@dataclass(frozen=True)
class PlaceFound:
    """A place read from words: named outright (stated) or from what is typical of it (inferred)."""

    code: str
    source: str
    confidence: float


@dataclass(frozen=True)
class HomeWords:
    """Folded words of a text that name the buyer's country, state or city: those that say "I live there", and the others."""

    ours: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class _Hit:
    """A word of a place where it stands: `kind` is its list in the cues, `ours` whether the words say that the buyer is there."""

    word: str
    code: str
    kind: str
    ours: bool = False


def place_of(text: str) -> PlaceFound | None:
    """The place of the buyer; None when the text does not tell it, or names several with equal right.

    Places of travel and of goods do not count. Country names are `stated`; cities and typical words are `inferred`. Where only the
    seller's place is told, that is taken with less confidence: most people buy where they live, and its law is the likeliest.
    """
    return place_and_words(text)[0]


def place_and_words(text: str) -> tuple[PlaceFound | None, HomeWords]:
    """The place, as `place_of` gives it, and the words by which the text names the buyer's country, state or city; read in one pass."""
    hits = list(_hits(folded(_marked_us(text))))
    here = [hit for hit in hits if hit.kind in ("named", "cities")]
    words = HomeWords(tuple(hit.word for hit in here if hit.ours), tuple(hit.word for hit in here if not hit.ours))
    return _place(hits), words


def _place(hits: list[_Hit]) -> PlaceFound | None:
    named = _codes(hits, "named")
    if len(named) > 1:
        own = {hit.code for hit in hits if hit.kind != "typical" and hit.ours}
        signs = _codes(hits, "typical") & named
        code = next(iter(signs)) if len(signs) == 1 and not own - signs else None
        return _found(code, "inferred", INFERRED)
    if named:
        return _found(next(iter(named)), "stated", STATED)
    cities = _codes([hit for hit in hits if hit.ours], "cities") or _codes(hits, "cities")
    if len(cities) == 1:
        return _found(next(iter(cities)), "inferred", INFERRED)
    signs_of: dict[str, set[str]] = {}
    for hit in hits:
        if hit.kind == "typical" and (not cities or hit.code in cities):
            signs_of.setdefault(hit.code, set()).add(hit.word)
    best = sorted(signs_of.items(), key=lambda item: -len(item[1]))
    if not best:
        sellers = _codes(hits, "seller")
        return _found(next(iter(sellers)), "inferred", SELLER_ONLY) if len(sellers) == 1 else None
    if len(best) > 1 and len(best[0][1]) == len(best[1][1]):
        return None
    return _found(best[0][0], "inferred", SEVERAL_SIGNS if len(best[0][1]) > 1 else INFERRED)


def names_place(text: str, code: str) -> bool:
    """Whether a text names a country, state or city of that code, not only what is typical of it."""
    return any(hit.code == code and hit.kind in ("named", "cities", "seller") for hit in _hits(folded(_marked_us(text))))


def _marked_us(text: str) -> str:
    """US in capitals is the country, "us" is a pronoun; a text all in capitals does not tell them apart."""
    return text if text.isupper() else _LATIN_US.sub("usa", text)


def _codes(hits: list[_Hit], kind: str) -> set[str]:
    return {hit.code for hit in hits if hit.kind == kind}


def _found(code: str | None, source: str, confidence: float) -> PlaceFound | None:
    return PlaceFound(code, source, confidence) if code and code != ELSEWHERE else None


def _hits(text: str) -> Iterator[_Hit]:
    """Every word of a place in a folded text that may be the buyer's place."""
    cues, position, length = _cues(), 0, len(text)
    travels: bool | None = None
    while position < length:
        found = _word_at(text, position, cues.words)
        if found is None:
            position += 1
            continue
        word, code, kind = found
        end = position + len(word)
        if kind == "typical":
            hit = None if _COMPARED.search(text[max(0, position - 50) : position]) else _Hit(word, code, kind)
        else:
            if travels is None:
                travels = _any(cues.travel, text)
            hit = _named_hit(
                word,
                code,
                kind,
                _CLAUSE.split(text[max(0, position - _WINDOW) : position])[-1],
                text[end : end + 16],
                travels,
            )
        if hit:
            yield hit
        position = end
    for match in _MONEY_SIGNS.finditer(text):
        yield _Hit(match.lastgroup or "", match.lastgroup or "", "typical")


def _named_hit(word: str, code: str, kind: str, before: str, after: str, travels: bool) -> _Hit | None:
    """What a country or city tells by the words around it; None where it is not the buyer's, nor a seller's who may be near."""
    cues = _cues()
    ours = _any(cues.buyer_before, before)
    if not ours:
        if _any(cues.origin_after, after) and _any(cues.origin, before):
            return _Hit(word, code, "seller")
        if kind == "here" or (travels and _any(cues.towards, before)) or not _may_be_home(word, code, before, after, cues):
            return None
        if _any(cues.destination_before, before):
            return None
    elsewhere = not ours and _any(cues.elsewhere_before, _last_part(before))
    local = bool(HAN.search(word)) and _any(cues.local_after, after)
    of_seller = _any(cues.elsewhere_after, after) and (not ours or HAN.search(word)) and not local
    if of_seller or elsewhere:
        return (
            _Hit(word, code, "seller") if kind == "cities" else None
        )  # a country named for a seller mostly tells that it is abroad
    return _Hit(word, code, "named" if kind == "here" else kind, ours)


def _last_part(before: str) -> str:
    """The clause in which a Chinese place stands; Latin sentences are kept whole."""
    return re.split(r"[,、:]", before)[-1] if HAN.search(before) else before


def _may_be_home(word: str, code: str, before: str, after: str, cues: _Cues) -> bool:
    """德国洗碗机 names goods; 在德国, 德国买的 or 德国 standing alone names where one is."""
    if code in NEAR_CHINESE or not HAN.search(word):
        return True
    alone = (not before or before[-1] in ",、: ") and (not after or after[0] in ",、。.!?;: 的")
    return alone or _any(cues.inside_before, before) or after.startswith(("这边", "本地", "境内", "买的", "买了"))


def _any(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _word_at(text: str, position: int, words: _Words) -> tuple[str, str, str] | None:
    """The longest word of the cues that stands at a position, whole if it is in Latin script."""
    for word, code, kind in words.get(text[position : position + 2], ()) or words.get(text[position], ()):
        if not text.startswith(word, position):
            continue
        if HAN.search(word):
            return word, code, kind
        end = position + len(word)
        starts = not word[0].isalnum() or position == 0 or not _joins(text[position - 1])
        ends = (
            not word[-1].isalnum()
            or end == len(text)
            or not _joins(text[end])
            or (text[end].isdigit() and kind == "typical" and word[-1].isalpha())
        )
        if starts and ends:
            return word, code, kind
    return None


def _joins(character: str) -> bool:
    return character.isalnum() and not HAN.match(character)


_Words = dict[str, list[tuple[str, str, str]]]


@dataclass(frozen=True)
class _Cues:
    """`words`: those of the cues by their first two characters, longest first."""

    words: _Words
    elsewhere_before: tuple[re.Pattern[str], ...]
    elsewhere_after: tuple[re.Pattern[str], ...]
    destination_before: tuple[re.Pattern[str], ...]
    origin: tuple[re.Pattern[str], ...]
    origin_after: tuple[re.Pattern[str], ...]
    local_after: tuple[re.Pattern[str], ...]
    travel: tuple[re.Pattern[str], ...]
    towards: tuple[re.Pattern[str], ...]
    buyer_before: tuple[re.Pattern[str], ...]
    inside_before: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data: dict[str, Any] = YAML(typ="safe").load(CUES.read_text("utf-8"))
    around = data.pop("around")
    words: _Words = {}
    for code, kinds in data.items():
        for kind, names in kinds.items():
            for name in {folded(str(name)) for name in names}:
                words.setdefault(name[:2], []).append((name, code, kind))
    for entries in words.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return _Cues(words=words, **{name: tuple(map(re.compile, patterns)) for name, patterns in around.items()})
