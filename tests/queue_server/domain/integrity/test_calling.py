"""R1, R2, R6: what is called out of its order."""

from datetime import timedelta

import pytest

from queue_server.domain.integrity import calling
from queue_server.domain.integrity.finding import Mark, Subject
from tests.factories import DISABILITY, Rules, at
from tests.queue_server.domain.integrity.rule_log import (
    SECOND,
    RuleLog,
    found,
    kinds,
    only,
)


def calls_by_ann(picked: int, of: int, **facts: object) -> RuleLog:
    """Return a day on which Ann calls some of her visitors out of order."""
    log = RuleLog()
    for number in range(of):
        name = f"v{number}"
        log.issue(name, number)
        more = {"rule_rank": 3} | facts if number < picked else {}
        log.call(name, number + 30, **more)
        log.start(name, number + 30.1)
        log.finish(name, number + 30.5)
    return log


def test_a_call_out_of_order_without_a_reason_is_found() -> None:
    """R1 names the clerk, the ticket, its place in the queue and the event."""
    book = calls_by_ann(1, 4).book()
    one = only(calling.unexplained, book)
    assert one.subject == Subject("person", "ann")
    assert (one.evidence.observed, one.evidence.n) == (1, 4)
    assert one.tickets == ("A001",)
    assert one.windows == (3,)
    assert one.cases[0].value == 3
    assert kinds(book, one) == ["ticket_called"]
    assert one.strip[0] == Mark("A001", marked=True)
    assert [mark.marked for mark in one.strip] == [True, False, False, False]


@pytest.mark.parametrize("facts", [{"reason": "a wheelchair"}, {"rule_rank": 1}])
def test_a_reason_or_the_first_place_is_enough(facts: dict[str, object]) -> None:
    """R1 says nothing of calls that are explained or in order."""
    assert found(calling.unexplained, calls_by_ann(1, 4, **facts).book()) == []


def test_a_blank_reason_is_none() -> None:
    """R1: spaces explain nothing."""
    assert len(found(calling.unexplained, calls_by_ann(1, 4, reason="  ").book())) == 1


def test_a_clerk_who_picks_often_is_found() -> None:
    """R2: 6 of 60 calls are 10 %, beyond 5 %; the reason does not matter."""
    one = only(calling.picked, calls_by_ann(6, 60, reason="asked to").book())
    assert one.evidence.observed == pytest.approx(0.1)
    assert (one.evidence.threshold, one.evidence.n) == (0.05, 60)
    assert len(one.cases) == 6


@pytest.mark.parametrize(("picked", "of"), [(4, 10), (5, 100)])
def test_few_picks_are_no_habit(picked: int, of: int) -> None:
    """R2: fewer than five, or just 5 % of the own calls, is not found."""
    assert found(calling.picked, calls_by_ann(picked, of, reason="asked to").book()) == []


def test_what_others_do_stands_beside_it() -> None:
    """R2: the evidence names the share at the other windows."""
    log = calls_by_ann(6, 60, reason="asked to")
    for number in range(10):
        log.issue(f"b{number}", number)
        log.call(f"b{number}", number + 40, "ben", rule_rank=2 if number else 1, reason="asked")
        log.start(f"b{number}", number + 40.1)
        log.finish(f"b{number}", number + 40.5)
    shares = {one.subject.name: one.evidence for one in calling.picked(log.book())}
    assert shares["ann"].expected == pytest.approx(0.9)
    assert shares["ben"].expected == pytest.approx(0.1)


def at_once(others: int, seconds: float = 15, **changes: object) -> RuleLog:
    """Return a day on which somebody is called some seconds after the issue."""
    log = RuleLog()
    for number in range(others):
        log.issue(f"o{number}", number, **changes)
    log.issue("friend", 20)
    log.call("friend", 20 + seconds * SECOND)
    return log


def test_who_is_called_at_once_before_three_others_is_found() -> None:
    """R6 names the ticket, and how many had at least its right."""
    book = at_once(3).book()
    one = only(calling.at_once, book)
    assert one.subject == Subject("person", "ann")
    assert one.tickets == ("A004",)
    assert one.cases[0].value == 3
    assert kinds(book, one) == ["ticket_called"]


@pytest.mark.parametrize(
    "log",
    [
        at_once(2),
        at_once(3, seconds=20),
        at_once(3, service="E01"),
        at_once(3, place="window:1"),
        at_once(3, needs=frozenset({"sign_language"})),
        at_once(3, not_before=at(60)),
        at_once(3, order_key=at(21)),
    ],
    ids=["two", "20 s", "another service", "placed", "a need", "not yet", "later"],
)
def test_who_waits_for_something_else_is_not_overtaken(log: RuleLog) -> None:
    """R6 counts only those whom the same window could have called, and who went before."""
    assert found(calling.at_once, log.book()) == []


def test_a_right_of_the_own_is_none_of_the_others() -> None:
    """R6: one with a statutory right is called at once, as the law says."""
    log = RuleLog()
    for number in range(5):
        log.issue(f"o{number}", number)
    first = at(0) - timedelta(days=365)
    log.issue("first", 20, category=DISABILITY.id, statutory=True, order_key=first)
    log.call("first", 20.1)
    assert found(calling.at_once, log.book()) == []


def test_a_cap_on_statutory_calls_lets_an_ordinary_one_through() -> None:
    """R6: where the center calls an ordinary ticket in its turn, those with a right wait."""
    first = at(0) - timedelta(days=365)
    log = at_once(4, category=DISABILITY.id, statutory=True, order_key=first)
    assert len(found(calling.at_once, log.book())) == 1
    assert found(calling.at_once, log.book(rules=Rules(statutory_cap=4))) == []


def test_who_has_gone_does_not_wait() -> None:
    """R6: tickets that were served or cancelled meanwhile are overtaken by nobody."""
    log = RuleLog()
    for number in range(4):
        log.issue(f"o{number}", number)
    log.cancel("o0", 10)
    log.serve("o1", 11, 12, "ben")
    log.issue("friend", 20)
    log.call("friend", 20.1)
    assert found(calling.at_once, log.book()) == []
