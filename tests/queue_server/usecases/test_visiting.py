"""What visitors do with their own tickets."""

import pytest

from queue_server.contracts.asks import FinishTicket, RateTicket
from queue_server.domain.errors import AlreadyLate, AlreadyRated, NothingToRate
from queue_server.usecases import serving, visiting
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)

PAD = Actor("device", "pad-1", "pad", 1)


def late(center: Center, ticket_id: str) -> int | None:
    """Press "I am late" and return how many are ahead now."""
    return do(center, VISITOR, lambda act: visiting.step_back(act, ticket_id, None)).ahead


def served(center: Center, window: int = 1):
    """Serve the next visitor of a window to the end."""
    called = call_next(center, window)
    assert called is not None
    do(center, clerk(window), lambda act: serving.start(act, called.id, None))
    return do(center, clerk(window), lambda act: serving.finish(act, called.id, FinishTicket()))


def test_who_is_late_lets_three_go_before(center: Center, clock: HandClock) -> None:
    """The center's rule says how many; all keep their order."""
    tickets = []
    for _ in range(5):
        tickets.append(issue(center, "A02"))
        clock.pass_(seconds=20)
    assert late(center, tickets[0].id) == 3
    open_window(center, 1)
    called = [call_next(center, 1) for _ in range(5)]
    order = [ticket.number for ticket in called if ticket]
    assert order == ["A002", "A003", "A004", "A001", "A005"]


def test_the_last_in_line_loses_nothing(center: Center, clock: HandClock) -> None:
    """With nobody behind, the place stays, and the next arrival stands behind."""
    only = issue(center, "A02")
    assert late(center, only.id) == 0
    clock.pass_(minutes=1)
    assert issue(center, "A02").ahead == 1


def test_one_is_late_but_once(center: Center) -> None:
    """The second time is refused."""
    ticket = issue(center, "A02")
    late(center, ticket.id)
    with pytest.raises(AlreadyLate):
        late(center, ticket.id)


def test_a_visit_is_rated_by_its_holder(center: Center) -> None:
    """Stars, reason and a document that may not be demanded stand in the log, and no more."""
    issue(center, "A02")
    open_window(center, 1)
    done = served(center)
    wish = RateTicket(stars=2, reason="asked for a copy", demanded=True)
    do(center, VISITOR, lambda act: visiting.rate(act, done.id, wish))
    rated = events(center)[-1]
    assert (rated["type"], rated["stars"], rated["demanded"]) == ("ticket_rated", 2, True)
    with pytest.raises(AlreadyRated):
        do(center, VISITOR, lambda act: visiting.rate(act, done.id, wish))


def test_a_pad_rates_who_was_just_served_there(center: Center) -> None:
    """The rating belongs to the window's last visit, not to another window's."""
    issue(center, "A02")
    issue(center, "E01")
    open_window(center, 1)
    open_window(center, 2)
    first = served(center, 1)
    do(center, PAD, lambda act: visiting.rate_at(act, 1, RateTicket(stars=5)))
    with center.read() as work:
        kept = work.tickets.get(first.id)
    assert kept is not None
    assert kept.stars == 5


def test_a_pad_rates_nothing_where_nobody_was_served(center: Center, clock: HandClock) -> None:
    """Before the first visit, and ten minutes after the last, there is nothing to rate."""
    with pytest.raises(NothingToRate):
        do(center, PAD, lambda act: visiting.rate_at(act, 1, RateTicket(stars=5)))
    issue(center, "A02")
    open_window(center, 1)
    served(center, 1)
    clock.pass_(minutes=11)
    with pytest.raises(NothingToRate):
        do(center, PAD, lambda act: visiting.rate_at(act, 1, RateTicket(stars=5)))
