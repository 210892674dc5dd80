"""WCAG 2.2 AA: axe finds nothing in any state, the keyboard is enough, focus goes and comes back, 200 % zoom holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.stack import Stack
from tests.web.conftest import Visit
from tests.web.host import HostSite
from tests.web.test_delivery import push
from tests.web.widget import WidgetOnPage

pytestmark = pytest.mark.slow

TAGS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PROBLEM = {
    "en": "They say the service has started, so no refund. Signed online in Leeds on 20 November, paid 400 pounds by card",
    "zh-Hant": "11月20日在台中網路報名鋼琴課程，業者說已經開通不能退",
    "zh-Hans": "11月20日在上海健身房办卡，店家跑路了，微信付的3000元",
}
SEND = {"en": "Send", "zh-Hant": "送出", "zh-Hans": "发送"}


def faults(page: Page) -> list[str]:
    """What axe finds, in words."""
    page.wait_for_timeout(350)  # colours are still fading in
    found = Axe().run(page, options=TAGS).response["violations"]
    return [
        f"{each['id']}: {[(node['target'], node.get('failureSummary')) for node in each['nodes']][:3]}" for each in found
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_axe_finds_nothing_in_any_state(
    visit: Visit, stack: Stack, shot: Callable[..., Path], language: str, scheme: str
) -> None:
    page = visit(f"/preview?lang={language}", color_scheme=scheme)
    assert faults(page) == []  # the launcher
    widget = WidgetOnPage(page).open()
    assert faults(page) == []  # the greeting
    widget.field.fill("x" * 4100)
    assert faults(page) == []  # too long
    widget.say(PROBLEM[language])
    for details in widget.host.locator(".advice-card details").all():
        details.evaluate("e => { e.open = true; }")
    assert faults(page) == []  # advice, all of it open, and a question
    widget.log.evaluate("e => e.scrollTo(0, 0)")
    shot(page, f"advice-open-{language}-{scheme}")
    widget.menu()
    assert faults(page) == []  # settings
    shot(page, f"menu-{language}-{scheme}")
    widget.host.locator(".wide.danger").click()
    assert faults(page) == []  # the question before deleting
    page.keyboard.press("Escape")
    push(stack, page, "**An adviser** writes.\n\n- one\n- two\n\n[a page](https://example.org/)")
    expect(widget.host.locator(".adviser")).to_be_visible(timeout=5000)
    widget.press(widget.host.locator(".foot .link"))
    assert faults(page) == []  # adviser, handoff
    shot(page, f"handoff-{language}-{scheme}")
    page.context.set_offline(True)
    widget.field.fill("x")
    widget.field.press("Enter")
    expect(widget.host.locator(".stopped .note")).to_be_visible()
    assert faults(page) == []  # no connection
    shot(page, f"offline-{language}-{scheme}")
    page.context.set_offline(False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", PROBLEM)
def test_axe_finds_nothing_in_the_chat_without_javascript(visit: Visit, language: str, scheme: str) -> None:
    page = visit(f"/chat?lang={language}", color_scheme=scheme)
    assert faults(page) == []
    page.locator("#message").fill(PROBLEM[language])
    page.get_by_role("button", name=SEND[language], exact=True).click()
    expect(page.locator("li.bot").first).to_be_visible(timeout=60_000)
    assert faults(page) == []


@pytest.mark.parametrize("accent", ["#0a6", "#ff0", "#123", "#f0f", "#888"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_accent_can_be_read(visit: Visit, scheme: str, accent: str) -> None:
    page = visit(f"/preview?lang=en&data-accent={accent.replace('#', '%23')}", color_scheme=scheme)
    WidgetOnPage(page).open()
    assert faults(page) == []


def test_the_keyboard_is_enough(visit: Visit, site: HostSite) -> None:
    page = visit(f"{site.url}/plain")
    widget = WidgetOnPage(page)
    expect(widget.launcher).to_be_visible()
    focused = "() => document.querySelector('redress-widget').shadowRoot.activeElement?.className ?? document.activeElement.tagName"
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "launcher":
            break
    page.keyboard.press("Enter")
    expect(widget.panel).to_be_visible()
    expect(widget.field).to_be_focused()
    page.keyboard.type(PROBLEM["en"])
    page.keyboard.press("Enter")
    widget.wait_for_answer()
    expect(widget.field).to_be_focused()

    for _ in range(60):  # back through everything to the first answer of the question
        page.keyboard.press("Shift+Tab")
        if page.evaluate(
            "() => document.querySelector('redress-widget').shadowRoot.activeElement?.closest('.quick') !== null"
        ):
            break
    before = widget.answers()
    page.keyboard.press("Enter")
    widget.wait_for_answer(before)
    assert len(widget.said()) == 2
    expect(widget.log).to_be_focused()  # the button that was pressed is gone

    widget.host.locator(".header .round").first.focus()
    page.keyboard.press("Enter")
    expect(widget.host.locator(".sheet .round")).to_be_focused()
    widget.host.locator(".wide.danger").focus()
    page.keyboard.press("Enter")
    widget.host.locator(".ask button").last.focus()
    page.keyboard.press("Enter")
    expect(widget.host.locator(".sheet .round")).to_be_focused()  # so is the question with its "Cancel"
    page.keyboard.press("Escape")
    expect(widget.host.locator(".header .round").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()


def test_a_full_screen_panel_keeps_the_focus(visit: Visit, site: HostSite) -> None:
    page = visit(f"{site.url}/plain", viewport={"width": 360, "height": 740})
    widget = WidgetOnPage(page).open()
    expect(widget.panel).to_have_attribute("aria-modal", "true")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "REDRESS-WIDGET"


@pytest.mark.parametrize(("width", "height"), [(640, 430), (320, 256)])
def test_zoomed_in_nothing_is_cut_off(visit: Visit, shot: Callable[..., Path], width: int, height: int) -> None:
    """1280 x 860 at 200 %, and at 400 %."""
    page = visit("/en", viewport={"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    widget = WidgetOnPage(page).open()
    widget.say(PROBLEM["en"])
    box = widget.panel.bounding_box()
    assert (
        box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= height
    )
    assert widget.log.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert widget.log.evaluate("e => e.clientHeight") >= height * 0.25
    shot(page, f"zoom-{width}")


def test_each_new_message_is_announced_once(visit: Visit) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    page.evaluate(
        """() => {
          window.read = [];
          const region = document.querySelector("redress-widget").shadowRoot.querySelector("[aria-live]");
          new MutationObserver(() => region.textContent && window.read.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    widget.say("hello")
    widget.say("what can you do?")
    page.wait_for_timeout(1500)
    read = page.evaluate("window.read")
    assert len(read) == 2 and read[0].startswith("Hello! I am Redress")


def test_parts_in_another_language_say_so(visit: Visit) -> None:
    page = visit("/zh-Hant", locale="zh-TW")
    widget = WidgetOnPage(page).open()
    widget.say("在倫敦網路買的手機壞了，信用卡付了 400 英鎊")
    names = widget.advice.locator(".laws a > span:first-child").all()
    found = {
        (name.get_attribute("lang"), any("\u4e00" <= letter <= "\u9fff" for letter in name.text_content() or ""))
        for name in names
    }
    assert found <= {("en", False), ("zh-Hant", True)} and found
    assert page.locator("html").get_attribute("lang") == "zh-Hant"


def test_motion_is_left_out_where_it_is_not_wanted(visit: Visit) -> None:
    page = visit("/en", reduced_motion="reduce")
    widget = WidgetOnPage(page).open()
    assert widget.panel.evaluate("e => getComputedStyle(e).animationName") == "none"
