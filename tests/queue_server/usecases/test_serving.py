"""At the window, through the real rules and a real database."""

import pytest

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import CallNext, CallTicket, FinishTicket, TransferTicket
from queue_server.domain.errors import (
    Forbidden,
    Invalid,
    NothingToUndo,
    ReasonRequired,
    StaleVersion,
    TooEarly,
    TransitionNotAllowed,
    UnknownClerk,
    UnknownTicket,
    WindowBusy,
    WindowClosed,
    WindowPaused,
)
from queue_server.usecases import serving, shifts
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
    types,
)


@pytest.fixture
def called(center: Center) -> TicketOut:
    """A ticket that window 1 has called."""
    issue(center)
    open_window(center, 1)
    found = call_next(center, 1)
    assert found is not None
    return found


def test_next_calls_the_first_and_finishes_the_one_in_hand(center: Center) -> None:
    """Next finishes the visitor at the window and calls the next, in one transaction."""
    first, second = issue(center), issue(center)
    open_window(center, 1)
    assert [(t and t.number) for t in (call_next(center, 1), call_next(center, 1))] == [
        first.number,
        second.number,
    ]
    assert types(center)[-2:] == ["ticket_finished", "ticket_called"]


def test_next_with_nobody_waiting_finishes_and_answers_none(center: Center) -> None:
    """When nobody eligible waits, the visitor in hand is finished all the same."""
    issue(center)
    open_window(center, 1)
    call_next(center, 1)
    assert call_next(center, 1) is None
    assert types(center)[-1] == "ticket_finished"


def test_a_closed_or_paused_window_calls_nobody(center: Center) -> None:
    """Next is refused, and nothing is written."""
    issue(center)
    with pytest.raises(WindowClosed):
        call_next(center, 1)
    open_window(center, 1)
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, "tea"))
    before = len(events(center))
    with pytest.raises(WindowPaused):
        call_next(center, 1)
    assert len(events(center)) == before


def test_a_head_start_is_kept_and_overtaking_is_counted(center: Center, clock: HandClock) -> None:
    """A statutory ticket goes first; who was overtaken is named in the log."""
    ordinary = issue(center)
    clock.pass_(minutes=3)
    statutory = issue(center, category="disability")
    open_window(center, 1)
    called = call_next(center, 1)
    assert called is not None
    assert called.number == statutory.number
    event = events(center)[-1]
    assert event["overtook"] == [ordinary.id]
    assert event["rule_rank"] == 1
    with center.read() as work:
        overtaken = work.tickets.get(ordinary.id)
    assert overtaken is not None
    assert overtaken.overtaken == 1


def test_call_this_out_of_order_needs_a_reason(center: Center, clock: HandClock) -> None:
    """A hand-picked ticket says why, and the log keeps its place under the rule."""
    issue(center)
    clock.pass_(minutes=1)
    second = issue(center)
    open_window(center, 1)
    with pytest.raises(ReasonRequired):
        do(center, clerk(1), lambda act: serving.call_this(act, 1, CallTicket(ticket=second.id)))
    wish = CallTicket(ticket=second.id, reason="was called away by a doctor")
    do(center, clerk(1), lambda act: serving.call_this(act, 1, wish))
    event = events(center)[-1]
    assert (event["rule_rank"], event["reason"]) == (2, wish.reason)


def test_call_this_in_order_needs_none(center: Center) -> None:
    """The ticket that the rule would call may be picked without a word."""
    first = issue(center)
    open_window(center, 1)
    wish = CallTicket(ticket=first.id)
    done = do(center, clerk(1), lambda act: serving.call_this(act, 1, wish))
    assert done.state == "called"
    busy = CallTicket(ticket=issue(center).id, reason="two at once")
    with pytest.raises(WindowBusy):
        do(center, clerk(1), lambda act: serving.call_this(act, 1, busy))


def test_a_no_show_takes_the_least_call_time(
    center: Center, clock: HandClock, called: TicketOut
) -> None:
    """The visitor has 30 seconds to come before the clerk may say that nobody came."""
    with pytest.raises(TooEarly) as refused:
        do(center, clerk(1), lambda act: serving.no_show(act, called.id, None))
    assert refused.value.facts["seconds"]
    clock.pass_(seconds=31)
    gone = do(center, clerk(1), lambda act: serving.no_show(act, called.id, None))
    assert gone.state == "no_show"


def test_return_keeps_the_place(center: Center, clock: HandClock, called: TicketOut) -> None:
    """A returned ticket is the next one again."""
    clock.pass_(minutes=5)
    issue(center)
    do(center, clerk(1), lambda act: serving.give_back(act, called.id, None, None))
    again = call_next(center, 1)
    assert again is not None
    assert again.id == called.id


def test_hold_and_resume(center: Center, called: TicketOut) -> None:
    """A ticket on hold comes back to the clerk's own window."""
    held = do(center, clerk(1), lambda act: serving.hold(act, called.id, "a copy", 10, None))
    assert (held.state, held.window) == ("on_hold", None)
    back = do(center, clerk(1), lambda act: serving.resume(act, called.id, None))
    assert (back.state, back.window) == ("called", 1)
    assert types(center)[-2:] == ["ticket_held", "ticket_resumed"]


def test_nobody_resumes_anothers_hold(center: Center, called: TicketOut) -> None:
    """Another clerk may not take a held ticket; a supervisor calls it to its window."""
    do(center, clerk(1), lambda act: serving.hold(act, called.id, "a copy", None, None))
    open_window(center, 2)
    with pytest.raises(Forbidden):
        do(center, clerk(2), lambda act: serving.resume(act, called.id, None))
    back = do(center, SUPERVISOR, lambda act: serving.resume(act, called.id, None))
    assert back.window == 1


def test_nobody_serves_in_anothers_name(center: Center, called: TicketOut) -> None:
    """A supervisor gives a call back, but recalls, starts, ends and holds only what is the own."""
    for move in (serving.recall, serving.start, serving.no_show):
        with pytest.raises(Forbidden):
            do(center, SUPERVISOR, lambda act, move=move: move(act, called.id, None))
    with pytest.raises(Forbidden):
        do(center, SUPERVISOR, lambda act: serving.hold(act, called.id, "a copy", None, None))
    with pytest.raises(Forbidden):
        do(center, SUPERVISOR, lambda act: serving.call_next(act, 1))
    back = do(center, SUPERVISOR, lambda act: serving.give_back(act, called.id, "clerk ill", None))
    assert back.state == "waiting"


def test_transfer_keeps_the_wait_and_comes_back(
    center: Center, clock: HandClock, called: TicketOut
) -> None:
    """To the cashier and back to the sender, without a new wait at either."""
    clock.pass_(minutes=9)
    issue(center, "U01")
    wish = TransferTicket(to_service="U02", with_return=True)
    do(center, clerk(1), lambda act: serving.transfer(act, called.id, wish))
    open_window(center, 12)
    at_cashier = call_next(center, 12)
    assert at_cashier is not None
    assert at_cashier.id == called.id
    do(center, clerk(12), lambda act: serving.start(act, called.id, None))
    back = do(center, clerk(12), lambda act: serving.finish(act, called.id, FinishTicket()))
    assert back.state == "waiting"
    again = call_next(center, 1)
    assert again is not None
    assert (again.id, again.service) == (called.id, "A01")


@pytest.mark.parametrize(
    ("wish", "error", "field"),
    [
        (TransferTicket(), Invalid, "to_service"),
        (TransferTicket(to_service="no-such"), Invalid, "to_service"),
        (TransferTicket(to_window=99), Invalid, "to_window"),
        (TransferTicket(to_clerk="nobody"), UnknownClerk, "to_clerk"),
        (TransferTicket(to_clerk="clerk2", to_window=2), Invalid, "to_clerk"),
    ],
)
def test_a_transfer_to_nowhere_names_the_field(
    center: Center, called: TicketOut, wish: TransferTicket, error: type[Invalid], field: str
) -> None:
    """Where to must exist."""
    with pytest.raises(error) as refused:
        do(center, clerk(1), lambda act: serving.transfer(act, called.id, wish))
    assert refused.value.field == field


def test_a_placed_ticket_waits_for_its_window_alone(center: Center, called: TicketOut) -> None:
    """A ticket sent to window 2 is called there, before its queue, and nowhere else."""
    issue(center)
    wish = TransferTicket(to_window=2)
    do(center, clerk(1), lambda act: serving.transfer(act, called.id, wish))
    open_window(center, 2)
    there = call_next(center, 2)
    assert there is not None
    assert there.id == called.id


def test_another_clerks_ticket_is_out_of_reach(center: Center, called: TicketOut) -> None:
    """Recall, start, finish, hold, return belong to the clerk who called."""
    other: Actor = clerk(2)
    for move in (serving.recall, serving.start, serving.no_show):
        with pytest.raises(Forbidden):
            do(center, other, lambda act, move=move: move(act, called.id, None))
    with pytest.raises(Forbidden):
        do(center, other, lambda act: serving.finish(act, called.id, FinishTicket()))


def test_undo_takes_back_the_last_move_once(center: Center, called: TicketOut) -> None:
    """Start is undone to called; a second undo finds nothing."""
    do(center, clerk(1), lambda act: serving.start(act, called.id, None))
    undone = do(center, clerk(1), lambda act: serving.undo(act, called.id, None))
    assert (undone.state, undone.window) == ("called", 1)
    with pytest.raises(NothingToUndo):
        do(center, clerk(1), lambda act: serving.undo(act, called.id, None))


def test_undo_of_a_finish_stops_where_the_next_was_called(
    center: Center, called: TicketOut
) -> None:
    """Once the next visitor is at the window, the finish before stands."""
    issue(center)
    call_next(center, 1)
    with pytest.raises(WindowBusy):
        do(center, clerk(1), lambda act: serving.undo(act, called.id, None))


def test_a_second_service_comes_before_the_end(center: Center, called: TicketOut) -> None:
    """With a leg added, finish sends the visitor on with the old place in the queue."""
    do(center, clerk(1), lambda act: serving.add_leg(act, called.id, "T01", None))
    do(center, clerk(1), lambda act: serving.start(act, called.id, None))
    onward = do(center, clerk(1), lambda act: serving.finish(act, called.id, FinishTicket()))
    assert (onward.state, onward.service) == ("waiting", "T01")
    assert [leg.state for leg in onward.legs] == ["done", "in_hand"]
    assert onward.issued_at == called.issued_at


def test_the_same_service_twice_is_two_legs(center: Center, called: TicketOut) -> None:
    """A second copy of the same thing is a leg to come, not one more in hand."""
    two = do(center, clerk(1), lambda act: serving.add_leg(act, called.id, "A01", None))
    assert [leg.state for leg in two.legs] == ["in_hand", "to_come"]


def test_moves_out_of_state_and_out_of_date_are_refused(center: Center, called: TicketOut) -> None:
    """The state forbids, the version is stale, or the ticket is unknown: nothing is written."""
    before = len(events(center))
    with pytest.raises(StaleVersion):
        do(center, clerk(1), lambda act: serving.start(act, called.id, called.version - 1))
    with pytest.raises(TransitionNotAllowed) as refused:
        do(center, clerk(1), lambda act: serving.resume(act, called.id, None))
    assert refused.value.facts["state"] == "called"
    with pytest.raises(UnknownTicket):
        do(center, clerk(1), lambda act: serving.start(act, "nothing", None))
    assert len(events(center)) == before


PAD = Actor("device", "pad-1", "callpad", 1)


def test_a_call_pad_serves_for_its_clerk(center: Center) -> None:
    """The ticket is the clerk's, the log names the device, and either may undo the other's move."""
    issue(center)
    open_window(center, 1)
    called = do(center, PAD, lambda act: serving.call_next(act, 1))
    assert called is not None
    do(center, PAD, lambda act: serving.recall(act, called.id, None))
    started = do(center, PAD, lambda act: serving.start(act, called.id, None))
    assert started.state == "serving"
    event = events(center)[-1]
    assert (event["actor"]["name"], event["ticket"]["clerk"]) == ("pad-1", "clerk1")  # type: ignore[index]
    assert do(center, clerk(1), lambda act: serving.undo(act, called.id, None)).state == "called"


def test_a_call_pad_has_no_hand_in_another_window(center: Center) -> None:
    """What another window has in hand is out of its reach."""
    issue(center)
    open_window(center, 1)
    open_window(center, 3)
    called = call_next(center, 1)
    assert called is not None
    other = Actor("device", "pad-3", "callpad", 3)
    with pytest.raises(Forbidden):
        do(center, other, lambda act: serving.recall(act, called.id, None))


def test_an_ending_says_which_document_was_missing(center: Center) -> None:
    """The log names the document; one that may not be demanded is told apart."""
    open_window(center, 1)
    for document, demanded in (("id", None), ("not_required-1", True)):
        ticket = issue(center)
        call_next(center, 1)
        do(center, clerk(1), lambda act, t=ticket: serving.start(act, t.id, None))
        wish = FinishTicket(outcome="turned_away", document=document)
        do(center, clerk(1), lambda act, t=ticket, w=wish: serving.finish(act, t.id, w))
        event = events(center)[-1]
        assert (event["outcome"], event["document"]) == ("turned_away", document)
        assert event.get("demanded") is demanded


def test_next_takes_the_reason_of_the_ending(center: Center) -> None:
    """Where a visitor was sent is kept with the ticket that Next finished."""
    issue(center)
    open_window(center, 1)
    call_next(center, 1)
    wish = CallNext(outcome="forwarded", reason="Notary")
    do(center, clerk(1), lambda act: serving.call_next(act, 1, wish))
    event = events(center)[-1]
    assert (event["type"], event["reason"]) == ("ticket_finished", "Notary")


@pytest.mark.parametrize(
    "wish",
    [
        FinishTicket(outcome="solved", document="id"),
        FinishTicket(outcome="turned_away", document="no such paper"),
    ],
)
def test_a_document_out_of_place_is_refused(
    center: Center, called: TicketOut, wish: FinishTicket
) -> None:
    """Who was served lacked nothing, and only known documents can be missing."""
    do(center, clerk(1), lambda act: serving.start(act, called.id, None))
    with pytest.raises(Invalid) as refused:
        do(center, clerk(1), lambda act: serving.finish(act, called.id, wish))
    assert refused.value.field == "document"


def test_undoing_the_end_ends_the_papers(center: Center, called: TicketOut) -> None:
    """The visitor is back at the window, so no papers are being finished."""
    do(center, clerk(1), lambda act: serving.start(act, called.id, None))
    do(center, clerk(1), lambda act: serving.finish(act, called.id, FinishTicket()))
    do(center, clerk(1), lambda act: shifts.wrap_up(act, 1))
    do(center, clerk(1), lambda act: serving.undo(act, called.id, None))
    assert types(center)[-2:] == ["window_wrap_up_ended", "ticket_undone"]
