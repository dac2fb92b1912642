from __future__ import annotations

from collections import Counter

from queue_server.domain import tallying
from queue_server.domain.tallying import Tally
from queue_server.simulation import memory_hall, wire
from queue_server.simulation.memory_hall import MemoryHall
from tests.queue_server.simulation.halls import MONDAY, drawn, lively


def test_events_are_in_order() -> None:
    """Each event has a seq of its own, and time only goes on."""
    world = lively()
    events = wire.events(memory_hall.play(world, drawn(world)))
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_a_hall_in_which_nothing_was_played_has_no_events() -> None:
    """Before the doors open nothing has happened."""
    world = lively()
    assert wire.events(MemoryHall(world, drawn(world))) == []


def test_a_days_figures_can_be_made_of_its_events() -> None:
    """Everybody who came is counted, and everybody who was served."""
    world = lively()
    hall = memory_hall.play(world, drawn(world))
    tally = tallying.fold(Tally(MONDAY.isoformat()), wire.events(hall))
    total = tallying.rows(tally, world.catalogue.timezone)["center", ""].counts
    ends = Counter(visit.stays[-1].ended for visit in hall.visits.values() if visit.stays)
    assert total["visitors"] == len(hall.visits)
    assert total["finished"] == ends["served"]
    assert total["abandoned"] == sum(bool(v.cancelled_at) for v in hall.visits.values())
