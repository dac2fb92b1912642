"""The nightly self-check: what was said of waits beside what came."""

import json
import random
from datetime import date, timedelta

import pytest

from queue_server.contracts.asks import CloseDay, FinishTicket
from queue_server.contracts.checking import EstimatesOut, SaidOut
from queue_server.domain.errors import Forbidden
from queue_server.domain.measures_bag import Bag
from queue_server.domain.measures_facts import MINUTE
from queue_server.usecases import checking, serving, standstill
from queue_server.usecases.access import Actor
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.ports import Center
from queue_server.usecases.records import FigureRow
from queue_server.usecases.reporting import Period
from tests import recount
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)
from tests.queue_server.usecases.random_day import RandomDay

ANALYST = Actor("person", "analyst", "analyst")
#: the clock of the tests begins on this day, at ten in the morning in Tashkent
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def a_bag(n: int, kept: int = 0, tenths: int = 5) -> Bag:
    """Return the bag of a day on which so many were told a wait, and of how many it was true."""
    return Bag({"promised": n, "promises_kept": kept, f"stretch:{tenths}": n})


def past(center: Center, bags: dict[int, Bag]) -> None:
    """Let there have been days so long ago, each with its figures."""
    with center.write() as work:
        for ago, bag in sorted(bags.items(), reverse=True):
            day = TODAY - ago * DAY
            work.days.add(day, 1)
            work.days.close(day, 1)
            body = json.dumps((bag.counts, bag.waits))
            work.figure_rows.put_all(day, [FigureRow(day, "center", "", body)])


def serve(center: Center, clock: HandClock, wait: float) -> None:
    """Let a visitor wait so long, and be served at window 1."""
    ticket = issue(center)
    clock.pass_(minutes=wait)
    call_next(center, 1)
    do(center, clerk(1), lambda act: serving.start(act, ticket.id, None))
    do(center, clerk(1), lambda act: serving.finish(act, ticket.id, FinishTicket()))


def estimates(center: Center, first: date = TODAY, last: date = TODAY) -> EstimatesOut:
    """Return the analyst's view of a period."""
    return checking.report(center, ANALYST, Period(first, last), LiveDay())


def test_what_was_said_stands_beside_what_came(center: Center, clock: HandClock) -> None:
    """Of the whole, of the service, of the hour of the call, of the day."""
    open_window(center, 1)
    serve(center, clock, 2)
    serve(center, clock, 200)
    found = estimates(center)
    assert found.total.n == 2
    assert found.total.wait == 101
    assert found.total.late == 0.5
    assert found.total.low is not None
    assert found.total.high is not None
    assert found.total.low < found.total.high
    assert [(part.key, part.figures.n) for part in found.services] == [("A01", 2)]
    assert [(part.key, part.figures.n) for part in found.hours] == [("10", 1), ("13", 1)]
    assert [(day.day, day.closed) for day in found.days] == [(TODAY.isoformat(), False)]
    assert found.services[0].texts["ru"]


def test_a_recount_of_the_log_says_the_same(center: Center, clock: HandClock) -> None:
    """By day, service and hour, while the day goes on and when it is over."""
    RandomDay(center, clock, random.Random(5)).play(600)
    assert estimates(center).total.n > 10
    _agrees(center)
    clock.pass_(hours=24)
    issue(center)
    _agrees(center)


def _agrees(center: Center) -> None:
    """Assert that what was checked is what the script counts in the log."""
    found, text = estimates(center), TODAY.isoformat()
    with center.read() as work:
        log = list(work.log.between(1, work.seq))
    counted = recount.recount(log, text, text)
    assert _promises(found.total) == counted["total"]["promises"]
    for part, kind in ((found.services, "service"), (found.hours, "hour")):
        told = {one.key: _promises(one.figures) for one in part}
        by = {key: each["promises"] for key, each in counted["by"][kind].items()}
        assert told == {key: each for key, each in by.items() if each["n"]}


def _promises(said: SaidOut) -> dict[str, object]:
    """Return what a recount tells too."""
    return said.model_dump(include={"n", "inside", "kept", "error_minutes", "bias_minutes", "late"})


def test_nobody_but_readers_of_figures_sees_it(center: Center) -> None:
    """A clerk has no use for it."""
    with pytest.raises(Forbidden):
        checking.report(center, clerk(1), Period(TODAY, TODAY), LiveDay())


def test_the_close_writes_the_check_into_the_log(center: Center, clock: HandClock) -> None:
    """Once for the day, with what was found; the morning after says it no more."""
    open_window(center, 1)
    serve(center, clock, 2)
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    clock.pass_(hours=24)
    issue(center)
    found = [event for event in events(center) if event["type"] == "estimates_checked"]
    assert [event["subject"] for event in found] == [TODAY.isoformat()]
    assert found[0]["detail"] == "n=1 kept=1.0 stretch=1"


def test_a_day_without_estimates_is_not_checked(center: Center) -> None:
    """Nobody was told anything."""
    open_window(center, 1)
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    assert "estimates_checked" not in [event["type"] for event in events(center)]


def test_the_stretch_looks_back_on_seven_days(center: Center) -> None:
    """What was before them is forgotten, today is not over."""
    past(center, {1: a_bag(30, tenths=20), 7: a_bag(30, tenths=20), 8: a_bag(900, tenths=3)})
    with center.read() as work:
        assert checking.stretch(work, TODAY) == 2.0
        assert checking.stretch(work, TODAY + DAY) == 1.0
    found = estimates(center)
    assert (found.stretch.factor, found.stretch.n, found.stretch.coverage) == (2.0, 60, 0.0)


def test_the_public_line_is_of_the_last_day_that_can_tell(center: Center) -> None:
    """Thirty visitors at least; rounded down."""
    past(center, {1: a_bag(29, 29), 2: a_bag(400, 371), 3: a_bag(400, 10)})
    assert do(center, SUPERVISOR, checking.public_line) == 92
    with center.read() as work:
        known = checking.last_kept(work, TODAY)
    assert known is not None
    assert (known.day, known.n) == (TODAY - 2 * DAY, 400)
    assert estimates(center).last_kept is not None


def test_without_such_a_day_nothing_is_said(center: Center) -> None:
    """Nor of one that is long ago."""
    past(center, {20: a_bag(400, 400)})
    assert do(center, SUPERVISOR, checking.public_line) is None
    assert estimates(center).last_kept is None


def test_all_kept_is_a_hundred_percent(center: Center) -> None:
    """Rounding down takes nothing from a whole."""
    past(center, {1: Bag({"promised": 50, "promises_kept": 50, "said_wait_ms": 50 * MINUTE})})
    assert do(center, SUPERVISOR, checking.public_line) == 100
