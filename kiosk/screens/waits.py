"""How long the queues are, in few words."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.screens.glass import Glass
from kiosk.screens.tiles import Fact
from queue_server.contracts.catalogue import ServiceOut

#: minutes under which it is "soon", and over which it is "over 1 h"
SOON, LONG = 5, 60


def facts(glass: Glass, services: Iterable[ServiceOut]) -> tuple[Fact, ...]:
    """Return how many wait for these services, and the longest of their waits, for a tile."""
    every = [one for one in services if one.closed is None]
    if not every:
        return (Fact(glass.say("closing.tile"), "warning", "bad"),)
    ranges = [(one.high, one.low) for one in every if one.high is not None and one.low is not None]
    if not ranges:
        return (Fact(glass.say("wait.nobody_short"), "clock"),)
    waiting, (high, low) = sum(one.waiting for one in every), max(ranges)
    # nobody waits for these, and yet their windows may be busy with others for long
    if waiting == 0 and high <= SOON:
        return (Fact(glass.say("kiosk.nobody_waits"), "", "good"),)
    return (Fact(str(waiting), "people"), Fact(_in_short(glass, low, high), "clock"))


def people(glass: Glass, waiting: int) -> str:
    """Say how many wait."""
    if waiting == 0:
        return glass.say("kiosk.nobody_waits")
    return glass.say("kiosk.people_waiting", n=waiting)


def minutes(glass: Glass, low: int | None, high: int | None) -> str:
    """Say how long it will take, or that no window serves it now, in a sentence of its own."""
    if low is None or high is None:
        return glass.say("wait.nobody_now")
    if high <= SOON:
        return glass.say("kiosk.wait_soon")
    if low >= LONG:
        return glass.say("kiosk.wait_long")
    return glass.say("kiosk.wait_about", a=low, b=high)


def _in_short(glass: Glass, low: int, high: int) -> str:
    if high <= SOON:
        return glass.say("wait.soon")
    if low >= LONG:
        return glass.say("kiosk.minutes", n=f"{LONG}+")
    return glass.say("wait.between", a=low, b=high)
