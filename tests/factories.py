"""Small builders of domain values: say only what a test is about, the rest is a usual day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.domain import moves
from queue_server.domain.catalogue import (
    Catalogue,
    Category,
    Group,
    Leg,
    Rules,
    Service,
    Taking,
    Texts,
    Window,
)
from queue_server.domain.moves import head_start
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import State, Step, Ticket
from queue_server.domain.window import Shift

#: nine o'clock in Tashkent, when the doors of the tests' center open
OPENING = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DAY = OPENING.date()

LANGUAGES = ("uz-Latn", "uz-Cyrl", "ru", "kaa", "en")


def at(after: float = 0.0) -> datetime:
    """Return the instant so many minutes after the opening."""
    return OPENING + minutes(after)


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


def texts(word: str) -> Texts:
    """Return a text in every language of the center."""
    return {tag: f"{word} ({tag})" for tag in LANGUAGES}


#: an unlimited head start, one of twenty minutes, and one of five
DISABILITY = Category("disability", texts("Disability"), head_start=None, proof="register")
INFANT = Category("infant", texts("Infant"), head_start=minutes(20))
ELDERLY = Category("elderly", texts("Elderly"), head_start=minutes(5))


def a_ticket(**changes: Any) -> Ticket:
    """Return a ticket that waits for A01 since the opening, with these fields changed.

    `serial` also gives its id and count, `issued_at` its order key and its present state's
    beginning, `service` its only leg, each unless it is given too.
    """
    serial = changes.get("serial", 1)
    issued_at = changes.get("issued_at", OPENING)
    service = changes.get("service", "A01")
    usual: dict[str, Any] = {
        "id": f"t{serial}",
        "day": DAY,
        "prefix": service[0],
        "count": serial,
        "serial": serial,
        "service": service,
        "legs": (Step(service),),
        "language": "uz-Latn",
        "issued_at": issued_at,
        "order_key": issued_at,
        "since": issued_at,
        "issued_by": "kiosk-1",
    }
    return Ticket(**(usual | changes))


def a_ticket_in(state: State, **changes: Any) -> Ticket:
    """Return a ticket that has come into this state by moves of its own, at most 5 minutes old.

    Ann at window 3 has, or had, to do with it; what is at a window was called at minute 1.
    """
    booked = a_ticket(**({"state": State.BOOKED, "not_before": at(30)} | changes))
    waiting = a_ticket(**changes)
    called = moves.call(waiting, 3, "ann", at(1))
    serving = moves.start(called, "ann", at(2))
    ways: dict[State, Ticket] = {
        State.BOOKED: booked,
        State.WAITING: waiting,
        State.CALLED: called,
        State.SERVING: serving,
        State.ON_HOLD: moves.hold(serving, "ann", at(3), "a copy is missing", until=at(13)),
        State.NO_SHOW: moves.no_show(called, "ann", at(3), minutes(0.5)),
        State.FINISHED: moves.finish(
            serving, "ann", at(3), outcome="solved", delivery="hand", onward=None
        ),
        State.CANCELLED: moves.cancel(waiting, "reception", at(3), "has left"),
        State.EXPIRED: moves.expire(waiting, at(3)),
    }
    return ways[state]


def with_right(category: Category, **changes: Any) -> Ticket:
    """Return a ticket that stands where its category puts it."""
    ticket = a_ticket(category=category.id, **changes)
    order_key, statutory = head_start(category, ticket.issued_at)
    return replace(ticket, order_key=order_key, statutory=statutory)


def a_desk(*services: str, helps: dict[str, float | None] | None = None, **changes: Any) -> Desk:
    """Return Ann's desk at window 3: these services first (A01), `helps` at level 2.

    `helps` is service → help after so many minutes, None for never.
    """
    takes = {service: Taking() for service in (services or ("A01",))}
    for service, after in (helps or {}).items():
        takes[service] = Taking(2, None if after is None else minutes(after))
    return Desk(**({"number": 3, "clerk": "ann", "takes": takes} | changes))


def a_shift(**changes: Any) -> Shift:
    """Return Ann's shift at window 3, open since the opening."""
    return Shift(**({"window": 3, "clerk": "ann", "opened_at": OPENING} | changes))


def a_service(service_id: str, **changes: Any) -> Service:
    """Return a service of the group that its id begins with, ten minutes long."""
    usual = {"group": service_id[0], "texts": texts(service_id), "minutes": 10.0}
    return Service(id=service_id, **(usual | changes))


def a_catalogue(**changes: Any) -> Catalogue:
    """Return a center with two groups, four services, three windows and three categories.

    Window 1 takes group A, window 2 group E, window 3 takes A and helps E after ten minutes.
    A02 is a composite service: E01, and E02 after it.
    """
    group_a, group_e = ("A01", "A02"), ("E01", "E02")
    legs = (Leg("E01"), Leg("E02", after=("E01",)))
    helping = dict.fromkeys(group_e, Taking(2, minutes(10)))
    usual: dict[str, Any] = {
        "code": "TEST",
        "name": texts("Center"),
        "timezone": "Asia/Tashkent",
        "languages": LANGUAGES,
        "groups": (Group("A", texts("Group A"), "family"), Group("E", texts("Group E"), "house")),
        "services": (
            a_service("A01"),
            a_service("A02", legs=legs),
            a_service("E01"),
            a_service("E02"),
        ),
        "windows": (
            Window(1, dict.fromkeys(group_a, Taking())),
            Window(2, dict.fromkeys(group_e, Taking()), skills=frozenset({"sign_language"})),
            Window(3, dict.fromkeys(group_a, Taking()) | helping, hall=2),
        ),
        "categories": (DISABILITY, INFANT, ELDERLY),
        "rules": Rules(),
    }
    return Catalogue(**(usual | changes))
