"""The reply's Markdown as Telegram's HTML, cut where a reader would pause."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.markdown import as_html, as_plain, runs
from bot.channels.telegram.splitting import LONGEST, split, units
from tests.telegram.bot_api import _plain


def html(markdown: str) -> str:
    return as_html(runs(markdown))


def test_each_form() -> None:
    assert html("**bold** and *soft* and _soft_") == "<b>bold</b> and <i>soft</i> and <i>soft</i>"
    assert html("- one\n  more\n- two") == "• one\n  more\n• two"
    assert html("1. one\n2. two") == "1. one\n2. two"
    assert html("# Title\ntext") == "<b>Title</b>\ntext"
    assert html("[Act s. 1](https://example.org/a?b=1&c=2)") == '<a href="https://example.org/a?b=1&amp;c=2">Act s. 1</a>'
    assert html("**by [law](https://example.org)**") == '<b>by </b><b><a href="https://example.org">law</a></b>'
    assert html("before\n```\nDear *Sir*\n<x>\n```\nafter") == "before\n<pre>Dear *Sir*\n&lt;x&gt;\n</pre>after"


def test_everything_else_is_escaped_and_stands_as_it_is() -> None:
    assert html("A & B <script> *not closed 2 * 3 snake_case_word [x](javascript:1)") == (
        "A &amp; B &lt;script&gt; *not closed 2 * 3 snake_case_word [x](javascript:1)"
    )
    assert html('[a"b](https://example.org/"onclick="x)') == '<a href="https://example.org/&quot;onclick=&quot;x">a"b</a>'


def test_plain_text_keeps_addresses() -> None:
    assert as_plain(runs("see **[the law](https://example.org)**")) == "see the law (https://example.org)"


def test_cuts_at_paragraphs_then_lines_then_sentences() -> None:
    texts = ["".join(run.text for run in each) for each in split(runs(f"{'a' * 60}\n\n{'b' * 30}"), 80)]
    assert texts == ["a" * 60, "b" * 30]
    texts = ["".join(run.text for run in each) for each in split(runs("第一句話說完了。第二句話也說完了。第三句"), 18)]
    assert texts == ["第一句話說完了。第二句話也說完了。", "第三句"]
    texts = ["".join(run.text for run in each) for each in split(runs("One sentence here. Another one there"), 30)]
    assert texts == ["One sentence here.", "Another one there"]
    texts = ["".join(run.text for run in each) for each in split(runs(f"- {'a' * 30}\n- Title\n  what it means"), 50)]
    assert texts == [f"• {'a' * 30}", "• Title\n  what it means"]


def test_never_cuts_a_link_or_an_emoji() -> None:
    link = "[a long name of a law](https://example.org/law)"
    pieces = split(runs(f"{'x' * 30} {link} end"), 40)
    assert sum(run.link is not None for piece in pieces for run in piece) == 1
    for piece in split(runs("👩🏽‍⚖️" * 30), 31):
        assert piece[0].text[0] not in "\u200d\ufe0f🏽"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*list("ab _*[]()<>&`#-1.\n。，退費😀"), "**", "\n\n", "[x](https://a.bc/d)", "```\n"]),
        max_size=600,
    )
)
def test_whatever_is_said_telegram_takes_it_and_nothing_is_lost(said: list[str]) -> None:
    text = "".join(said)
    pieces = split(runs(text), 90)
    for piece in pieces:
        assert units("".join(run.text for run in piece)) <= 90
        assert _plain(as_html(piece)) == "".join(run.text for run in piece)
    before = "".join("".join(run.text for run in runs(text)).split())
    assert "".join("".join("".join(run.text for run in piece).split()) for piece in pieces) == before


def test_many_styles_are_shared_out() -> None:
    pieces = split(runs("\n".join(f"**{number}** x" for number in range(200))))
    assert all(sum(run.bold for run in piece) <= 100 for piece in pieces) and len(pieces) == 3


def test_a_long_text_fits_telegram() -> None:
    for piece in split(runs("**" + "費" * 9000 + "**")):
        assert units("".join(run.text for run in piece)) <= LONGEST
