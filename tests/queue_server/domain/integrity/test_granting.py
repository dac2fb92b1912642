"""R3, R4: categories that people grant."""

import pytest

from queue_server.domain.integrity import granting
from queue_server.domain.integrity.finding import Subject
from tests.factories import INFANT
from tests.queue_server.domain.day_log import KIOSK
from tests.queue_server.domain.integrity.rule_log import (
    RECEPTION,
    RuleLog,
    a_clerk,
    a_digest,
    found,
    kinds,
    only,
)

#: thirty days of people who granted 2 to 4 each day: mean 3, deviation 0.83
USUAL = [a_digest(n, grants={"reception": 2 + n % 3}) for n in range(30)]


def granted(by_hand: int, issued: int) -> RuleLog:
    """Return a day on which the reception grants some categories."""
    log = RuleLog()
    for number in range(issued):
        right = {"category": INFANT.id} if number < by_hand else {}
        log.issue(f"v{number}", number / 10, RECEPTION if right else KIOSK, **right)
    return log


def test_more_grants_than_the_usual_days_of_people_is_found() -> None:
    """R3: 6 on a day is beyond 3 + 3 × 0.83; the evidence names mean and threshold."""
    one = only(granting.many, granted(6, 200).book(USUAL))
    assert one.subject == Subject("person", "reception")
    assert one.form == "mean"
    assert one.evidence.observed == 6
    assert one.evidence.expected == pytest.approx(3)
    assert one.evidence.threshold == pytest.approx(3 + 3 * 0.8305, abs=0.001)
    assert len(one.tickets) == 6


def test_a_usual_number_of_grants_is_not_found() -> None:
    """R3: 5 is below 5.49."""
    assert found(granting.many, granted(5, 200).book(USUAL)) == []


def test_nine_days_are_no_mean() -> None:
    """R3 knows nothing of the usual before ten days of people."""
    assert found(granting.many, granted(9, 200).book(USUAL[:9])) == []


def test_more_than_15_percent_of_tickets_is_found() -> None:
    """R3: 16 of 100, whatever earlier days were like; 15 are not."""
    one = only(granting.many, granted(16, 100).book())
    assert (one.form, one.evidence.observed, one.evidence.n) == ("share", 0.16, 100)
    assert found(granting.many, granted(15, 100).book()) == []


def test_a_ticket_counts_once_and_papers_at_the_window_not_at_all() -> None:
    """R3 counts what changes a place: an issue, a change, papers seen before the call."""
    log = granted(4, 100)
    log.grant("v0", 20)
    log.issue("declared", 21, claimed=INFANT.id, category=INFANT.id)
    log.call("declared", 22)
    log.confirm("declared", 22.5, a_clerk("ann"))
    assert len(granting.granted(log.book())["reception"]) == 4
    log.issue("early", 23, claimed=INFANT.id)
    log.confirm("early", 24)
    assert len(granting.granted(log.book())["reception"]) == 5


def test_what_the_visitor_declared_is_nobody_s_grant() -> None:
    """R3: tickets with a category from the kiosk are no person's doing."""
    log = RuleLog()
    for number in range(20):
        log.issue(f"v{number}", number, category=INFANT.id)
    assert found(granting.many, log.book()) == []


def set_and_called(after: float, **facts: object) -> RuleLog:
    """Return a day on which a category is set after the issue, and the call comes so much later."""
    log = RuleLog()
    log.issue("a", 0, **facts)
    log.grant("a", 10)
    log.call("a", 10 + after)
    return log


def test_a_category_set_just_before_the_call_is_found() -> None:
    """R4 names who set it, the ticket, the window, both events and the seconds between."""
    book = set_and_called(2).book()
    one = only(granting.then_called, book)
    assert one.subject == Subject("person", "reception")
    assert (one.tickets, one.windows, one.cases[0].value) == (("A001",), (3,), 120)
    assert kinds(book, one) == ["ticket_category_changed", "ticket_called"]


def test_a_later_call_is_not_found() -> None:
    """R4: beyond two minutes nothing follows."""
    assert found(granting.then_called, set_and_called(2.01).book()) == []


def test_what_the_visitor_had_declared_is_not_found() -> None:
    """R4: reception sees the papers of what stood on the ticket: that is its work."""
    assert found(granting.then_called, set_and_called(1, claimed=INFANT.id).book()) == []
