"""The floor: the page where a supervisor sees the whole hall, and changes it."""

from __future__ import annotations

from typing import Any, Final

from flask import Response

from queue_server.domain import alerting, estimate
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.opening import BY_STAFF
from queue_server.usecases.access import Actor
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import named, offer
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

#: what the page's keys need; who lacks it sees the hall without them
_MOVES: Final = {
    "windows": "window:any",
    "serve": "ticket:serve",
    "call": "ticket:call_this",
    "transfer": "ticket:transfer",
    "category": "ticket:category",
    "cancel": "ticket:cancel",
    "revive": "ticket:revive",
    "skills": "skills:change",
    "issuing": "issuing:close",
    "message": "message:send",
    "suspend": "hall:suspend",
    "close_day": "day:close",
    "devices": "devices:read",
    "help": "help:answer",
    "alerts": "alerts:hear",
}


@needs("floor:read")
def show() -> Response:
    """Show the floor."""
    person, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue = work.catalogues.current()
    data = starting_data(
        ("floor", "staff", "state", "reason", "error", "devices", "closing", "wait"),
        language,
        **_facts(catalogue, language),
        may=_may(person.actor),
        csrf_token=person.csrf_token,
    )
    return page("floor/floor.html", language=language, data=data)


def _facts(catalogue: Catalogue, language: str) -> dict[str, Any]:
    return {
        **offer(catalogue, language),
        "minutes": {service.id: service.minutes for service in catalogue.services},
        "center": named(catalogue.name, language),
        "halls": list(catalogue.halls),
        "center_languages": list(catalogue.languages),
        "closings": list(BY_STAFF),
        "long": estimate.LONG,
        "alerting": {
            "near": alerting.NEAR,
            "overlong": alerting.OVERLONG,
            "missing": alerting.MISSING.total_seconds(),
        },
    }


def _may(actor: Actor) -> dict[str, bool]:
    return {move: actor.may(right) for move, right in _MOVES.items()}
