"""What a catalogue document may not say of duties, closed services and the names of halls."""

from __future__ import annotations

from collections.abc import Iterator

from queue_server.domain import calendar_checks, window_checks
from queue_server.domain.catalogue_errors import CatalogueError, Document, items, twice, unknown
from queue_server.domain.duty_document import covering
from queue_server.domain.opening import BY_STAFF


def duties(document: Document) -> Iterator[CatalogueError]:
    """Check each duty as the window that it makes."""
    numbers = [window["number"] for window in document["windows"]]
    for key, duty in items(document, "duties"):
        number = duty["window"]
        if number not in numbers:
            yield CatalogueError(f"{key}.window", f"there is no window {number}")
        yield from window_checks.plan(key, covering(duty) | {"number": number}, document)
        if duty.get("day"):
            yield from calendar_checks.real_day(f"{key}.day", duty["day"])
    yield from twice(
        "duties", "window", [str(each["window"]) for each in document.get("duties", ())]
    )


def closures(document: Document) -> Iterator[CatalogueError]:
    """Check that each names one known service or group and a reason that visitors can read."""
    known = {
        "service": [service["id"] for service in document["services"]],
        "group": [group["prefix"] for group in document["groups"]],
    }
    for key, closure in items(document, "closures"):
        named = [what for what in known if closure.get(what)]
        if len(named) != 1:
            yield CatalogueError(key, "must name a service or a group, and not both")
        for what in named:
            yield from unknown(f"{key}.{what}", what, closure[what], known[what])
        yield from unknown(f"{key}.reason", "reason", closure["reason"], BY_STAFF)
        if closure.get("day"):
            yield from calendar_checks.real_day(f"{key}.day", closure["day"])


def halls(document: Document) -> Iterator[CatalogueError]:
    """Check that the halls of windows and places are there, where halls are named at all."""
    named = [hall["number"] for hall in document.get("halls", ())]
    for key, hall in items(document, "halls"):
        if hall["number"] < 1:
            yield CatalogueError(f"{key}.number", f"must be at least 1, not {hall['number']}")
    for section in ("windows", "places") if named else ():
        for key, item in items(document, section):
            if item["hall"] >= 1 and item["hall"] not in named:
                yield CatalogueError(f"{key}.hall", f"there is no hall {item['hall']}")
