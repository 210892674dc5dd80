"""What the law gives in the cases of tests/cases: both sides of each boundary and of each change of law."""

from __future__ import annotations

import pytest

from knowledge.conditions import Status
from knowledge.decide import decide
from knowledge.facts import parse_facts
from knowledge.law import Law
from knowledge.load import knowledge_base
from knowledge.model import Language
from knowledge.scope import Scope
from tests.case_files import Case, cases


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    base = knowledge_base()
    code = next(code for code, jurisdiction in base.jurisdictions.items() if jurisdiction.place == case.place)
    facts = parse_facts(case.facts, base.facts, case.today)
    on = facts.purchase_date or case.today
    outcome = decide(
        case.topics,
        facts,
        on,
        case.today,
        base=base,
        code=code,
        scope=Scope(tuple(base.sectors) if case.sectors is None else case.sectors, case.region),
    )
    found = {finding.entry.id: finding for finding in outcome.findings}
    for entry_id, wanted in case.expect.items():
        assert entry_id in found, f"{entry_id} is not among {sorted(found)}"
        finding = found[entry_id]
        told = {
            "applies": finding.verdict.status.value,
            "deadline": finding.deadline.day if finding.deadline else None,
            "days_left": finding.deadline.days_left(case.today) if finding.deadline else None,
            "depends_on": list(finding.verdict.depends_on),
        }
        assert {key: told[key] for key in wanted} == dict(wanted), entry_id
    for entry_id in case.absent:
        assert entry_id in base.entries, f"{entry_id} is no entry"
        assert entry_id not in found
    if case.asks_first:
        assert outcome.missing[:1] == (case.asks_first,)
    law = Law(base, code, on, case.today)
    for entry_id, words in case.says.items():
        assert entry_id in found and found[entry_id].verdict.status is not Status.NO
        assert words in law.text(base.entries[entry_id].summary, Language.EN)
