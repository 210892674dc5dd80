"""Law about some things, or a part of a place, only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.conditions import Status
from knowledge.decide import Outcome, decide
from knowledge.facts import Facts
from knowledge.load import knowledge_base
from knowledge.model import Entry, KnowledgeBase
from knowledge.scope import PLACE, Scope

TODAY = date(2026, 11, 25)
ENTRY = "us.subscription_trap.california"


@pytest.fixture(name="base")
def _base() -> KnowledgeBase:
    base = knowledge_base()
    entry = replace(base.entries[ENTRY], regions=("US-CA",), sectors=())
    return replace(base, entries={**base.entries, ENTRY: entry})


def _decided(base: KnowledgeBase, scope: Scope) -> Outcome:
    facts = Facts(buyer="consumer", purchase_date=date(2026, 11, 1))
    return decide(["subscription_trap"], facts, TODAY, TODAY, base=base, code="US", scope=scope)


def test_law_of_a_state_is_told_there(base: KnowledgeBase) -> None:
    found = {finding.entry.id: finding for finding in _decided(base, Scope((), "US-CA")).findings}
    assert found[ENTRY].verdict.status is not Status.NO and PLACE not in found[ENTRY].verdict.depends_on


def test_law_of_a_state_is_left_out_elsewhere(base: KnowledgeBase) -> None:
    assert ENTRY not in [finding.entry.id for finding in _decided(base, Scope((), "US-TX")).findings]


def test_while_the_state_is_not_known_it_depends_tells_no_day_and_comes_after_the_law_of_all(base: KnowledgeBase) -> None:
    outcome = _decided(base, Scope())
    ids = [finding.entry.id for finding in outcome.findings]
    finding = outcome.findings[ids.index(ENTRY)]
    assert finding.verdict.status is Status.DEPENDS and PLACE in finding.verdict.depends_on
    assert finding.deadline is None
    assert not outcome.findings[0].entry.regions
    assert PLACE in outcome.missing


def test_both_limits_are_told_together() -> None:
    entry: Entry = replace(knowledge_base().entries[ENTRY], regions=("US-CA",), sectors=("gym",))
    assert Scope(None, None).covers(entry).depends_on == ("item", PLACE)
    assert Scope(("gym",), "US-CA").covers(entry).status is Status.YES
    assert Scope(("flight",), None).covers(entry).status is Status.NO
    assert Scope(None, "US-NY").covers(entry).status is Status.NO
    assert Scope(None, None).covers(replace(entry, regions=(), sectors=())).status is Status.YES
