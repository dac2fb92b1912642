"""A catalogue as a plain document, ready for JSON: the form in which files and databases keep it.

`parse` gives a document its meaning, after `catalogue_checks` has found no mistake in it; `dump`
is its inverse. A document may say more than the domain needs (phrases, points, sources); parsing
leaves that aside. It may also be older than the code: what came later has a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from queue_server.domain import calendar_document, duty_document, facts_document
from queue_server.domain import catalogue_checks as checks
from queue_server.domain.catalogue import (
    Catalogue,
    Category,
    Group,
    Leg,
    LifeEvent,
    Rules,
    Service,
    Taking,
    Window,
)
from queue_server.domain.catalogue_checks import CatalogueErrors

__all__ = ["CatalogueErrors", "Document", "dump", "parse"]

Document = dict[str, Any]

#: a duration of `Rules` → its name in the document, and the unit that it counts
_DURATIONS = {
    "wait_norm": ("wait_norm_minutes", timedelta(minutes=1)),
    "least_call_time": ("no_show_gap_seconds", timedelta(seconds=1)),
    "revive_within": ("revive_minutes", timedelta(minutes=1)),
    "undo_within": ("undo_seconds", timedelta(seconds=1)),
    "appointment_head_start": ("appointment_head_start_minutes", timedelta(minutes=1)),
    "appointment_tolerance": ("appointment_tolerance_minutes", timedelta(minutes=1)),
    "corner_session": ("corner_session_minutes", timedelta(minutes=1)),
}
_COUNTS = ("statutory_cap", "no_show_calls", "late_behind", "corner_extensions")


def parse(document: Mapping[str, Any]) -> Catalogue:
    """Return the catalogue that the document means, or raise CatalogueErrors with every mistake."""
    if errors := tuple(checks.errors(document)):
        raise CatalogueErrors(errors)
    center = document["center"]
    return Catalogue(
        code=center["code"],
        name=center["name"],
        timezone=center["timezone"],
        languages=tuple(center["languages"]),
        groups=tuple(_group(each) for each in document["groups"]),
        services=tuple(_service(each) for each in document["services"]),
        windows=tuple(_window(each, document) for each in duty_document.on_duty(document)),
        categories=tuple(_category(each) for each in document["categories"]),
        rules=_rules(document["rules"]),
        documents=document["documents"],
        not_required=tuple(each["texts"] for each in document["not_required"]),
        events=tuple(_event(each) for each in document.get("events", ())),
        facts=facts_document.parse(document),
        notices=facts_document.notices(document),
        holidays=calendar_document.holidays(document),
        surges=calendar_document.surges(document),
        hall_names={each["number"]: each["texts"] for each in document.get("halls", ())},
        booking=calendar_document.booking(document),
        duties=duty_document.duties(document),
        closed=duty_document.closures(document),
    )


def dump(catalogue: Catalogue) -> Document:
    """Return the catalogue as a document: `parse(dump(catalogue)) == catalogue`.

    Raises ValueError for a window that helps after different times, which a document cannot say.
    """
    windows = [_window_document(each, catalogue) for each in catalogue.windows]
    halls = catalogue.hall_names.items()
    return {
        "center": {
            "code": catalogue.code,
            "name": dict(catalogue.name),
            "timezone": catalogue.timezone,
            "languages": list(catalogue.languages),
        },
        "rules": _rules_document(catalogue.rules),
        "documents": {name: dict(texts) for name, texts in catalogue.documents.items()},
        "not_required": [{"texts": dict(texts)} for texts in catalogue.not_required],
        "groups": [_group_document(each) for each in catalogue.groups],
        "services": [_service_document(each) for each in catalogue.services],
        "windows": windows,
        "categories": [_category_document(each) for each in catalogue.categories],
        "events": [_event_document(each) for each in catalogue.events],
        **facts_document.dump(catalogue.facts),
        "notices": facts_document.notices_document(catalogue.notices),
        **calendar_document.days_document(catalogue.holidays, catalogue.surges),
        "halls": [{"number": number, "texts": dict(texts)} for number, texts in halls],
        "booking": calendar_document.booking_document(catalogue.booking),
        **duty_document.dump(catalogue.duties, catalogue.closed, windows),
    }


def _group(item: Mapping[str, Any]) -> Group:
    return Group(item["prefix"], item["texts"], item["icon"], float(item["demo_share"]))


def _group_document(group: Group) -> Document:
    return {
        "prefix": group.prefix,
        "icon": group.icon,
        "demo_share": group.share,
        "texts": dict(group.texts),
    }


def _service(item: Mapping[str, Any]) -> Service:
    return Service(
        id=item["id"],
        group=item["group"],
        texts=item["texts"],
        minutes=float(item["minutes"]),
        documents=tuple(item["documents"]),
        fee=item["fee"],
        flags=frozenset(item["flags"]),
        legs=_legs(item),
        search=tuple(item.get("search", ())),
        fee_texts=item.get("fee_texts", {}),
        fee_checked=item.get("fee_checked", ""),
        hint=item.get("hint", {}),
        online=item.get("online", ""),
        hours=calendar_document.hours(item["hours"]) if item.get("hours") else None,
        quota=item.get("quota"),
        bookable=_bookable(item),
    )


def _bookable(item: Mapping[str, Any]) -> bool:
    """Whether appointments are made for it: as it says, else where a window serves it."""
    told = item.get("bookable")
    return checks.NO_WINDOW not in item["flags"] if told is None else bool(told)


def _service_document(service: Service) -> Document:
    return {
        "id": service.id,
        "group": service.group,
        "minutes": service.minutes,
        "documents": list(service.documents),
        "fee": service.fee,
        "flags": sorted(service.flags),
        "legs": _legs_document(service.legs),
        "search": list(service.search),
        "fee_texts": dict(service.fee_texts),
        "fee_checked": service.fee_checked,
        "hint": dict(service.hint),
        "online": service.online,
        "hours": calendar_document.hours_document(service.hours) if service.hours else None,
        "quota": service.quota,
        "bookable": service.bookable,
        "texts": dict(service.texts),
    }


def _legs(item: Mapping[str, Any]) -> tuple[Leg, ...]:
    return tuple(Leg(leg["service"], tuple(leg["after"])) for leg in item["legs"])


def _legs_document(legs: tuple[Leg, ...]) -> list[Document]:
    return [{"service": leg.service, "after": list(leg.after)} for leg in legs]


def _event(item: Mapping[str, Any]) -> LifeEvent:
    return LifeEvent(item["id"], item["texts"], item["icon"], _legs(item), item["hint"])


def _event_document(event: LifeEvent) -> Document:
    return {
        "id": event.id,
        "icon": event.icon,
        "legs": _legs_document(event.legs),
        "hint": dict(event.hint),
        "texts": dict(event.texts),
    }


def _window(item: Mapping[str, Any], document: Mapping[str, Any]) -> Window:
    return Window(
        number=item["number"],
        takes=_takes(item, document),
        hall=item["hall"],
        skills=frozenset(item["skills"]),
        languages=frozenset(item["languages"]),
        label=item["label"],
        lunch=item.get("lunch") or 0,
        duty=item.get("duty", False),
    )


def _takes(item: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Taking]:
    """Return how a window takes each service; where it also helps, taking it first wins."""
    after = item["help_after_minutes"]
    helping = Taking(level=2, help_after=None if after is None else timedelta(minutes=after))
    first = {
        service: Taking()
        for name in (*item["groups"], *item["services"])
        for service in checks.services_named(name, document)
    }
    helped = {
        service: helping
        for name in item["helps"]
        for service in checks.services_named(name, document)
        if service not in first
    }
    return first | helped


def _window_document(window: Window, catalogue: Catalogue) -> Document:
    first = [service for service, taking in window.takes.items() if taking.level == 1]
    helped = [service for service, taking in window.takes.items() if taking.level != 1]
    names = _folded(first, catalogue)
    prefixes = {group.prefix for group in catalogue.groups}
    return {
        "number": window.number,
        "groups": [name for name in names if name in prefixes],
        "services": [name for name in names if name not in prefixes],
        "helps": _folded(helped, catalogue),
        "help_after_minutes": _help_after_minutes(window),
        "hall": window.hall,
        "skills": sorted(window.skills),
        "languages": sorted(window.languages),
        "label": window.label,
        "lunch": window.lunch,
    }


def _folded(services: list[str], catalogue: Catalogue) -> list[str]:
    """Return the services with every group that is whole named by its prefix."""
    whole = {
        member: prefix
        for prefix, members in catalogue.services_by_group.items()
        if set(members) <= set(services)
        for member in members
    }
    return list(dict.fromkeys(whole.get(service, service) for service in services))


def _help_after_minutes(window: Window) -> float | None:
    times = {taking.help_after for taking in window.takes.values() if taking.level != 1}
    if len(times) > 1:
        raise ValueError(f"window {window.number} helps after different times")
    time = next(iter(times), None)
    return None if time is None else time / timedelta(minutes=1)


def _category(item: Mapping[str, Any]) -> Category:
    minutes = item["head_start_minutes"]
    head_start = None if minutes is None else timedelta(minutes=minutes)
    confirm = item.get("confirm", "none")
    return Category(item["id"], item["texts"], head_start, item["proof"], confirm)


def _category_document(category: Category) -> Document:
    start = category.head_start
    return {
        "id": category.id,
        "head_start_minutes": None if start is None else start / timedelta(minutes=1),
        "proof": category.proof,
        "confirm": category.confirm,
        "texts": dict(category.texts),
    }


def _rules(given: Mapping[str, Any]) -> Rules:
    """Return the rules: what is given, and the house's defaults."""
    durations = {
        name: given[key] * unit for name, (key, unit) in _DURATIONS.items() if key in given
    }
    counts = {name: given[name] for name in _COUNTS if name in given}
    rules = Rules(**durations, **counts, keep_hours=given.get("keep_hours", False))
    if "day_ends" not in given:
        return rules
    return replace(rules, day_ends=calendar_document.clock(given["day_ends"]))


def _rules_document(rules: Rules) -> Document:
    durations = {key: getattr(rules, name) / unit for name, (key, unit) in _DURATIONS.items()}
    counts = {name: getattr(rules, name) for name in _COUNTS}
    day = {"keep_hours": rules.keep_hours, "day_ends": f"{rules.day_ends:%H:%M}"}
    return durations | {name: count for name, count in counts.items() if count is not None} | day
