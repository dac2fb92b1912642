"""Worlds and days that the simulation's tests play."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from queue_server.domain import routing
from queue_server.simulation import days, reference
from queue_server.simulation.days import Day
from queue_server.simulation.halls import Called
from queue_server.simulation.memory_hall import MemoryHall
from queue_server.simulation.people import People
from queue_server.simulation.world import LIVELY, World

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 15)


def lively(load: float = 0.9, seed: int = 1) -> World:
    """Return the reference hall, whose people also do all that a demo's do."""
    often = replace(LIVELY, sent_on=0.06, fetches=0.06, gives_up=0.05, pause=0.05)
    return replace(reference.world(load, seed), habits=often)


def drawn(world: World, seed: int = 1, day: date = MONDAY) -> Day:
    """Return a day on which the center is open."""
    found = days.draw(world, day, seed)
    assert found is not None
    return found


class WatchedHall(MemoryHall):
    """A hall in memory that asks the rule about everybody who waits, at each call."""

    def __init__(self, world: World, day: Day) -> None:
        super().__init__(world, day)
        #: whom the window called, and whom the rule would have called out of the whole hall
        self.choices: list[tuple[str | None, str | None]] = []

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Call the next one, and note whom the rule meant."""
        here = self._windows[window]
        if here.hand is not None:
            self.finish(window, here.hand[0].id, outcome or "solved")
        cap = self.catalogue.rules.statutory_cap
        meant = routing.pick_next(tuple(self.waiting), here.desk, self.now, cap)
        called = super().next(window)
        self.choices.append((called and called.ticket, meant and meant.id))
        return called


def watched(world: World, day: Day) -> WatchedHall:
    """Play a day under watch."""
    hall = WatchedHall(world, day)
    People(world, day, hall).play()
    return hall


Calls = list[tuple[datetime, int, int]]


def calls(hall: MemoryHall) -> Calls:
    """Return every call of a day: when, to which window, which ticket by the order of issue."""
    made = (
        (stay.called_at, stay.window, visit.ticket.serial)
        for visit in hall.visits.values()
        for stay in visit.stays
    )
    return sorted(made)
