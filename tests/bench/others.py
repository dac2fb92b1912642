"""What other estimators say at the issue of a ticket, from the same hall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from queue_server.domain.hall_now import HallNow, Waiting
from queue_server.simulation.memory_hall import MemoryHall

#: n·mean/servers, (n + 1)·mean/servers (QL), all work in the hall over all its windows, the wait of
#: the last one to enter service (LES), and of the head of the line so far (HOL); QL, LES and HOL
#: after Ibrahim and Whitt (2009), of the ticket's own service
KINDS: Final = ("naive", "QL", "hall", "LES", "HOL")


def others(
    hall: MemoryHall,
    now: HallNow,
    line: Sequence[Waiting],
    ticket: Waiting,
    means: Mapping[str, float],
) -> dict[str, float]:
    """Return what each says, minutes; `line`: who waits beside the ticket."""
    servers = sum(ticket.service in each.desk.takes for each in now.desks) or 1
    before = [who for who in line if who.service == ticket.service]
    each = means[ticket.service] / servers
    so_far = [(now.at - who.issued_at).total_seconds() / 60 for who in before]
    return {
        "naive": len(before) * each,
        "QL": (len(before) + 1) * each,
        "hall": sum(means[who.service] for who in line) / (len(now.desks) or 1),
        "LES": _last_entered(hall, ticket.service),
        "HOL": max(so_far, default=0.0),
    }


def _last_entered(hall: MemoryHall, service: str) -> float:
    """Return the wait of whoever was called last for a service."""
    entered = [
        (visit.stays[0].called_at, visit.waited or 0.0)
        for visit in hall.visits.values()
        if visit.stays and visit.stays[0].service == service
    ]
    return max(entered)[1] if entered else 0.0
