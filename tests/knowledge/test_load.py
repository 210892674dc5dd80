"""Loading: every fault is found, with file and line, in one reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import DataFaults
from knowledge.load import load, read_folder

STARTED = "entries/gb/refund_refused_started.yml"
PERIODS = "parameters/gb/cooling_off.yml"


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old` of a file; gives the line it stood in."""
    text = (folder / name).read_text("utf-8")
    assert old in text, f"{name} has no {old!r}"
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_copy_of_one_place_loads(data_folder: Path) -> None:
    assert {entry.place for entry in load(data_folder).entries.values()} == {"gb", "general"}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (STARTED, "  summary:", "  summery:", "unknown key 'summery'. Did you mean 'summary'?"),
        (STARTED, "kind: right", "kind: wright", "kind: found 'wright'. Did you mean 'right'?"),
        (STARTED, "{buyer: consumer}", "{buyer: consumr}", "buyer: found 'consumr', allowed: consumer, business"),
        (STARTED, "{buyer: consumer}", "{byer: consumer}", "unknown condition 'byer'. Did you mean 'buyer'?"),
        (STARTED, "period: cooling_off.period", "period: cooling_off.peroid", "unknown parameter 'gb.cooling_off.peroid'. Did you mean"),
        (STARTED, "from: purchase_date", "from: purchase_day", "from: found 'purchase_day', allowed: purchase_date"),
        (STARTED, "authority: citizens_advice", "authority: citizen_advice", "unknown authority 'gb.citizen_advice'. Did you mean"),
        (STARTED, "- law: ccr_2013", "- law: ccr_2012", "law: unknown law 'gb.ccr_2012'. Did you mean 'gb.ccr_2013'?"),
        (STARTED, "letter: cancel_contract", "letter: cancel_contact", "unknown letter 'cancel_contact'. Did you mean"),
        (STARTED, "checked_on: 2026-11-24", "checked_on: yesterday", "checked_on: found 'yesterday', allowed: a day like 2026-11-24"),
        (STARTED, "evidence: [contract,", "evidence: [contrakt,", "evidence: unknown evidence 'contrakt'. Did you mean 'contract'?"),
        (STARTED, "topics: [refund_refused_started,", "topics: [refund_refused,", "unknown topic 'refund_refused'. Did you mean"),
        (PERIODS, "unit: day", "unit: dya", "unit: found 'dya', allowed: hour, day, working_day"),
        (PERIODS, "value: 14", "value: fourteen", "value: found 'fourteen', allowed: a number or null"),
    ],
)  # fmt: skip
def test_names_file_line_and_what_is_allowed(data_folder: Path, name: str, old: str, new: str, said: str) -> None:
    line = spoil(data_folder, name, old, new)
    with pytest.raises(DataFaults) as raised:
        load(data_folder)
    matching = [fault for fault in raised.value.faults if said in fault.text]
    assert matching, str(raised.value)
    assert matching[0].path == name
    assert abs(matching[0].line - line) <= 1  # a list item may be reported at the key above it


def test_finds_all_faults_in_one_reading(data_folder: Path) -> None:
    spoil(data_folder, STARTED, "kind: right", "kind: wright")
    spoil(data_folder, PERIODS, "unit: day", "unit: dya")
    spoil(data_folder, "letters/letters.yml", "reply_days: 14", "reply_days: many")
    faults = read_folder(data_folder).faults
    assert {fault.path for fault in faults} == {STARTED, PERIODS, "letters/letters.yml"}


def test_a_language_that_is_missing_is_a_fault(data_folder: Path) -> None:
    path = data_folder / STARTED
    lines = path.read_text("utf-8").splitlines(keepends=True)
    number = next(number for number, text in enumerate(lines) if text.startswith("    zh-Hant:"))
    path.write_text("".join(lines[:number] + lines[number + 1 :]), "utf-8")
    assert any("title: no text in zh-Hant" in fault.text for fault in read_folder(data_folder).faults)


def test_an_entry_without_a_citation_is_refused(data_folder: Path) -> None:
    (data_folder / "entries/gb/evidence.yml").write_text(
        "bare:\n  kind: right\n  topics: [evidence]\n"
        + "".join(f"  {key}: {{en: x y, zh-Hant: 甲乙, zh-Hans: 甲乙}}\n" for key in ("title", "summary"))
        + "  asked_as: {en: [a b, c d], zh-Hant: [甲, 乙], zh-Hans: [丙, 丁]}\n",
        "utf-8",
    )
    faults = read_folder(data_folder).faults
    assert [fault for fault in faults if "citation" in fault.text and fault.path == "entries/gb/evidence.yml"]


def test_a_file_that_is_not_yaml_gives_its_line(data_folder: Path) -> None:
    (data_folder / PERIODS).write_text("period:\n  unit: day\n unit: [\n", "utf-8")
    faults = [fault for fault in read_folder(data_folder).faults if fault.path == PERIODS]
    assert faults[0].line >= 2 and faults[0].text.startswith("not YAML")


def test_a_folder_of_an_unknown_place_is_a_fault(data_folder: Path) -> None:
    (data_folder / "entries" / "uk").mkdir()
    (data_folder / "entries" / "uk" / "evidence.yml").write_text("{}", "utf-8")
    assert any("unknown place 'uk'" in fault.text for fault in read_folder(data_folder).faults)


def test_the_digest_changes_with_any_file(data_folder: Path) -> None:
    before = load(data_folder).digest
    spoil(data_folder, "wording.yml", "{day}", "{day} ")
    assert load(data_folder).digest != before
