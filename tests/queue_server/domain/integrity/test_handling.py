"""R5, R9, R15: what passes through one person's hands more than once."""

import pytest

from queue_server.domain.integrity import handling
from queue_server.domain.integrity.finding import Subject
from tests.queue_server.domain.integrity.rule_log import (
    RECEPTION,
    VISITOR,
    RuleLog,
    a_clerk,
    a_digest,
    found,
    kinds,
    only,
)


def both(today: int) -> RuleLog:
    """Return a day on which Ann issues and serves so many tickets herself."""
    log = RuleLog()
    for number in range(today):
        log.issue(f"v{number}", number, a_clerk("ann"))
        log.serve(f"v{number}", number + 20, number + 20.5)
    return log


def test_a_fourth_ticket_issued_and_served_by_one_is_found() -> None:
    """R5 adds the 30 days up, and names both events of each ticket."""
    earlier = [a_digest(3, both={"ann": (("A007", 70, 90), ("A008", 71, 95))})]
    book = both(2).book(earlier)
    one = only(handling.both_sides, book)
    assert one.subject == Subject("person", "ann")
    assert (one.evidence.observed, one.evidence.threshold, one.evidence.n) == (4, 4, 2)
    assert set(one.tickets) == {"A001", "A002", "A007", "A008"}
    assert {70, 90, 71, 95} < set(one.seqs)


def test_three_in_30_days_are_not_found() -> None:
    """R5: more than three are needed, and one of them today."""
    earlier = [a_digest(3, both={"ann": (("A007", 70, 90),)})]
    assert found(handling.both_sides, both(2).book(earlier)) == []
    many = [a_digest(3, both={"ann": (("A007", 70, 90),) * 9})]
    assert found(handling.both_sides, RuleLog().book(many)) == []


def test_what_somebody_else_serves_is_not_found() -> None:
    """R5: the reception issues, Ann serves: as it should be."""
    log = RuleLog()
    for number in range(9):
        log.issue(f"v{number}", number, RECEPTION)
        log.serve(f"v{number}", number + 20, number + 20.5)
    assert handling.issued_and_served(log.book()) == {}


def cancelled(count: int, apart: float, issued: int, by: object = RECEPTION) -> RuleLog:
    """Return a day on which so many tickets are cancelled."""
    log = RuleLog()
    for number in range(issued):
        log.issue(f"v{number}", number / 10)
    for number in range(count):
        log.cancel(f"v{number}", 60 + apart * number, by)
    return log


def test_five_cancellations_in_ten_minutes_are_found() -> None:
    """R9: 2.5 minutes apart, five fit into ten minutes, both ends within."""
    one = only(handling.cancelling, cancelled(5, 2.5, 100).book())
    assert (one.form, one.evidence.observed, one.subject.name) == ("burst", 5, "reception")
    assert len(one.seqs) == 5


@pytest.mark.parametrize(("count", "apart"), [(5, 2.51), (4, 0.1)])
def test_fewer_or_slower_cancellations_are_not_found(count: int, apart: float) -> None:
    """R9: five within 10:02 minutes, or four at once, are no burst."""
    assert found(handling.cancelling, cancelled(count, apart, 100).book()) == []


def test_more_than_a_tenth_of_the_day_is_found() -> None:
    """R9: 11 of 100 however slowly; 10 are not."""
    one = only(handling.cancelling, cancelled(11, 20, 100).book())
    assert (one.form, one.evidence.observed) == ("share", pytest.approx(0.11))
    assert found(handling.cancelling, cancelled(10, 20, 100).book()) == []


def test_what_visitors_give_up_is_their_own() -> None:
    """R9 counts people of the center only."""
    assert found(handling.cancelling, cancelled(40, 0.1, 100, VISITOR).book()) == []


def there_and_back(count: int, by: str = "ann") -> RuleLog:
    """Return a day on which Ann sends tickets on, and somebody calls them next."""
    log = RuleLog()
    for number in range(count):
        name = f"v{number}"
        log.issue(name, number)
        log.call(name, 20 + number)
        log.start(name, 20.1 + number)
        log.transfer(name, 20.2 + number, "E01")
        log.serve(name, 20.4 + number, 20.8 + number, by)
    return log


def test_four_tickets_sent_on_and_called_again_by_one_are_found() -> None:
    """R15 names the transfer and the call after it."""
    book = there_and_back(4).book()
    one = only(handling.there_and_back, book)
    assert one.subject == Subject("person", "ann")
    assert one.evidence.observed == 4
    assert kinds(book, one)[:2] == ["ticket_transferred", "ticket_called"]


def test_three_or_another_clerk_are_not_found() -> None:
    """R15: more than three a day, and the same clerk on both sides."""
    assert found(handling.there_and_back, there_and_back(3).book()) == []
    assert found(handling.there_and_back, there_and_back(9, "ben").book()) == []


def test_a_way_to_the_cashier_and_back_is_not_found() -> None:
    """R15: whom another window has served in between comes back as the rules want."""
    log = RuleLog()
    for number in range(6):
        name = f"v{number}"
        log.issue(name, number)
        log.call(name, 20 + number)
        log.start(name, 20.1 + number)
        log.transfer(name, 20.2 + number, "E01", back=True)
        log.serve(name, 20.3 + number, 20.5 + number, "ben")
        log.serve(name, 20.6 + number, 20.8 + number)
    assert found(handling.there_and_back, log.book()) == []
