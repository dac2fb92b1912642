"""What a hall in memory has taught up to now: as the center would learn it from its log."""

from __future__ import annotations

from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

from queue_server.domain.observations import Observations
from queue_server.simulation.memory_hall import MemoryHall


def seen_until(hall: MemoryHall) -> Observations:
    """Return what the day has taught so far."""
    zone = ZoneInfo(hall.catalogue.timezone)
    served: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    arrivals: defaultdict[str, Counter[int]] = defaultdict(Counter)
    heads: Counter[float] = Counter()
    absent, hands, calls, statutory = [], [], 0, 0
    for visit in hall.visits.values():
        ticket = visit.ticket
        local = ticket.issued_at.astimezone(zone)
        arrivals[ticket.service][local.hour * 2 + local.minute // 30] += 1
        head = (ticket.issued_at - ticket.order_key).total_seconds() / 60
        statutory += ticket.statutory
        if head and not ticket.statutory:
            heads[head] += 1
        for stay in visit.stays:
            calls += 1
            if stay.freed_at is None:
                hands.append((stay.service, _minutes(hall.now, stay.called_at)))
            elif stay.ended == "served":
                served[stay.service][stay.clerk].append(_minutes(stay.freed_at, stay.called_at))
            elif stay.ended == "missed":
                absent.append(_minutes(stay.freed_at, stay.called_at))
    pauses = [
        _minutes(end, begin)
        for shift in hall.shifts
        for reason, begin, end in shift.breaks
        if reason == "break" and end is not None
    ]
    return Observations(
        day=f"{hall.now.astimezone(zone).date()}",
        served=served,
        calls=calls,
        absent=absent,
        pauses=pauses,
        arrivals=arrivals,
        statutory=statutory,
        heads=heads,
        hands=hands,
    )


def _minutes(later, earlier) -> float:
    return (later - earlier).total_seconds() / 60
