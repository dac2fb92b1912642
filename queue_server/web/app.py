"""The Flask app of a center: guarded routes, pages, sockets, problems, headers."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from apiflask import APIFlask
from flask import Response, request
from pydantic.json_schema import models_json_schema

from queue_server.contracts.api import Problem
from queue_server.usecases.recording import instant
from queue_server.web import auth, errors, health, pages, sockets
from queue_server.web.api import (
    account,
    appointments,
    catalogue,
    devices,
    estimates,
    floor,
    forecast,
    hall,
    integrity,
    ledger,
    pairing,
    people,
    replay,
    report_files,
    reports,
    session,
    standstill,
    tickets,
    what_if,
    windows,
)
from queue_server.web.api.calls import api
from queue_server.web.health import Meters
from queue_server.web.site import EXTENSION, Site, site
from queue_server.web.sockets import Sockets

#: a request's body is at most so large, bytes
LARGEST_BODY: Final = 16384
FOR_PROGRAMS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
FOR_PEOPLE: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: modules that declare the calls of the blueprint
CALLS: Final = (
    account,
    appointments,
    catalogue,
    devices,
    estimates,
    floor,
    forecast,
    hall,
    integrity,
    ledger,
    pairing,
    people,
    replay,
    report_files,
    reports,
    session,
    standstill,
    tickets,
    what_if,
    windows,
)


@dataclass(frozen=True)
class Web:
    """The app, and the sockets whose publisher bootstrap starts."""

    app: APIFlask
    sockets: Sockets


def create_app(site: Site, folder: Path, most_sockets: int, grown: threading.Event) -> Web:
    """Return the app of a center.

    `folder` is where its data lies; `grown` is set whenever the log may have grown.
    """
    app = APIFlask(
        __name__, title="Navbat", version="1", docs_path=None, spec_path="/api/v1/openapi.json"
    )
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, SEND_FILE_MAX_AGE_DEFAULT=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _describe(app)
    app.extensions[EXTENSION] = site
    meters = Meters()
    errors.install(app)
    health.install(app, site.center, meters, folder)
    auth.install(app, site.center)
    app.register_blueprint(api)
    app.register_blueprint(pages.blueprint)
    app.view_functions["openapi.spec"] = auth.public(app.view_functions["openapi.spec"])
    app.after_request(_harden)
    return Web(app, sockets.install(app, site.center, meters, most_sockets, grown))


def _describe(app: APIFlask) -> None:
    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.config["AUTO_VALIDATION_ERROR_RESPONSE"] = False
    app.config["AUTO_404_RESPONSE"] = False
    app.config["AUTO_AUTH_ERROR_RESPONSE"] = False
    app.security_schemes = {
        "device": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": auth.COOKIE},
    }
    app.spec_processor(_with_problems)


def _with_problems(spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
    """Add the shape of RFC 9457 problems, which every call may answer with."""
    assert isinstance(spec, dict), "APIFlask makes a dictionary for JSON"
    _, shapes = models_json_schema(
        [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    spec["components"]["schemas"].update(shapes["$defs"])
    return spec


def _harden(response: Response) -> Response:
    """Add the headers that fit: a program's answer is not kept, a page says what it may load."""
    if request.path.startswith("/api/"):
        response.headers.extend(FOR_PROGRAMS)
        # Date knows whole seconds only: a kiosk that goes on alone must not overtake anybody
        response.headers["Navbat-Time"] = instant(site().center.clock.now())
    else:
        response.headers.extend(FOR_PEOPLE)
    return response
