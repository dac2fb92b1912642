from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from config import catalogue as shipped
from queue_server import demo
from queue_server.domain import catalogue_document
from queue_server.domain.hall_now import HallNow, Waiting
from queue_server.simulation import memory_hall, reference
from queue_server.simulation.memory_hall import MemoryHall
from queue_server.simulation.world import World, of_catalogue
from tests.queue_server.simulation.halls import calls, drawn, lively, watched

SEEDS = st.integers(0, 100_000)
LOADS = st.sampled_from([0.7, 0.9, 1.1])


def played(load: float, seed: int) -> MemoryHall:
    """Play a day of the reference hall with lively people."""
    world = lively(load)
    return memory_hall.play(world, drawn(world, seed))


@settings(max_examples=15, deadline=None)
@given(LOADS, SEEDS)
@example(1.1, 548)
def test_nobody_is_lost(load: float, seed: int) -> None:
    """Everybody who got a ticket is served to the end, gives up, or does not come when called."""
    hall = played(load, seed)
    for visit in hall.visits.values():
        if visit.cancelled_at is not None:
            assert not visit.stays
            continue
        assert visit.stays
        assert all(stay.freed_at is not None for stay in visit.stays)
        last = visit.stays[-1].ended
        assert last == "missed" or (last == "served" and all(leg.done for leg in visit.legs))
    assert list(hall.waiting) == []
    assert all(shift.closed_at for shift in hall.shifts)


@settings(max_examples=15, deadline=None)
@given(LOADS, SEEDS)
def test_no_window_serves_two_and_nobody_is_served_twice_at_once(load: float, seed: int) -> None:
    """The stays of a window follow each other; so do those of a visitor."""
    hall = played(load, seed)
    stays = [stay for visit in hall.visits.values() for stay in visit.stays]
    for number in {stay.window for stay in stays}:
        here = sorted((s for s in stays if s.window == number), key=lambda s: s.called_at)
        assert all(one.freed_at <= then.called_at for one, then in pairwise(here))  # type: ignore[operator]
    for visit in hall.visits.values():
        assert all(one.freed_at <= then.called_at for one, then in pairwise(visit.stays))  # type: ignore[operator]


@settings(max_examples=10, deadline=None)
@given(LOADS, SEEDS)
def test_everybody_is_called_by_the_rule(load: float, seed: int) -> None:
    """At each call the whole hall, asked by the rule, gives whom the heads of its lines gave."""
    world = lively(load)
    hall = watched(world, drawn(world, seed))
    assert sum(chosen is not None for chosen, _ in hall.choices) > 200
    assert [chosen for chosen, _ in hall.choices] == [meant for _, meant in hall.choices]


@settings(max_examples=10, deadline=None)
@given(LOADS, SEEDS)
def test_windows_serve_what_they_take_and_rest_in_their_breaks(load: float, seed: int) -> None:
    """A window calls nobody whom it cannot serve, nobody before its shift, nobody in a break."""
    world = lively(load)
    hall = memory_hall.play(world, drawn(world, seed))
    shifts = {shift.window: shift for shift in hall.shifts}
    assert len(shifts) == len(hall.shifts) == 8
    for visit in hall.visits.values():
        for stay in visit.stays:
            window, shift = world.catalogue.window(stay.window), shifts[stay.window]
            assert stay.service in window.takes
            assert visit.ticket.needs <= window.skills
            assert shift.opened_at <= stay.called_at
            assert stay.freed_at is not None
            for _, begins, ends in shift.breaks:
                assert ends is not None
                assert stay.freed_at <= begins or ends <= stay.called_at


def test_the_same_seed_plays_the_same_day() -> None:
    """Two halls with one seed make the same calls."""
    assert calls(played(0.9, 5)) == calls(played(0.9, 5))
    assert calls(played(0.9, 5)) != calls(played(0.9, 6))


def test_every_clerk_has_lunch() -> None:
    """Each clerk eats once, after the plan says so and for half an hour at least."""
    world = reference.world(1.0)
    day = drawn(world, 2)
    for shift in memory_hall.play(world, day).shifts:
        ((begins, ends),) = [(b, e) for reason, b, e in shift.breaks if reason == "lunch"]
        assert ends is not None
        assert day.lunches[shift.window].begins <= begins < day.lunches[shift.window].ends
        assert ends - begins >= timedelta(minutes=30)


def test_a_busier_hall_waits_longer() -> None:
    """True waits grow with the load."""
    means = []
    for load in (0.7, 0.9, 1.1):
        waits = [v.waited for s in range(4) for v in played(load, s).visits.values()]
        known = [each for each in waits if each is not None]
        means.append(sum(known) / len(known))
    assert means == sorted(means)
    assert means[0] < 8 < means[2]


def test_a_snapshot_at_each_issue_tells_the_whole_hall() -> None:
    """The hook sees the newcomer among those who wait, and each window with whom it serves."""
    world = lively(1.0)
    day, seen = drawn(world), list[HallNow]()

    def look(hall: MemoryHall, ticket: Waiting) -> None:
        now = hall.snapshot()
        seen.append(now)
        assert ticket in now.waiting
        assert now.at == ticket.issued_at
        assert {waiting.id for waiting in now.waiting} == {each.id for each in hall.waiting}

    hall = memory_hall.play(world, day, look)
    assert len(seen) == len(hall.visits)
    assert max(len(now.waiting) for now in seen) > 10
    noon = [now for now in seen if any(desk.paused_at for desk in now.desks)]
    assert noon
    assert {each.id for each in seen[0].asked} == set(world.work)
    assert seen[0].offset == 300
    first = next(now for now in seen if now.desks)
    assert first.desks[0].away == (day.lunches[first.desks[0].desk.number],)


def test_whom_a_window_has_in_hand_is_seen_with_the_rest_of_the_visit() -> None:
    """A visitor called for one of two services is seen with the one that follows."""
    offered = catalogue_document.parse(shipped.read(demo.SHIPPED))
    world = of_catalogue(offered, 440)
    events = tuple(errand for errand in world.errands if errand.event == "moving")
    moving, thens = replace(world, errands=events), list[Waiting | None]()

    def look(hall: MemoryHall, _ticket: Waiting) -> None:
        hands = [desk.hand for desk in hall.snapshot().desks if desk.hand]
        thens.extend(hand.then for hand in hands if hand.service == "E03")

    hall = memory_hall.play(moving, drawn(moving), look)
    whole = [then for then in thens if then is not None]
    assert {then.service for then in whole} == {"L05"}
    assert all(then.order_key <= then.issued_at for then in whole)
    served = [v for v in hall.visits.values() if len(v.stays) == 2 and v.ticket.legs]
    assert served
    assert {stay.service for visit in served for stay in visit.stays} == {"E03", "L05"}


def with_category(category: str) -> World:
    """Return a demo's world in which everybody claims a category."""
    offered = catalogue_document.parse(shipped.read(demo.SHIPPED))
    return replace(of_catalogue(offered, 440), categories={category: 1.0})


def test_some_head_starts_count_once_the_reception_has_seen_the_papers() -> None:
    """A veteran stands as an ordinary visitor first; who is with child goes first at once."""
    veterans = with_category("war_veteran")
    hall = memory_hall.play(veterans, drawn(veterans))
    assert not any(visit.ticket.statutory for visit in hall.visits.values())
    late = [v for v in hall.visits.values() if v.waited is not None and v.waited > 2]
    assert late
    assert all(visit.granted for visit in late)
    pregnant = with_category("pregnant")
    for visit in memory_hall.play(pregnant, drawn(pregnant)).visits.values():
        assert visit.ticket.issued_at - visit.ticket.order_key == timedelta(minutes=20)
