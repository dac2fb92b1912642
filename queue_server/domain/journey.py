"""A visit of several services: which leg may come next."""

from __future__ import annotations

from collections.abc import Mapping

from queue_server.domain.catalogue import Service
from queue_server.domain.ticket import Step, Ticket


def legs(service: Service) -> tuple[Step, ...]:
    """Return the legs of a visit for a service: itself, and what a composite one brings."""
    return (Step(service.id), *(Step(leg.service, leg.after) for leg in service.legs))


def onward(ticket: Ticket, waits: Mapping[str, float]) -> str | None:
    """Return the service of the next leg once the one in hand is done, or None.

    Of the legs whose precedence allows it, the one with the shortest predicted wait (minutes).
    """
    done = {leg.service for leg in ticket.legs if leg.done} | {ticket.service}
    allowed = [
        leg.service
        for leg in ticket.legs
        if not leg.done and leg.service not in done and done.issuperset(leg.after)
    ]
    return min(allowed, key=lambda service: waits.get(service, 0.0), default=None)


def open_legs(ticket: Ticket) -> tuple[str, ...]:
    """Return the services of the visit that are still to come after the one in hand."""
    return tuple(
        leg.service for leg in ticket.legs if not leg.done and leg.service != ticket.service
    )
