"""The home page in three languages, sizes and schemes; the chat without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.test_access import PROBLEM, faults
from tests.web.widget import WidgetOnPage

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_the_home_page_fits(visit: Visit, shot: Callable[..., Path], language: str, width: int, scheme: str) -> None:
    page = visit(f"/{language}", viewport={"width": width, "height": 900}, color_scheme=scheme)
    expect(page.locator("redress-widget")).to_be_attached()
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("tbody tr")).to_have_count(29)
    page.locator("[data-preview]").scroll_into_view_if_needed()
    page.wait_for_timeout(700)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    assert faults(page) == []
    shot(page, f"home-{language}-{width}-{scheme}", full_page=True)
    widget = WidgetOnPage(page).open()
    page.wait_for_timeout(300)
    shot(page, f"panel-{language}-{width}-{scheme}")
    page.evaluate("text => window.Redress.send(text)", PROBLEM[language])
    widget.wait_for_answer()
    shot(page, f"advice-{language}-{width}-{scheme}")


def test_the_browser_s_language_is_taken_and_another_can_be_chosen(visit: Visit) -> None:
    page = visit("/", locale="zh-HK")
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    page.get_by_role("link", name="简体中文").click()
    assert page.url.endswith("/zh-Hans") and page.locator("html").get_attribute("lang") == "zh-Hans"


def test_the_form_of_the_home_page_opens_the_widget(visit: Visit) -> None:
    page = visit("/en")
    page.locator("#message").fill("hello")
    page.wait_for_function("window.Redress")
    page.get_by_role("button", name="Ask", exact=True).click()
    widget = WidgetOnPage(page)
    widget.wait_for_answer()
    assert widget.said() == ["hello"] and page.url.endswith("/en")


def test_the_embed_code_has_a_live_preview(visit: Visit) -> None:
    page = visit("/en")
    page.locator("#embed select[name=jurisdiction]").select_option("TW")
    page.locator("#embed select[name=position]").select_option("left")
    page.locator("#embed [name=accent]").fill("#aa3366")
    page.locator("#embed [name=simple]").check()
    code = page.locator("[data-code]").inner_text()
    for part in (
        '/widget.js"',
        'data-jurisdiction="TW"',
        'data-position="left"',
        'data-accent="#aa3366"',
        'data-simple="true"',
    ):
        assert part in code
    inside = page.locator("[data-preview]").content_frame
    launcher = inside.locator("redress-widget .launcher")
    expect(launcher).to_be_visible()
    assert launcher.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(170, 51, 102)"
    assert launcher.evaluate("e => e.getBoundingClientRect().x") < 40


def test_a_conversation_without_javascript(visit: Visit, shot: Callable[..., Path]) -> None:
    page = visit("/en", java_script_enabled=False)
    page.locator("#message").fill(PROBLEM["en"])
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("li.bot").first).to_contain_text("4 December 2026", timeout=60_000)
    assert "session" not in page.url
    page.locator("input[name=tick]").first.check()
    page.get_by_role("button", name="For myself").click()
    expect(page.locator("li.person")).to_have_count(2, timeout=60_000)
    expect(page.locator("input[name=tick]").first).to_be_checked()
    expect(page.locator("li.person").last).to_contain_text("For myself")
    shot(page, "plain-chat", full_page=True)
    page.locator("#message").fill("x" * 5000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".note")).to_contain_text("5,000 characters")
    assert page.locator("#message").input_value() == "x" * 5000
    expect(page.locator("li.person")).to_have_count(2)
    page.locator("#message").fill("")
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator("li.person")).to_have_count(3, timeout=60_000)
    page.get_by_role("button", name="Delete my data").click()
    expect(page.locator(".note")).to_contain_text("deleted")
    expect(page.locator("li.person")).to_have_count(0)


def test_sending_the_same_form_again_doubles_nothing(visit: Visit) -> None:
    page = visit("/chat?lang=zh-Hant", java_script_enabled=False)
    page.locator("#message").fill("你好")
    page.get_by_role("button", name="送出").click()
    expect(page.locator("li.person")).to_have_count(1, timeout=60_000)
    page.locator("#message").fill("<script>alert(1)</script> 謝謝")
    page.get_by_role("button", name="送出").click()
    expect(page.locator("li.person")).to_have_count(2, timeout=60_000)
    page.reload()  # sends the form again
    expect(page.locator("li.person")).to_have_count(2)
    expect(page.locator("li.person").last).to_contain_text("<script>")
