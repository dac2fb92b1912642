"""Replay: the page where a past day runs again, minute by minute."""

from __future__ import annotations

from flask import Response

from queue_server.domain import alerting
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import named, offer
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("replay:read")
def show() -> Response:
    """Show the replay; the page itself reads `?day=` and `?at=HH:MM`."""
    person, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue, today = work.catalogues.current(), work.day
    data = starting_data(
        ("replay", "floor", "staff", "state", "error"),
        language,
        **offer(catalogue, language),
        minutes={},
        center=named(catalogue.name, language),
        today=today.isoformat() if today else None,
        near=alerting.NEAR,
        csrf_token=person.csrf_token,
    )
    return page("replay/replay.html", language=language, data=data)
