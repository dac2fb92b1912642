"""Replay against the real hall: what was seen then is what is shown later."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta

import pytest

from queue_server.domain.errors import Forbidden, Unknown
from queue_server.usecases import day, replay_text
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.ports import Center
from queue_server.usecases.replaying import Replays
from tests.conftest import HandClock
from tests.queue_server.usecases.people import SUPERVISOR, clerk, do, issue, open_window
from tests.queue_server.usecases.random_day import RandomDay

#: number → state, of those whom the hall sees
Seen = dict[str, str]
STATES = ("waiting", "called", "serving", "on_hold", "no_show")


def real(center: Center) -> tuple[Seen, set[int]]:
    """Return what the tables say: tickets by number, and the open windows."""
    with center.read() as work:
        assert work.day is not None
        open_ = work.tickets.open_before(work.day + timedelta(days=1))
        tickets = {each.number: str(each.state) for each in open_ if each.state in STATES}
        return tickets, {shift.window for shift in work.shifts.open()}


def shown(replays: Replays, center: Center, day_: date, at: datetime) -> tuple[Seen, set[int]]:
    """Return what the replay says of an instant."""
    hall = replays.hall(center, SUPERVISOR, day_, at)
    inside = [*hall.waiting, *hall.parked, *(w.ticket for w in hall.windows if w.ticket)]
    open_ = {window.number for window in hall.windows if window.state != "closed"}
    return {each.number: each.state for each in inside}, open_


@pytest.mark.parametrize("seed", range(3))
def test_any_minute_of_a_random_day_is_shown_as_it_was(
    center: Center, clock: HandClock, seed: int
) -> None:
    """Everybody did anything they may; the hall was looked at now and then, and is compared."""
    today, looked = clock.at.date(), []
    hall = RandomDay(center, clock, random.Random(seed))
    for _ in range(25):
        hall.play(12)
        clock.pass_(seconds=1)
        looked.append((clock.at, real(center)))
        clock.pass_(seconds=1)
    replays = Replays()
    assert [shown(replays, center, today, at) for at, _ in looked] == [then for _, then in looked]
    do(center, SYSTEM, lambda act: day.end_day(act, today))
    again = Replays()
    assert [shown(again, center, today, at) for at, _ in looked] == [then for _, then in looked]


def test_the_open_day_goes_on_as_it_is_looked_at(center: Center, clock: HandClock) -> None:
    """A day that is kept ready is read anew once it has grown past its end."""
    replays, today = Replays(), clock.at.date()
    issue(center)
    assert len(replays.hall(center, SUPERVISOR, today, clock.at).waiting) == 1
    clock.pass_(minutes=7)
    issue(center)
    assert len(replays.hall(center, SUPERVISOR, today, clock.at).waiting) == 2
    course = replays.course(center, SUPERVISOR, None)
    assert (course.waiting, course.closed) == ([*[1] * 7, 2], False)


def test_days_lead_to_their_neighbours(center: Center, clock: HandClock) -> None:
    """The course names the days before and after it of which there is a log."""
    for _ in range(3):
        issue(center)
        clock.pass_(days=2)
    course = Replays().course(center, SUPERVISOR, date(2026, 11, 25))
    assert (course.earlier, course.later) == ("2026-11-23", "2026-11-27")
    with pytest.raises(Unknown, match="no log of 2026-11-24"):
        Replays().course(center, SUPERVISOR, date(2026, 11, 24))


def test_nobodys_name_is_shown(center: Center, clock: HandClock) -> None:
    """Neither a login nor a category stands in what the page is given."""
    open_window(center, 3)
    issue(center, category="pregnant")
    hall = Replays().hall(center, SUPERVISOR, clock.at.date(), clock.at).model_dump_json()
    assert "clerk3" not in hall
    assert "pregnant" not in hall
    assert json.loads(hall)["windows"][2]["state"] == "open"


def test_a_clerk_may_not_look_back(center: Center, clock: HandClock) -> None:
    """Replay is the supervisor's and the controller's."""
    issue(center)
    with pytest.raises(Forbidden):
        Replays().course(center, clerk(1), None)


def test_the_hall_is_printed_line_by_line(center: Center, clock: HandClock) -> None:
    """Title, figures, every window, who waits."""
    open_window(center, 3)
    made = issue(center)
    clock.pass_(minutes=4)
    hall = Replays().hall(center, SUPERVISOR, clock.at.date(), clock.at)
    lines = list(replay_text.lines(hall, "2026-11-23 10:04"))
    assert lines[:2] == [
        "2026-11-23 10:04", "waiting 1, longest 4 min; issued 1, served 0, no-shows 0"
    ]  # fmt: skip
    assert "window   3  open  4 min" in lines
    assert lines[-1] == f"  {made.number}  A01  4 min"
