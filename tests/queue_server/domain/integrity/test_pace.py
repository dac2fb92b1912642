"""R7, R8, R13, R19: services and holds by the clock."""

import pytest

from queue_server.domain.integrity import pace
from queue_server.domain.integrity.digest import Digest
from queue_server.domain.integrity.finding import Subject
from tests.queue_server.domain.integrity.rule_log import (
    SECOND,
    RuleLog,
    a_digest,
    found,
    kinds,
    only,
)

#: 400 services of A01 took 301 to 700 s: the 5th percentile is 321 s, the 99th 696 s
USUAL = [a_digest(0, seconds={"A01": tuple(range(301, 701))})]


def served(lengths: list[float], earlier: list[Digest] | None = None, **ending: object) -> object:
    """Return a day on which Ann's services took so many seconds."""
    log = RuleLog()
    for number, seconds in enumerate(lengths):
        begin = 20 + 15 * number
        log.issue(f"v{number}", 1)
        log.call(f"v{number}", begin)
        log.start(f"v{number}", begin)
        log.finish(f"v{number}", begin + seconds * SECOND, **ending)
    return log.book(USUAL if earlier is None else earlier)


def test_too_many_very_short_services_are_found() -> None:
    """R7: 7 of 20 under the 5th percentile; chance brings 7 in 1 of 28,000 days."""
    book = served([100] * 7 + [500] * 13)
    one = only(pace.short, book)
    assert one.subject == Subject("person", "ann")
    assert one.evidence == (7, 6, pytest.approx(1), 20, "count")
    assert len(one.cases) == 7
    assert one.cases[0].value == pytest.approx(100)
    assert kinds(book, one)[:2] == ["ticket_started", "ticket_finished"]


def test_what_chance_brings_is_not_found() -> None:
    """R7: 5 of 20 comes in 1 of 390 days; 4 of 5 is too few whatever the chance."""
    assert found(pace.short, served([100] * 5 + [500] * 15)) == []
    assert found(pace.short, served([100] * 4 + [500])) == []


def test_a_service_that_nobody_knows_is_not_judged() -> None:
    """R7: fewer than 100 known services tell no percentile."""
    few = [a_digest(0, seconds={"A01": tuple(range(301, 400))})]
    assert found(pace.short, served([100] * 20, few)) == []


def test_who_is_turned_away_leaves_soon() -> None:
    """R7 looks at services that solved what the visitor wanted."""
    assert found(pace.short, served([100] * 20, outcome="turned_away")) == []


def test_the_young_center_looks_at_its_other_windows() -> None:
    """R7: with nothing from earlier days, a hundred services at other windows tell the usual."""
    log = RuleLog()
    for number in range(110):
        begin = 20 + 10 * number
        log.issue(f"b{number}", 1)
        log.call(f"b{number}", begin, "ben")
        log.start(f"b{number}", begin)
        log.finish(f"b{number}", begin + 5 + number / 100)
    for number in range(8):
        begin = 20 + 10 * number
        log.issue(f"a{number}", 1)
        log.serve(f"a{number}", begin, begin + 1)
    one = only(pace.short, log.book())
    assert (one.subject.name, one.evidence.observed) == ("ann", 8)


def test_too_many_very_long_services_are_found() -> None:
    """R13: 4 of 20 beyond the 99th percentile; two of 20 come by chance."""
    one = only(pace.long, served([800] * 4 + [500] * 16))
    assert (one.form, one.evidence.observed, one.evidence.n) == ("share", 4, 20)
    assert one.evidence.expected == pytest.approx(0.2)
    assert found(pace.long, served([800] * 2 + [500] * 18)) == []


def test_a_service_beyond_an_hour_is_found() -> None:
    """R13 names the longest, in minutes, and both its events."""
    book = served([61 * 60], [])
    one = only(pace.long, book)
    assert (one.form, one.evidence.unit) == ("hour", "minutes")
    assert one.evidence.observed == pytest.approx(61)
    assert kinds(book, one) == ["ticket_started", "ticket_finished"]
    assert found(pace.long, served([60 * 60], [])) == []


def test_a_break_explains_an_hour() -> None:
    """R13: a window that went on a break meanwhile was not at work."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    log.start("a", 10)
    log.window("paused", 40)
    log.finish("a", 90)
    assert found(pace.long, log.book()) == []


def test_what_the_day_s_end_cuts_off_tells_of_nobody() -> None:
    """R13: a service that only time has ended may have ended long before."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    log.start("a", 10)
    log.expire("a", 500)
    assert found(pace.long, log.book()) == []


def test_an_undone_finish_has_not_ended_the_service() -> None:
    """R13: what is taken back did not happen: the service goes on."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    log.start("a", 10)
    log.finish("a", 12)
    log.undo("a", 12.5)
    log.finish("a", 80)
    assert only(pace.long, log.book()).evidence.observed == pytest.approx(70)


def finished_after(seconds: float, *, started: bool = False) -> object:
    """Return a day on which a visitor is gone so soon after the call."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    if started:
        log.start("a", 10 + SECOND)
    log.finish("a", 10 + seconds * SECOND)
    return log.book()


def test_a_finish_right_after_the_call_is_found() -> None:
    """R8 names the call, the finish and the seconds between."""
    book = finished_after(14)
    one = only(pace.unstarted, book)
    assert one.cases[0].value == pytest.approx(14)
    assert kinds(book, one) == ["ticket_called", "ticket_finished"]
    assert one.strip[0].marked


def test_a_start_or_15_seconds_are_enough() -> None:
    """R8 says nothing of a service that was begun, or of a later finish."""
    assert found(pace.unstarted, finished_after(14, started=True)) == []
    assert found(pace.unstarted, finished_after(15)) == []


def set_aside(near: int, far: int, *, waited: float = 14.5, sent_back: bool = False) -> RuleLog:
    """Return a day on which visitors are called and set aside, some just before the norm of 15."""
    log = RuleLog()
    for number in range(near + far):
        name, begin = f"v{number}", 10 * number
        log.issue(name, begin)
        called = begin + (waited if number < near else 5)
        log.call(name, called)
        if sent_back:
            log.give_back(name, called + 1)
        else:
            log.hold(name, called + 1)
    return log


@pytest.mark.parametrize("sent_back", [False, True])
def test_a_pile_of_calls_before_the_norm_is_found(sent_back: bool) -> None:  # noqa: FBT001 - a case
    """R19: three of three set aside in the minute before the norm, called one after another."""
    one = only(pace.piled, set_aside(3, 0, sent_back=sent_back).book())
    assert (one.evidence.observed, one.evidence.threshold, one.evidence.n) == (3, 3, 3)
    assert one.evidence.expected == pytest.approx(3 / 15)
    assert [mark.marked for mark in one.strip] == [True, True, True]


@pytest.mark.parametrize(
    "log",
    [set_aside(2, 0), set_aside(3, 9), set_aside(3, 0, waited=13.9), set_aside(3, 0, waited=15)],
    ids=["two", "as chance has it", "earlier", "at the norm"],
)
def test_calls_that_chance_explains_are_not_found(log: RuleLog) -> None:
    """R19: fewer than three, one in four of those set aside, or outside of the minute."""
    assert found(pace.piled, log.book()) == []


def test_where_many_wait_that_long_a_pile_is_usual() -> None:
    """R19: earlier days in which half of all were called in that minute explain three."""
    usual = [a_digest(0, calls=100, near_norm=50)]
    assert found(pace.piled, set_aside(3, 0).book(usual)) == []


def test_who_was_served_first_is_not_set_aside() -> None:
    """R19: a hold in the middle of a service is no call for the sake of the norm."""
    log = RuleLog()
    for number in range(5):
        log.issue(f"v{number}", 20 * number)
        log.call(f"v{number}", 20 * number + 14.5)
        log.start(f"v{number}", 20 * number + 15)
        log.hold(f"v{number}", 20 * number + 16)
    assert found(pace.piled, log.book()) == []
