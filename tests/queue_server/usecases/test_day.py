"""The day's course: opening, midnight, the close, a queue that is kept."""

from datetime import date

import pytest

from queue_server.contracts.asks import CallTicket, CloseDay, SuspendHall
from queue_server.domain.errors import DayClosed, Forbidden, HallSuspended, WindowBusy
from queue_server.usecases import chores, serving, shifts, standstill
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    RECEPTION,
    SUPERVISOR,
    call_next,
    clerk,
    do,
    issue,
    open_window,
    types,
)

#: the clock of the tests begins at ten in the morning in Tashkent
TO_MIDNIGHT = 14
FIRE = SuspendHall(reason="fire alarm")
SNOW = SuspendHall(reason="snow", keep=True)


def day(center: Center) -> date | None:
    """Return the open service day."""
    with center.read() as work:
        return work.day


def state(center: Center, ticket_id: str) -> str:
    """Return a ticket's state."""
    with center.read() as work:
        ticket = work.tickets.get(ticket_id)
    assert ticket is not None
    return str(ticket.state)


def test_a_new_day_ends_what_the_old_one_left_open(center: Center, clock: HandClock) -> None:
    """After midnight who waited has expired, the day is closed and the numbers begin anew."""
    left = issue(center)
    clock.pass_(hours=TO_MIDNIGHT + 1)
    assert issue(center).number == left.number
    assert state(center, left.id) == "expired"
    assert types(center)[-4:] == ["ticket_expired", "day_closed", "day_opened", "ticket_issued"]


def test_a_day_with_open_windows_goes_on_past_midnight(center: Center, clock: HandClock) -> None:
    """Whoever is being served at midnight is served to the end, and others still are called."""
    today = issue(center, "A01")
    late = issue(center, "A01")
    open_window(center, 1)
    call_next(center, 1)
    clock.pass_(hours=TO_MIDNIGHT, minutes=10)
    chores.look_after(center)
    assert state(center, today.id) == "called"
    called = call_next(center, 1)
    assert called is not None
    assert called.id == late.id
    assert day(center) == date(2026, 11, 23)


def test_the_longest_day_ends_at_four(center: Center, clock: HandClock) -> None:
    """A window that was forgotten open does not keep yesterday alive all morning."""
    left = issue(center)
    open_window(center, 1)
    clock.pass_(hours=TO_MIDNIGHT + 4, minutes=1)
    chores.look_after(center)
    assert day(center) == date(2026, 11, 24)
    assert state(center, left.id) == "expired"
    with center.read() as work:
        assert work.shifts.open() == []


def test_days_are_stretches_of_the_log(center: Center, clock: HandClock) -> None:
    """Each day knows its first and its last event, and no event lies between two days."""
    issue(center)
    clock.pass_(hours=TO_MIDNIGHT + 1)
    issue(center)
    with center.read() as work:
        first, second = work.days.between(date(2026, 11, 23), date(2026, 11, 24))
        closing = work.log.after((first.closed_seq or 0) - 1, 1)[0]
        opening = work.log.after(second.first_seq - 1, 1)[0]
    assert closing["type"] == "day_closed"
    assert opening["type"] == "day_opened"
    assert second.first_seq == (first.closed_seq or 0) + 1
    assert second.closed_seq is None


def test_a_clock_set_back_stays_on_the_open_day(center: Center, clock: HandClock) -> None:
    """Yesterday does not come again, so no number is given twice."""
    first = issue(center)
    clock.pass_(days=-1)
    assert issue(center).number != first.number
    assert day(center) == date(2026, 11, 23)


def test_a_hall_that_is_suspended_issues_and_calls_nobody(center: Center) -> None:
    """In an emergency nothing moves; afterwards everyone stands where they stood."""
    first, second = issue(center), issue(center)
    open_window(center, 1)
    do(center, SUPERVISOR, lambda act: standstill.suspend(act, FIRE))
    with pytest.raises(HallSuspended):
        issue(center)
    with pytest.raises(HallSuspended):
        call_next(center, 1)
    do(center, SUPERVISOR, standstill.resume)
    do(center, clerk(1), lambda act: shifts.open_window(act, 1))
    assert [call_next(center, 1).id for _ in range(2)] == [first.id, second.id]  # type: ignore[union-attr]


def test_time_brings_nothing_about_while_the_hall_stands_still(
    center: Center, clock: HandClock
) -> None:
    """Nobody becomes a no-show during a fire alarm."""
    ticket = issue(center)
    open_window(center, 1)
    call_next(center, 1)
    for _ in range(2):
        do(center, clerk(1), lambda act: serving.recall(act, ticket.id, None))
    do(center, SUPERVISOR, lambda act: standstill.suspend(act, FIRE))
    clock.pass_(minutes=10)
    chores.look_after(center)
    assert state(center, ticket.id) == "called"
    do(center, SUPERVISOR, standstill.resume)
    chores.look_after(center)
    assert state(center, ticket.id) == "no_show"


def test_a_queue_that_is_kept_goes_on_the_next_morning(center: Center, clock: HandClock) -> None:
    """Who waited when it snowed is called first the next day, and no number is there twice."""
    waiting, called = issue(center), issue(center)
    open_window(center, 1)
    do(center, clerk(1), lambda act: serving.call_this(act, 1, _this(called.id)))
    do(center, SUPERVISOR, lambda act: standstill.suspend(act, SNOW))
    clock.pass_(hours=TO_MIDNIGHT + 9)
    chores.look_after(center)
    assert [state(center, one.id) for one in (waiting, called)] == ["waiting", "waiting"]
    do(center, SUPERVISOR, standstill.resume)
    fresh = issue(center)
    assert fresh.number not in (waiting.number, called.number)
    open_window(center, 1)
    order = [call_next(center, 1) for _ in range(3)]
    assert [one.id for one in order if one] == [waiting.id, called.id, fresh.id]


def test_a_supervisor_closes_the_day(center: Center, clock: HandClock) -> None:
    """Who still waits expires, nothing is issued until tomorrow, and then all is open again."""
    left = issue(center)
    done = do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay(reason="holiday")))
    assert (done.state, state(center, left.id)) == ("closed", "expired")
    with pytest.raises(DayClosed):
        issue(center)
    clock.pass_(hours=TO_MIDNIGHT + 1)
    chores.look_after(center)
    assert issue(center).number == left.number


def test_a_day_is_not_closed_over_a_visitor_at_a_window(center: Center) -> None:
    """The refusal names the window, and nothing has changed."""
    ticket = issue(center)
    open_window(center, 1)
    call_next(center, 1)
    with pytest.raises(WindowBusy) as refused:
        do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    assert refused.value.facts == {"windows": [1]}
    assert state(center, ticket.id) == "called"


def test_a_day_closed_by_mistake_is_opened_again(center: Center) -> None:
    """The same day goes on with the next number."""
    first = issue(center)
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))
    do(center, SUPERVISOR, standstill.resume)
    assert issue(center).number > first.number
    with center.read() as work:
        kept = work.days.get(date(2026, 11, 23))
    assert kept is not None
    assert kept.closed_seq is None


def test_only_supervisors_stop_a_hall(center: Center) -> None:
    """A clerk and the reception are refused, by the use case itself."""
    for actor in (clerk(1), RECEPTION):
        with pytest.raises(Forbidden):
            do(center, actor, lambda act: standstill.suspend(act, FIRE))
        with pytest.raises(Forbidden):
            do(center, actor, lambda act: standstill.close_day(act, CloseDay()))


def _this(ticket_id: str) -> CallTicket:
    return CallTicket(ticket=ticket_id, reason="was here before")
