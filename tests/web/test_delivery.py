"""What goes wrong on the way: nothing is lost, nothing comes twice."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.conversations import Conversations
from bot.desk import REASON
from bot.frontdoor.sessions import CHANNEL, address
from tests.e2e.stack import Stack
from tests.web.conftest import Visit
from tests.web.widget import ANSWER_MS, WidgetOnPage

pytestmark = pytest.mark.slow


def session_of(page: Page) -> str:
    kept = page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('redress:'))[1]")
    return str(json.loads(kept)["session"])


def push(stack: Stack, page: Page, text: str) -> None:
    """An adviser writes, from another process."""
    store = Conversations(stack.settings.database_url)
    conversation = store.find(CHANNEL, address(session_of(page)))
    assert conversation is not None
    store.push(conversation.id, {"text": text, "buttons": [], "custom": {"type": "notice", "reason": REASON}})
    store.close()


def test_a_reload_shows_the_same_conversation_and_reads_nothing_out(visit: Visit) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    widget.say("what can you do?")
    said, theirs = widget.said(), widget.theirs.all_inner_texts()
    page.reload()
    widget.open()
    expect(widget.own).to_have_count(2)
    assert (widget.said(), widget.theirs.all_inner_texts()) == (said, theirs)
    assert widget.host.locator("[aria-live]").all_inner_texts() == ["", ""]
    widget.say("thanks")
    assert widget.said() == [*said, "thanks"]


def test_an_adviser_can_speak_at_any_time(visit: Visit, stack: Stack) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    push(stack, page, "This is Mei from the desk. I have read your case.")
    expect(widget.theirs.last).to_contain_text("This is Mei from the desk", timeout=5000)
    expect(widget.theirs.last).to_contain_text("Adviser")
    expect(widget.host.locator("[aria-live]").first).to_contain_text("This is Mei")

    page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    push(stack, page, "Please ring us before Friday.")
    expect(widget.host.locator(".badge")).to_have_text("1", timeout=5000)
    expect(widget.launcher).to_have_attribute("aria-label", "Know your rights · 1 new")
    widget.open()
    expect(widget.theirs.last).to_contain_text("before Friday")
    expect(widget.theirs.last).to_be_in_viewport()
    expect(widget.host.locator(".badge")).to_be_hidden()


def test_two_tabs_are_one_conversation(contexts: Callable[..., BrowserContext], stack: Stack) -> None:
    context = contexts()
    one, two = context.new_page(), context.new_page()
    one.goto(f"{stack.url}/en")
    two.goto(f"{stack.url}/en")
    here, there = WidgetOnPage(one).open(), WidgetOnPage(two).open()
    here.say("hello")
    expect(there.own).to_have_count(1, timeout=10_000)
    expect(there.theirs).to_have_count(here.theirs.count(), timeout=10_000)
    there.say("what can you do?")
    expect(here.own).to_have_count(2, timeout=10_000)
    assert here.said() == there.said() == ["hello", "what can you do?"]
    expect(here.theirs).to_have_count(there.theirs.count())

    sheet = there.menu()
    sheet.get_by_role("button", name="Delete my data").click()
    sheet.get_by_role("button", name="Delete", exact=True).click()
    expect(here.own).to_have_count(0, timeout=10_000)
    expect(here.host.locator(".note")).to_contain_text("Deleted")


def test_offline_messages_wait_in_order_and_go_when_the_net_is_back(
    contexts: Callable[..., BrowserContext], stack: Stack
) -> None:
    context = contexts()
    page = context.new_page()
    page.goto(f"{stack.url}/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    context.set_offline(True)
    widget.host.get_by_role("button", name="繁體中文").click()
    expect(widget.panel).to_have_attribute("lang", "zh-Hant")  # all languages are at hand
    widget.host.get_by_role("button", name="English").click()
    for text in ("what can you do?", "thanks"):
        widget.field.fill(text)
        widget.field.press("Enter")
    expect(widget.host.locator(".note.warn")).to_contain_text("No connection. Your message is kept")
    expect(widget.host.locator(".waiting")).to_have_count(2)
    context.set_offline(False)
    expect(widget.host.locator(".waiting")).to_have_count(0, timeout=ANSWER_MS)
    expect(widget.host.locator(".note.warn")).to_have_count(0)
    assert widget.said() == ["hello", "what can you do?", "thanks"]


def test_an_answer_that_is_lost_on_the_way_comes_once(visit: Visit) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())  # the server has answered
        route.abort()

    page.route("**/api/chat", lose)
    widget.field.fill("what can you do?")
    widget.field.press("Enter")
    expect(widget.host.locator(".waiting")).to_have_count(0, timeout=ANSWER_MS)
    page.wait_for_timeout(2500)  # the second attempt has run
    assert lost and widget.said() == ["hello", "what can you do?"]
    texts = widget.theirs.all_inner_texts()
    page.reload()
    widget.open()
    expect(widget.own).to_have_count(2)
    assert widget.theirs.all_inner_texts() == texts


def test_a_restarted_server_loses_nothing(visit: Visit, stack: Stack) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    stack.stop("frontdoor")
    widget.field.fill("what can you do?")
    widget.field.press("Enter")
    expect(widget.host.locator(".note.warn")).to_be_visible(timeout=10_000)
    stack.start("frontdoor")
    expect(widget.host.locator(".waiting")).to_have_count(0, timeout=ANSWER_MS)
    expect(widget.own).to_have_count(2)
    assert widget.said() == ["hello", "what can you do?"]
    push(stack, page, "Are you still there?")  # may come between the message and its answer
    expect(widget.theirs.filter(has_text="Are you still there?")).to_have_count(1, timeout=40_000)


def test_an_engine_that_is_down_is_said_and_the_message_goes_later(visit: Visit) -> None:
    page = visit("/zh-Hant", locale="zh-TW")
    widget = WidgetOnPage(page).open()
    down = {"session": "x", "number": 1, "failed": True, "messages": []}
    state = {"down": True}

    def answer(route: Route) -> None:
        route.fulfill(status=503, json=down) if state["down"] else route.continue_()

    page.route("**/api/chat", answer)
    widget.field.fill("健身房倒了")
    widget.field.press("Enter")
    expect(widget.host.locator(".note.warn")).to_contain_text("系統暫時無法回答")
    state["down"] = False
    page.evaluate(
        'localStorage.setItem(Object.keys(localStorage)[0], localStorage[Object.keys(localStorage)[0]].replace(\'"session":"x"\', \'"session":null\'))'
    )
    widget.host.get_by_role("button", name="現在送出").click()
    widget.wait_for_answer()
    assert widget.said() == ["健身房倒了"]


def test_blocked_streams_are_replaced_by_asking(visit: Visit, stack: Stack) -> None:
    page = visit("/en")
    page.route("**/api/chat/events", lambda route: route.abort())
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    push(stack, page, "Through the back door")
    expect(widget.theirs.last).to_contain_text("Through the back door", timeout=40_000)
