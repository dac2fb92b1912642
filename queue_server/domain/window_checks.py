"""What a catalogue document may not say of its windows."""

from __future__ import annotations

from collections.abc import Iterator

from queue_server.domain.catalogue import NEEDS
from queue_server.domain.catalogue_errors import CatalogueError, Document, items, twice, unknown


def services_named(name: str, document: Document) -> tuple[str, ...]:
    """Return the ids that a window's list means: a prefix is its whole group, an id is itself."""
    meant = [s["id"] for s in document["services"] if name in (s["id"], s["group"])]
    return tuple(dict.fromkeys(meant))


def windows(document: Document) -> Iterator[CatalogueError]:
    """Check every window of the plan."""
    for key, window in items(document, "windows"):
        for name in ("number", "hall"):
            if window[name] < 1:
                yield CatalogueError(f"{key}.{name}", f"must be at least 1, not {window[name]}")
        yield from plan(key, window, document)


def plan(key: str, window: Document, document: Document) -> Iterator[CatalogueError]:
    """Check what a window takes, after which wait it helps, and what its clerk can do."""
    after = window["help_after_minutes"]
    if after is not None and after < 0:
        yield CatalogueError(f"{key}.help_after_minutes", f"cannot be negative: {after}")
    if after is not None and not window["helps"]:
        sentence = "says when the window helps, but 'helps' is empty"
        yield CatalogueError(f"{key}.help_after_minutes", sentence)
    yield from _lists(key, window, document)
    for skill in window["skills"]:
        yield from unknown(f"{key}.skills", "skill", skill, NEEDS)
    for tag in window["languages"]:
        spoken = document["center"]["languages"]
        yield from unknown(f"{key}.languages", "language of the center", tag, spoken)


def _lists(key: str, window: Document, document: Document) -> Iterator[CatalogueError]:
    """Check what a window takes; `helps` may name groups and services alike."""
    prefixes = [group["prefix"] for group in document["groups"]]
    ids = [service["id"] for service in document["services"]]
    for field, what, known in (
        ("groups", "group", prefixes),
        ("services", "service", ids),
        ("helps", "group or service", [*prefixes, *ids]),
    ):
        for name in window[field]:
            yield from unknown(f"{key}.{field}", what, name, known)
    for names in ([*window["groups"], *window["services"]], window["helps"]):
        taken = [service for name in names for service in services_named(name, document)]
        yield from twice(key, "service", taken)
    if not window["groups"] and not window["services"] and not window["helps"]:
        yield CatalogueError(key, f"window {window['number']} takes no service")
