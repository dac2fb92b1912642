"""Who would be left alone by a new catalogue: visitors, clerks and devices that still need a thing.

Only what the catalogue in force has, and the new one has not, can leave anybody alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.catalogue_errors import CatalogueError
from queue_server.domain.ticket import Ticket, at_window
from queue_server.domain.window import Shift


def orphans(
    before: Catalogue,
    after: Catalogue,
    tickets: Iterable[Ticket],
    shifts: Iterable[Shift],
    device_halls: Iterable[int],
) -> tuple[CatalogueError, ...]:
    """Return one sentence for each thing that would vanish while somebody needs it.

    `tickets` are all that have not ended, appointments of days to come too.
    """
    visitors = tuple(tickets)
    return (
        *_services(before, after, visitors),
        *_windows(before, after, visitors, shifts),
        *_categories(before, after, visitors),
        *_halls(before, after, device_halls),
    )


def _services(
    before: Catalogue, after: Catalogue, tickets: tuple[Ticket, ...]
) -> Iterator[CatalogueError]:
    needed = Counter(service for ticket in tickets for service in _needed(ticket))
    for service in before.service_by_id:
        if service not in after.service_by_id and needed[service]:
            sentence = f"{needed[service]} open tickets need the service {service}"
            yield CatalogueError(f"services[{service}]", sentence)


def _needed(ticket: Ticket) -> set[str]:
    """Return the services that a visitor has still before them."""
    steps = {step.service for step in ticket.legs if not step.done}
    return steps | {ticket.service} | ({ticket.sender.service} if ticket.sender else set())


def _windows(
    before: Catalogue, after: Catalogue, tickets: tuple[Ticket, ...], shifts: Iterable[Shift]
) -> Iterator[CatalogueError]:
    open_windows = {shift.window for shift in shifts}
    for number in before.windows_by_number:
        if number in after.windows_by_number:
            continue
        if number in open_windows:
            yield CatalogueError(f"windows[{number}]", f"window {number} is open")
        placed = sum(_is_placed(ticket, number) for ticket in tickets)
        if placed:
            sentence = f"{placed} open tickets are placed at window {number}"
            yield CatalogueError(f"windows[{number}]", sentence)


def _is_placed(ticket: Ticket, window: int) -> bool:
    places = {ticket.place, ticket.sender.place if ticket.sender else ""}
    return ticket.window == window or at_window(window) in places


def _categories(
    before: Catalogue, after: Catalogue, tickets: tuple[Ticket, ...]
) -> Iterator[CatalogueError]:
    kept = {category.id for category in after.categories}
    held = Counter(name for ticket in tickets for name in {ticket.category, ticket.claimed})
    for category in before.categories:
        if category.id not in kept and held[category.id]:
            sentence = f"{held[category.id]} open tickets have the category {category.id}"
            yield CatalogueError(f"categories[{category.id}]", sentence)


def _halls(
    before: Catalogue, after: Catalogue, device_halls: Iterable[int]
) -> Iterator[CatalogueError]:
    devices = Counter(device_halls)
    for hall in before.halls:
        if hall not in after.halls and devices[hall]:
            sentence = f"{devices[hall]} devices belong to hall {hall}"
            yield CatalogueError(f"halls[{hall}]", sentence)
