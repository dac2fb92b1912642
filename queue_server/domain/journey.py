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
    pending = open_legs(ticket)
    allowed = [
        leg.service
        for leg in ticket.legs
        if not leg.done and leg.service in pending and not set(leg.after) & set(pending)
    ]
    return min(allowed, key=lambda service: waits.get(service, 0.0), default=None)


def open_legs(ticket: Ticket) -> tuple[str, ...]:
    """Return the services of the visit that are still to come after the one in hand."""
    to_do = [leg.service for leg in ticket.legs if not leg.done]
    if ticket.service in to_do:
        to_do.remove(ticket.service)
    return tuple(to_do)
