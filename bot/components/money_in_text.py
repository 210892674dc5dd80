"""Sums of money named in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SIGNS = {
    "£": "GBP", "€": "EUR", "hk$": "HKD", "nt$": "TWD", "us$": "USD", "a$": "AUD", "au$": "AUD", "s$": "SGD", "rmb": "CNY", "gbp": "GBP",
    "eur": "EUR", "hkd": "HKD", "ntd": "TWD", "twd": "TWD", "usd": "USD", "aud": "AUD", "sgd": "SGD", "cny": "CNY", "$": None, "¥": None,
    "pounds": "GBP", "pound": "GBP", "quid": "GBP", "euros": "EUR", "euro": "EUR", "dollars": None, "dollar": None, "bucks": None, "yuan": "CNY",
    "人民币": "CNY", "新台币": "TWD", "台币": "TWD", "港币": "HKD", "港元": "HKD", "港纸": "HKD", "欧元": "EUR", "英镑": "GBP", "镑": "GBP",
    "美元": "USD", "美金": "USD", "澳元": "AUD", "澳币": "AUD", "新币": "SGD", "新元": "SGD", "坡币": "SGD", "元": None, "块钱": None, "块": None,
    "蚊": "HKD",
}  # fmt: skip
_BEFORE = r"£|€|hk\$|nt\$|us\$|au\$|a\$|s\$|\$|¥|rmb|gbp|eur|hkd|ntd|twd|usd|aud|sgd|cny|人民币|新台币|台币|港币"
_AFTER = (
    r"pounds?|quid|euros?|dollars?|bucks|yuan|gbp|eur|hkd|ntd|twd|usd|aud|sgd|cny|rmb|€|£|人民币|新台币|台币|港币|港元|港纸|欧元|英镑|镑|美元|美金"
    r"|澳元|澳币|新币|新元|坡币|元|块钱|块|蚊"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {"k": 1000, "千": 1000, "万": 10000, "w": 10000, "百": 100}
_DIGITS_ZH = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS_ZH = {"十": 10, "百": 100, "千": 1000, "万": 10000}

_LATIN = re.compile(rf"(?<![\w.])({_BEFORE})\s?({_NUMBER})\s?(k|w|千|万)?(?![\d%])")
_TRAILING = re.compile(rf"(?<![\d.,])({_NUMBER})\s?(k|w|百|千|万)?(?:多|几)?\s?({_AFTER})(?![a-z])")
_CHINESE = re.compile(
    r"([零一两二三四五六七八九十百千万]{2,})\s?(块钱|块|元|人民币|新台币|台币|港币|港元|英镑|镑|美元|美金|欧元|蚊)"
)

_MIXED = re.compile(rf"(?<![\d.,])(\d+)\s?万\s?(\d)千?(?:多|几)?\s?({_AFTER})?(?![\d,.])")
_SPOKEN = re.compile(
    r"(?:付|花|刷卡|刷|交|缴|扣|充|还有|里有|剩)了?(?:我)?(?:快|将近|差不多|大概)?([一两二三四五六七八九十百千万]{2,})(?=[，,。！!？?；;\s的]|$)"
)


@dataclass(frozen=True)
class SumFound:
    """A sum, its ISO 4217 code when the words tell it, and where in the text it stands."""

    amount: Decimal
    currency: str | None
    start: int
    end: int


def sums_in(text: str) -> list[SumFound]:
    """Every sum of money that a folded text names, in order."""
    found = [
        SumFound(
            Decimal(int(match.group(1)) * 10000 + int(match.group(2)) * 1000),
            _SIGNS.get(match.group(3) or ""),
            match.start(),
            match.end(),
        )
        for match in _MIXED.finditer(text)
    ]
    found += [
        _sum(match.group(2), match.group(3), match.group(1), match)
        for match in _LATIN.finditer(text)
        if not _overlaps(match, found)
    ]
    for match in _TRAILING.finditer(text):
        if not _overlaps(match, found):
            found.append(_sum(match.group(1), match.group(2), match.group(3), match))
    for match in _CHINESE.finditer(text):
        number = chinese_number(match.group(1))
        if number is not None and not _overlaps(match, found):
            found.append(SumFound(Decimal(number), _SIGNS[match.group(2)], match.start(), match.end()))
    for match in _SPOKEN.finditer(text):
        number = chinese_number(match.group(1))
        if number is not None and number >= 100 and not _overlaps(match, found):
            found.append(SumFound(Decimal(number), None, match.start(1), match.end(1)))
    return sorted(found, key=lambda item: item.start)


def chinese_number(words: str) -> int | None:
    """三千八 is 3800, 一万二 12000, 两百五十 250; None for what is no number."""
    total = section = digit = 0
    last_unit = 1
    for character in words:
        if character in _DIGITS_ZH:
            digit = _DIGITS_ZH[character]
            if character == "零":
                last_unit = 10
        elif character == "万":
            total, section, digit, last_unit = (total + section + digit) * 10000, 0, 0, 10000
        elif character in _UNITS_ZH:
            section += (digit or 1) * _UNITS_ZH[character]
            digit, last_unit = 0, _UNITS_ZH[character]
        else:
            return None
    if digit and last_unit >= 100:
        digit *= last_unit // 10  # spoken short form: 三千八 leaves out the 百
    return total + section + digit


def _sum(number: str, scale: str | None, sign: str, match: re.Match[str]) -> SumFound:
    amount = Decimal(number.replace(",", "")) * _SCALE.get(scale or "", 1)
    return SumFound(
        amount.normalize() if amount == amount.to_integral() else amount, _SIGNS[sign], match.start(), match.end()
    )


def _overlaps(match: re.Match[str], found: list[SumFound]) -> bool:
    return any(match.start() < other.end and other.start < match.end() for other in found)
