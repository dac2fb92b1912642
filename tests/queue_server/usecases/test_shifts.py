"""Opening, pausing and closing a window."""

import pytest

from queue_server.contracts.asks import TransferTicket
from queue_server.domain.errors import ClerkElsewhere, Forbidden, WindowBusy, WindowTaken
from queue_server.usecases import serving, shifts
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    issue,
    open_window,
    types,
)

ROAMING = Actor("person", "anna", "clerk")


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
