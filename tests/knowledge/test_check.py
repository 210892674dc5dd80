"""The rules of the data: each fails on data that breaks it, and the data that ships breaks none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.load import DATA
from tests.knowledge.test_load import PERIODS, STARTED, spoil

TODAY = date(2026, 11, 25)


def test_the_data_that_ships_has_no_fault() -> None:
    assert [str(fault) for fault in check(DATA, date.today()).faults] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (STARTED, "{cooling_off.period}", "14 days", "found a bare number"),
        (STARTED, "{cooling_off.period}", "{cooling_off.peroid}", "no such thing in gb"),
        (STARTED, "{cooling_off.period}", "{Cooling off}", "allowed: {file.key}, {@authority}"),
        (STARTED, "A started service", "A" * 95, "characters, at most 90"),
        (STARTED, "in_force: {from: 2014-06-13}", "in_force: {from: 2010-01-01}", "but cooling_off.period only from 2014-06-13"),
        (STARTED, "period: cooling_off.period", "period: complaint_escalation.small_claims_limit", "needed: hour, day"),
        (STARTED, '"coaching course begun two days ago can I cancel"', '"proportionate charge after cancelling"', "is in"),
        (PERIODS, "reference: {law: ccr_2013", "notreference: {law: ccr_2013", "reference"),
    ],
)  # fmt: skip
def test_each_rule_can_fail(data_folder: Path, name: str, old: str, new: str, said: str) -> None:
    spoil(data_folder, name, old, new)
    assert any(said in fault.text for fault in check(data_folder, TODAY).faults)


def test_a_law_that_has_ended_must_not_be_used(data_folder: Path) -> None:
    spoil(data_folder, PERIODS, "    2014-06-13:\n", "    2026-01-01:\n      value: null\n    2014-06-13:\n")
    texts = [fault.text for fault in check(data_folder, TODAY).faults]
    assert any("whose law has ended" in text for text in texts)
    assert any("ends on 2026-01-01; end the entry too" in text for text in texts)


def test_warns_of_what_nobody_confirmed_for_a_year(data_folder: Path) -> None:
    fresh = {str(fault) for fault in check(data_folder, date(2026, 11, 25)).warnings}
    old = {str(fault) for fault in check(data_folder, date(2028, 1, 1)).warnings}
    assert any("was last checked on 2026-11-2" in text for text in old - fresh)
    assert not any("was last checked on" in text for text in fresh)
