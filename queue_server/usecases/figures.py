"""What a hall's boards show beside the calls: who is next, how long it takes, what is announced.

Figures follow from the state of the hall and stand in no log: the newest are all that counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from queue_server.contracts.api import WaitOut
from queue_server.contracts.catalogue import NoticeOut
from queue_server.domain import halt, routing
from queue_server.domain.catalogue import Catalogue, Group
from queue_server.usecases import kept_word, waits
from queue_server.usecases.act import Act
from queue_server.usecases.waits import Prospect

#: so many of those who are likely to be called next are named
NEXT: Final = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one hall."""

    next: tuple[str, ...] = ()
    waits: tuple[WaitOut, ...] = ()
    notices: tuple[NoticeOut, ...] = ()


def of_hall(act: Act, hall: int) -> Figures:
    """Return a hall's figures at this moment; nothing in them belongs to a person."""
    waiting = act.work.tickets.waiting()
    groups = [g for g in act.catalogue.groups if _served_here(act.catalogue, g, hall)]
    prospect = waits.prospect(act)
    return Figures(
        next=_next(act, hall),
        waits=tuple(_wait(prospect, group, waiting) for group in groups),
        notices=(
            *_standstill(act),
            *_announced(act),
            *kept_word.notices(act.center, act.catalogue),
        ),
    )


def _announced(act: Act) -> Iterator[NoticeOut]:
    return (NoticeOut(id=one.id, texts=dict(one.texts)) for one in act.catalogue.notices)


def _standstill(act: Act) -> Iterator[NoticeOut]:
    """Say that the hall stands still; its reason is for staff."""
    halted = halt.parse(act.work.halted)
    if halted is not None:
        texts = act.center.texts(f"hall.{halted.kind}")
        yield NoticeOut(id=halted.kind, texts=dict(texts))


def _next(act: Act, hall: int) -> tuple[str, ...]:
    """Return the numbers that the rule would give the hall's open windows now."""
    cap = act.catalogue.rules.statutory_cap
    found = []
    for shift in act.work.shifts.open():
        window = act.catalogue.windows_by_number.get(shift.window)
        if window is None or window.hall != hall or shift.paused_at is not None:
            continue
        desk = routing.desk(window, shift)
        chosen = routing.pick_next(act.work.tickets.heads(desk, act.now), desk, act.now, cap)
        if chosen is not None:
            found.append(chosen)
    ordered = sorted({ticket.id: ticket for ticket in found}.values(), key=routing.arrival)
    return tuple(ticket.number for ticket in ordered[:NEXT])


def _wait(prospect: Prospect, group: Group, waiting: Mapping[str, int]) -> WaitOut:
    services = prospect.catalogue.services_by_group[group.prefix]
    ahead = sum(waiting.get(service, 0) for service in services)
    wait = prospect.group(group.prefix, ahead)
    return WaitOut(
        prefix=group.prefix,
        texts=dict(group.texts),
        waiting=ahead,
        low=wait.low if wait.served else None,
        high=wait.high if wait.served else None,
    )


def _served_here(catalogue: Catalogue, group: Group, hall: int) -> bool:
    services = catalogue.services_by_group[group.prefix]
    return any(
        catalogue.windows_by_number[number].hall == hall
        for service in services
        for number in catalogue.takers[service]
    )
