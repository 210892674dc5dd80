"""The widget as a guest on somebody's page: neither side's styles leak, policies hold, nobody else is asked, its interface works."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.stack import Stack
from tests.web.conftest import Visit
from tests.web.host import HostSite
from tests.web.test_delivery import push
from tests.web.widget import WidgetOnPage

pytestmark = pytest.mark.slow


def test_rude_styles_and_a_strict_policy_change_nothing(
    contexts: Callable[..., BrowserContext], stack: Stack, site: HostSite, shot: Callable[..., Path]
) -> None:
    context = contexts()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{site.url}/strict")
    widget = WidgetOnPage(page)
    expect(widget.launcher).to_be_visible()
    box = widget.launcher.bounding_box()
    assert box and box["x"] + box["width"] > 1200 and box["y"] + box["height"] > 780
    widget.open()
    widget.say("They say the course has started, so no refund. Signed online in Leeds on 20 November")
    expect(widget.advice).to_be_visible()
    style = widget.advice.evaluate(
        "e => { const s = getComputedStyle(e); return [s.color, s.fontSize, s.textTransform, s.direction, s.letterSpacing]; }"
    )
    assert style[0] != "rgb(255, 0, 0)" and style[1:] == ["15.5px", "none", "ltr", "normal"]
    panel = widget.panel.bounding_box()
    assert panel and panel["width"] == 440 and panel["height"] <= 860
    assert widget.host.locator(".mark").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 170, 102)"
    shot(page, "guest-rude-page")
    assert refused == []
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        stack.url.split("/")[2],
        site.url.split("/")[2],
    }
    assert context.cookies() == []
    assert not [url for url in asked if "session" in url or "Bearer" in url]


def test_the_page_keeps_its_own_styles(visit: Visit, site: HostSite) -> None:
    page = visit(f"{site.url}/plain")
    read = "() => [...document.querySelectorAll('body, h2, p, a')].map((e) => getComputedStyle(e).cssText ?? '').join() + [...document.querySelectorAll('body, h2, p, a')].map((e) => JSON.stringify(e.getBoundingClientRect())).join()"
    page.locator("redress-widget").wait_for(state="attached")
    before = page.evaluate(read)
    WidgetOnPage(page).open()
    assert page.evaluate(read) == before
    assert page.evaluate("Object.keys(window).filter((name) => /redress/i.test(name))") == ["Redress"]


def test_hostile_words_stay_words(visit: Visit, stack: Stack, site: HostSite) -> None:
    page = visit(f"{site.url}/plain")
    page.evaluate("window.hacked = 0")
    widget = WidgetOnPage(page).open()
    attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    widget.say(attack)
    assert widget.said() == [attack]
    push(
        stack,
        page,
        f"{attack}\n\n[press](javascript:window.hacked=1) [page](https://example.org/)\n\n"
        '<a href="javascript:window.hacked=1">x</a> <iframe src=//evil.example></iframe> <style>*{display:none}</style>\n\n'
        "![p](https://evil.example/pixel.png)",
    )
    last = widget.theirs.last
    expect(last).to_contain_text("<script>", timeout=5000)
    assert last.locator("img, script, iframe, style, form, input").count() == 0
    assert last.locator("a").evaluate_all("all => all.map((a) => [a.getAttribute('href'), a.rel])") in (
        [[None, "noopener noreferrer"], ["https://example.org/", "noopener noreferrer"]],
        [["https://example.org/", "noopener noreferrer"]],
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") == 0


def test_the_interface_and_events(visit: Visit, site: HostSite) -> None:
    page = visit(f"{site.url}/plain")
    page.wait_for_function("window.Redress")
    page.evaluate(
        "window.told = []; window.listener = (detail) => window.told.push(detail.type); Redress.on('answer', window.listener)"
    )
    page.evaluate("Redress.open()")
    widget = WidgetOnPage(page)
    expect(widget.panel).to_be_visible()
    page.evaluate("Redress.send('hello')")
    widget.wait_for_answer()
    page.evaluate("Redress.off('answer', window.listener); Redress.close()")
    expect(widget.panel).to_be_hidden()
    names = [name for name, _ in json.loads(page.evaluate("JSON.stringify(window.heard)"))]
    assert names == ["ready", "open", "send", "answer", "close"]
    assert page.evaluate("window.told") == ["notice"]
    page.evaluate("Redress.unmount()")
    expect(page.locator("redress-widget")).to_have_count(0)
    page.evaluate("Redress.mount({ language: 'zh-Hans', label: '问我' })")
    expect(WidgetOnPage(page).launcher).to_have_text("问我")


def test_several_widgets_share_the_conversation(visit: Visit, site: HostSite) -> None:
    page = visit(f"{site.url}/two")
    inline, floating = WidgetOnPage(page, "redress-widget[data-inline]"), WidgetOnPage(page)
    expect(inline.panel).to_be_visible()
    assert inline.panel.get_attribute("lang") == "zh-Hant"
    assert inline.panel.bounding_box()["width"] == 400  # type: ignore[index]
    floating.open()
    assert floating.panel.get_attribute("lang") == "en"
    floating.say("hello")
    expect(inline.own).to_have_count(1)
    assert inline.said() == floating.said() == ["hello"]


def test_a_single_page_site_keeps_the_widget(visit: Visit, site: HostSite) -> None:
    page = visit(f"{site.url}/spa")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    page.evaluate("document.querySelector('#draw').click()")
    expect(page.locator("h1")).to_have_text("Another page")
    expect(page.locator("redress-widget")).to_have_count(1)
    expect(widget.panel).to_be_visible()
    widget.say("thanks")
    assert widget.said() == ["hello", "thanks"]


def test_the_panel_paints_within_200_ms_of_the_press(contexts: Callable[..., BrowserContext], stack: Stack) -> None:
    times = []
    for _ in range(5):
        page = contexts().new_page()
        page.goto(f"{stack.url}/en")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        times.append(
            page.evaluate(
                """() => new Promise((done) => {
                  const host = document.querySelector("redress-widget"), launcher = host.shadowRoot.querySelector(".launcher");
                  const start = performance.now();
                  launcher.click();
                  const look = () => host.shadowRoot.querySelector(".panel")?.getClientRects().length
                    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))) : setTimeout(look, 1);
                  look();
                })"""
            )
        )
        page.context.close()
    print("first paint after the press, ms:", [round(each) for each in times])
    assert statistics.median(times) < 200


def test_everything_before_the_first_message_is_at_most_60_kb(
    contexts: Callable[..., BrowserContext], site: HostSite
) -> None:
    import gzip

    page = contexts().new_page()
    loaded: dict[str, bytes] = {}
    page.on(
        "response", lambda response: loaded.update({response.url: response.body()}) if site.service in response.url else None
    )
    page.goto(f"{site.url}/plain")
    WidgetOnPage(page).open()
    page.wait_for_load_state("networkidle")
    size = sum(len(gzip.compress(body, 9)) for body in loaded.values())
    print(
        "before the first message:",
        size,
        {url.rsplit("/", 1)[1]: len(gzip.compress(body, 9)) for url, body in loaded.items()},
    )
    assert any("panel" in url for url in loaded) and not any("cards" in url for url in loaded)
    assert size <= 60 * 1024
