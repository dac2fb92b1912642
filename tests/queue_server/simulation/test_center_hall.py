from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server import bootstrap, demo
from queue_server.domain import ledger, observations, tallying
from queue_server.domain.tallying import Tally
from queue_server.simulation import center_hall, memory_hall, wire
from queue_server.simulation.center_hall import TIDYING, CenterHall, simulated
from queue_server.simulation.days import Day
from queue_server.simulation.memory_hall import MemoryHall
from queue_server.simulation.world import World, of_catalogue
from queue_server.usecases.ports import Center
from tests.queue_server.simulation.halls import MONDAY, Calls, calls, drawn

#: a hall of few makes short tests; all that happens in a hall happens among them
VISITORS, WINDOWS = 90, (1, 5, 10)
SEED = 11


@dataclass(frozen=True)
class Lived:
    """A day that a center and a memory hall have lived."""

    center: Center
    world: World
    hall: MemoryHall


def few(center: Center) -> World:
    """Return the demo's center with three windows, whose people do special things more often."""
    with center.read() as work:
        made = of_catalogue(work.catalogues.current(), VISITORS)
    often = replace(
        made.habits, sent_on=0.06, fetches=0.06, gives_up=0.15, pause=0.05, forwarded=0.1
    )
    taken = {service for n in WINDOWS for service in made.catalogue.window(n).takes}
    return replace(
        made,
        habits=often,
        clerks={number: made.clerks[number] for number in WINDOWS},
        # of several next legs a center takes the one with the shortest wait: not the rule's matter
        errands=tuple(e for e in made.errands if {e.service, *e.legs} <= taken and len(e.legs) < 2),
    )


@pytest.fixture(scope="module")
def lived(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """A Monday, lived once for all who look at it."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("lived") / "center"))
    center, database = bootstrap.open_center(demo.Demo(folder, 8000).wiring)
    with closing(database):
        world = few(center)
        day = drawn(world, SEED)
        center_hall.play(world, day, center, SEED)
        yield Lived(center, world, memory_hall.play(world, day))


@pytest.fixture
def world(center: Center) -> World:
    """The world of a test's own center."""
    return few(center)


@pytest.fixture
def day(world: World) -> Day:
    """A Monday."""
    return drawn(world, SEED)


def log(center: Center) -> list[dict[str, Any]]:
    """Return the whole log."""
    with center.read() as work:
        return list(work.log.after(0, 10_000))


def called(events: list[dict[str, Any]]) -> Calls:
    """Return every call of a log: when, to which window, which ticket by the order of issue."""
    issued = [event["ticket"]["id"] for event in events if event["type"] == "ticket_issued"]
    serial = {ticket: place for place, ticket in enumerate(issued, start=1)}
    made = (
        (datetime.fromisoformat(event["at"]), event["window"], serial[event["ticket"]["id"]])
        for event in events
        if event["type"] in ("ticket_called", "ticket_resumed")
    )
    return sorted(made)


def test_a_center_and_a_memory_hall_live_the_same_day(lived: Lived) -> None:
    """The same tickets are called at the same windows at the same instants."""
    assert called(log(lived.center)) == calls(lived.hall)
    assert len(called(log(lived.center))) > VISITORS / 2


def test_the_ledger_of_a_played_day_holds(lived: Lived) -> None:
    """Every event is chained to the one before, as on a day that was lived."""
    with lived.center.read() as work:
        assert work.seq > 5 * VISITORS
        assert ledger.verify(work.log.sealed(), work.seq, work.head_hash) is None


def test_all_kinds_of_things_happen_in_a_day(lived: Lived) -> None:
    """Transfers, holds, cancellations, no-shows, ratings, breaks, papers: the log has them."""
    kinds = Counter(event["type"] for event in log(lived.center))
    assert kinds.keys() >= {
        "ticket_transferred",
        "ticket_held",
        "ticket_resumed",
        "ticket_missed",
        "ticket_rated",
        "ticket_cancelled",
        "ticket_category_confirmed",
        "window_paused",
        "window_resumed",
        "day_opened",
        "day_closed",
    }
    finished = [event for event in log(lived.center) if event["type"] == "ticket_finished"]
    assert {e.get("outcome") for e in finished} == {"solved", "turned_away", "forwarded"}
    away = [e for e in finished if e.get("outcome") == "turned_away"]
    assert any(event.get("document") for event in away)
    assert kinds["window_opened"] == kinds["window_closed"] == len(WINDOWS)


def test_a_played_day_is_over(lived: Lived) -> None:
    """The supervisor has closed it: nobody waits, no window is open, its figures are kept."""
    with lived.center.read() as work:
        assert work.day == MONDAY
        assert work.halted == "closed"
        assert not any(work.tickets.waiting().values())
        assert not work.tickets.at_windows()
        assert not work.shifts.open()
        known = work.days.get(MONDAY)
        assert known is not None
        assert known.closed_seq


def test_the_next_day_begins_anew(center: Center, world: World, day: Day) -> None:
    """After a day comes the next one; its numbers begin with 1 again."""
    for date in (MONDAY, MONDAY + timedelta(days=1)):
        short = drawn(world, SEED, date)
        center_hall.play(world, replace(short, visitors=short.visitors[:9]), center, SEED)
    issued = [event["ticket"] for event in log(center) if event["type"] == "ticket_issued"]
    first = [t["day"] for t in issued if t["number"].endswith("001")]
    assert set(first) == {"2026-11-16", "2026-11-17"}


def test_the_same_seed_writes_the_same_log(center: Center, world: World, day: Day) -> None:
    """Tickets have the same ids: a past can be written again."""
    moved, clock = simulated(center, day.opens, SEED)
    again, _ = simulated(center, day.opens, SEED)
    assert clock.now() == day.opens
    assert moved.names.ticket_id(day.opens) == again.names.ticket_id(day.opens)
    other, _ = simulated(center, day.opens, SEED + 1)
    assert moved.names.ticket_id(day.opens) != other.names.ticket_id(day.opens)


def test_a_memory_days_events_teach_what_the_centers_log_teaches(lived: Lived) -> None:
    """Folded, both give the same observations: services, no-shows, breaks, arrivals."""
    taught = [
        observations.observed(
            tallying.fold(Tally(MONDAY.isoformat()), events), lived.world.catalogue
        )
        for events in (wire.events(lived.hall), log(lived.center))
    ]
    assert sorted(taught[0].pauses) == sorted(taught[1].pauses)
    assert replace(taught[0], pauses=()) == replace(taught[1], pauses=())
    assert taught[0].visits > VISITORS / 2
    assert taught[0].absent
    assert taught[0].pauses


def test_what_the_rules_refuse_is_left_undone(center: Center, world: World, day: Day) -> None:
    """A clerk whose window is closed calls nobody; a stranger's ticket cannot be given up."""
    moved, clock = simulated(center, day.opens, SEED)
    hall = CenterHall(world, moved, clock)
    assert hall.next(1) is None
    assert hall.cancel("nobody") is False
    assert hall.take_up(1, "nobody") is False
    assert {event["type"] for event in log(center)} == {"catalogue_imported", "person_added"}


def test_visitors_may_be_told_what_is_foreseen(center: Center, world: World) -> None:
    """With foresight the promises of a day are simulated ones, as in a center that runs."""
    short = drawn(world, SEED)
    some = replace(short, visitors=short.visitors[:25])
    center_hall.play(world, some, center, SEED, center_hall.foreseeing())
    issued = [event for event in log(center) if event["type"] == "ticket_issued"]
    by = Counter(event["reckoned"]["by"] for event in issued if event.get("reckoned"))
    assert by["simulated"] > 20


def test_time_alone_brings_its_own_about(center: Center, world: World, day: Day) -> None:
    """A hold that is over ends while the play waits, as the server's ticker would end it."""
    moved, clock = simulated(center, day.opens - TIDYING, SEED)
    hall = CenterHall(world, moved, clock)
    hall.open(1)
    hall.issue(replace(day.visitors[0], service="A01", legs=(), event=None, needs=frozenset()))
    hall.wait_until(day.opens + timedelta(minutes=40))
    assert "norm_exceeded" in {event["type"] for event in log(center)}
