"""What a catalogue document may not say of the center itself: the plan of its halls, its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from queue_server.domain.catalogue_errors import CatalogueError, Document, items, unknown
from queue_server.domain.facts import PLACE_KINDS

#: the texts of `facts`
TEXTS = ("address", "legal_advice", "sign_language")


def texts(document: Document) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text of the facts that is written at all, with its place."""
    for name in TEXTS:
        if text := document.get("facts", {}).get(name):
            yield f"facts.{name}", text
    for section in ("facilities", "places", "notices"):
        for key, item in items(document, section):
            yield key, item["texts"]


def places(document: Document) -> Iterator[CatalogueError]:
    """Check the plan: known things of some size, each window once, at a number that there is."""
    drawn: set[int] = set()
    for key, place in items(document, "places"):
        yield from unknown(f"{key}.kind", "kind of place", place["kind"], PLACE_KINDS)
        yield from _size(key, place)
        number = place["window"]
        yield from _window(f"{key}.window", place["kind"], number, document)
        if number in drawn:
            yield CatalogueError(f"{key}.window", f"window {number} is on the plan already")
        drawn |= set() if number is None else {number}


def _size(key: str, place: Document) -> Iterator[CatalogueError]:
    if place["hall"] < 1:
        yield CatalogueError(f"{key}.hall", f"must be at least 1, not {place['hall']}")
    for name in ("x", "y"):
        if place[name] < 0:
            yield CatalogueError(f"{key}.{name}", f"cannot be negative: {place[name]}")
    for name in ("w", "h"):
        if place[name] <= 0:
            yield CatalogueError(f"{key}.{name}", f"must be more than 0, not {place[name]}")


def _window(
    key: str, kind: str, number: int | None, document: Document
) -> Iterator[CatalogueError]:
    if kind == "window" and number is None:
        yield CatalogueError(key, "is missing; write the number of the window")
    elif kind != "window" and number is not None:
        yield CatalogueError(key, f"belongs to a window, not to a place of kind {kind!r}")
    elif number is not None and number not in {each["number"] for each in document["windows"]}:
        yield CatalogueError(key, f"there is no window {number}")
