"""Whole conversations in a browser, in each language: problem, advice, question, letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.conversations import Conversations
from tests.e2e.stack import Stack
from tests.web.conftest import Visit
from tests.web.widget import WidgetOnPage

pytestmark = pytest.mark.slow

GYM = "my gym in London went bust, I paid 400 pounds by credit card"
STORIES = {
    "en": {
        "locale": "en-GB",
        "problem": "They say the service has started, so no refund. Signed online in Leeds on 20 November, paid 400 pounds by card",
        "place": "Advice for Great Britain",
        "first": "By 4 December 2026",
        "answer": "For myself",
        "letter": "Notice of cancellation",
        "item": "a piano course",
        "name": "Notice of cancellation.txt",
    },
    "zh-Hant": {
        "locale": "zh-TW",
        "problem": "11月20日在台中網路報名鋼琴課程，業者說已經開通不能退",
        "place": "臺灣的建議",
        "first": None,
        "answer": "個人使用",
        "letter": "解除契約通知",
        "item": "線上鋼琴課程",
        "name": "解除契約通知.txt",
    },
    "zh-Hans": {
        "locale": "zh-CN",
        "problem": "11月20日在上海健身房办卡，店家跑路了，微信付的3000元",
        "place": "中国大陆的建议",
        "first": None,
        "answer": "个人使用",
        "letter": "要求退款的函",
        "item": "健身年卡",
        "name": "要求退款的函.txt",
    },
}


@pytest.mark.parametrize("language", STORIES)
def test_a_whole_conversation(visit: Visit, shot: Callable[..., Path], language: str) -> None:
    story = STORIES[language]
    page = visit(f"/{language}", locale=story["locale"])
    widget = WidgetOnPage(page).open()
    assert widget.panel.get_attribute("lang") == language
    expect(widget.host.locator(".chips button")).to_have_count(6)

    widget.say(str(story["problem"]))
    expect(widget.advice).to_have_count(1)
    expect(widget.advice).to_have_attribute("lang", language)
    expect(widget.advice.locator(".card-title")).to_have_text(str(story["place"]))
    assert widget.advice.locator(".laws a").first.get_attribute("href", timeout=1000).startswith("http")
    assert widget.advice.locator(".laws small").first.inner_text().strip()
    expect(widget.advice.locator(".ticks .tick").first).to_be_visible()
    expect(widget.advice.locator(".bodies a[href^='tel:'], .bodies a[href^='http']").first).to_be_visible()
    if story["first"]:
        expect(widget.advice.locator(".expires .day")).to_contain_text(str(story["first"]))
    shot(page, f"conversation-{language}")

    tick = widget.advice.locator(".ticks input").first
    tick.check()
    widget.press(widget.quick.filter(has_text=str(story["answer"])))
    assert widget.said() == [story["problem"], story["answer"]]

    letters = widget.host.locator(".theirs").filter(has=page.locator(".letters")).last.locator(".letters button")
    widget.press(letters.filter(has_text=str(story["letter"])).first)
    for _ in range(4):  # what the letter still needs
        if widget.host.locator(".letter-card").count():
            break
        day = widget.host.locator(".day input")
        if day.count():
            day.fill("2026-11-20")
            widget.press(widget.host.locator(".day button"))
        else:
            widget.say(str(story["item"]))
    card = widget.host.locator(".letter-card").last
    expect(card).to_be_visible()

    card.locator(".tools .main").click()
    sheet = widget.host.locator(".sheet.letter")
    expect(sheet.locator(".paper").first).to_contain_text(str(story["item"]))
    shot(page, f"letter-{language}")
    with page.expect_download() as download:
        sheet.locator(".tools button").nth(1).click()
    assert download.value.suggested_filename == story["name"]
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert str(story["item"]) in text and text.strip() == sheet.locator(".paper").first.inner_text().strip()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(widget.panel).to_be_visible()


def test_print_view_holds_the_whole_conversation(visit: Visit) -> None:
    page = visit("/en")
    page.evaluate("window.printed = 0")
    widget = WidgetOnPage(page).open()
    widget.say(GYM)
    title = widget.advice.locator(".right-title").first.inner_text()
    widget.advice.locator(".tick input").first.check()
    widget.menu().get_by_role("button", name="Print").click()
    printed = page.locator("iframe[data-redress-print]").content_frame.locator("body")
    expect(printed).to_contain_text(GYM)
    expect(printed).to_contain_text(title)
    expect(printed).to_contain_text("https://")
    expect(printed).to_contain_text("text checked")
    step = widget.advice.locator(".tick").first
    expect(printed).to_contain_text("☑ 1. ")
    assert step.locator("input").is_checked()


def test_a_person_is_one_press_away_and_recorded(visit: Visit, stack: Stack) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    store = Conversations(stack.settings.database_url)
    before = len(store.person_requests())
    widget.press(widget.host.get_by_role("button", name="Talk to a person"))
    card = widget.host.locator(".handoff-card")
    expect(card.locator("a[href='tel:+442079460000']")).to_have_text("+44 20 7946 0000")
    expect(card.locator("a[href='mailto:help@advice.example']")).to_be_visible()
    expect(card).to_contain_text("Mon–Fri 9:00–17:00")
    assert widget.said() == ["I would like to talk to a person"]
    assert len(store.person_requests()) == before + 1
    store.close()


def test_the_language_can_be_switched_at_any_time(visit: Visit) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.host.get_by_role("button", name="繁體中文").click()
    expect(widget.panel).to_have_attribute("lang", "zh-Hant")
    expect(widget.host.locator(".greeting h3")).to_have_text("買東西遇到問題了嗎？")
    widget.say(GYM)
    expect(widget.advice).to_have_attribute("lang", "zh-Hant")
    expect(widget.own.first).to_have_attribute("lang", "en")
    widget.host.get_by_role("button", name="简体中文").click()
    expect(widget.advice.locator(".disclaimer")).to_contain_text("資訊")  # what was said stays as it was said, all of it
    expect(widget.advice.locator("h4").first).to_have_text("你能主張的權利")
    widget.press(widget.host.get_by_role("button", name="用简体中文再说一遍"))
    expect(widget.advice.last).to_have_attribute("lang", "zh-Hans")


def test_ticks_stay_and_a_new_conversation_is_empty(visit: Visit) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say(GYM)
    widget.advice.locator(".ticks input").first.check()
    page.reload()
    widget.open()
    expect(widget.advice.locator(".ticks input").first).to_be_checked()
    sheet = widget.menu()
    sheet.get_by_role("button", name="New conversation").click()
    sheet.get_by_role("button", name="Start anew").click()
    expect(widget.host.locator(".greeting")).to_be_visible()
    expect(widget.own).to_have_count(0)


def test_delete_my_data_deletes_it_on_the_server(visit: Visit, stack: Stack) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.say("hello")
    kept = page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('redress:'))[1]")
    session = json.loads(kept)["session"]
    authorised = {"Authorization": f"Bearer {session}"}
    assert stack.post("/api/chat/person", {"id": "p"}, headers=authorised).status_code == 200
    sheet = widget.menu()
    sheet.get_by_role("button", name="Delete my data").click()
    sheet.get_by_role("button", name="Delete", exact=True).click()
    expect(widget.host.locator(".note")).to_contain_text("Deleted")
    expect(widget.own).to_have_count(0)
    assert stack.post("/api/chat/forget", {}, headers=authorised).status_code == 401


def test_simple_mode_shows_one_question_at_a_time(visit: Visit, shot: Callable[..., Path]) -> None:
    page = visit("/en")
    widget = WidgetOnPage(page).open()
    widget.menu().get_by_role("switch").check()
    page.keyboard.press("Escape")
    widget.say("hello")
    widget.say(GYM)
    assert widget.said() == [GYM]
    assert float(widget.panel.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 20
    shot(page, "simple")
    widget.host.get_by_role("button", name="Earlier messages").click()
    assert widget.said() == ["hello", GYM]


def test_simple_mode_of_a_site_can_be_switched_off_for_good(visit: Visit) -> None:
    page = visit("/preview?lang=en&data-simple=true")
    widget = WidgetOnPage(page).open()
    expect(widget.panel).to_have_attribute("data-simple", "true")
    widget.menu().get_by_role("switch").uncheck()
    page.reload()
    widget.open()
    expect(widget.panel).to_be_visible()
    assert widget.panel.get_attribute("data-simple") is None
