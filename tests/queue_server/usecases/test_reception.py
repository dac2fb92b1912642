"""A visitor comes in."""

import pytest

from queue_server.domain.errors import (
    ReasonRequired,
    TooLate,
    UnknownCategory,
    UnknownLanguage,
    UnknownNeed,
    UnknownService,
)
from queue_server.usecases import reception, serving
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    RECEPTION,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
    types,
)


def test_a_ticket_holds_all_that_the_slip_shows(center: Center) -> None:
    """Number, place in line, range in the visitor's language, key and address, in one reply."""
    issue(center, "E01")
    ticket = issue(center, "E02", language="ru", needs=["sign_language"])
    assert (ticket.number, ticket.ahead, ticket.language) == ("E002", 1, "ru")
    assert ticket.estimate is not None
    assert ticket.estimate.high > ticket.estimate.low
    assert "мин" in ticket.estimate.text or ticket.estimate.text == "скоро"
    assert ticket.url == f"http://127.0.0.1:8000/t/{ticket.id}?key={ticket.key}"


def test_numbers_begin_anew_each_day(center: Center, clock: HandClock) -> None:
    """The next day's first ticket is 001 again, and yesterday's open ones have expired."""
    left = issue(center)
    open_window(center, 1)
    clock.pass_(days=1)
    assert issue(center).number == "A001"
    assert types(center)[-5:-1] == [
        "ticket_expired",
        "window_closed",
        "day_opened",
        "ticket_issued",
    ] or ({"ticket_expired", "window_closed", "day_opened"} <= set(types(center)))
    with center.read() as work:
        expired = work.tickets.get(left.id)
        assert work.shifts.at(1) is None
    assert expired is not None
    assert expired.state == "expired"


def test_a_clock_that_jumps_back_reuses_no_number(center: Center, clock: HandClock) -> None:
    """The service day never runs backwards."""
    issue(center)
    clock.pass_(days=-2)
    assert issue(center).number == "A002"


@pytest.mark.parametrize(
    ("wish", "error", "field"),
    [
        ({"service": "no-such"}, UnknownService, "service"),
        ({"category": "vip"}, UnknownCategory, "category"),
        ({"language": "de"}, UnknownLanguage, "language"),
        ({"needs": ["red carpet"]}, UnknownNeed, "needs"),
    ],
)
def test_a_wrong_wish_names_its_field_and_takes_no_number(
    center: Center, wish: dict[str, object], error: type[Exception], field: str
) -> None:
    """A refused ticket leaves no gap in the numbers."""
    with pytest.raises(error) as refused:
        issue(center, **wish)  # type: ignore[arg-type]
    assert refused.value.field == field  # type: ignore[attr-defined]
    assert issue(center).number == "A001"


def test_a_category_changes_the_place_with_a_reason(center: Center, clock: HandClock) -> None:
    """Reception grants a head start; the log keeps who and why."""
    issue(center)
    clock.pass_(minutes=5)
    late = issue(center)
    do(
        center,
        RECEPTION,
        lambda act: reception.change_category(act, late.id, "pregnant", "seen at the door", None),
    )
    open_window(center, 1)
    called = call_next(center, 1)
    assert called is not None
    assert called.id == late.id
    granted = next(e for e in events(center) if e["type"] == "ticket_category_changed")
    assert granted["reason"] == "seen at the door"
    assert granted["actor"] == {"kind": "person", "name": "receptionist", "role": "receptionist"}


def test_staff_say_why_they_cancel(center: Center) -> None:
    """Cancelling without a reason is refused to staff; the ticket stays in the record."""
    ticket = issue(center)
    with pytest.raises(ReasonRequired):
        do(center, RECEPTION, lambda act: reception.cancel(act, ticket.id, None, None))
    gone = do(center, RECEPTION, lambda act: reception.cancel(act, ticket.id, "left", None))
    assert gone.state == "cancelled"


def test_a_no_show_is_revived_within_the_tolerance(center: Center, clock: HandClock) -> None:
    """Back within half an hour, the visitor keeps the place; later it takes a new ticket."""
    ids = [issue(center).id, issue(center).id]
    open_window(center, 1)
    for ticket_id in ids:
        call_next(center, 1)
        clock.pass_(seconds=40)
        do(center, clerk(1), lambda act, i=ticket_id: serving.no_show(act, i, None))
    back = do(center, RECEPTION, lambda act: reception.revive(act, ids[0], None))
    assert (back.state, back.ahead) == ("waiting", 0)
    clock.pass_(minutes=31)
    with pytest.raises(TooLate):
        do(center, RECEPTION, lambda act: reception.revive(act, ids[1], None))


def test_a_reprint_is_a_copy_of_the_same_ticket(center: Center) -> None:
    """The slip is asked for again as copy 2; the place in the queue is one."""
    ticket = issue(center)
    again = do(center, RECEPTION, lambda act: reception.reprint(act, ticket.id, "torn"))
    assert (again.number, again.copies) == (ticket.number, 2)
    assert events(center)[-1]["copy_number"] == 2
