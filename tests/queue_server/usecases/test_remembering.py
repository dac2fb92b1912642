"""What the hall teaches is kept when its day ends, and asked for at any time."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from queue_server.contracts.asks import CloseDay
from queue_server.domain import observations
from queue_server.domain.beliefs import Beliefs
from queue_server.domain.observations import Observations
from queue_server.storage.statements import Statement
from queue_server.storage.tables import observations as kept_days
from queue_server.usecases import remembering, reporting, serving, standstill
from queue_server.usecases.ports import Center
from queue_server.usecases.remembering import Memory
from tests.conftest import HandClock
from tests.queue_server.usecases.people import SUPERVISOR, call_next, clerk, do, issue, open_window

#: the clock of the tests begins on this day, at ten in the morning in Tashkent
TODAY = date(2026, 11, 23)


def serve(center: Center, clock: HandClock, minutes: float = 5) -> None:
    """Let a visitor come, be called at once and be served at window 1."""
    issue(center)
    ticket = call_next(center, 1)
    assert ticket is not None
    do(center, clerk(1), lambda act: serving.start(act, ticket.id, None))
    clock.pass_(minutes=minutes)
    do(center, clerk(1), lambda act: serving.finish(act, ticket.id, serving.FinishTicket()))


def a_day(center: Center, clock: HandClock, *minutes: float) -> None:
    """Let visitors be served so long each, and close the day."""
    open_window(center, 1)
    for each in minutes:
        serve(center, clock, each)
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))


def next_day(clock: HandClock) -> None:
    """Let the next morning come."""
    clock.at = clock.at.replace(hour=5, minute=0) + timedelta(days=1)


def beliefs(center: Center, clock: HandClock, memory: Memory | None = None) -> Beliefs:
    """Return what is believed now."""
    with center.read() as work:
        catalogue = work.catalogues.current()
        return remembering.beliefs(work, catalogue, clock.now(), memory or Memory())


def kept(center: Center, day: date = TODAY) -> Observations | None:
    """Return what was kept of a day."""
    with center.read() as work:
        body = work.observations.between(day, day).get(day)
    return None if body is None else observations.parsed(body)


def test_a_new_center_believes_its_catalogue(center: Center, clock: HandClock) -> None:
    """Nobody has come yet: the plan."""
    with center.read() as work:
        planned = work.catalogues.current().service("A01").minutes
    assert beliefs(center, clock).means["A01"] == pytest.approx(planned)


def test_what_a_day_taught_is_kept_at_its_close(center: Center, clock: HandClock) -> None:
    """And nothing while it goes on."""
    open_window(center, 1)
    serve(center, clock)
    assert kept(center) is None
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    found = kept(center)
    assert found is not None
    assert found.served == {"A01": {"clerk1": [5.0]}}
    assert found.calls == 1


def test_yesterday_and_today_are_both_believed(center: Center, clock: HandClock) -> None:
    """Forty visits of two minutes move the mean from both days."""
    with center.read() as work:
        planned = work.catalogues.current().service("A01").minutes
    memory = Memory()
    a_day(center, clock, *[2] * 20)
    next_day(clock)
    open_window(center, 1)
    before = beliefs(center, clock, memory).means["A01"]
    for _ in range(20):
        serve(center, clock, 2)
    after = beliefs(center, clock, memory).means["A01"]
    assert 2 < after < before < planned
    assert after == pytest.approx(beliefs(center, clock).means["A01"])


def test_a_day_that_was_not_kept_is_read_in_the_log(center: Center, clock: HandClock) -> None:
    """As after an upgrade: the same is believed, and the chore keeps it."""
    a_day(center, clock, 3, 4)
    next_day(clock)
    open_window(center, 1)
    known, was = beliefs(center, clock), kept(center)
    _forget(center)
    assert beliefs(center, clock) == known
    assert remembering.lacks(center)
    do(center, SUPERVISOR, remembering.catch_up)
    assert not remembering.lacks(center)
    assert kept(center) == was


def test_an_unreadable_day_is_read_in_the_log_and_said(
    center: Center, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    """A repair by hand breaks nothing."""
    a_day(center, clock, 3, 4)
    next_day(clock)
    open_window(center, 1)
    known = beliefs(center, clock)
    with center.write() as work:
        work.observations.put(TODAY, "{broken")
    assert beliefs(center, clock) == known
    assert "read in the event log anew" in caplog.text


def test_a_forgotten_ticket_is_left_out_and_said(
    center: Center, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Six hours at a window teach nothing."""
    with caplog.at_level(logging.WARNING):
        a_day(center, clock, 360)
    found = kept(center)
    assert found is not None
    assert (found.visits, found.odd) == (0, 1)
    assert "cannot be true" in caplog.text


def test_keeping_a_day_again_changes_nothing(center: Center, clock: HandClock) -> None:
    """Rolled up as often as somebody likes."""
    a_day(center, clock, 3)
    was = kept(center)
    do(center, SUPERVISOR, lambda act: reporting.roll_up(act, TODAY))
    assert kept(center) == was


def _forget(center: Center) -> None:
    """Take away what was kept, as if it had never been."""
    with center.write() as work:
        work._transaction.run(Statement(delete(kept_days)), {})  # type: ignore[attr-defined]
