from __future__ import annotations

from datetime import timedelta

from queue_server.simulation import reference
from queue_server.simulation.halls import HallAway
from queue_server.simulation.memory_hall import MemoryHall
from queue_server.simulation.steps import AWAY, Steps
from tests.queue_server.simulation.halls import drawn


def hall() -> MemoryHall:
    """Return a hall whose time is easily moved on."""
    world = reference.world()
    return MemoryHall(world, drawn(world))


def test_steps_are_done_in_the_order_of_their_times() -> None:
    """Whoever is told first goes first in one and the same millisecond."""
    here, done = hall(), list[str]()
    steps = Steps(here)
    began = here.now
    steps.after(5, lambda: done.append("later"))
    steps.after(1, lambda: done.append("sooner"))
    steps.after(1.0004, lambda: done.append("the same millisecond"))
    steps.run()
    assert done == ["sooner", "the same millisecond", "later"]
    assert here.now == began + timedelta(seconds=5)


def test_a_step_may_tell_others() -> None:
    """What follows from a step is counted from its time."""
    here, times = hall(), list[float]()
    steps, began = Steps(here), here.now

    def note() -> None:
        times.append((here.now - began).total_seconds())
        if len(times) < 3:
            steps.after(2, note)

    steps.after(2, note)
    steps.run()
    assert times == [2, 4, 6]


def test_a_step_in_a_hall_that_is_away_is_tried_again() -> None:
    """It is done once the hall answers, some seconds late."""
    here, tries = hall(), list[float]()
    steps, began = Steps(here), here.now

    def ask() -> None:
        tries.append((here.now - began).total_seconds())
        if len(tries) < 3:
            raise HallAway

    steps.after(1, ask)
    steps.run()
    assert tries == [1, 1 + AWAY, 1 + 2 * AWAY]


class Ended(MemoryHall):
    """A hall whose play is over at once."""

    def wait_until(self, at: object) -> bool:
        """Say so."""
        return False


def test_nothing_is_done_once_the_play_is_over() -> None:
    """The hall says that it is; the steps that are left stay undone."""
    world = reference.world()
    steps, done = Steps(Ended(world, drawn(world))), list[str]()
    steps.after(1, lambda: done.append("never"))
    steps.run()
    assert done == []
