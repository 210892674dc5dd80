"""What a message says about the conversation itself."""

from __future__ import annotations

import pytest

from actions.cues import (
    answer_to,
    aside_of,
    cues,
    is_correction,
    is_dont_know,
    names_a_month_only,
    says,
    takes_back,
    which_of_two,
)
from knowledge.model import KnowledgeBase


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("what does chargeback mean", "term_chargeback"),
        ("what is a cooling-off period?", "term_cooling_off"),
        ("什麼是存證信函", "term_formal_notice"),
        ("定金和订金有什么区别", "term_deposit"),
        ("咩係小額錢債", "term_small_claims"),
        ("what does 'pro rata' mean?", "term_unknown"),
        ("why do you ask?", "why_asked"),
        ("點解要問呢啲", "why_asked"),
        ("is this legal advice", "legal_advice"),
        ("這算法律意見嗎", "legal_advice"),
        ("how much does this cost", "cost"),
        ("係咪要畀錢㗎", "cost"),
        ("are you a bot?", "who"),
        ("你係咪機械人", "who"),
        ("is my data kept?", "data_kept"),
        ("会保存我的聊天记录吗", "data_kept"),
    ],
)
def test_a_question_beside_the_case_is_told_from_the_case(text: str, aside: str) -> None:
    assert aside_of(text) == aside


@pytest.mark.parametrize(
    "text",
    [
        "what is my deadline",
        "how much does it cost to go to the tribunal",
        "can i get my deposit back, what is the law?",
        "they are selling my data to other companies",
        "他們這樣收費合理嗎",
        "the hotel does not answer, who can help",
        "I want to speak to a lawyer",
        "商家说这是赠品，什么意思，就是不给退，我花了两千块买的手机",
        "/why",
    ],
)
def test_a_question_about_the_case_is_none_beside_it(text: str) -> None:
    assert aside_of(text) is None


def test_every_aside_and_term_is_explained(base: KnowledgeBase) -> None:
    for name in cues().terms:
        assert f"term_{name}" in base.wording
    for name in cues().asides:
        assert name == "why_asked" or f"aside_{name}" in base.wording


@pytest.mark.parametrize(
    "text", ["I don't know", "idk", "skip", "no idea, sorry", "不知道", "我不太清楚", "唔記得喇", "忘記了", "跳過"]
)
def test_not_knowing_is_told(text: str) -> None:
    assert is_dont_know(text.removesuffix(", sorry"))


@pytest.mark.parametrize("text", ["I don't know what to do", "我不知道怎么办", "they don't know anything", "no"])
def test_not_knowing_what_to_do_is_another_thing(text: str) -> None:
    assert not is_dont_know(text)


@pytest.mark.parametrize(
    ("text", "corrects", "month"),
    [
        ("no, it was in May", True, True),
        ("其實是刷卡不是現金", True, False),
        ("不是，是上個月買的", True, True),
        ("唔係，係11月12號", True, False),
        ("nothing came", False, False),
        ("I bought it on 3 November", False, True),
    ],
)
def test_corrections(text: str, corrects: bool, month: bool) -> None:
    assert (is_correction(text), names_a_month_only(text)) == (corrects, month)


def test_what_is_taken_back() -> None:
    assert takes_back("其實是刷卡不是現金", ["現金"])
    assert takes_back("it was not cash", ["Cash"])
    assert not takes_back("paid cash", ["Cash"])


def test_an_answer_is_read_in_the_light_of_its_question() -> None:
    labels = {
        "consumer": ["For myself", "個人使用", "个人使用"],
        "business": ["For a business", "公司或營業用", "公司或经营用"],
    }
    assert answer_to("buyer", "给我自己报的", labels) == "consumer"
    assert answer_to("buyer", "it is for our home", labels) == "consumer"
    assert answer_to("buyer", "my own, not for the business", labels) == "consumer"
    assert answer_to("buyer", "公司的", labels) == "business"
    assert answer_to("buyer", "what do you mean", labels) is None


def test_which_of_two() -> None:
    assert [which_of_two(text) for text in ("the second one", "第一個", "both", "neither")] == [(1,), (0,), (0, 1), ()]


@pytest.mark.parametrize(
    ("cue", "told", "not_told"),
    [
        ("self_harm", ["I want to end my life", "我不想活了"], ["气死我了", "跳楼价买的", "my phone died", "笑死"]),
        (
            "scam_now",
            [
                "he tells me to move my money to a safe account",
                "對方叫我去ATM解除分期",
                "I'm on the phone with my bank, they want the code",
            ],
            ["I was on the phone with the gym for an hour", "叫我去門市換貨"],
        ),
        (
            "fraud_now",
            ["someone is using my card right now", "我刚刚发现卡被盗刷了三笔", "我張信用卡啱啱被人盜用"],
            ["my card was declined this morning", "刚刚买的手机坏了"],
        ),
        ("distress", ["I'm so stressed", "我快崩潰了"], ["the shop was stressed", "我很高兴"]),
        (
            "several",
            ["the lamp broke. Also, my gym won't cancel", "洗衣機壞了，另外網購的鞋子沒寄來"],
            ["卡里还有五千多块", "my lamp broke"],
        ),
        ("who_helps", ["where can I complain?", "可以找谁帮忙", "可以打去邊度投訴"], ["the seller helps nobody"]),
        ("starts_over", ["start over please", "重新開始"], ["回到刚才的电话，接下来怎么办"]),
    ],
)
def test_cues(cue: str, told: list[str], not_told: list[str]) -> None:
    assert [text for text in told if not says(cue, text)] == []
    assert [text for text in not_told if says(cue, text)] == []
