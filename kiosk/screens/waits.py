"""How long the queues are, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.screens.glass import Glass
from queue_server.contracts.api import ServiceOut

#: minutes under which it is "soon", and over which it is "over 1 h"
SOON, LONG = 5, 60


@dataclass(frozen=True, slots=True)
class Wait:
    """How many wait, and how long the next one will."""

    waiting: int
    low: int
    high: int


def wait_for(services: Iterable[ServiceOut]) -> Wait:
    """Return the wait of several services: all who wait, and the longest of the waits."""
    every = list(services)
    longest = max(every, key=lambda one: (one.high, one.low), default=None)
    if longest is None:
        return Wait(0, 0, 0)
    return Wait(sum(one.waiting for one in every), longest.low, longest.high)


def people(glass: Glass, wait: Wait) -> str:
    """Say how many wait."""
    return glass.say("kiosk.people_waiting", n=wait.waiting)


def minutes(glass: Glass, low: int, high: int) -> str:
    """Say how long it takes."""
    if high <= SOON:
        return glass.say("wait.soon")
    if low >= LONG:
        return glass.say("kiosk.wait_long")
    return glass.say("wait.between", a=low, b=high)


def in_short(glass: Glass, wait: Wait) -> tuple[str, str]:
    """Return the status line of a tile, and its colour."""
    if wait.waiting == 0:
        return glass.say("kiosk.nobody_waits"), "good"
    return f"{people(glass, wait)} · {minutes(glass, wait.low, wait.high)}", "ink_soft"
