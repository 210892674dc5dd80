"""Bad input: each a clear sentence in the reader's language, and nothing lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from bot.conversations import Conversations
from bot.frontdoor.sessions import CHANNEL, address
from tests.e2e.stack import Stack
from tests.web.conftest import Visit
from tests.web.host import HostSite
from tests.web.test_delivery import session_of
from tests.web.widget import WidgetOnPage

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "1,000 characters too many|1000 characters too many"),
        ("zh-Hant", "超過 1000 字"),
        ("zh-Hans", "超出 1000 字"),
    ],
)
def test_five_thousand_characters_stay_in_the_field(visit: Visit, language: str, sentence: str) -> None:
    page = visit(f"/{language}")
    widget = WidgetOnPage(page).open()
    text = "我x" * 2500
    widget.field.fill(text)
    expect(widget.host.locator(".length.over")).to_contain_text(sentence.split("|")[-1])
    widget.field.press("Enter")
    page.wait_for_timeout(300)
    assert widget.field.input_value() == text and widget.own.count() == 0
    widget.field.fill(text[:4000])
    expect(widget.host.locator(".length.over")).to_have_count(0)


def test_a_hundred_messages_in_a_second_wait_their_turn(visit: Visit) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    page.evaluate("for (let i = 1; i <= 100; i += 1) window.Redress.send(`thanks ${i}`)")
    expect(widget.own).to_have_count(101)
    wanted = ["hello", *(f"thanks {i}" for i in range(1, 101))]
    page.wait_for_timeout(4000)
    assert widget.said() == wanted
    page.reload()  # in the midst of it
    widget.open()
    expect(widget.own).to_have_count(101, timeout=15_000)
    assert widget.said() == wanted


def test_too_fast_is_said_and_sent_later(visit: Visit) -> None:
    page = visit("/zh-Hans", locale="zh-CN")
    widget = WidgetOnPage(page).open()
    refused: list[str] = []

    def answer(route: Route) -> None:
        if refused:
            route.continue_()
            return
        refused.append(route.request.post_data or "")
        route.fulfill(
            status=429, headers={"Retry-After": "3"}, content_type="application/problem+json", json={"reason": "too_fast"}
        )

    page.route("**/api/chat", answer)
    widget.field.fill("你好")
    widget.field.press("Enter")
    expect(widget.host.locator(".note.warn")).to_contain_text("一次发得太多了")
    widget.wait_for_answer()
    assert widget.said() == ["你好"]


def test_an_expired_session_keeps_the_message_and_opens_a_new_conversation(visit: Visit, stack: Stack) -> None:
    page = visit("/zh-Hant", locale="zh-TW")
    widget = WidgetOnPage(page).open()
    widget.say("你好")
    page.route("**/api/chat/events", lambda route: route.abort())
    store = Conversations(stack.settings.database_url)
    conversation = store.find(CHANNEL, address(session_of(page)))
    page.reload()
    widget.open()
    expect(widget.own).to_have_count(1)
    assert conversation is not None
    store.forget(conversation.id)
    store.close()
    widget.field.fill("健身房倒了")
    widget.field.press("Enter")
    expect(widget.host.locator(".note.warn, .note").filter(has_text="已經過期").first).to_be_visible(timeout=15_000)
    again = widget.host.get_by_role("button", name="在新對話中送出")
    if again.count():
        again.click()
    widget.wait_for_answer()
    assert widget.said()[-1] == "健身房倒了"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "not among those that may show"),
        ("zh-TW", "不在可以嵌入本服務的名單上"),
        ("zh-CN", "不在可以嵌入本服务的名单上"),
    ],
)
def test_a_site_that_is_not_allowed_is_told(visit: Visit, site: HostSite, language: str, sentence: str) -> None:
    page = visit(f"{site.stranger}/two", locale=language)
    if language != "en":
        page.evaluate("code => { document.documentElement.lang = code; }", language)
    widget = WidgetOnPage(page).open()
    if language != "en":
        widget.host.locator(f".languages [lang={'zh-Hant' if language == 'zh-TW' else 'zh-Hans'}]").click()
    expect(widget.host.locator(".log > .note.warn")).to_contain_text(sentence)
    widget.field.fill("hello")
    widget.field.press("Enter")
    expect(widget.host.locator(".stopped .note")).to_be_visible()
    assert widget.said() == ["hello"]
