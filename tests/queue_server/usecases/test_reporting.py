"""Reports of days as people make them, held against a recount of the log and against the tables."""

import itertools
import json
import random
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.contracts.asks import CloseDay, FinishTicket, RateTicket, SuspendHall
from queue_server.contracts.reports import ReportOut
from queue_server.domain import tallying
from queue_server.domain.errors import Forbidden, Invalid
from queue_server.domain.tallying import Tally
from queue_server.usecases import leasing, reporting, serving, shifts, standstill, visiting
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.act import Act
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.ports import Center
from queue_server.usecases.reporting import Period, period
from tests import recount
from tests.conftest import HandClock
from tests.queue_server.usecases.agreeing import differences
from tests.queue_server.usecases.people import (
    KIOSK,
    SUPERVISOR,
    call_next,
    clerk,
    do,
    issue,
    open_window,
    types,
)
from tests.queue_server.usecases.random_day import RandomDay
from tests.queue_server.usecases.test_handing_over import hand_over, offline

ANALYST = Actor("person", "analyst", "analyst")
#: the clock of the tests begins on this day, at ten in the morning in Tashkent
TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
ROOT = Path(__file__).parents[3]


def report(center: Center, first: date = TODAY, last: date = TODAY) -> ReportOut:
    """Return the analyst's report of a period."""
    return reporting.report(center, ANALYST, Period(first, last), LiveDay())


def log(center: Center) -> list[dict[str, Any]]:
    """Return the whole log."""
    with center.read() as work:
        return list(work.log.between(1, work.seq))


def agree(center: Center, first: date, last: date, live: LiveDay | None = None) -> None:
    """Assert that a report says what a recount of the log does."""
    said = reporting.report(center, ANALYST, Period(first, last), live or LiveDay())
    counted = recount.recount(log(center), first.isoformat(), last.isoformat())
    assert differences(said, counted) == []


def served(center: Center, clock: HandClock, window: int = 1, minutes: float = 5) -> str:
    """Let a visitor be issued, called after two minutes, and served; returns the ticket's id."""
    ticket = issue(center, {1: "A01", 3: "E01"}[window])
    clock.pass_(minutes=2)
    call_next(center, window)
    do(center, clerk(window), lambda act: serving.start(act, ticket.id, None))
    clock.pass_(minutes=minutes)
    wish = FinishTicket()
    do(center, clerk(window), lambda act: serving.finish(act, ticket.id, wish))
    return ticket.id


def to_tomorrow(center: Center, clock: HandClock) -> None:
    """Let the night pass and the first visitor of the next day come."""
    clock.pass_(hours=24)
    issue(center)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_a_random_day_is_reported_as_a_recount_of_its_log(
    center: Center, clock: HandClock, seed: int
) -> None:
    """Whatever people do, the fold, the rows kept at the close and the recount agree.

    Every example is the next day of the same center; what comes late for the one before is seen.
    """
    live, chance = LiveDay(), random.Random(seed)
    RandomDay(center, clock, chance).play(150)
    today = clock.at.date()
    agree(center, today, today, live)
    RandomDay(center, clock, chance).play(100)
    agree(center, today - timedelta(days=3), today, live)
    clock.at = clock.at.replace(hour=5, minute=0) + timedelta(days=1)


def test_waits_and_services_are_those_of_the_tables(center: Center, clock: HandClock) -> None:
    """The stays that the tables keep give the same waits and the same serving time."""
    RandomDay(center, clock, random.Random(7), undoes=False).play(600)
    events = [event for event in log(center) if event.get("ticket", {}).get("day") == str(TODAY)]
    # stays cannot tell a service that Next ended without a start from a call that was returned
    unclear = {
        e["ticket"]["id"]
        for e in events
        if e["type"] == "ticket_leg_finished" and e["was"] == "called"
    }
    stays = {ticket: rows for ticket, rows in _stays(center).items() if ticket not in unclear}
    clear = [event for event in events if event["ticket"]["id"] not in unclear]
    tally = tallying.fold(Tally(str(TODAY)), clear)
    bag = tallying.rows(tally, "Asia/Tashkent")["center", ""]
    waits = [wait for rows in stays.values() if (wait := _wait(rows)) is not None]
    assert (bag["served"], bag["wait_ms"]) == (len(waits), sum(waits))
    served = [_served(rows) for rows in stays.values()]
    assert bag["serving_ms"] == sum(served)
    assert bag["finished"] == sum(rows[-1].state == "finished" for rows in stays.values())
    assert bag["visitors"] == len(stays)
    assert min(bag["served"], bag["serving_ms"], bag["finished"]) > 0


def test_a_days_rows_are_its_live_figures(center: Center, clock: HandClock) -> None:
    """Before its close a day is folded, after it added up: it is the same report."""
    open_window(center, 1)
    served(center, clock)
    do(center, clerk(1), lambda act: shifts.close_window(act, 1))
    before = report(center)
    to_tomorrow(center, clock)
    after = report(center)
    assert (after.total, after.by, after.heat) == (before.total, before.by, before.heat)
    assert (before.days[0].closed, after.days[0].closed) == (False, True)


def test_rolling_up_again_changes_nothing(center: Center, clock: HandClock) -> None:
    """A day may be rolled up as often as somebody likes."""
    open_window(center, 1)
    served(center, clock)
    to_tomorrow(center, clock)
    with center.read() as work:
        rows = work.figure_rows.between(TODAY, TODAY)
    do(center, SUPERVISOR, lambda act: reporting.roll_up(act, TODAY))
    do(center, SUPERVISOR, lambda act: reporting.roll_up(act, date(2020, 1, 1)))
    with center.read() as work:
        assert rows
        assert work.figure_rows.between(TODAY, TODAY) == rows


def test_a_rating_after_the_close_finds_its_day(center: Center, clock: HandClock) -> None:
    """The day was closed when the visitor rated: its figures have the stars all the same."""
    open_window(center, 1)
    visit = served(center, clock)
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    clock.pass_(minutes=1)
    do(center, VISITOR, lambda act: visiting.rate(act, visit, RateTicket(stars=5)))
    assert report(center).total.ratings.n == 1
    for _ in range(2):
        to_tomorrow(center, clock)
        assert report(center).total.ratings.n == 1
        agree(center, TODAY, clock.at.date())


def test_a_queue_kept_overnight_belongs_to_its_day(center: Center, clock: HandClock) -> None:
    """Who came yesterday and is served today waited since yesterday, and is yesterday's visitor."""
    open_window(center, 1)
    served(center, clock)
    kept = issue(center)
    placed = issue(center)
    call_next(center, 1)
    do(center, clerk(1), lambda act: serving.hold(act, kept.id, "snow", None, None))
    call_next(center, 1)
    snow = SuspendHall(reason="snow", keep=True)
    do(center, SUPERVISOR, lambda act: standstill.suspend(act, snow))
    clock.pass_(hours=23)
    do(center, SUPERVISOR, standstill.resume)
    open_window(center, 1)
    called = call_next(center, 1)
    assert called is not None
    assert (called.id, placed.number) == (kept.id, "A003")
    do(center, clerk(1), lambda act: serving.start(act, kept.id, None))
    assert report(center).total.waits.longest == 23 * 60
    assert report(center).total.conduct.transferred == 0
    agree(center, TODAY, TOMORROW)
    do(center, clerk(1), lambda act: serving.finish(act, kept.id, FinishTicket()))
    do(center, clerk(1), lambda act: shifts.close_window(act, 1))
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    assert report(center).total.finished == 2
    clock.pass_(hours=24)
    issue(center)
    both = report(center, TODAY, TOMORROW)
    assert [day.figures.finished for day in both.days] == [2, 0]
    agree(center, TODAY, clock.at.date())


def test_nobody_works_through_the_night(center: Center, clock: HandClock) -> None:
    """A window left open is closed by the first visitor's roll-over; it counts to the last act."""
    open_window(center, 1)
    served(center, clock)
    to_tomorrow(center, clock)
    work = report(center).total.work
    assert work.logged_in_hours == round(7 / 60, 2)
    assert work.occupancy == round(5 / 7, 4)
    agree(center, TODAY, TOMORROW)


def test_what_comes_late_on_several_days_finds_its_day(center: Center, clock: HandClock) -> None:
    """A kiosk without a line hands over one ticket of today on each of the next days."""
    do(center, KIOSK, leasing.lease)
    issue(center)
    for count in (1, 2):
        to_tomorrow(center, clock)
        hand_over(center, offline(500 + count))
        assert report(center).total.conduct.handed_over == count
        agree(center, TODAY, clock.at.date())
        for standing in (CloseDay(), None):
            do(center, SUPERVISOR, lambda act, s=standing: _stand(act, s))
            assert report(center).total.visitors == 1 + count


def test_a_day_that_goes_on_after_its_close_is_whole(center: Center, clock: HandClock) -> None:
    """Closed by mistake and opened again, a day has what came before and what came after."""
    open_window(center, 1)
    served(center, clock)
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    do(center, SUPERVISOR, standstill.resume)
    open_window(center, 1)
    served(center, clock)
    assert report(center).total.finished == 2
    to_tomorrow(center, clock)
    assert report(center).total.finished == 2
    agree(center, TODAY, TOMORROW)


def test_a_report_reads_on_from_the_last_one(center: Center, clock: HandClock) -> None:
    """The open day is kept between reports, and never behind the log."""
    live = LiveDay()
    open_window(center, 1)
    for count in (1, 2, 3):
        served(center, clock)
        said = reporting.report(center, ANALYST, Period(TODAY, TODAY), live)
        assert said.total.finished == count
    to_tomorrow(center, clock)
    said = reporting.report(center, ANALYST, Period(TODAY, TOMORROW), live)
    assert [day.figures.visitors for day in said.days] == [3, 1]


def test_clerks_stand_in_the_order_of_windows(center: Center, clock: HandClock) -> None:
    """Never in that of a figure: the slower clerk of window 1 comes before the one of window 3."""
    for window in (3, 1):
        open_window(center, window)
        served(center, clock, window, minutes=6 / window)
    clerks = report(center).by["clerk"]
    assert [(c.key, c.window) for c in clerks] == [("clerk1", 1), ("clerk3", 3)]
    assert all(c.mix is not None and c.mix.index is None and c.mix.n == 1 for c in clerks)
    assert all(c.figures.ratings.top_two is None for c in clerks)


def test_everything_has_the_names_of_the_catalogue(center: Center, clock: HandClock) -> None:
    """Groups, services and categories come with their texts, clerks with their names."""
    open_window(center, 1)
    served(center, clock)
    said = report(center)
    for part in ("group", "service"):
        assert all("uz-Latn" in one.texts for one in said.by[part])
    assert said.by["clerk"][0].name
    assert said.center
    assert [heat.weekday for heat in said.heat] == [TODAY.isoweekday()]


def test_only_what_is_asked_for_is_broken_down(center: Center, clock: HandClock) -> None:
    """By clerk alone, still with the center's own means of services behind the index."""
    open_window(center, 1)
    served(center, clock)
    said = reporting.report(center, ANALYST, Period(TODAY, TODAY, ("clerk",)), LiveDay())
    assert [*said.by] == ["clerk"]
    mix = said.by["clerk"][0].mix
    assert mix is not None
    assert mix.expected_minutes == mix.actual_minutes == 5


def test_a_report_needs_the_right_to_it(center: Center) -> None:
    """Clerks see no figures of others; what is taken away is noted."""
    with pytest.raises(Forbidden):
        reporting.report(center, clerk(1), Period(TODAY, TODAY), LiveDay())
    with pytest.raises(Forbidden):
        do(center, clerk(1), lambda act: reporting.exported(act, Period(TODAY, TODAY), "csv"))
    do(center, ANALYST, lambda act: reporting.exported(act, Period(TODAY, TODAY), "csv"))
    assert types(center)[-1] == "report_exported"


def test_a_center_without_a_day_has_an_empty_report(center: Center) -> None:
    """Before the first day there is nothing, and that is no error."""
    said = report(center)
    assert (said.days, said.total.visitors, said.total.waits.mean) == ([], 0, None)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (("yesterday", None, None), "from"),
        ((None, "2026-13-01", None), "to"),
        (("2026-11-23", "2026-11-22", None), "to"),
        (("2025-01-01", "2026-11-23", None), "to"),
        ((None, None, "group,mood"), "by"),
    ],
)
def test_a_bad_period_names_its_field(query: tuple[str | None, ...], field: str) -> None:
    """No date, an end before its beginning, more than 400 days, an unknown part."""
    with pytest.raises(Invalid) as refused:
        period(*query, today=TODAY)
    assert refused.value.field == field


def test_a_period_without_ends_is_today() -> None:
    """One end alone is that day, or the time from it until today."""
    assert period(None, None, None, TODAY) == Period(TODAY, TODAY)
    assert period("2026-11-20", None, "clerk,group", TODAY) == Period(
        date(2026, 11, 20), TODAY, ("group", "clerk")
    )
    assert period(None, "2026-11-20", None, TODAY).ends == (date(2026, 11, 20),) * 2
    assert period("2025-10-20", "2026-11-23", None, TODAY).last == TODAY


def test_the_recount_runs_by_itself(center: Center, clock: HandClock, tmp_path: Path) -> None:
    """Anybody can hold a report against the log with the script alone."""
    open_window(center, 1)
    served(center, clock)
    lines = tmp_path / "log.jsonl"
    lines.write_text("".join(json.dumps(event) + "\n" for event in log(center)))
    ends = ["--from", str(TODAY), "--to", str(TODAY)]
    done = subprocess.run(
        [sys.executable, "-I", ROOT / "tests/recount.py", lines, *ends],
        check=True,
        capture_output=True,
    )
    assert differences(report(center), json.loads(done.stdout)) == []


def _stand(act: Act, close: CloseDay | None) -> None:
    """Close the day, or with None let it go on."""
    if close is None:
        standstill.resume(act)
    else:
        standstill.close_day(act, close)


class Stay(NamedTuple):
    """A stay of a ticket as the tables keep it, with the time of the ticket's issue."""

    state: str
    since: int
    issued_at: int


def _stays(center: Center) -> dict[str, list[Stay]]:
    """Return the stays of every ticket of today that has waited."""
    query = (
        "SELECT ticket_id, s.state, s.since, issued_at FROM stays s JOIN tickets t "
        f"ON t.id = s.ticket_id WHERE day = '{TODAY}' ORDER BY ticket_id, n"
    )
    found = defaultdict(list)
    with center.read() as work:
        for ticket, *stay in work._transaction._connection.execute(query):  # type: ignore[attr-defined]
            found[ticket].append(Stay(*stay))
    return {
        ticket: rows for ticket, rows in found.items() if any(r.state == "waiting" for r in rows)
    }


def _wait(rows: list[Stay]) -> int | None:
    """Return the milliseconds from the issue to the call before the first service."""
    for before, stay in itertools.pairwise(rows):
        if stay.state in ("serving", "finished"):
            assert before.state == "called"
            return before.since - before.issued_at
    return None


def _served(rows: list[Stay]) -> int:
    pairs = itertools.pairwise(rows)
    return sum(after.since - stay.since for stay, after in pairs if stay.state == "serving")
