"""Which event reaches which topic, and how much of it.

`hall.<n>` boards: number, window, language, times; never a name, a category, a service or a
reason · `window.<n>` its clerk · `ticket.<id>` its holder · `floor` supervisors: the whole
event · `slips` the hall's print station.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from queue_server.contracts.messages import (
    CenterEvent,
    Event,
    TicketEvent,
    WindowEvent,
    to_wire,
)

AT_WINDOW = frozenset({"called", "serving"})
#: (service) → numbers of the windows that take it
Takers = Callable[[str], Iterable[int]]
Payload = dict[str, Any]


def deliveries(event: Event, takers: Takers, halls: Iterable[int]) -> list[tuple[str, Payload]]:
    """Return every (topic, payload) that this event is sent as."""
    sent: list[tuple[str, Payload]] = [("floor", to_wire(event))]
    if isinstance(event, TicketEvent):
        sent += _ticket(event, takers)
    elif isinstance(event, WindowEvent):
        payload = {**_head(event), "window": event.window, "clerk": event.clerk}
        sent += [(f"hall.{event.hall}", _head(event) | {"window": event.window})]
        sent += [(f"window.{event.window}", payload)]
    elif isinstance(event, CenterEvent):
        sent += [(f"hall.{hall}", _head(event)) for hall in halls]
    return sent


def _ticket(event: TicketEvent, takers: Takers) -> list[tuple[str, Payload]]:
    sent: list[tuple[str, Payload]] = []
    if event.hall is not None:
        sent.append((f"hall.{event.hall}", _for_board(event)))
    sent += [(f"window.{number}", _for_clerk(event)) for number in sorted(_windows(event, takers))]
    sent.append((f"ticket.{event.ticket.id}", _for_holder(event)))
    if event.type == "slip_requested" or (
        event.type == "ticket_issued" and event.ticket.paper == "station"
    ):
        sent.append(("slips", _for_station(event)))
    return sent


def _windows(event: TicketEvent, takers: Takers) -> set[int]:
    """Return the windows in whose line the ticket is, and those whose line it has left."""
    services = {event.ticket.service, event.was_service or event.ticket.service}
    windows = {number for service in services for number in takers(service)}
    for place in (event.ticket.place, event.was_place or ""):
        if place.startswith("window:"):
            windows.add(int(place.partition(":")[2]))
    return windows | {n for n in (event.window, event.clerks_window) if n is not None}


def _for_board(event: TicketEvent) -> Payload:
    ticket = event.ticket
    return {
        **_head(event),
        "number": ticket.number,
        "window": event.window,
        "language": ticket.language,
        "called_at": ticket.called_at,
        "recalls": ticket.recalls,
        "at_window": ticket.state in AT_WINDOW,
    }


def _for_clerk(event: TicketEvent) -> Payload:
    return {
        **_head(event),
        "ticket": event.ticket.model_dump(mode="json"),
        "window": event.window,
        "reason": event.reason,
    }


def _for_holder(event: TicketEvent) -> Payload:
    ticket = event.ticket
    return {
        **_head(event),
        "number": ticket.number,
        "state": ticket.state,
        "window": ticket.window,
        "called_at": ticket.called_at,
        "recalls": ticket.recalls,
        "version": ticket.version,
    }


def _for_station(event: TicketEvent) -> Payload:
    copy = event.copy_number or 1
    return {**_head(event), "id": event.ticket.id, "number": event.ticket.number, "copy": copy}


def _head(event: TicketEvent | WindowEvent | CenterEvent) -> Payload:
    return {"v": event.v, "seq": event.seq, "at": event.at, "type": event.type}
