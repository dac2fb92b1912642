"""What a day teaches, and what is left out because it cannot be true."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import DomainError, Invalid
from queue_server.domain.facts import Facts
from queue_server.domain.observations import Observations, body, observed, parsed
from tests.factories import DAY, a_catalogue, at
from tests.queue_server.domain.day_log import DayLog, legs

TODAY = DAY.isoformat()


def seen(log: DayLog, catalogue: Catalogue | None = None) -> Observations:
    """Return what a log teaches."""
    return observed(log.tally(), catalogue or a_catalogue())


def both_open() -> DayLog:
    """Return a log in which both windows have opened."""
    log = DayLog()
    log.window("opened", 0)
    log.window("opened", 0, "ben")
    return log


def test_a_service_lasts_from_the_call_to_the_end() -> None:
    """When the visitor came to the window does not matter: the window was taken."""
    log = both_open()
    log.issue("a", 0)
    log.call("a", 2)
    log.start("a", 3)
    log.finish("a", 9.5)
    assert seen(log).served == {"A01": {"ann": [7.5]}}


def test_every_leg_is_a_service_of_its_own() -> None:
    """Each at its window, by its clerk."""
    log = both_open()
    log.issue("a", 0, service="E01", legs=legs("E01", "E02"))
    log.call("a", 2)
    log.finish("a", 6, onward="E02")
    log.tickets["a"] = replace(log.tickets["a"], service="E02")
    log.serve("a", 7, 10, "ben")
    assert seen(log).served == {"E01": {"ann": [4.0]}, "E02": {"ben": [3.0]}}


def test_a_wrap_up_belongs_to_the_service() -> None:
    """The window is free when the papers are done."""
    log = both_open()
    log.issue("a", 0)
    log.serve("a", 2, 6)
    log.window("wrap_up_began", 6)
    log.window("wrap_up_ended", 8)
    assert seen(log).served == {"A01": {"ann": [6.0]}}


def test_a_wrap_up_after_the_next_call_belongs_to_the_next() -> None:
    """Papers are done between two visitors, or not for the first."""
    log = both_open()
    log.issue("a", 0)
    log.issue("b", 0)
    log.serve("a", 2, 6)
    log.serve("b", 6, 8)
    log.window("wrap_up_began", 8)
    log.window("wrap_up_ended", 9)
    assert seen(log).served == {"A01": {"ann": [4.0, 3.0]}}


def test_what_is_held_returned_or_sent_on_is_no_service() -> None:
    """Only what was finished tells how long it takes."""
    log = both_open()
    for name in "abc":
        log.issue(name, 0)
    log.call("a", 1)
    log.give_back("a", 2)
    log.call("b", 2)
    log.start("b", 2)
    log.hold("b", 4)
    log.call("c", 4)
    log.start("c", 4)
    log.transfer("c", 6, "E01")
    assert seen(log).visits == 0
    assert seen(log).calls == 3


def test_what_was_undone_is_not_observed() -> None:
    """A visit finished by mistake goes on."""
    log = both_open()
    log.issue("a", 0)
    log.serve("a", 2, 6)
    log.undo("a", 6.5)
    assert seen(log).visits == 0
    log.finish("a", 10)
    assert seen(log).served == {"A01": {"ann": [8.0]}}


def test_a_no_show_costs_what_the_window_waited() -> None:
    """From the call to giving up."""
    log = both_open()
    log.issue("a", 0)
    log.call("a", 2)
    log.miss("a", 3.5)
    assert (seen(log).calls, seen(log).absent) == (1, [1.5])


def test_a_forgotten_ticket_is_left_out_and_counted() -> None:
    """Nobody is served for six hours."""
    log = both_open()
    log.issue("a", 0)
    log.serve("a", 2, 362)
    assert (seen(log).visits, seen(log).odd) == (0, 1)


def test_a_long_service_may_last_eight_times_its_plan() -> None:
    """Of ten minutes planned, up to eighty are believed."""
    log = both_open()
    log.issue("a", 0)
    log.issue("b", 0)
    log.serve("a", 0, 80)
    log.serve("b", 80, 160.1)
    assert (seen(log).visits, seen(log).odd) == (1, 1)


def test_a_clock_that_went_back_is_left_out_and_counted() -> None:
    """A service does not end before it begins."""
    log = both_open()
    log.issue("a", 0)
    log.call("a", 30)
    log.start("a", 30)
    log.finish("a", 20)
    assert (seen(log).visits, seen(log).odd) == (0, 1)


def test_the_gap_counts_only_while_somebody_waited() -> None:
    """A window that has nobody to call is idle, not slow."""
    log = both_open()
    log.issue("a", 0)
    log.issue("b", 1)
    log.serve("a", 2, 6)
    log.serve("b", 8, 10)
    log.issue("c", 15)
    log.serve("c", 20, 22)
    assert (seen(log).gaps, seen(log).gap_minutes) == (1, 2.0)


def test_calling_the_next_at_once_is_a_gap_of_nothing() -> None:
    """It counts: most clerks do so."""
    log = both_open()
    log.issue("a", 0)
    log.issue("b", 1)
    log.serve("a", 2, 6)
    log.serve("b", 6, 10)
    assert (seen(log).gaps, seen(log).gap_minutes) == (1, 0.0)


def test_a_break_is_no_gap() -> None:
    """It is counted as a break."""
    log = both_open()
    log.issue("a", 0)
    log.issue("b", 1)
    log.serve("a", 2, 6)
    log.window("paused", 7)
    log.window("resumed", 14)
    log.serve("b", 14, 16)
    assert (seen(log).gaps, seen(log).pauses) == (0, [7.0])


def test_lunch_by_plan_and_long_absence_are_no_breaks() -> None:
    """The plan tells lunch; half an hour is no break."""
    day = a_catalogue()
    windows = tuple(replace(window, lunch=1) for window in day.windows)
    facts = replace(Facts(), lunch=(("10:00", "10:20"),))
    log = both_open()
    for begin, end in ((61, 79), (100, 131), (150, 155)):
        log.window("paused", begin)
        log.window("resumed", end)
    assert seen(log, replace(day, windows=windows, facts=facts)).pauses == [5.0]
    assert seen(log).pauses == [18.0, 5.0]


def test_arrivals_are_counted_by_half_hours_of_the_centers_clock() -> None:
    """Who had an appointment, or whose slip was void, did not just come."""
    log = DayLog()
    log.issue("a", 0)
    log.issue("b", 29.9, statutory=True)
    log.issue("c", 30, service="E01", order_key=at(10))
    log.book("d", 1)
    log.check_in("d", 55)
    found = seen(log)
    assert found.arrivals == {"A01": {18: 2}, "E01": {19: 1}}
    assert (found.statutory, found.heads) == (1, {20.0: 1})


def test_who_is_at_a_window_now_is_known() -> None:
    """Since the call; nobody without a now."""
    log = both_open()
    log.issue("a", 0)
    log.call("a", 2)
    assert observed(log.tally(), a_catalogue(), at(7)).hands == [("A01", 5.0)]
    assert seen(log).hands == ()
    assert observed(log.tally(), a_catalogue(), at(600)).hands == []
    assert observed(log.tally(), a_catalogue(), at(1)).hands == []


def test_observations_survive_being_kept() -> None:
    """All but who is at a window just then."""
    log = both_open()
    log.issue("a", 0, order_key=at(-20))
    log.serve("a", 2, 6)
    found = seen(log)
    assert parsed(body(found)) == replace(found, absent=[], pauses=[], hands=())
    assert len(body(found)) < 300


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"heads": {"x": 1}}', '{"day": 3', '{"day": "Monday"}']
)
def test_what_is_no_body_is_refused(text: str) -> None:
    """An error with a name, so that the day can be read in the log anew."""
    with pytest.raises(Invalid):
        parsed(text)


def test_nothing_teaches_nothing() -> None:
    """An empty day is a day too."""
    assert seen(DayLog()) == Observations(TODAY, absent=[], pauses=[])


MOVES = ("call", "start", "finish", "hold", "miss", "undo", "transfer", "give_back")
MINUTES = st.floats(-600, 2000)
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 2), MINUTES), max_size=25)


@given(steps=STEPS, pauses=st.lists(MINUTES, max_size=6))
def test_whatever_the_clock_says_nothing_breaks(steps: list[Any], pauses: list[float]) -> None:
    """Times may go anywhere: what is kept is positive and bounded."""
    log = both_open()
    for name in range(3):
        log.issue(str(name), name)
    for kind, name, minute in steps:
        _try(log, kind, str(name), minute)
    for number, minute in enumerate(pauses):
        log.window(("paused", "resumed")[number % 2], minute)
    found = seen(log)
    minutes = [m for clerks in found.served.values() for each in clerks.values() for m in each]
    assert all(0 < minute <= 80 for minute in minutes)
    assert all(0 <= minute <= 30 for minute in (*found.absent, *found.pauses))
    assert 0 <= found.gap_minutes <= 15 * found.gaps
    assert body(parsed(body(found))) == body(found)


def _try(log: DayLog, kind: str, name: str, minute: float) -> None:
    """Do it where the rules allow it."""
    more = ("E01",) if kind == "transfer" else ()
    with suppress(DomainError, KeyError):
        getattr(log, kind)(name, minute, *more)
