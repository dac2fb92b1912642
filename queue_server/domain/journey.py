"""A visit of several services: which leg may come next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from queue_server.domain.catalogue import LifeEvent, Service
from queue_server.domain.errors import Invalid
from queue_server.domain.ticket import Step, Ticket


def legs(service: Service) -> tuple[Step, ...]:
    """Return the legs of a visit for a service: itself, and what a composite one brings."""
    return (Step(service.id), *(Step(leg.service, leg.after) for leg in service.legs))


def visit(
    service: Service, wanted: Sequence[str], event: LifeEvent | None = None
) -> tuple[Step, ...]:
    """Return the legs of a visit that begins with a service and wants others beside it.

    A life event says what must be done before what. Raises Invalid for a service that the event
    does not have, or that cannot be the first.
    """
    order = {leg.service: leg.after for leg in event.legs} if event else {}
    chosen = [service.id, *(other for other in dict.fromkeys(wanted) if other != service.id)]
    for name in chosen if event else ():
        if name not in order:
            raise Invalid(f"{name} does not belong to this life event.", field="legs")
    if not set(order.get(service.id, ())).isdisjoint(chosen):
        raise Invalid(f"{service.id} cannot be the first of these.", field="service")
    others = tuple(Step(name, order.get(name, ())) for name in chosen[1:])
    own = tuple(leg for leg in legs(service) if leg.service not in chosen[1:])
    return (*own, *others)


def onward(ticket: Ticket, waits: Mapping[str, float]) -> str | None:
    """Return the service of the next leg once the one in hand is done, or None.

    Of the legs whose precedence allows it, the one with the shortest predicted wait (minutes).
    Transfers can make legs wait for each other; then any may come, for none must be lost.
    """
    pending = _pending(ticket)
    services = {leg.service for leg in pending}
    allowed = [leg for leg in pending if services.isdisjoint({*leg.after} - {leg.service})]
    nexts = (leg.service for leg in allowed or pending)
    return min(nexts, key=lambda service: waits.get(service, 0.0), default=None)


def open_legs(ticket: Ticket) -> tuple[str, ...]:
    """Return the services of the visit that are still to come after the one in hand."""
    return tuple(leg.service for leg in _pending(ticket))


def _pending(ticket: Ticket) -> list[Step]:
    """Return the legs still to come: all not done but the one in hand, the first of its service."""
    to_do = [leg for leg in ticket.legs if not leg.done]
    in_hand = next((i for i, leg in enumerate(to_do) if leg.service == ticket.service), None)
    return [leg for i, leg in enumerate(to_do) if i != in_hand]
