"""One set of real processes, somebody's website, and Debian's Chromium for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from settings import ROOT
from tests.e2e.stack import Stack, free_ports
from tests.system_parts import system_part
from tests.web.host import HostSite
from tests.web.widget import COUNTER

SCREENSHOTS = ROOT / "build" / "screenshots"
ORGANISATION = {
    "ORGANISATION_NAME": "Harbour Advice",
    "ORGANISATION_PHONE": "+44 20 7946 0000",
    "ORGANISATION_EMAIL": "help@advice.example",
    "ORGANISATION_HOURS": "Mon–Fri 9:00–17:00",
}

Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def site() -> Iterator[HostSite]:
    """Somebody's website; the service it embeds answers once `stack` has started."""
    (port,) = free_ports(1)
    host = HostSite(f"http://127.0.0.1:{port}")
    yield host
    host.stop()


@pytest.fixture(scope="package")
def stack(site: HostSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real processes, started once; the website is an allowed origin."""
    port = site.service.rsplit(":", 1)[1]
    running = Stack(tmp_path_factory.mktemp("stack"), ALLOWED_ORIGINS=site.url, **{**ORGANISATION, "PORT": port})
    running.url = site.service
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium."""
    path = system_part("chromium", "chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts (one person's browser each) and closes them. Whatever a page throws fails the test."""
    made: list[BrowserContext] = []
    thrown: list[str] = []

    def make(**given: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **given})
        context.on("weberror", lambda error: thrown.append(str(error.error)))
        context.add_init_script(COUNTER)
        context.set_default_timeout(20_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert thrown == []


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], stack: Stack) -> Visit:
    """Opens an address of the service, or a whole one, in a new browser set up as given."""

    def open_page(address: str, **given: Any) -> Page:
        page = contexts(**given).new_page()
        page.goto(address if address.startswith("http") else stack.url + address)
        return page

    return open_page


@pytest.fixture
def shot() -> Callable[..., Path]:
    """Keeps a screenshot as an artefact."""

    def take(page: Page, name: str, **given: Any) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.wait_for_timeout(350)  # what slides and fades has come to rest
        page.screenshot(path=str(path), **given)
        return path

    return take
