"""What a catalogue document may not say: one small rule each, and every mistake is told at once.

The document's shape (types, keys) is whole when it comes here; these rules judge what it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import get_args
from zoneinfo import ZoneInfo

from queue_server.domain import calendar_checks, duty_checks, facts_checks, window_checks
from queue_server.domain.catalogue import Confirm
from queue_server.domain.catalogue_errors import (
    CatalogueError,
    CatalogueErrors,
    Document,
    items,
    twice,
    unknown,
)
from queue_server.domain.numbering import PREFIXES
from queue_server.domain.window_checks import services_named

__all__ = ["NO_WINDOW", "CatalogueError", "CatalogueErrors", "errors", "services_named"]

#: flag of a service that may do without a window: a corner, a room, another house
NO_WINDOW = "no-window"
#: flag of a service that can be done online
ONLINE = "online"
#: a day goes on past midnight at most until then
_LATEST = "12:00"


def errors(document: Document) -> Iterator[CatalogueError]:
    """Yield every mistake in the document."""
    for rule in _RULES:
        yield from rule(document)


def _center(document: Document) -> Iterator[CatalogueError]:
    center = document["center"]
    if not _is_timezone(center["timezone"]):
        sentence = f"there is no time zone {center['timezone']!r}; write one like 'Asia/Tashkent'"
        yield CatalogueError("center.timezone", sentence)
    if not center["languages"]:
        yield CatalogueError("center.languages", "is empty; the first language is the default")
    for place, tag in enumerate(center["languages"]):
        yield from unknown(f"center.languages[{place}]", "language", tag, center["name"])
    yield from twice("center.languages", "language", center["languages"])


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _rules(document: Document) -> Iterator[CatalogueError]:
    counts = ("statutory_cap", "no_show_calls", "late_behind", "corner_session_minutes")
    for name, value in document["rules"].items():
        if name == "day_ends":
            yield from _day_ends(value)
        elif name in counts and value < 1:
            yield CatalogueError(f"rules.{name}", f"must be at least 1, not {value}")
        elif value < 0:
            yield CatalogueError(f"rules.{name}", f"cannot be negative: {value}")


def _day_ends(value: object) -> Iterator[CatalogueError]:
    if not (calendar_checks.is_clock(value) and str(value) <= _LATEST):
        sentence = (
            f"must be a time of the night like '04:00', {_LATEST} at the latest, not {value!r}"
        )
        yield CatalogueError("rules.day_ends", sentence)


def _texts(document: Document) -> Iterator[CatalogueError]:
    """Every text speaks every language of the center."""
    for key, texts in _all_texts(document):
        for tag in document["center"]["languages"]:
            if tag in document["center"]["name"] and not texts.get(tag):
                yield CatalogueError(key, f"has no text in {tag!r}")


def _all_texts(document: Document) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "center.name", document["center"]["name"]
    for name, texts in document["documents"].items():
        yield f"documents.{name}", texts
    for section in _SECTIONS:
        for key, item in items(document, section):
            yield key, item["texts"]
            yield from ((f"{key}.{name}", item[name]) for name in _EXTRAS if item.get(name))
    yield from facts_checks.texts(document)


#: sections whose items have texts, beside the facts'
_SECTIONS = (
    "not_required",
    "groups",
    "services",
    "categories",
    "events",
    "halls",
    "holidays",
    "surges",
)
#: texts that an item may do without
_EXTRAS = ("fee_texts", "hint")


def _unique(document: Document) -> Iterator[CatalogueError]:
    for section, name in (
        ("groups", "prefix"),
        ("services", "id"),
        ("windows", "number"),
        ("categories", "id"),
        ("events", "id"),
        ("places", "id"),
        ("notices", "id"),
        ("halls", "number"),
    ):
        counts: Counter[object] = Counter()
        for key, item in items(document, section):
            counts[item[name]] += 1
            if counts[item[name]] > 1:
                yield CatalogueError(f"{key}.{name}", f"{item[name]!r} is there already")


def _groups(document: Document) -> Iterator[CatalogueError]:
    filled = {service["group"] for service in document["services"]}
    for key, group in items(document, "groups"):
        prefix = group["prefix"]
        if prefix not in tuple(PREFIXES):
            sentence = f"must be one of {' '.join(PREFIXES)}, not {prefix!r}"
            yield CatalogueError(f"{key}.prefix", sentence)
        if prefix not in filled:
            yield CatalogueError(key, f"group {prefix!r} has no service")
        if not 0 <= group["demo_share"] <= 1:
            sentence = f"must be from 0 to 1, not {group['demo_share']}"
            yield CatalogueError(f"{key}.demo_share", sentence)


def _services(document: Document) -> Iterator[CatalogueError]:
    prefixes = [group["prefix"] for group in document["groups"]]
    for key, service in items(document, "services"):
        yield from unknown(f"{key}.group", "group", service["group"], prefixes)
        if service["minutes"] <= 0:
            sentence = f"must be more than 0, not {service['minutes']}"
            yield CatalogueError(f"{key}.minutes", sentence)
        for name in service["documents"]:
            yield from unknown(f"{key}.documents", "document", name, document["documents"])
        yield from _told(key, service)


def _told(key: str, service: Document) -> Iterator[CatalogueError]:
    """Check what a visitor is told of a service: its fee, its address, its other names."""
    address, checked = service.get("online", ""), service.get("fee_checked", "")
    if address and not address.startswith("https://"):
        yield CatalogueError(f"{key}.online", f"must begin with https://, not {address!r}")
    if address and ONLINE not in service["flags"]:
        yield CatalogueError(f"{key}.online", f"has an address, but no flag {ONLINE!r}")
    if checked and not _is_date(checked):
        yield CatalogueError(f"{key}.fee_checked", f"must be like '2026-11-01', not {checked!r}")
    if checked and not service.get("fee_texts"):
        yield CatalogueError(f"{key}.fee_checked", "says when the fee was checked, but not the fee")
    yield from twice(f"{key}.search", "word", service.get("search", ()))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _legs(document: Document) -> Iterator[CatalogueError]:
    ids = _ids(document)
    for key, service in items(document, "services"):
        yield from _visit(f"{key}.legs", [service["id"]], service["legs"], ids)


def _events(document: Document) -> Iterator[CatalogueError]:
    ids = _ids(document)
    for key, event in items(document, "events"):
        if not event["legs"]:
            yield CatalogueError(f"{key}.legs", "is empty; name the services that it calls for")
        yield from _visit(f"{key}.legs", [], event["legs"], ids)


def _visit(
    key: str, before: list[str], legs: list[Document], ids: list[str]
) -> Iterator[CatalogueError]:
    """Check the steps of one visit, some of which may stand before the legs."""
    steps = [*before, *(leg["service"] for leg in legs)]
    for place, leg in enumerate(legs):
        here = f"{key}[{place}]"
        yield from unknown(f"{here}.service", "service", leg["service"], ids)
        for earlier in leg["after"]:
            yield from unknown(f"{here}.after", "step of this visit", earlier, steps)
    yield from twice(key, "step", steps)
    yield from _cycle(key, legs)


def _cycle(key: str, legs: list[Document]) -> Iterator[CatalogueError]:
    """Find steps that wait for each other."""
    try:
        TopologicalSorter({leg["service"]: leg["after"] for leg in legs}).prepare()
    except CycleError as error:
        yield CatalogueError(key, f"these wait for each other: {' ← '.join(error.args[1])}")


def _unserved(document: Document) -> Iterator[CatalogueError]:
    """Every service has a window, unless it is flagged as needing none."""
    taken = {
        service
        for window in document["windows"]
        for name in (*window["groups"], *window["services"], *window["helps"])
        for service in services_named(name, document)
    }
    for key, service in items(document, "services"):
        if service["id"] not in taken and NO_WINDOW not in service["flags"]:
            sentence = f"no window takes {service['id']}; give it one, or the flag {NO_WINDOW!r}"
            yield CatalogueError(key, sentence)


def _categories(document: Document) -> Iterator[CatalogueError]:
    for key, category in items(document, "categories"):
        minutes = category["head_start_minutes"]
        if minutes is not None and minutes < 0:
            yield CatalogueError(f"{key}.head_start_minutes", f"cannot be negative: {minutes}")
        confirm = category.get("confirm", "none")
        yield from unknown(f"{key}.confirm", "way to confirm", confirm, get_args(Confirm))


def _points(document: Document) -> Iterator[CatalogueError]:
    ids = _ids(document)
    for key, point in items(document, "points"):
        for name in point["services"]:
            yield from unknown(f"{key}.services", "service", name, ids)


_RULES = (
    _center,
    _rules,
    _texts,
    _unique,
    _groups,
    _services,
    _legs,
    _events,
    window_checks.windows,
    _unserved,
    _categories,
    _points,
    facts_checks.places,
    calendar_checks.hours,
    calendar_checks.days,
    calendar_checks.quotas,
    calendar_checks.booking,
    duty_checks.duties,
    duty_checks.closures,
    duty_checks.halls,
)


def _ids(document: Document) -> list[str]:
    return [service["id"] for service in document["services"]]
