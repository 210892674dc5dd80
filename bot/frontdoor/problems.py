"""Errors as application/problem+json (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

from knowledge.errors import FieldFault


class Problem(Exception):
    """An answer that is an error. `detail` says what was found, what is allowed, what to do."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, headers, members

    def response(self) -> JSONResponse:
        """The error on the wire."""
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }
        return JSONResponse(body, self.status, dict(self.headers or {}), media_type="application/problem+json")


def wrong_fields(faults: Sequence[FieldFault]) -> Problem:
    """422 with one error per field."""
    errors = [{"field": fault.field, "found": fault.found, "allowed": fault.allowed} for fault in faults]
    return Problem(422, "; ".join(str(fault) for fault in faults) + ". Correct these fields and send again.", errors=errors)
