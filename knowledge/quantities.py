"""Numbers with their unit, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import Language

_EN, _HANT, _HANS = Language.EN, Language.ZH_HANT, Language.ZH_HANS

PERIOD_UNITS = ("hour", "day", "working_day", "business_day", "week", "month", "year")
UNITS = (*PERIOD_UNITS, "percent", "multiple", "count")

_COUNTED = {
    "hour": {_EN: ("hour", "hours"), _HANT: "小時", _HANS: "小时"},
    "day": {_EN: ("day", "days"), _HANT: "日", _HANS: "日"},
    "working_day": {_EN: ("working day", "working days"), _HANT: "個工作日", _HANS: "个工作日"},
    "business_day": {_EN: ("business day", "business days"), _HANT: "個營業日", _HANS: "个营业日"},
    "week": {_EN: ("week", "weeks"), _HANT: "週", _HANS: "周"},
    "month": {_EN: ("month", "months"), _HANT: "個月", _HANS: "个月"},
    "year": {_EN: ("year", "years"), _HANT: "年", _HANS: "年"},
    "multiple": {_EN: ("time", "times"), _HANT: "倍", _HANS: "倍"},
}

_CURRENCY_EN = {
    "CNY": "CN¥", "TWD": "NT$", "HKD": "HK$", "EUR": "€", "GBP": "£", "USD": "US$", "AUD": "A$", "SGD": "S$",
}  # fmt: skip
_CURRENCY_ZH = {
    "CNY": ("人民幣", "元", "元"), "TWD": ("新臺幣", "元", "元新台币"), "HKD": ("", "港元", "港元"), "EUR": ("", "歐元", "欧元"),
    "GBP": ("", "英鎊", "英镑"), "USD": ("", "美元", "美元"), "AUD": ("", "澳元", "澳元"), "SGD": ("", "新加坡元", "新加坡元"),
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A number with one of UNITS or currency-XXX (ISO 4217)."""

    number: Decimal
    unit: str

    @property
    def currency(self) -> str | None:
        return self.unit.removeprefix("currency-") if self.unit.startswith("currency-") else None

    def bare(self) -> str:
        """The number alone: 14, 1.5, 10,000."""
        number = self.number.normalize()
        return f"{number:,f}" if number == number.to_integral() else f"{number:,}"

    def words(self, language: Language) -> str:
        """The number with its unit: "14 days", "14 日", "£10,000", "1萬"-free figures throughout."""
        if (currency := self.currency) is not None:
            return money_words(self.number, currency, language)
        if self.unit == "percent":
            return f"{self.bare()}%"
        if self.unit == "count":
            return self.bare()
        if self.unit == "multiple" and language is _EN:
            return {"1": "once", "2": "twice"}.get(self.bare(), f"{self.bare()} times")
        counted = _COUNTED[self.unit][language]
        if isinstance(counted, tuple):
            return f"{self.bare()} {counted[0] if self.number == 1 else counted[1]}"
        return f"{self.bare()} {counted}"


def money_words(amount: Decimal, currency: str, language: Language) -> str:
    """A sum of money as readers of that language write it: "£450", "450 英鎊", "人民幣 450 元"."""
    number = Quantity(amount, "count").bare()
    if language is _EN:
        sign = _CURRENCY_EN.get(currency)
        return f"{sign}{number}" if sign else f"{number} {currency}"
    before, hant, hans = _CURRENCY_ZH.get(currency, ("", currency, currency))
    if language is _HANT:
        return " ".join(part for part in (before, number, hant) if part)
    return f"{number} {hans}"
