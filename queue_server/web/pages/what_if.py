"""What if: the page where a supervisor asks what a change would do to the waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from flask import Response

from queue_server.domain import hall_changes
from queue_server.domain.catalogue import Catalogue
from queue_server.usecases.recording import instant
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import named, offer
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

#: longest head start that is asked about, minutes
LONGEST: Final = 240


@needs("floor:read")
def show() -> Response:
    """Show the form; the script asks, and draws the answer."""
    person, language = the_person(), reader_language()
    center = site().center
    with center.read() as work:
        catalogue = work.catalogues.current()
    data = starting_data(
        ("what_if", "staff", "error"),
        language,
        **offer(catalogue, language),
        **_facts(catalogue, center.clock.now(), language),
        csrf_token=person.csrf_token,
    )
    return page("what_if/what_if.html", language=language, data=data)


def _facts(catalogue: Catalogue, now: datetime, language: str) -> dict[str, Any]:
    return {
        "center": named(catalogue.name, language),
        "minutes": {service.id: service.minutes for service in catalogue.services},
        "lunches": _lunches(catalogue, now),
        "head_starts": _head_starts(catalogue, language),
        "longest": LONGEST,
        "furthest": hall_changes.FURTHEST.total_seconds() / 60,
    }


def _lunches(catalogue: Catalogue, now: datetime) -> dict[int, dict[str, str]]:
    """Return today's planned lunch of each window that has one."""
    found = {w.number: hall_changes.lunch_of(catalogue, w.number, now) for w in catalogue.windows}
    return {
        number: {"begins": instant(lunch.begins), "ends": instant(lunch.ends)}
        for number, lunch in found.items()
        if lunch is not None
    }


def _head_starts(catalogue: Catalogue, language: str) -> list[dict[str, Any]]:
    """Return the head starts that no law gives; the appointments' goes last, without a name."""
    ordinary = [
        {
            "category": category.id,
            "name": named(category.texts, language),
            "minutes": category.head_start.total_seconds() / 60,
        }
        for category in catalogue.categories
        if category.head_start is not None
    ]
    minutes = catalogue.rules.appointment_head_start.total_seconds() / 60
    return [*ordinary, {"category": hall_changes.APPOINTMENT, "name": "", "minutes": minutes}]
