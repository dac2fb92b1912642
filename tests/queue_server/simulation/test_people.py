from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.simulation import reference
from queue_server.simulation.days import Day, Spell
from queue_server.simulation.halls import Called, HallAway, TakenOver
from queue_server.simulation.memory_hall import MemoryHall
from queue_server.simulation.people import People
from queue_server.simulation.visitors import Visitor
from queue_server.simulation.world import Clerk, World
from tests.queue_server.simulation.halls import calls, drawn

MINUTES = {"A01": 10.0, "E01": 6.0}


def alone(clerks: tuple[int, ...] = (1,)) -> World:
    """Return the reference hall with few clerks, none slower than usual."""
    return replace(reference.world(), clerks={n: Clerk(f"clerk{n}") for n in clerks})


def quiet(world: World, *visitors: Visitor) -> Day:
    """Return a day that brings just these, without a spell or a lunch."""
    return replace(drawn(world), visitors=visitors, spells=(), lunches={}, late={})


def comes(day: Day, minute: float, **fate: object) -> Visitor:
    """Return one who comes so many minutes after the doors have opened."""
    at = day.opens + timedelta(minutes=minute)
    return replace(Visitor(at, "A01", MINUTES, walk=10.0), **fate)  # type: ignore[arg-type]


def play(
    world: World, *fates: tuple[float, dict[str, object]], hall: type[MemoryHall] = MemoryHall
) -> MemoryHall:
    """Play a day with these visitors and return its hall."""
    empty = quiet(world)
    day = replace(empty, visitors=tuple(comes(empty, minute, **fate) for minute, fate in fates))
    made = hall(world, day)
    People(world, day, made).play()
    return made


def minutes(hall: MemoryHall, ticket: str) -> list[tuple[str, float, float]]:
    """Return how each stay of a ticket ended, when it began and how long it lasted."""
    opens = hall.shifts[0].opened_at
    return [
        (
            stay.ended,
            (stay.called_at - opens) / timedelta(minutes=1),
            round((stay.freed_at - stay.called_at) / timedelta(minutes=1), 3),
        )
        for stay in hall.visits[ticket].stays
        if stay.freed_at
    ]


def test_an_idle_clerk_calls_who_comes_and_serves_as_long_as_it_takes() -> None:
    """Three seconds to notice, ten to walk, ten minutes of service."""
    hall = play(alone(), (5, {}))
    assert minutes(hall, "t1") == [("served", 5.05, 10.167)]
    assert hall.shifts[0].closed_at == quiet(alone()).ends + timedelta(seconds=3)


def test_the_next_one_is_called_the_moment_a_window_is_free() -> None:
    """Who came while another was served waits just until that one leaves."""
    hall = play(alone(), (5, {}), (6, {}))
    first, second = hall.visits["t1"].stays[0], hall.visits["t2"].stays[0]
    assert first.freed_at == second.called_at
    assert hall.visits["t2"].waited == (
        second.called_at - hall.visits["t2"].ticket.issued_at
    ) / timedelta(minutes=1)


def test_a_slow_clerk_and_a_slow_spell_make_it_longer() -> None:
    """Ten minutes become twelve at a slow clerk, and eighteen in a spell."""
    slow = replace(alone(), clerks={1: Clerk("clerk1", 1.2)})
    assert minutes(play(slow, (5, {})), "t1")[0][2] == 12.167
    day = quiet(slow)
    spell = Spell(day.opens, day.ends, 1.5)
    day = replace(day, spells=(spell,), visitors=(comes(day, 5),))
    hall = MemoryHall(slow, day)
    People(slow, day, hall).play()
    assert minutes(hall, "t1")[0][2] == 18.167


def test_who_does_not_come_costs_three_quarters_of_a_minute() -> None:
    """The clerk waits 45 seconds, notes it, and calls the next one."""
    hall = play(alone(), (5, {"comes": False}), (5, {}))
    assert minutes(hall, "t1") == [("missed", 5.05, 0.75)]
    assert minutes(hall, "t2")[0][1] == 5.8


def test_who_gives_up_waits_no_more() -> None:
    """Patience that ends before the call ends the visit; after it, it does not matter."""
    hall = play(alone(), (5, {"patience": 8.0}), (6, {"patience": 3.0}))
    assert hall.visits["t1"].cancelled_at is None
    assert hall.visits["t2"].cancelled_at is not None
    assert hall.visits["t2"].stays == []


def test_who_is_at_the_wrong_window_is_sent_on() -> None:
    """A moment at the first window, then the other service, at its own window, in full."""
    hall = play(alone((1, 5)), (5, {"sent_on": "G01", "minutes": MINUTES | {"G01": 14.0}}))
    first, second = minutes(hall, "t1")
    assert first == ("sent_on", 5.05, 1.667)
    assert second[0] == "served"
    assert second[2] == 14.167
    assert [stay.window for stay in hall.visits["t1"].stays] == [1, 5]


def test_who_fetches_a_copy_comes_back_to_the_same_window() -> None:
    """Half of the service, time to fetch, the other half; meanwhile the clerk serves another."""
    hall = play(alone(), (5, {"fetches": 4.0}), (6, {}))
    held, served = minutes(hall, "t1")
    assert held == ("held", 5.05, 5.167)
    assert served[0] == "served"
    assert served[2] == 5.167
    assert minutes(hall, "t2")[0][1] == pytest.approx(5.05 + 5.167, abs=0.001)
    assert [called for _, _, called in calls(hall)] == [1, 2, 1]


def test_a_break_follows_a_visit_while_others_wait() -> None:
    """The clerk rests six minutes after the first visitor; the second waits for it."""
    hall = play(alone(), (5, {"pause": 6.0}), (6, {}))
    ((reason, begins, ends),) = hall.shifts[0].breaks
    assert (reason, ends - begins) == ("break", timedelta(minutes=6))  # type: ignore[operator]
    assert hall.visits["t2"].stays[0].called_at == ends


def test_those_inside_are_served_after_the_doors_close() -> None:
    """Who comes with the last ticket is served though the day's work is over; then all go."""
    hall = play(alone((1, 4)), *[(509.0 + 0.1 * n, {}) for n in range(8)])
    ends = quiet(alone()).ends
    assert all(visit.stays for visit in hall.visits.values())
    assert max(shift.closed_at for shift in hall.shifts if shift.closed_at) > ends
    assert min(shift.closed_at for shift in hall.shifts if shift.closed_at) >= ends


def test_clerks_do_not_wait_for_whom_they_cannot_serve() -> None:
    """Somebody whom no clerk of the day can serve keeps nobody after work."""
    hall = play(alone((7,)), (5, {"service": "K01", "minutes": {"K01": 9.0}}))
    assert hall.shifts[0].closed_at == quiet(alone()).ends + timedelta(seconds=3)
    assert len(list(hall.waiting)) == 1


class Flaky(MemoryHall):
    """A hall that is away at every third act."""

    acts = 0

    def _away(self) -> None:
        self.acts += 1
        if self.acts % 3 == 0:
            raise HallAway

    def issue(self, visitor: Visitor) -> str | None:
        """Be away at times."""
        self._away()
        return super().issue(visitor)

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Be away at times."""
        self._away()
        return super().next(window, outcome)

    def start(self, window: int, ticket: str) -> None:
        """Be away at times."""
        self._away()
        super().start(window, ticket)


def test_a_hall_that_is_away_is_tried_again() -> None:
    """Nobody is lost and nothing is done twice though the hall does not always answer."""
    hall = play(alone(), *[(5.0 + n, {}) for n in range(12)], hall=Flaky)
    assert len(hall.visits) == 12
    assert all(len(visit.stays) == 1 for visit in hall.visits.values())


class Taken(MemoryHall):
    """A hall where a person takes window 1 over after its first visitor."""

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Let the person be signed in."""
        if window == 1 and outcome:
            raise TakenOver
        return super().next(window, outcome)


def test_a_person_who_takes_a_window_over_keeps_it() -> None:
    """The simulated clerk does nothing there any more; the other windows go on."""
    hall = play(alone((1, 2)), *[(5.0 + n, {}) for n in range(12)], hall=Taken)
    windows = [window for _, window, _ in calls(hall)]
    assert windows.count(1) == 1
    assert windows.count(2) == 11
