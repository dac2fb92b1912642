"""A clerk's shift."""

import pytest

from queue_server.domain.errors import WindowClosed, WindowPaused
from queue_server.domain.window import (
    after_call,
    close,
    pause,
    ready,
    resume,
    wrap_up,
    wrapped_up,
)
from tests.factories import a_shift, at


def test_an_open_shift_may_call() -> None:
    """An open window without a break is ready."""
    assert ready(a_shift()) == a_shift()


@pytest.mark.parametrize("shift", [None, close(a_shift(), at(9))], ids=["never opened", "closed"])
def test_a_closed_window_may_not_call(shift) -> None:
    """A window without an open shift refuses."""
    with pytest.raises(WindowClosed):
        ready(shift)


def test_a_window_on_a_break_may_not_call() -> None:
    """A break refuses until it has ended."""
    on_break = pause(a_shift(), at(9), "tea")
    with pytest.raises(WindowPaused):
        ready(on_break)
    assert ready(resume(on_break, at(20))) == a_shift(ready_at=at(20))


def test_a_window_that_closed_during_a_break_is_closed() -> None:
    """Closed is told before paused."""
    with pytest.raises(WindowClosed):
        ready(close(pause(a_shift(), at(9), "tea"), at(10)))


def test_a_break_goes_on_from_when_it_began() -> None:
    """A second press of the button changes neither the beginning nor the reason."""
    on_break = pause(a_shift(), at(9), "tea")
    assert (on_break.paused_at, on_break.pause_reason) == (at(9), "tea")
    assert pause(on_break, at(12), "phone") == on_break


def test_statutory_calls_in_a_row_are_counted() -> None:
    """Each statutory call counts one, an ordinary one begins anew."""
    shift = after_call(after_call(a_shift(), statutory=True), statutory=True)
    assert shift.streak == 2
    assert after_call(shift, statutory=False).streak == 0


def test_papers_are_finished_between_two_visitors() -> None:
    """Wrapping up begins once, hinders no call, and its end makes the window ready anew."""
    wrapping = wrap_up(a_shift(), at(9))
    assert (wrapping.wrapping_at, wrap_up(wrapping, at(11))) == (at(9), wrapping)
    assert ready(wrapping) == wrapping
    assert wrapped_up(wrapping, at(12)) == a_shift(ready_at=at(12))


@pytest.mark.parametrize("end", [lambda s: pause(s, at(9), "tea"), lambda s: close(s, at(9))])
def test_a_break_and_the_close_end_the_papers(end) -> None:
    """Nobody finishes papers on a break or after the close."""
    assert end(wrap_up(a_shift(), at(8))).wrapping_at is None


def test_a_window_on_a_break_finishes_no_papers() -> None:
    """A break refuses that too."""
    with pytest.raises(WindowPaused):
        wrap_up(pause(a_shift(), at(9), "tea"), at(10))
