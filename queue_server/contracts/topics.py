"""Which event reaches which topic, and how much of it.

`hall.<n>` boards: number, window, language, times; never a name, a category, a service or a
reason · `window.<n>` its clerk · `ticket.<id>` its holder · `floor` supervisors: the whole
event · `slips` the hall's print station · `alerts` whoever can help: devices, calls for help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from queue_server.contracts.messages import (
    CenterEvent,
    Event,
    TicketEvent,
    WindowEvent,
    to_wire,
)

#: what staff hear of at once
ALERTS = frozenset({"device_alerted", "device_recovered", "help_called", "help_answered"})
#: what changes every board
FOR_ALL = frozenset(
    {
        "day_opened",
        "day_closed",
        "catalogue_imported",
        "catalogue_changed",
        "issuing_closed",
        "issuing_opened",
        "hall_suspended",
        "hall_resumed",
    }
)
#: what changes every counter panel
FOR_WINDOWS = (FOR_ALL - {"day_opened"}) | {"duty_changed", "duty_ended"}
#: of a clerk's shift: what the boards show
SHOWN = frozenset({"window_opened", "window_paused", "window_resumed", "window_closed"})
#: of a ticket: what neither boards nor its holder hear of
STAFF_ONLY = frozenset({"ticket_noted"})
AT_WINDOW = frozenset({"called", "serving"})
#: (service) → numbers of the windows that take it
Takers = Callable[[str], Iterable[int]]
Payload = dict[str, Any]


def deliveries(
    event: Event, takers: Takers, halls: Iterable[int], windows: Iterable[int] = ()
) -> Iterator[tuple[str, Callable[[], Payload]]]:
    """Yield every topic that this event is sent on, and how its payload there is made."""
    yield "floor", partial(to_wire, event)
    if isinstance(event, TicketEvent):
        yield from _of_ticket(event, takers)
    elif isinstance(event, WindowEvent):
        if event.type in SHOWN:
            yield f"hall.{event.hall}", lambda: _head(event) | {"window": event.window}
        yield f"window.{event.window}", partial(_of_shift, event)
    else:
        yield from _of_center(event, halls, windows)


def _of_ticket(event: TicketEvent, takers: Takers) -> Iterator[tuple[str, Callable[[], Payload]]]:
    if event.hall is not None and event.type not in STAFF_ONLY:
        yield f"hall.{event.hall}", partial(_for_board, event)
    for number in sorted(_windows(event, takers)):
        yield f"window.{number}", partial(_for_clerk, event)
    if event.type not in STAFF_ONLY:
        yield f"ticket.{event.ticket.id}", partial(_for_holder, event)
    issued_here = event.type == "ticket_issued" and event.ticket.paper == "station"
    if issued_here or event.type == "slip_requested":
        yield "slips", partial(_for_station, event)
    if event.type == "ticket_issued" and "sign_language" in event.ticket.needs:
        yield "alerts", partial(_for_interpreter, event)


def _of_center(
    event: CenterEvent, halls: Iterable[int], windows: Iterable[int]
) -> Iterator[tuple[str, Callable[[], Payload]]]:
    if event.type in ALERTS:
        yield "alerts", partial(to_wire, event)
    if event.type in FOR_ALL:
        yield from ((f"hall.{hall}", partial(_head, event)) for hall in halls)
    if event.type in FOR_WINDOWS:
        yield from ((f"window.{number}", partial(_for_panel, event)) for number in windows)


def _of_shift(event: WindowEvent) -> Payload:
    by = {"by": event.actor.name, "reason": event.reason, "message": event.message}
    said = {name: value for name, value in by.items() if value is not None}
    return {**_head(event), "window": event.window, "clerk": event.clerk, **said}


def _for_panel(event: CenterEvent) -> Payload:
    return {**_head(event), "subject": event.subject, "reason": event.reason}


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


def _for_interpreter(event: TicketEvent) -> Payload:
    return {**_head(event), "type": "sign_language_wanted", "subject": event.ticket.number}


def _head(event: TicketEvent | WindowEvent | CenterEvent) -> Payload:
    return {"v": event.v, "seq": event.seq, "at": event.at, "type": event.type}
