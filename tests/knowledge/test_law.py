"""The law of the day: the value in force, or an error; never the nearest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import NotInForceError, UnknownIdError
from knowledge.law import Law, value_on
from knowledge.load import load
from knowledge.model import DatedValue, Language, Parameter
from knowledge.quantities import Quantity, money_words


def dated(*values: tuple[date, int | None]) -> Parameter:
    rows = tuple(DatedValue(day, None if value is None else Decimal(value), None, None, (), None) for day, value in values)
    return Parameter("gb.x.y", "", "day", False, rows, None)


def test_a_value_holds_from_its_first_day_to_the_day_before_the_next() -> None:
    parameter = dated((date(2014, 6, 13), 7), (date(2020, 1, 1), 14), (date(2027, 4, 1), None))
    with pytest.raises(NotInForceError, match=r"gb\.x\.y: no value was law on 2014-06-12"):
        value_on(parameter, date(2014, 6, 12))
    assert value_on(parameter, date(2014, 6, 13)).bare() == "7"
    assert value_on(parameter, date(2019, 12, 31)).bare() == "7"
    assert value_on(parameter, date(2020, 1, 1)).bare() == "14"
    assert value_on(parameter, date(2027, 3, 31)).bare() == "14"
    with pytest.raises(NotInForceError):
        value_on(parameter, date(2027, 4, 1))


def test_texts_show_the_number_of_the_day(data_folder: Path) -> None:
    law = Law(load(data_folder), "GB", date(2026, 1, 1), date(2026, 11, 25))
    words = {Language.EN: "within {cooling_off.period}, or {cooling_off.period:number}; {@citizens_advice}"}
    assert law.text(words, Language.EN) == "within 14 days, or 14; Citizens Advice consumer helpline (England and Wales)"
    with pytest.raises(UnknownIdError, match=r"unknown parameter .gb\.cooling_off\.perod.\. Did you mean"):
        law.text({Language.EN: "{cooling_off.perod}"}, Language.EN)


@pytest.mark.parametrize(
    ("quantity", "en", "hant", "hans"),
    [
        (Quantity(Decimal(1), "day"), "1 day", "1 日", "1 日"),
        (Quantity(Decimal(14), "day"), "14 days", "14 日", "14 日"),
        (Quantity(Decimal(10), "working_day"), "10 working days", "10 個工作日", "10 个工作日"),
        (Quantity(Decimal(6), "month"), "6 months", "6 個月", "6 个月"),
        (Quantity(Decimal(3), "multiple"), "3 times", "3 倍", "3 倍"),
        (Quantity(Decimal("2.5"), "percent"), "2.5%", "2.5%", "2.5%"),
        (Quantity(Decimal(30000), "currency-GBP"), "£30,000", "30,000 英鎊", "30,000 英镑"),
        (Quantity(Decimal(100000), "currency-TWD"), "NT$100,000", "新臺幣 100,000 元", "100,000 元新台币"),
    ],
)
def test_quantities_in_three_languages(quantity: Quantity, en: str, hant: str, hans: str) -> None:
    assert [quantity.words(language) for language in Language] == [en, hant, hans]


def test_sums_in_a_currency_without_a_sign_of_ours() -> None:
    assert money_words(Decimal("12.50"), "CHF", Language.EN) == "12.5 CHF"
