"""What a browser is shown: the home page in three languages, a preview of the widget, and the widget's own files."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.frontdoor.coverage_table import CoverageTable, coverage_table
from bot.frontdoor.page_words import NAMES, page_words, wanted_language
from knowledge.advice import Understanding, advise
from knowledge.conditions import Status
from knowledge.dates import day_words
from knowledge.facts import Facts
from knowledge.load import knowledge_base
from knowledge.model import Language
from settings import ROOT, Settings

HERE = Path(__file__).parent
BUILT = ROOT / "bot" / "channels" / "web" / "built"
A_YEAR_S = 365 * 24 * 3600
EXAMPLE_TOPIC, EXAMPLE_PLACES = "refund_refused_started", {Language.EN: "GB", Language.ZH_HANT: "TW", Language.ZH_HANS: "CN"}

TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def page_routes() -> list[BaseRoute]:
    """Routes of the pages. The last one takes every path that is left, so they stand at the end of the app's."""
    return [
        Route("/", home, methods=["GET"]),
        *(Route(f"/{language.value}", home, methods=["GET"]) for language in Language),
        Route("/preview", preview, methods=["GET"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Mount("/", WidgetFiles(directory=BUILT)),
    ]


class WidgetFiles(StaticFiles):
    """The built widget, for pages of any origin. Files named by their content never change; the others are asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        never_changes = path.startswith("widget/")
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable" if never_changes else "no-cache"
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


async def home(request: Request) -> Response:
    """The home page, at / in the reader's language and at /LANGUAGE."""
    named = request.url.path.strip("/") or None
    language = wanted_language(request, named)
    settings: Settings = request.app.state.settings
    body = page(
        "home.html",
        language,
        organisation=settings.organisation,
        coverage=_coverage(language),
        example=_example(language, settings.today()),
        code=embed_code(str(request.base_url)),
        days=settings.keep_days,
        message_id=str(uuid.uuid4()),
    )
    return HTMLResponse(body, headers={} if named else {"Vary": "Accept-Language"})


async def preview(request: Request) -> Response:
    """A page such as another site might have, with the widget set up as the address says."""
    return HTMLResponse(page("preview.html", wanted_language(request)))


def page(template: str, language: Language, **values: Any) -> str:
    """A page drawn from its template."""
    shared = {
        "language": language.value,
        "languages": [each.value for each in Language],
        "names": {each.value: name for each, name in NAMES.items()},
        "words": page_words(language),
    }
    return TEMPLATES.get_template(template).render(**shared, **values)


def embed_code(base: str) -> str:
    """The tag that puts the widget on a page."""
    return f'<script src="{base}widget.js" data-language="auto" async></script>'


@cache
def _coverage(language: Language) -> CoverageTable:
    return coverage_table(knowledge_base(), language)


@cache
def _example(language: Language, today: date) -> Mapping[str, Any] | None:
    """The beginning of a real answer of today: what a started service means where most readers of a language live."""
    base, code = knowledge_base(), EXAMPLE_PLACES[language]
    facts = Facts(
        buyer="consumer",
        channel="online",
        item_type="service",
        purchase_date=today - timedelta(days=5),
        start_date=today - timedelta(days=3),
        service_started=True,
        asked_to_start_early=False,
        service_completed=False,
    )
    advice = advise(Understanding(language, code, "stated", 1.0, ((EXAMPLE_TOPIC, 1.0),), facts=facts), today, base)
    rights = [right for right in advice.rights if right.status is not Status.NO and right.citations]
    if not rights:
        return None
    right = next((right for right in rights if right.deadline and right.deadline["date"]), rights[0])
    law, deadline = right.citations[0], right.deadline
    dated = deadline is not None and deadline["date"] is not None and deadline["days_left"] >= 0
    return {
        "place": base.jurisdictions[code].names[language],
        "title": right.title,
        "summary": right.summary,
        "law": law["law"],
        "provision": law["provision"],
        "url": law["url"],
        "day": day_words(date.fromisoformat(str(deadline["date"])), language) if deadline and dated else None,
        "days": deadline["days_left"] if deadline and dated else None,
        "steps": [step["text"] for step in advice.next_steps[:3]],
    }
