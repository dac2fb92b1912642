"""R12, R18: what visitors say, and what was asked of them."""

import pytest

from queue_server.domain.integrity import saying
from queue_server.domain.integrity.finding import CENTER, Subject
from tests.queue_server.domain.integrity.rule_log import (
    PAD,
    SECOND,
    VISITOR,
    RuleLog,
    found,
    kinds,
    only,
)


def rated(count: int, seconds: float, *, by: object = PAD, ended: bool = True) -> RuleLog:
    """Return a day on which so many ratings come within some seconds."""
    log = RuleLog()
    for number in range(count):
        log.issue(f"v{number}", number)
        if ended:
            log.serve(f"v{number}", 10 + number, 10.5 + number)
    for number in range(count):
        log.rate_at_pad(f"v{number}", 60 + seconds * SECOND * number / max(count - 1, 1), by)
    return log


def test_three_ratings_in_a_minute_at_one_pad_are_found() -> None:
    """R12 names the pad, the tickets and the events."""
    book = rated(3, 60).book()
    one = only(saying.rated, book)
    assert (one.form, one.subject) == ("burst", Subject("device", "pad-3"))
    assert (one.evidence.observed, len(one.tickets)) == (3, 3)
    assert set(kinds(book, one)) == {"ticket_rated"}


@pytest.mark.parametrize(
    "log", [rated(2, 1), rated(3, 61), rated(9, 1, by=VISITOR)], ids=["two", "slower", "phones"]
)
def test_fewer_slower_or_on_many_phones_are_not_found(log: RuleLog) -> None:
    """R12: a burst is three within 60 s at one pad."""
    assert found(saying.rated, log.book()) == []


def test_a_rating_of_a_visit_that_has_not_ended_is_found() -> None:
    """R12: a ticket that still waits has nothing to rate."""
    one = only(saying.rated, rated(1, 0, by=VISITOR, ended=False).book())
    assert (one.form, one.subject, one.tickets) == ("unfinished", CENTER, ("A001",))


def turned_away(*, demanded: bool) -> RuleLog:
    """Return a day on which Ann turns a visitor away."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 5)
    log.start("a", 5.1)
    log.turn_away("a", 8, demanded=demanded)
    return log


def test_a_document_that_nobody_may_demand_is_found() -> None:
    """R18 names the clerk, the ticket and the event; a lawful one is not found."""
    book = turned_away(demanded=True).book()
    one = only(saying.demanded, book)
    assert (one.subject, one.tickets) == (Subject("person", "ann"), ("A001",))
    assert kinds(book, one) == ["ticket_finished"]
    assert found(saying.demanded, turned_away(demanded=False).book()) == []


def test_the_visitor_s_word_counts_as_well() -> None:
    """R18: a rating that says so is evidence beside the clerk's own ending."""
    log = RuleLog()
    log.issue("a", 0)
    log.serve("a", 5, 8)
    log.rate("a", 9, 1, demanded=True)
    one = only(saying.demanded, log.book())
    assert one.subject == Subject("person", "ann")
    assert kinds(log.book(), one) == ["ticket_rated"]
