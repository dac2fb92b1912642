"""R10, R11: visitors who were called and did not come."""

import pytest

from queue_server.domain.integrity import absent
from queue_server.domain.integrity.finding import Subject
from tests.queue_server.domain.integrity.rule_log import (
    RECEPTION,
    SECOND,
    RuleLog,
    a_digest,
    found,
    kinds,
    only,
)

#: the center has 5 no-shows in a hundred
USUAL = [a_digest(0, answered=950, missed=50)]


def missed(gone: int, came: int) -> RuleLog:
    """Return a day on which some of Ann's visitors never came."""
    log = RuleLog()
    for number in range(gone + came):
        log.issue(f"v{number}", number)
        log.call(f"v{number}", 20 + number)
        if number < gone:
            log.miss(f"v{number}", 20.6 + number)
        else:
            log.start(f"v{number}", 20.1 + number)
            log.finish(f"v{number}", 20.5 + number)
    return log


def test_three_times_the_centers_no_shows_are_found() -> None:
    """R10: 8 of 20 where the center has 5 %; the evidence names both rates and n."""
    one = only(absent.missing, missed(8, 12).book(USUAL))
    assert (one.form, one.subject) == ("rate", Subject("person", "ann"))
    assert one.evidence == (
        0.4,
        pytest.approx(0.15),
        pytest.approx(0.05),
        20,
        "share",
    )
    assert len(one.tickets) == 8


@pytest.mark.parametrize(("gone", "came"), [(3, 17), (4, 16), (8, 11), (12, 7)])
def test_few_turns_or_what_chance_brings_are_not_found(gone: int, came: int) -> None:
    """R10: three times the rate, twenty turns, and rarer than one in a thousand."""
    assert found(absent.missing, missed(gone, came).book(USUAL)) == []


def test_a_no_show_before_the_least_time_is_found() -> None:
    """R10 names the announcement, the no-show and the seconds that the visitor had."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    log.recall("a", 11)
    log.miss_after("a", 11 + 29 * SECOND)
    book = log.book()
    one = only(absent.missing, book)
    assert (one.form, one.evidence.unit, one.evidence.threshold) == ("early", "seconds", 30)
    assert one.evidence.observed == pytest.approx(29)
    assert kinds(book, one) == ["ticket_recalled", "ticket_missed"]


def test_a_no_show_after_the_least_time_is_not_found() -> None:
    """R10: thirty seconds are enough."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    log.miss_after("a", 10 + 30 * SECOND)
    assert found(absent.missing, log.book()) == []


def test_an_undone_no_show_is_none() -> None:
    """R10: the visitor came after all."""
    log = RuleLog()
    log.issue("a", 0)
    log.call("a", 10)
    log.miss_after("a", 10 + 5 * SECOND)
    log.undo("a", 10 + 20 * SECOND)
    assert found(absent.missing, log.book()) == []


def burst(count: int, gone: int, seconds: float = 60, **changes: object) -> RuleLog:
    """Return a day on which so many tickets leave the kiosk within some seconds."""
    log = RuleLog()
    for number in range(count):
        log.issue(f"v{number}", number * seconds * SECOND / (count - 1), **changes)
    for number in range(count):
        log.call(f"v{number}", 20 + number)
        if number < gone:
            log.miss(f"v{number}", 20.6 + number)
        else:
            log.start(f"v{number}", 20.1 + number)
            log.finish(f"v{number}", 20.5 + number)
    return log


def test_a_burst_of_which_half_never_come_is_found() -> None:
    """R11 names the kiosk, the tickets, and which of them never came."""
    book = burst(4, 2).book()
    one = only(absent.bursts, book)
    assert one.subject == Subject("device", "kiosk-1")
    assert (one.evidence.observed, one.evidence.n) == (0.5, 4)
    assert [case.value for case in one.cases] == [1, 1, 0, 0]
    assert set(kinds(book, one)) == {"ticket_issued"}


@pytest.mark.parametrize(
    "log",
    [burst(4, 1), burst(3, 3), burst(4, 4, seconds=61), burst(4, 4, by=RECEPTION)],
    ids=["they came", "three", "slower", "by hand"],
)
def test_a_smaller_or_slower_burst_is_not_found(log: RuleLog) -> None:
    """R11: four within 60 s at one kiosk, half of them no-shows."""
    assert found(absent.bursts, log.book()) == []


def test_tickets_of_several_services_are_no_burst() -> None:
    """R11: a family with four errands takes four tickets."""
    log = RuleLog()
    for number, service in enumerate(("A01", "A02", "E01", "E02")):
        log.issue(f"v{number}", number / 10, service=service)
        log.call(f"v{number}", 20 + number)
        log.miss(f"v{number}", 20.6 + number)
    assert found(absent.bursts, log.book()) == []


def test_who_is_called_again_and_comes_has_come() -> None:
    """R11: a visitor who was revived was only late."""
    log = burst(4, 4)
    for number in range(4):
        log.revive(f"v{number}", 40 + number)
        log.serve(f"v{number}", 41 + number, 41.5 + number)
    assert found(absent.bursts, log.book()) == []
