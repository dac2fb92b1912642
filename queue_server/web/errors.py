"""Which HTTP status an error gives: one table, and RFC 9457 problems out of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from flask import Flask, Response, json, redirect, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain import errors
from queue_server.domain.errors import DomainError

#: the most special class on an error's way up the tree decides
STATUS: Final[Mapping[type[DomainError], int]] = {
    DomainError: 400,
    errors.NotSignedIn: 401,
    errors.WrongCredentials: 401,
    errors.Forbidden: 403,
    errors.TryLater: 429,
    errors.Unknown: 404,
    errors.Refused: 409,
    errors.Invalid: 422,
}
UNAUTHORISED: Final = 401
TOO_MANY: Final = 429
_log = logging.getLogger(__name__)


class BadFields(errors.Invalid):
    """The request has faults."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        """Hold every fault: its field and a sentence."""
        super().__init__(
            "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults),
            field=faults[0]["field"],
        )
        self.facts = {"errors": faults}


def bad_fields(error: ValidationError) -> BadFields:
    """Return pydantic's findings as one refusal that names every field."""
    return BadFields(
        [
            {
                "field": ".".join(str(part) for part in fault["loc"]) or "body",
                "message": fault["msg"],
            }
            for fault in error.errors(include_url=False, include_input=False)
        ]
    )


def status_of(error: DomainError) -> int:
    """Return the HTTP status of a refusal."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problem(error: DomainError) -> tuple[int, str]:
    """Return status and RFC 9457 body of a refusal."""
    status = status_of(error)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": type(error).__name__,
        "status": status,
        "code": error.code,
        "detail": str(error),
        **error.facts,
    }
    if error.field:
        body["field"] = error.field
    return status, json.dumps(body)


def as_response(status: int, body: str) -> Response:
    """Return a problem as a response."""
    response = Response(body, status, content_type="application/problem+json")
    if status == UNAUTHORISED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == TOO_MANY:
        response.headers["Retry-After"] = str(json.loads(body).get("seconds", 60))
    return response


def install(app: Flask) -> None:
    """Answer every error: as a problem to programs, as a page to people."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crashed)


def _refused(error: DomainError) -> AnyResponse:
    if _for_program():
        return as_response(*problem(error))
    if isinstance(error, errors.NotSignedIn):
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'))}")
    if isinstance(error, errors.PasswordChangeRequired | errors.SecondFactorMissing):
        return redirect("/account")
    return _page(status_of(error), error.code)


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    code = error.name.lower().replace(" ", "_")
    if not _for_program():
        return _page(status, code)
    body = {
        "type": "about:blank",
        "title": error.name,
        "status": status,
        "code": code,
        "detail": error.description or error.name,
    }
    response = as_response(status, json.dumps(body))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _crashed(error: Exception) -> AnyResponse:
    """Deny on any fault of ours; the log has the cause, the answer does not."""
    _log.error("request failed", exc_info=error, extra={"action": "http", "path": request.path})
    body = {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "code": "internal_error",
        "detail": "Something went wrong here; it has been noted.",
    }
    return as_response(500, json.dumps(body)) if _for_program() else _page(500, "internal_error")


def _for_program() -> bool:
    pages_only = request.accept_mimetypes.accept_html and not request.path.startswith("/api/")
    return not pages_only or request.path.startswith(("/healthz", "/readyz", "/metrics"))


def _page(status: int, code: str) -> Response:
    return Response(render_template("error.html", status=status, code=code), status)
