"""Clerks' times: logged in, on a break, wrapping up."""

from queue_server.domain.measures_facts import MINUTE
from tests.queue_server.domain.day_log import SUPERVISOR, SYSTEM, DayLog


def test_logged_in_is_from_opening_to_closing() -> None:
    """Breaks are within, and told beside; each hour has its part."""
    log = DayLog()
    log.window("opened", 30)
    log.window("paused", 40)
    log.window("resumed", 50)
    log.window("closed", 90)
    rows = log.rows()
    for key in (("center", ""), ("window", "3"), ("clerk", "ann")):
        assert (rows[key]["login_ms"], rows[key]["pause_ms"]) == (60 * MINUTE, 10 * MINUTE)
    assert rows["hour", "9"]["login_ms"] == rows["hour", "10"]["login_ms"] == 30 * MINUTE


def test_a_second_opening_is_a_second_duty() -> None:
    """Two clerks take turns at no cost to either."""
    log = DayLog()
    log.window("opened", 0)
    log.window("closed", 10)
    log.window("opened", 20)
    log.window("closed", 50)
    assert log.center()["login_ms"] == 40 * MINUTE


def test_a_window_left_open_counts_to_the_last_act() -> None:
    """Nobody worked through the night because the system closed the window in the morning."""
    log = DayLog()
    log.issue("a", 0)
    log.window("opened", 0)
    log.serve("a", 5, 12)
    log.window("wrap_up_began", 13)
    log.window("closed", 1200, by=SYSTEM)
    center = log.center()
    assert center["login_ms"] == 13 * MINUTE
    assert center["wrap_ms"] == 0


def test_an_open_window_counts_to_its_last_act() -> None:
    """A day that runs is told as far as the log knows."""
    log = DayLog()
    log.issue("a", 0)
    log.window("opened", 0)
    log.serve("a", 5, 12)
    log.window("paused", 20)
    assert (log.center()["login_ms"], log.center()["pause_ms"]) == (20 * MINUTE, 0)


def test_a_supervisor_closes_for_good() -> None:
    """A window that somebody closed was open until then."""
    log = DayLog()
    log.window("opened", 0)
    log.window("closed", 60, by=SUPERVISOR)
    assert log.center()["login_ms"] == 60 * MINUTE


def test_a_wrap_up_belongs_to_the_service_before_it() -> None:
    """Its minutes count at the window, and under the service that was finished there last."""
    log = DayLog()
    log.window("opened", 0)
    log.issue("a", 0, service="E01")
    log.serve("a", 1, 4)
    log.window("wrap_up_began", 4)
    log.window("wrap_up_ended", 6)
    log.window("wrap_up_began", 7)
    log.window("closed", 8)
    rows = log.rows()
    for key in (("clerk", "ann"), ("service", "E01"), ("group", "E"), ("channel", "kiosk")):
        assert rows[key]["wrap_ms"] == 3 * MINUTE


def test_what_is_said_of_a_closed_window_is_nothing() -> None:
    """An event of a window that nobody has open changes no time."""
    log = DayLog()
    log.window("paused", 3)
    log.window("closed", 5)
    assert log.rows() == {}


def test_a_clock_that_jumps_back_gives_no_negative_time() -> None:
    """A day in which the clock was put back is short rather than wrong."""
    log = DayLog()
    log.issue("a", 0)
    log.window("opened", 20)
    log.call("a", 20)
    log.start("a", 20)
    log.finish("a", 5)
    log.window("closed", 6)
    assert (log.center()["login_ms"], log.center()["work_ms"]) == (0, 0)
