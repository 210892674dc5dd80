"""The widget as a test uses it: what one presses, writes and reads."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

ANSWER_MS = 60_000
PRESSED_MS = 5_000
"""Until what was pressed stands in the conversation."""
COUNTER = "window.answers = 0; document.addEventListener('redress:answer', () => { window.answers += 1; });"
"""Counts answers in every page that a test opens."""


class WidgetOnPage:
    """The widget on a page; locators look into its shadow."""

    def __init__(self, page: Page, host: str = "redress-widget:not([data-inline])") -> None:
        self.page, self.host = page, page.locator(host)
        self.launcher, self.panel = self.host.locator(".launcher"), self.host.locator(".panel")
        self.field, self.log = self.host.locator("textarea"), self.host.locator(".log")
        self.own, self.theirs = self.host.locator(".mine .bubble"), self.host.locator("li.theirs")
        self.advice, self.quick = self.host.locator(".advice-card"), self.host.locator(".quick > button")

    def open(self) -> WidgetOnPage:
        """Presses the launcher."""
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Writes and waits for the answer."""
        before = self.answers()
        self.field.fill(text)
        self.field.press("Enter")
        self.wait_for_answer(before)

    def press(self, button: Locator) -> None:
        """Presses a button that sends something and waits for the answer; again if the page moved under the pointer."""
        before, own = self.answers(), self.own.count()
        button.click()
        try:
            expect(self.own).to_have_count(own + 1, timeout=PRESSED_MS)
        except AssertionError:
            button.click()
        self.wait_for_answer(before)

    def answers(self) -> int:
        """How often this page was told of an answer."""
        return int(self.page.evaluate("window.answers"))

    def wait_for_answer(self, before: int = 0) -> None:
        """Waits until more was said than `before`, and nothing is on its way."""
        self.page.wait_for_function("before => window.answers > before", arg=before, timeout=ANSWER_MS)
        expect(self.host.locator(".typing")).to_have_count(0, timeout=ANSWER_MS)
        expect(self.host.locator(".waiting")).to_have_count(0, timeout=ANSWER_MS)
        expect(self.theirs.last).to_be_visible()

    def menu(self) -> Locator:
        """Opens the sheet with settings."""
        self.host.locator(".header .round").first.click()
        sheet = self.host.locator(".sheet")
        expect(sheet).to_be_visible()
        return sheet

    def said(self) -> list[str]:
        """Everything that the person said, in order."""
        return [re.sub(r"\s+", " ", text).strip() for text in self.own.all_inner_texts()]
