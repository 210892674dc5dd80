"""Letters: complete, in the trader's language, and refused while something is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.errors import MissingFactsError, UnknownIdError
from knowledge.facts import Facts
from knowledge.letters import letter
from knowledge.model import KnowledgeBase, Language

TODAY = date(2026, 11, 25)
FACTS = Facts(
    buyer="consumer", channel="online", item_type="service", item="Voice robot", purchase_date=date(2026, 11, 20),
    amount=Decimal("1200"), currency="GBP", payment="credit_card", service_completed=False, trader_response="refused",
)  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
def test_every_letter_can_be_written_everywhere(base: KnowledgeBase, language: Language) -> None:
    for letter_id in base.letters:
        for code in base.jurisdictions:
            document = letter(letter_id, code, language, FACTS, TODAY, base)
            assert document.language is base.jurisdictions[code].letter_language
            assert "{{" not in document.text and "{%" not in document.text and "None" not in document.text
            assert (document.reading_copy is None) == (document.language is language)
            if document.reading_copy:
                assert document.reading_copy[0] is language and document.reading_copy[1] != document.text


def test_every_topic_has_a_letter(base: KnowledgeBase) -> None:
    covered = {topic for definition in base.letters.values() for topic in definition.topics}
    assert set(base.topics) - covered == {"out_of_scope"}


def test_cites_the_right_and_the_day_to_answer_by(base: KnowledgeBase) -> None:
    document = letter("cancel_contract", "GB", Language.EN, FACTS, TODAY, base)
    assert "20 November 2026" in document.text
    assert "9 December 2026" in document.text
    assert "Consumer Contracts (Information, Cancellation and Additional Charges) Regulations 2013" in document.text


def test_claims_nothing_that_is_open(base: KnowledgeBase) -> None:
    """Bought in a shop: the right to cancel is not cited."""
    facts = Facts(item="Voice robot", purchase_date=date(2026, 11, 20), buyer="consumer", channel="in_store")
    assert "reg. 29" not in letter("cancel_contract", "GB", Language.EN, facts, TODAY, base).text


def test_cites_law_on_what_went_wrong_only(base: KnowledgeBase) -> None:
    """A gym paid by credit card has closed: the card issuer answers for that, and nobody spoke of a payment without consent."""
    facts = Facts(buyer="consumer", payment="credit_card", amount=Decimal(480), currency="GBP", trader_status="closed")
    text = letter("card_dispute", "GB", Language.EN, facts, TODAY, base, ["provider_insolvent", "unauthorised_charge"]).text
    assert "Consumer Credit Act 1974" in text and "Unauthorised payment" not in text
    assert "I rely on" not in letter("card_dispute", "GB", Language.EN, facts, TODAY, base, ["nuisance_calls"]).text


def test_is_refused_with_what_it_needs(base: KnowledgeBase) -> None:
    with pytest.raises(MissingFactsError) as raised:
        letter("refund_demand", None, Language.EN, Facts(amount=Decimal(5)), TODAY, base)
    assert raised.value.facts == ("jurisdiction", "item", "purchase_date")


def test_an_unknown_letter_names_the_nearest(base: KnowledgeBase) -> None:
    with pytest.raises(UnknownIdError, match=r"Did you mean 'refund_demand'\?"):
        letter("refund_demnad", "GB", Language.EN, FACTS, TODAY, base)
