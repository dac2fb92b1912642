"""What each move does to a ticket. The table itself is in test_moves.py."""

from dataclasses import replace

import pytest

from queue_server.domain import moves
from queue_server.domain import ticket as tickets
from queue_server.domain.catalogue import Category
from queue_server.domain.errors import NothingToUndo, TooEarly, TooLate, TransitionNotAllowed
from queue_server.domain.moves import head_start
from queue_server.domain.ticket import (
    FIRST,
    OPEN,
    QUEUE,
    Move,
    Sender,
    State,
    Step,
    Ticket,
    at_clerk,
    at_window,
)
from tests.factories import (
    DISABILITY,
    ELDERLY,
    INFANT,
    OPENING,
    a_ticket,
    a_ticket_in,
    at,
    minutes,
    texts,
    with_right,
)

LEAST = minutes(0.5)
WITHIN = minutes(30)
FRESH = minutes(1)


def finished(
    ticket: Ticket, *, after: float = 9, onward: str | None = None, by: Move = Move.FINISH
) -> Ticket:
    """Finish as Ann does."""
    how = {"outcome": "solved", "delivery": "hand", "onward": onward}
    return moves.finish(ticket, "ann", at(after), **how, by=by)


def served(ticket: Ticket, window: int = 3) -> Ticket:
    """Call and start."""
    return moves.start(moves.call(ticket, window, "ann", at(5)), "ann", at(6))


def test_a_number_is_the_prefix_and_the_count() -> None:
    """A ticket is called by its prefix letter and three digits."""
    assert a_ticket(prefix="A", count=42).number == "A042"


@pytest.mark.parametrize(
    ("category", "order_key", "statutory"),
    [
        (None, OPENING, False),
        (ELDERLY, at(-5), False),
        (INFANT, at(-20), False),
        (DISABILITY, FIRST, True),
        (Category("none", texts("None"), head_start=minutes(0)), OPENING, False),
    ],
)
def test_the_order_key_is_the_time_of_issue_less_the_head_start(category, order_key, statutory):
    """A visitor with a head start of 20 minutes stands as if come 20 minutes earlier."""
    assert head_start(category, OPENING) == (order_key, statutory)


def test_a_new_ticket_has_everything_before_it() -> None:
    """Never called, never overtaken, one slip, first version."""
    new = a_ticket()
    assert (new.recalls, new.overtaken, new.copies, new.version) == (0, 0, 1, 1)
    assert (new.place, new.before, new.window, new.clerk) == (QUEUE, None, None, None)


def test_the_order_key_of_the_unlimited_is_the_beginning_of_time() -> None:
    """It is kept in databases and read by pages: zero on every clock."""
    assert FIRST.timestamp() == 0


def test_an_unlimited_head_start_stands_before_every_limited_one() -> None:
    """No head start in minutes reaches a statutory one."""
    week = Category("week", texts("Week"), head_start=minutes(7 * 24 * 60))
    assert head_start(DISABILITY, at(600))[0] < head_start(week, OPENING)[0]


def test_a_call_claims_the_ticket_for_one_window() -> None:
    """A called ticket names its window, its clerk and the time of the call."""
    called = moves.call(a_ticket(recalls=2, reason="old"), 3, "ann", at(7))
    assert called.state is State.CALLED
    assert (called.window, called.clerk, called.called_at) == (3, "ann", at(7))
    assert (called.recalls, called.since, called.reason) == (0, at(7), None)


@pytest.mark.parametrize("state", [State.WAITING, State.ON_HOLD, State.NO_SHOW])
def test_a_ticket_may_be_called_by_hand(state: State) -> None:
    """Who waits, is on hold or did not come may be called by hand, and the reason is kept."""
    called = moves.call_this(a_ticket_in(state), 5, "bek", at(6), "was here all along")
    assert (called.state, called.window, called.clerk) == (State.CALLED, 5, "bek")
    assert (called.called_at, called.recalls) == (at(6), 0)
    assert (called.hold_until, called.reason) == (None, "was here all along")


def test_a_recall_counts_and_keeps_the_time_of_the_call() -> None:
    """Each recall counts one; the call itself stays when it was."""
    called = a_ticket_in(State.CALLED)
    again = moves.recall(moves.recall(called, "ann", at(2)), "ann", at(3))
    assert (again.recalls, again.called_at, again.since) == (2, called.called_at, called.since)


def test_serving_begins_with_the_start() -> None:
    """The start begins a stay of its own, at the same window."""
    serving = moves.start(a_ticket_in(State.CALLED), "ann", at(2))
    assert (serving.state, serving.window, serving.since) == (State.SERVING, 3, at(2))


@pytest.mark.parametrize("place", [QUEUE, at_window(3), at_window(8), at_clerk("ann")])
def test_a_returned_ticket_waits_at_the_place_it_had(place: str) -> None:
    """A return changes neither the place nor the order key, and frees the window."""
    called = moves.call(a_ticket(place=place), 3, "ann", at(4))
    back = moves.give_back(called, "ann", at(5), "wrong one")
    assert (back.state, back.place, back.window) == (State.WAITING, place, None)
    assert (back.issued_at, back.order_key, back.reason) == (OPENING, OPENING, "wrong one")


def test_a_no_show_comes_not_before_the_least_call_time() -> None:
    """A visitor has the least call time to come; the refusal says how many seconds are left."""
    called = moves.call(a_ticket(), 3, "ann", at(1))
    with pytest.raises(TooEarly) as refused:
        moves.no_show(called, "ann", at(1.25), LEAST)
    assert refused.value.facts == {"seconds": 15}
    assert moves.no_show(called, "ann", at(1.5), LEAST).state is State.NO_SHOW


def test_a_split_second_is_a_whole_one_to_wait() -> None:
    """Seconds left are rounded up: after so many the no-show is allowed."""
    called = moves.call(a_ticket(), 3, "ann", at(1))
    with pytest.raises(TooEarly) as refused:
        moves.no_show(called, "ann", at(1.499), LEAST)
    assert refused.value.facts == {"seconds": 1}


def test_a_call_after_a_hold_gives_the_least_call_time_anew() -> None:
    """Who is resumed is called again, and has as long to come as anyone."""
    called = moves.resume(a_ticket_in(State.ON_HOLD), 3, "ann", at(10))
    with pytest.raises(TooEarly):
        moves.no_show(called, "ann", at(10.2), LEAST)


def test_a_no_show_leaves_the_window_but_not_the_clerk_who_called() -> None:
    """The window is free again; who called last stays known."""
    gone = moves.no_show(a_ticket_in(State.CALLED), "system", at(4), LEAST)
    assert (gone.window, gone.clerk, gone.moved_by, gone.since) == (None, "ann", "system", at(4))


@pytest.mark.parametrize("place", [QUEUE, at_clerk("ann")])
def test_a_revived_ticket_stands_where_it_stood(place: str) -> None:
    """Who comes back within the tolerance loses nothing."""
    gone = a_ticket_in(State.NO_SHOW, place=place)
    back = moves.revive(gone, "reception", gone.since + WITHIN, WITHIN)
    assert (back.state, back.place, back.order_key) == (State.WAITING, place, OPENING)


def test_a_no_show_is_not_revived_for_ever() -> None:
    """Beyond the tolerance a no-show stays one."""
    gone = a_ticket_in(State.NO_SHOW)
    with pytest.raises(TooLate):
        moves.revive(gone, "reception", gone.since + WITHIN + minutes(0.01), WITHIN)


def test_the_state_is_refused_before_the_time() -> None:
    """A move that the state forbids is told as that, not as too early or too late."""
    with pytest.raises(TransitionNotAllowed):
        moves.revive(a_ticket(), "reception", at(999), WITHIN)
    with pytest.raises(TransitionNotAllowed):
        moves.no_show(a_ticket_in(State.SERVING), "ann", at(1), LEAST)


@pytest.mark.parametrize("state", [State.CALLED, State.SERVING])
def test_a_hold_keeps_why_and_until_when(state: State) -> None:
    """What is on hold is at no window, and says its reason, its clerk and its time of return."""
    held = moves.hold(a_ticket_in(state), "ann", at(4), "photo", until=at(14))
    assert (held.state, held.window, held.clerk) == (State.ON_HOLD, None, "ann")
    assert (held.reason, held.hold_until) == ("photo", at(14))


def test_what_is_on_hold_belongs_to_its_window() -> None:
    """While it lasts, a hold is a matter of the window that has set the ticket aside."""
    assert a_ticket_in(State.ON_HOLD).place == at_window(3)


@pytest.mark.parametrize("place", [QUEUE, at_clerk("bek"), at_window(3)])
def test_a_hold_that_is_over_leads_into_the_queue(place: str) -> None:
    """No window keeps a visitor, for it may have closed; the order key is the old one."""
    back = moves.hold_over(a_ticket_in(State.ON_HOLD, place=place), at(13))
    assert (back.state, back.place, back.order_key) == (State.WAITING, QUEUE, OPENING)
    assert (back.hold_until, back.moved_by) == (None, "system")


@pytest.mark.parametrize("call", [moves.resume, moves.call_this])
def test_who_was_on_hold_is_returned_to_the_queue(call) -> None:
    """Nor does a window keep whom it resumed: a return or a no-show leads into the queue."""
    reason = {"reason": "is back"} if call is moves.call_this else {}
    called = call(a_ticket_in(State.ON_HOLD), 5, "bek", at(10), **reason)
    assert (called.window, called.hold_until) == (5, None)
    assert moves.give_back(called, "bek", at(11)).place == QUEUE
    gone = moves.no_show(called, "bek", at(11), LEAST)
    assert moves.revive(gone, "reception", at(12), WITHIN).place == QUEUE


def test_a_reason_ends_with_the_move_it_was_said_for() -> None:
    """The reason of a hold is not the reason of a later no-show."""
    called = moves.resume(a_ticket_in(State.ON_HOLD), 3, "ann", at(10))
    assert called.reason is None
    assert moves.no_show(called, "ann", at(12), LEAST).reason is None


def test_a_transfer_keeps_the_wait() -> None:
    """The time of issue and the order key survive a transfer; the leg is of the new service."""
    called = moves.call(with_right(INFANT), 3, "ann", at(4))
    sent = moves.transfer(called, "ann", at(5), service="E01", reason="wrong group")
    assert (sent.state, sent.service, sent.place, sent.window) == (
        State.WAITING,
        "E01",
        QUEUE,
        None,
    )
    assert (sent.issued_at, sent.order_key) == (OPENING, at(-20))
    assert (sent.legs, sent.sender, sent.reason) == ((Step("E01"),), None, "wrong group")


@pytest.mark.parametrize("place", [at_window(5), at_clerk("bek")])
def test_a_transfer_may_name_a_window_or_a_clerk(place: str) -> None:
    """A ticket may be sent to one place, its service unchanged."""
    sent = moves.transfer(a_ticket_in(State.SERVING), "ann", at(5), service="A01", place=place)
    assert (sent.service, sent.place, sent.legs) == ("A01", place, (Step("A01"),))


def test_a_ticket_that_waits_may_be_transferred_and_its_wait_goes_on() -> None:
    """Reception may send on who still waits: the present stay began when it began."""
    sent = moves.transfer(a_ticket(), "reception", at(5), service="E01")
    assert (sent.state, sent.service, sent.since) == (State.WAITING, "E01", OPENING)


def test_a_transfer_with_return_comes_back_to_the_sender() -> None:
    """After the cashier the visitor comes back to the window that sent, before the queue there."""
    first = served(a_ticket(legs=(Step("A01"), Step("A09"))))
    away = moves.transfer(first, "ann", at(7), service="E01", with_return=True)
    assert away.sender == Sender("A01", at_window(3))
    assert away.legs == first.legs
    back = finished(served(away, window=5), onward="A09")
    assert (back.state, back.service, back.place) == (State.WAITING, "A01", at_window(3))
    assert (back.sender, back.legs, back.window) == (None, first.legs, None)
    assert (back.issued_at, back.order_key) == (first.issued_at, first.order_key)


def test_after_the_return_the_visit_ends_as_if_never_sent() -> None:
    """The sender's own finish ends the leg in hand."""
    away = moves.transfer(
        served(a_ticket()), "ann", at(7), service="E01", place=at_window(5), with_return=True
    )
    end = finished(served(finished(served(away, window=5))))
    assert (end.state, end.legs) == (State.FINISHED, (Step("A01", (), "solved", "hand"),))


def test_a_return_to_a_sender_of_the_same_service_leaves_the_leg_open() -> None:
    """A second opinion at another window does not end the service."""
    away = moves.transfer(
        served(a_ticket()), "ann", at(7), service="A01", place=at_window(5), with_return=True
    )
    back = finished(served(away, window=5))
    assert (back.service, back.place, back.legs) == ("A01", at_window(3), (Step("A01"),))


def test_a_leg_that_was_served_on_the_way_is_not_served_twice() -> None:
    """Who was sent ahead to a service of the same visit has done it."""
    visit = a_ticket(legs=(Step("A01"), Step("E01", after=("A01",))))
    away = moves.transfer(served(visit), "ann", at(7), service="E01", with_return=True)
    back = finished(served(away, window=5))
    assert [leg.done for leg in back.legs] == [False, True]


def test_reception_may_send_with_return_who_still_waits() -> None:
    """Sent from the queue means back to the queue."""
    away = moves.transfer(a_ticket(), "reception", at(2), service="E01", with_return=True)
    back = finished(served(away, window=5))
    assert (back.service, back.place, back.order_key) == ("A01", QUEUE, OPENING)


def test_a_further_transfer_without_return_still_comes_back() -> None:
    """The sender is not forgotten on the way."""
    away = moves.transfer(served(a_ticket()), "ann", at(7), service="E01", with_return=True)
    on = moves.transfer(served(away, 5), "bek", at(8), service="E02")
    assert on.sender == Sender("A01", at_window(3))
    assert on.legs == (Step("A01"),)


def test_an_added_leg_stands_last_and_changes_nothing_else() -> None:
    """One more service for the visit, the state and the stay as they were."""
    serving = a_ticket_in(State.SERVING)
    more = moves.add_leg(serving, "ann", at(4), "E01")
    assert more.legs == (Step("A01"), Step("E01"))
    assert (more.state, more.since, more.window) == (serving.state, serving.since, serving.window)


def test_the_next_leg_waits_in_the_queue_with_the_old_order_key() -> None:
    """Nobody queues from the back again for the next leg."""
    visit = with_right(INFANT, place=at_clerk("ann"), legs=(Step("A01"), Step("E01")))
    onward = finished(served(visit), onward="E01")
    assert (onward.state, onward.service, onward.place) == (State.WAITING, "E01", QUEUE)
    assert (onward.issued_at, onward.order_key, onward.window) == (OPENING, at(-20), None)
    assert onward.legs == (Step("A01", (), "solved", "hand"), Step("E01"))


def test_the_last_finish_ends_the_ticket_and_frees_the_window() -> None:
    """A finished ticket knows its outcome and is at no window."""
    end = finished(a_ticket_in(State.SERVING))
    assert (end.state, end.window, end.since) == (State.FINISHED, None, at(9))
    assert end.legs == (Step("A01", (), "solved", "hand"),)


def test_next_finishes_also_whom_nobody_started() -> None:
    """Next ends a ticket that is merely called, and the move says that it was Next."""
    end = finished(a_ticket_in(State.CALLED), by=Move.NEXT)
    assert (end.state, end.moved, end.window) == (State.FINISHED, Move.NEXT, None)


def test_a_finish_ends_one_leg_even_of_two_of_the_same_service() -> None:
    """Two passports are two legs: the first finish leaves the second to come."""
    visit = served(a_ticket(legs=(Step("A01"), Step("A01"))))
    onward = finished(visit, onward="A01")
    assert [leg.done for leg in onward.legs] == [True, False]
    assert [leg.done for leg in finished(served(onward)).legs] == [True, True]


def test_a_transfer_changes_one_leg_even_of_two_of_the_same_service() -> None:
    """Only the leg in hand becomes another service; what is done stays as it was done."""
    visit = served(a_ticket(legs=(Step("A01", outcome="solved"), Step("A01"), Step("A01"))))
    sent = moves.transfer(visit, "ann", at(7), service="E01")
    assert sent.legs == (Step("A01", outcome="solved"), Step("E01"), Step("A01"))


def test_a_granted_category_moves_the_ticket_by_its_head_start() -> None:
    """The order key follows the time of issue, not the time of the grant."""
    granted = moves.change_category(a_ticket(), "reception", at(7), INFANT, "infant in arms")
    assert (granted.category, granted.statutory) == ("infant", False)
    assert (granted.order_key, granted.reason) == (at(-20), "infant in arms")
    assert (granted.issued_at, granted.since) == (OPENING, OPENING)


def test_a_category_taken_gives_the_ordinary_place() -> None:
    """Without its category a ticket stands by its time of issue."""
    taken = moves.change_category(with_right(DISABILITY), "reception", at(7), None, "no proof")
    assert (taken.category, taken.statutory, taken.order_key) == (None, False, OPENING)


def test_a_cancelled_ticket_keeps_all_it_was() -> None:
    """Cancelling ends a ticket; nothing of it is lost but its window."""
    was = a_ticket_in(State.ON_HOLD)
    ended = moves.cancel(was, "reception", at(5), "has left")
    assert (ended.state, ended.reason, ended.window) == (State.CANCELLED, "has left", None)
    assert (ended.number, ended.issued_at, ended.legs) == (was.number, was.issued_at, was.legs)


def test_an_appointment_given_back_is_cancelled() -> None:
    """A visitor who cannot come frees the slot."""
    ended = moves.unbook(a_ticket_in(State.BOOKED), "visitor", at(5), "is ill")
    assert (ended.state, ended.moved, ended.reason) == (State.CANCELLED, Move.UNBOOK, "is ill")


def checked_in(comes: float, **changes: object) -> Ticket:
    """Check in so many minutes after the opening, for a slot at minute 30."""
    booked = a_ticket(**({"state": State.BOOKED, "not_before": at(30)} | changes))
    return moves.check_in(booked, "reception", at(comes), head=minutes(20), tolerance=minutes(10))


@pytest.mark.parametrize("comes", [5, 30, 40])
def test_who_keeps_an_appointment_stands_at_the_slot_less_its_head_start(comes: float) -> None:
    """Early, on time or within the tolerance: the place is the slot's."""
    here = checked_in(comes)
    assert (here.state, here.order_key, here.issued_at) == (State.WAITING, at(10), at(comes))
    assert (here.not_before, here.since) == (None, at(comes))


def test_who_is_late_for_an_appointment_is_an_ordinary_ticket() -> None:
    """Beyond the tolerance the place is that of the check-in."""
    assert checked_in(40.1).order_key == at(40.1)


@pytest.mark.parametrize("comes", [5, 99])
def test_a_statutory_right_outlives_an_appointment(comes: float) -> None:
    """An unlimited head start stays unlimited, on time or late."""
    assert checked_in(comes, statutory=True, order_key=FIRST).order_key == FIRST


@pytest.mark.parametrize("state", sorted(OPEN))
def test_the_day_s_close_expires_whatever_is_open(state: State) -> None:
    """Expired is told apart from service, and holds no window."""
    gone = moves.expire(a_ticket_in(state), at(600))
    assert (gone.state, gone.window, gone.moved_by) == (State.EXPIRED, None, "system")


def own_moves() -> dict[Move, tuple[Ticket, Ticket]]:
    """Return (before, after) of each move of Ann's that she may take back, at minute 5."""
    waiting, called = a_ticket(), a_ticket_in(State.CALLED)
    serving, held = a_ticket_in(State.SERVING), a_ticket_in(State.ON_HOLD)
    gone = a_ticket_in(State.NO_SHOW)
    return {
        Move.CALL: (waiting, moves.call(waiting, 3, "ann", at(5))),
        Move.CALL_THIS: (held, moves.call_this(held, 3, "ann", at(5), "back")),
        Move.START: (called, moves.start(called, "ann", at(5))),
        Move.RETURN: (called, moves.give_back(called, "ann", at(5))),
        Move.NO_SHOW: (called, moves.no_show(called, "ann", at(5), LEAST)),
        Move.REVIVE: (gone, moves.revive(gone, "ann", at(5), WITHIN)),
        Move.HOLD: (serving, moves.hold(serving, "ann", at(5), "photo", at(9))),
        Move.RESUME: (held, moves.resume(held, 3, "ann", at(5))),
        Move.TRANSFER: (serving, moves.transfer(serving, "ann", at(5), service="E01")),
        Move.ADD_LEG: (serving, moves.add_leg(serving, "ann", at(5), "E01")),
        Move.FINISH: (serving, finished(serving, after=5)),
        Move.NEXT: (called, finished(called, after=5, by=Move.NEXT)),
    }


@pytest.mark.parametrize("move", sorted(own_moves()))
def test_an_undo_restores_exactly_the_value_before(move: Move) -> None:
    """All is as it was, but for the version, which never goes back."""
    before, after = own_moves()[move]
    undone = moves.undo(after, "ann", at(6), FRESH)
    assert undone == replace(before, version=after.version + 1, before=None, since=at(6))


def test_only_a_clerk_s_moves_can_be_undone() -> None:
    """What is heard in the hall, ends a ticket for good or is not a clerk's is not undone."""
    assert set(own_moves()) == tickets.UNDOABLE


@pytest.mark.parametrize(
    "after",
    [
        moves.recall(a_ticket_in(State.CALLED), "ann", at(5)),
        moves.cancel(a_ticket(), "ann", at(5), "left"),
        moves.change_category(a_ticket(), "ann", at(5), INFANT, "seen"),
        moves.expire(a_ticket(), at(5)),
        a_ticket(),
    ],
    ids=["recall", "cancel", "change_category", "expire", "issue"],
)
def test_other_moves_cannot_be_undone(after: Ticket) -> None:
    """There is nothing to take back after these."""
    with pytest.raises(NothingToUndo):
        moves.undo(after, "ann", at(5), FRESH)


def test_nobody_undoes_what_another_did() -> None:
    """The last move must be the clerk's own."""
    with pytest.raises(NothingToUndo):
        moves.undo(moves.call(a_ticket(), 3, "ann", at(5)), "bek", at(5), FRESH)


def test_what_was_followed_by_another_s_move_is_not_undone() -> None:
    """A transfer that another window has answered stands."""
    sent = moves.transfer(a_ticket_in(State.SERVING), "ann", at(5), service="E01")
    with pytest.raises(NothingToUndo):
        moves.undo(moves.call(sent, 5, "bek", at(5.5)), "ann", at(5.6), FRESH)


def test_an_undo_must_be_fresh() -> None:
    """After a minute the move stands."""
    called = moves.call(a_ticket(), 3, "ann", at(5))
    assert moves.undo(called, "ann", at(6), FRESH).state is State.WAITING
    with pytest.raises(TooLate):
        moves.undo(called, "ann", at(6.01), FRESH)


def test_an_undo_cannot_be_undone() -> None:
    """One step back, not two, and not forth again."""
    started = moves.start(moves.call(a_ticket(), 3, "ann", at(5)), "ann", at(5))
    once = moves.undo(started, "ann", at(5), FRESH)
    with pytest.raises(NothingToUndo):
        moves.undo(once, "ann", at(5), FRESH)


def test_an_undo_forgets_nothing_that_was_counted_meanwhile() -> None:
    """Being overtaken and asking for a copy happened, whatever is taken back."""
    back = moves.give_back(a_ticket_in(State.CALLED), "ann", at(5))
    undone = moves.undo(replace(back, overtaken=4, copies=2), "ann", at(5), FRESH)
    assert (undone.overtaken, undone.copies) == (4, 2)
