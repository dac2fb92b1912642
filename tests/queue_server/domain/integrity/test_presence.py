"""R14, R17: who is at a window, and when."""

from datetime import timedelta

import pytest

from queue_server.domain.facts import Facts
from queue_server.domain.integrity import presence
from queue_server.domain.integrity.finding import Subject
from tests.factories import Rules, at
from tests.queue_server.domain.day_log import SUPERVISOR
from tests.queue_server.domain.integrity.rule_log import RuleLog, a_clerk, found, kinds, only


def idle(waited: float, **changes: object) -> RuleLog:
    """Return a day on which Ann's window is free while somebody waits so many minutes."""
    log = RuleLog()
    log.window("opened", 0)
    log.issue("a", 30, **changes)
    log.issue("other", 30 + waited, by=SUPERVISOR, service="E99")
    if changes.get("place", "queue") == "queue" and "not_before" not in changes:
        log.call("a", 30 + waited)
    return log


def test_a_free_window_while_somebody_waits_is_found() -> None:
    """R14 names clerk, window, minutes, and the events between which the window was free."""
    book = idle(11).book()
    one = only(presence.idle, book)
    assert (one.subject, one.windows) == (Subject("person", "ann"), (3,))
    assert one.evidence.observed == pytest.approx(11)
    assert kinds(book, one) == ["window_opened", "ticket_called"]


@pytest.mark.parametrize(
    "log",
    [
        idle(10),
        idle(60, service="E99"),
        idle(60, place="window:1"),
        idle(60, needs=frozenset({"sign_language"})),
        idle(12, not_before=at(35)),
    ],
    ids=["ten minutes", "not taken", "placed elsewhere", "a need", "not yet"],
)
def test_a_window_that_has_nobody_to_call_is_not_found(log: RuleLog) -> None:
    """R14: only visitors whom the window may call, and more than ten minutes at a stretch."""
    assert found(presence.idle, log.book()) == []


def test_a_break_papers_or_a_visitor_are_no_idleness() -> None:
    """R14: paused, wrapping up or serving, the window is not free."""
    log = RuleLog()
    log.window("opened", 0)
    log.issue("a", 0)
    log.issue("b", 0)
    log.window("paused", 5)
    log.window("resumed", 40)
    log.call("a", 41)
    log.start("a", 41)
    log.finish("a", 70)
    log.window("wrap_up_began", 70)
    log.window("wrap_up_ended", 95)
    log.call("b", 96)
    assert found(presence.idle, log.book()) == []


def test_waits_that_do_not_meet_do_not_add_up() -> None:
    """R14: eight minutes, nobody, eight minutes are no stretch of sixteen; eight and ten are."""
    log = RuleLog()
    log.window("opened", 0)
    log.issue("a", 10)
    log.cancel("a", 18)
    log.issue("b", 20)
    log.cancel("b", 28)
    assert found(presence.idle, log.book()) == []
    log.issue("c", 28)
    log.cancel("c", 38)
    assert only(presence.idle, log.book()).evidence.observed == pytest.approx(18)


def test_a_window_whose_plan_was_changed_that_day_is_left_alone() -> None:
    """R14: the catalogue tells the plan of now, not of then."""
    log = idle(30)
    log.retold(0)
    log.events.append(log.events[0] | {"type": "duty_changed", "subject": "3"})
    assert found(presence.idle, log.book()) == []


#: nine to six on working days; the tests' day is a Monday and begins at nine
KEPT = {
    "rules": Rules(keep_hours=True),
    "facts": Facts(hours={"mon_fri": ("09:00", "18:00")}, stop_before_close=timedelta()),
}


def worked(minute: float) -> RuleLog:
    """Return a day on which Ann serves somebody so many minutes after the opening."""
    log = RuleLog()
    log.issue("a", minute - 1)
    log.serve("a", minute, minute + 0.5)
    return log


def test_work_far_outside_of_the_hours_is_found() -> None:
    """R17: later than an hour after six o'clock, with every act as evidence."""
    one = only(presence.elsewhere, worked(601).book(**KEPT))
    assert (one.form, one.subject) == ("hours", Subject("person", "ann"))
    assert (one.evidence.observed, one.evidence.n) == (3, 3)


def test_the_last_visitors_are_still_served() -> None:
    """R17: the hour after the close belongs to those who came before it."""
    assert found(presence.elsewhere, worked(599).book(**KEPT)) == []


def test_a_center_that_keeps_no_hours_has_no_outside() -> None:
    """R17: where tickets are given at any time, night is like day."""
    night = KEPT | {"rules": Rules(keep_hours=False)}
    assert found(presence.elsewhere, worked(900).book(**night)) == []


def test_one_login_at_two_windows_is_found() -> None:
    """R17 names both openings; after the first has closed there is but one."""
    log = RuleLog()
    log.window("opened", 0, "ann")
    log.window("opened", 5, "ben", by=a_clerk("ann"))
    log.retold(-1, clerk="ann")
    book = log.book()
    one = only(presence.elsewhere, book)
    assert (one.form, one.subject) == ("windows", Subject("person", "ann"))
    assert kinds(book, one) == ["window_opened", "window_opened"]


def test_one_window_after_another_is_not_found() -> None:
    """R17: a clerk may move."""
    log = RuleLog()
    log.window("opened", 0, "ann")
    log.window("closed", 4, "ann")
    log.window("opened", 5, "ben")
    log.retold(-1, clerk="ann")
    assert found(presence.elsewhere, log.book()) == []
