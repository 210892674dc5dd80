"""What a trader is told to have answered."""

from __future__ import annotations

from datetime import date

import pytest

from bot.components.facts_in_text import facts_in

TODAY = date(2026, 11, 25)


def answer(text: str) -> str | None:
    """The answer read in a message, if any."""
    return next((fact.value for fact in facts_in(text, TODAY) if fact.name == "trader_response"), None)


@pytest.mark.parametrize(
    "text",
    [
        "The shop says I must have dropped it.",
        "Support tells me to claim from the courier, and the courier says the sender must claim.",
        "My oven is dead. The dealer's reply: within tolerance.",
        "He reckons it was fine when it left the warehouse.",
        "They want an independent report at my own expense.",
        "The provider says opening the portal counts as commencement.",
        "owner keeps my deposit",
        "店員說是我自己摔的",
        "客服：您自己拆过，保修终止",
        "师傅说都是正常现象",
        "佢話簽咗名就作實",
        "厂家让我找商家，商家让我找厂家",
        "叫我自己拿去做鑑定報告",
        "机构说视为已经开课",
    ],
)
def test_an_excuse_refuses(text: str) -> None:
    """Blame, a demand for proof, a wave to somebody else, "it has begun" refuse as well as no does."""
    assert answer(text) == "refused"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dealer offers to pay half of the repair.", "partial"),
        ("店家只肯換不肯退", "partial"),
        ("旅行社淨係肯改期", "partial"),
        ("the hotline just plays music", "ignored"),
        ("發訊息問了三天都不讀訊息", "ignored"),
    ],
)
def test_less_than_asked_and_silence(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "My neighbour says it was my own fault.",
        "The contract says no refunds after activation. Is that legal?",
        "What if they say I dropped it?",
        "Should I prove it with photos?",
        "They don't say no, they are very kind.",
        "「概不退款」有效嗎",
        "12315管不管",
        "演唱會延期退唔退",
        "朋友說可能是我自己弄壞的",
        "合同里写：费用不退",
        "师傅说好周六来装",
    ],
)
def test_others_terms_and_questions_answer_nothing(text: str) -> None:
    """Friends, terms, quotations and questions are no answer of the trader."""
    assert answer(text) is None
