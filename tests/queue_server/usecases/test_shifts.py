"""Opening, pausing, finishing papers and closing a window."""

import pytest

from queue_server.contracts.asks import TransferTicket
from queue_server.domain.errors import (
    ClerkElsewhere,
    Forbidden,
    UnknownClerk,
    WindowBusy,
    WindowClosed,
    WindowPaused,
    WindowTaken,
)
from queue_server.usecases import serving, shifts
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
    types,
)

ROAMING = Actor("person", "anna", "clerk")
PAD = Actor("device", "pad-1", "callpad", 1)


def test_a_window_opens_pauses_resumes_and_closes(center: Center) -> None:
    """Opening ends a break; each step is in the log, and a second open changes nothing."""
    assert open_window(center, 1).state == "open"
    assert open_window(center, 1).state == "open"
    paused = do(center, clerk(1), lambda act: shifts.pause_window(act, 1, "tea"))
    assert (paused.state, paused.pause_reason) == ("paused", "tea")
    assert open_window(center, 1).state == "open"
    assert do(center, clerk(1), lambda act: shifts.close_window(act, 1)).state == "closed"
    assert types(center)[-4:] == [
        "window_opened",
        "window_paused",
        "window_resumed",
        "window_closed",
    ]


def test_one_clerk_a_window_and_one_window_a_clerk(center: Center) -> None:
    """A taken window, a second window and another clerk's own window are refused."""
    do(center, ROAMING, lambda act: shifts.open_window(act, 2))
    with pytest.raises(ClerkElsewhere):
        do(center, ROAMING, lambda act: shifts.open_window(act, 3))
    with pytest.raises(WindowTaken):
        do(center, clerk(2), lambda act: shifts.open_window(act, 2))
    with pytest.raises(Forbidden):
        do(center, clerk(1), lambda act: shifts.open_window(act, 2))


def test_a_window_with_a_visitor_is_not_closed(center: Center) -> None:
    """First the visitor, then the door; a supervisor may close any window that is free."""
    issue(center)
    open_window(center, 1)
    call_next(center, 1)
    with pytest.raises(WindowBusy):
        do(center, clerk(1), lambda act: shifts.close_window(act, 1))
    call_next(center, 1)
    assert do(center, SUPERVISOR, lambda act: shifts.close_window(act, 1)).state == "closed"


def test_closing_strands_nobody(center: Center) -> None:
    """Who was sent to this window or this clerk waits in the queue after it has closed."""
    issue(center, "A01")
    issue(center, "A02")
    open_window(center, 1)
    for wish in (TransferTicket(to_window=2), TransferTicket(to_clerk="clerk2")):
        called = call_next(center, 1)
        assert called is not None
        do(center, clerk(1), lambda act, i=called.id, w=wish: serving.transfer(act, i, w))
    open_window(center, 2)
    do(center, clerk(2), lambda act: shifts.close_window(act, 2))
    assert [call_next(center, 1) is not None for _ in range(3)] == [True, True, False]


def test_papers_are_finished_before_the_next_call(center: Center, clock: HandClock) -> None:
    """Wrapping up is seen from its beginning; ready ends it, and the log has both."""
    open_window(center, 1)
    wrapping = do(center, clerk(1), lambda act: shifts.wrap_up(act, 1))
    assert (wrapping.state, wrapping.wrapping_at) == ("open", "2026-11-23T05:00:00.000Z")
    clock.pass_(minutes=2)
    again = do(center, clerk(1), lambda act: shifts.wrap_up(act, 1))
    assert again.wrapping_at == wrapping.wrapping_at
    assert do(center, clerk(1), lambda act: shifts.ready(act, 1)).wrapping_at is None
    do(center, clerk(1), lambda act: shifts.ready(act, 1))
    assert types(center)[-2:] == ["window_wrap_up_began", "window_wrap_up_ended"]
    with center.read() as work:
        shift = work.shifts.at(1)
    assert shift is not None
    assert shift.ready_at == clock.at


def test_the_next_call_a_break_and_the_close_end_the_papers(center: Center) -> None:
    """Whatever the clerk does next, the log says first that the papers are finished."""
    open_window(center, 1)
    issue(center)
    ends = {
        "ticket_called": lambda act: serving.call_next(act, 1),
        "window_paused": lambda act: shifts.pause_window(act, 1, "tea"),
        "window_closed": lambda act: shifts.close_window(act, 1),
    }
    for ended_by, move in ends.items():
        open_window(center, 1)
        do(center, clerk(1), lambda act: shifts.wrap_up(act, 1))
        do(center, clerk(1), move)
        assert types(center)[-2:] == ["window_wrap_up_ended", ended_by]
        if ended_by == "ticket_called":
            call_next(center, 1)


def test_papers_are_finished_without_a_visitor_and_off_a_break(center: Center) -> None:
    """First the visitor is finished; a break has no papers."""
    issue(center)
    open_window(center, 1)
    call_next(center, 1)
    with pytest.raises(WindowBusy):
        do(center, clerk(1), lambda act: shifts.wrap_up(act, 1))
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, "tea"))
    with pytest.raises(WindowPaused):
        do(center, clerk(1), lambda act: shifts.wrap_up(act, 1))


def test_a_second_press_of_the_break_says_nothing_new(center: Center) -> None:
    """The break goes on from when and why it began."""
    open_window(center, 1)
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, "tea"))
    again = do(center, clerk(1), lambda act: shifts.pause_window(act, 1, "phone"))
    assert again.pause_reason == "tea"
    assert types(center).count("window_paused") == 1


def test_a_visitor_whose_clerk_has_gone_keeps_the_wait(center: Center) -> None:
    """A supervisor closes the window, and its visitor queues again at the place of old."""
    ticket = issue(center)
    open_window(center, 1)
    call_next(center, 1)
    do(center, clerk(1), lambda act: serving.start(act, ticket.id, None))
    do(center, SUPERVISOR, lambda act: shifts.close_window(act, 1, "taken ill"))
    open_window(center, 1)
    again = call_next(center, 1)
    assert again is not None
    assert (again.id, again.issued_at) == (ticket.id, ticket.issued_at)


def test_a_supervisor_opens_for_a_clerk_and_closes_with_a_reason(center: Center) -> None:
    """The shift is the clerk's; the log says who opened and closed it, and why."""
    opened = do(center, SUPERVISOR, lambda act: shifts.open_window(act, 2, "clerk2", "many wait"))
    assert (opened.state, opened.clerk) == ("open", "clerk2")
    do(center, SUPERVISOR, lambda act: shifts.close_window(act, 2, "the day is over"))
    told = [(e["type"], e["clerk"], e["actor"]["name"], e["reason"]) for e in events(center)[-2:]]  # type: ignore[index]
    assert told == [
        ("window_opened", "clerk2", "supervisor", "many wait"),
        ("window_closed", "clerk2", "supervisor", "the day is over"),
    ]


def test_a_window_is_opened_only_for_a_clerk_who_may_work_there(center: Center) -> None:
    """No stranger, nobody of another role, nobody whose window is another one, no taken window."""
    for nobody in ("nobody", "receptionist"):
        with pytest.raises(UnknownClerk):
            do(center, SUPERVISOR, lambda act, n=nobody: shifts.open_window(act, 2, n))
    with pytest.raises(ClerkElsewhere):
        do(center, SUPERVISOR, lambda act: shifts.open_window(act, 2, "clerk3"))
    with pytest.raises(Forbidden):
        do(center, clerk(2), lambda act: shifts.open_window(act, 2, "clerk3"))
    open_window(center, 2)
    with pytest.raises(WindowTaken):
        do(center, SUPERVISOR, lambda act: shifts.open_window(act, 2, "clerk3"))


def test_a_call_pad_acts_for_the_clerk_at_its_window(center: Center) -> None:
    """It ends a break and begins one, but opens no window and reaches no other."""
    with pytest.raises(WindowClosed):
        do(center, PAD, lambda act: shifts.open_window(act, 1))
    open_window(center, 1)
    open_window(center, 2)
    paused = do(center, PAD, lambda act: shifts.pause_window(act, 1, None))
    assert (paused.state, paused.clerk) == ("paused", "clerk1")
    assert do(center, PAD, lambda act: shifts.open_window(act, 1)).state == "open"
    with pytest.raises(Forbidden):
        do(center, PAD, lambda act: shifts.pause_window(act, 2, None))
