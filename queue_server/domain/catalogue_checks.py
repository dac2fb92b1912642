"""What a catalogue document may not say: one small rule each, and every mistake is told at once.

The document's shape (types, keys) is whole when it comes here; these rules judge what it means.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.domain.catalogue import NEEDS
from queue_server.domain.numbering import PREFIXES

Document = Mapping[str, Any]

#: flag of a service that may do without a window: a corner, a room, another house
NO_WINDOW = "no-window"


@dataclass(frozen=True, slots=True)
class CatalogueError:
    """One mistake in a catalogue document."""

    #: where it stands: `services[3].group`
    key: str
    sentence: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.key}: {self.sentence}"


class CatalogueErrors(Exception):
    """All mistakes of a catalogue document."""

    def __init__(self, errors: Iterable[CatalogueError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


def errors(document: Document) -> Iterator[CatalogueError]:
    """Yield every mistake in the document."""
    for rule in _RULES:
        yield from rule(document)


def services_named(name: str, document: Document) -> tuple[str, ...]:
    """Return the ids that a window's list means: a prefix is its whole group, an id is itself."""
    meant = [s["id"] for s in document["services"] if name in (s["id"], s["group"])]
    return tuple(dict.fromkeys(meant))


def _center(document: Document) -> Iterator[CatalogueError]:
    center = document["center"]
    if not _is_timezone(center["timezone"]):
        sentence = f"there is no time zone {center['timezone']!r}; write one like 'Asia/Tashkent'"
        yield CatalogueError("center.timezone", sentence)
    if not center["languages"]:
        yield CatalogueError("center.languages", "is empty; the first language is the default")
    for place, tag in enumerate(center["languages"]):
        yield from _unknown(f"center.languages[{place}]", "language", tag, center["name"])
    yield from _twice("center.languages", "language", center["languages"])


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _rules(document: Document) -> Iterator[CatalogueError]:
    counts = ("statutory_cap", "no_show_calls")
    for name, value in document["rules"].items():
        if name in counts and value < 1:
            yield CatalogueError(f"rules.{name}", f"must be at least 1, not {value}")
        elif value < 0:
            yield CatalogueError(f"rules.{name}", f"cannot be negative: {value}")


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
    for section in ("not_required", "groups", "services", "categories"):
        for key, item in _items(document, section):
            yield key, item["texts"]


def _unique(document: Document) -> Iterator[CatalogueError]:
    for section, name in (
        ("groups", "prefix"),
        ("services", "id"),
        ("windows", "number"),
        ("categories", "id"),
    ):
        counts: Counter[object] = Counter()
        for key, item in _items(document, section):
            counts[item[name]] += 1
            if counts[item[name]] > 1:
                yield CatalogueError(f"{key}.{name}", f"{item[name]!r} is there already")


def _groups(document: Document) -> Iterator[CatalogueError]:
    filled = {service["group"] for service in document["services"]}
    for key, group in _items(document, "groups"):
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
    for key, service in _items(document, "services"):
        yield from _unknown(f"{key}.group", "group", service["group"], prefixes)
        if service["minutes"] <= 0:
            sentence = f"must be more than 0, not {service['minutes']}"
            yield CatalogueError(f"{key}.minutes", sentence)
        for name in service["documents"]:
            yield from _unknown(f"{key}.documents", "document", name, document["documents"])


def _legs(document: Document) -> Iterator[CatalogueError]:
    ids = _ids(document)
    for key, service in _items(document, "services"):
        steps = [service["id"], *(leg["service"] for leg in service["legs"])]
        for place, leg in enumerate(service["legs"]):
            here = f"{key}.legs[{place}]"
            yield from _unknown(f"{here}.service", "service", leg["service"], ids)
            for before in leg["after"]:
                yield from _unknown(f"{here}.after", "step of this visit", before, steps)
        yield from _twice(f"{key}.legs", "step", steps)
        yield from _cycle(f"{key}.legs", service["legs"])


def _cycle(key: str, legs: list[Document]) -> Iterator[CatalogueError]:
    """Find steps that wait for each other."""
    try:
        TopologicalSorter({leg["service"]: leg["after"] for leg in legs}).prepare()
    except CycleError as error:
        yield CatalogueError(key, f"these wait for each other: {' ← '.join(error.args[1])}")


def _windows(document: Document) -> Iterator[CatalogueError]:
    for key, window in _items(document, "windows"):
        yield from _window_numbers(key, window)
        yield from _window_lists(key, window, document)
        for skill in window["skills"]:
            yield from _unknown(f"{key}.skills", "skill", skill, NEEDS)
        for tag in window["languages"]:
            spoken = document["center"]["languages"]
            yield from _unknown(f"{key}.languages", "language of the center", tag, spoken)


def _window_numbers(key: str, window: Document) -> Iterator[CatalogueError]:
    for name in ("number", "hall"):
        if window[name] < 1:
            yield CatalogueError(f"{key}.{name}", f"must be at least 1, not {window[name]}")
    after = window["help_after_minutes"]
    if after is not None and after < 0:
        yield CatalogueError(f"{key}.help_after_minutes", f"cannot be negative: {after}")
    if after is not None and not window["helps"]:
        sentence = "says when the window helps, but 'helps' is empty"
        yield CatalogueError(f"{key}.help_after_minutes", sentence)


def _window_lists(key: str, window: Document, document: Document) -> Iterator[CatalogueError]:
    """Check what a window takes; `helps` may name groups and services alike."""
    prefixes = [group["prefix"] for group in document["groups"]]
    ids = _ids(document)
    for field, what, known in (
        ("groups", "group", prefixes),
        ("services", "service", ids),
        ("helps", "group or service", [*prefixes, *ids]),
    ):
        for name in window[field]:
            yield from _unknown(f"{key}.{field}", what, name, known)
    for names in ([*window["groups"], *window["services"]], window["helps"]):
        taken = [service for name in names for service in services_named(name, document)]
        yield from _twice(key, "service", taken)
    if not window["groups"] and not window["services"] and not window["helps"]:
        yield CatalogueError(key, f"window {window['number']} takes no service")


def _unserved(document: Document) -> Iterator[CatalogueError]:
    """Every service has a window, unless it is flagged as needing none."""
    taken = {
        service
        for window in document["windows"]
        for name in (*window["groups"], *window["services"], *window["helps"])
        for service in services_named(name, document)
    }
    for key, service in _items(document, "services"):
        if service["id"] not in taken and NO_WINDOW not in service["flags"]:
            sentence = f"no window takes {service['id']}; give it one, or the flag {NO_WINDOW!r}"
            yield CatalogueError(key, sentence)


def _categories(document: Document) -> Iterator[CatalogueError]:
    for key, category in _items(document, "categories"):
        minutes = category["head_start_minutes"]
        if minutes is not None and minutes < 0:
            yield CatalogueError(f"{key}.head_start_minutes", f"cannot be negative: {minutes}")


def _points(document: Document) -> Iterator[CatalogueError]:
    ids = _ids(document)
    for key, point in _items(document, "points"):
        for name in point["services"]:
            yield from _unknown(f"{key}.services", "service", name, ids)


_RULES = (
    _center,
    _rules,
    _texts,
    _unique,
    _groups,
    _services,
    _legs,
    _windows,
    _unserved,
    _categories,
    _points,
)


def _items(document: Document, section: str) -> Iterator[tuple[str, Document]]:
    for place, item in enumerate(document.get(section, ())):
        yield f"{section}[{place}]", item


def _ids(document: Document) -> list[str]:
    return [service["id"] for service in document["services"]]


def _unknown(key: str, what: str, name: str, known: Collection[str]) -> Iterator[CatalogueError]:
    if name not in known:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        yield CatalogueError(key, f"there is no {what} {name!r}{hint}")


def _twice(key: str, what: str, names: Iterable[str]) -> Iterator[CatalogueError]:
    for name, count in Counter(names).items():
        if count > 1:
            yield CatalogueError(key, f"names the {what} {name!r} twice")
