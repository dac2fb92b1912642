"""The state machine: its table, written here a second time, and random walks through it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import journey, moves
from queue_server.domain import ticket as tickets
from queue_server.domain.errors import NothingToUndo, TransitionNotAllowed
from queue_server.domain.ticket import (
    FINAL,
    MOVES,
    OPEN,
    QUEUE,
    Move,
    State,
    Step,
    Ticket,
    at_clerk,
    at_window,
)
from tests.factories import DISABILITY, INFANT, a_ticket, a_ticket_in, at, minutes, with_right

#: a move, the states that it may start from, and where it leads from there; `next` is the finish
#: of whoever is in hand when the clerk calls the next one
TABLE = """
unbook           booked                              cancelled
check_in         booked                              waiting
call             waiting                             called
call_this        waiting on_hold no_show             called
recall           called                              called
start            called                              serving
return           called                              waiting
no_show          called                              no_show
revive           no_show                             waiting
hold             called serving                      on_hold
resume           on_hold                             called
hold_over        on_hold                             waiting
transfer         called serving waiting              waiting
add_leg          waiting                             waiting
add_leg          called                              called
add_leg          serving                             serving
finish           serving                             finished
next             called serving                      finished
change_category  waiting                             waiting
step_back        waiting                             waiting
confirm          waiting                             waiting
confirm          called                              called
confirm          serving                             serving
confirm          on_hold                             on_hold
cancel           booked waiting on_hold no_show      cancelled
expire           booked waiting called serving on_hold no_show    expired
"""
LEADS = {
    (move, start): end
    for move, *starts, end in (line.split() for line in TABLE.strip().splitlines())
    for start in starts
}

LATER = 8.0


def finish(ticket: Ticket, minute: float, by: Move = Move.FINISH) -> Ticket:
    """Finish the leg in hand; the next one, if any, is the first in order."""
    how = {"outcome": "solved", "delivery": None, "onward": journey.onward(ticket, {})}
    return moves.finish(ticket, "ann", at(minute), **how, by=by)


#: how each move is made at a minute, whatever the ticket
DO: dict[Move, Callable[[Ticket, float], Ticket]] = {
    Move.UNBOOK: lambda t, m: moves.unbook(t, "visitor", at(m)),
    Move.CHECK_IN: lambda t, m: moves.check_in(t, "kiosk-1", at(m), minutes(20), minutes(10)),
    Move.CALL: lambda t, m: moves.call(t, 3, "ann", at(m)),
    Move.CALL_THIS: lambda t, m: moves.call_this(t, 3, "ann", at(m), "asked to"),
    Move.RECALL: lambda t, m: moves.recall(t, "ann", at(m)),
    Move.START: lambda t, m: moves.start(t, "ann", at(m)),
    Move.RETURN: lambda t, m: moves.give_back(t, "ann", at(m)),
    Move.NO_SHOW: lambda t, m: moves.no_show(t, "ann", at(m), minutes(0)),
    Move.REVIVE: lambda t, m: moves.revive(t, "ann", at(m), minutes(999)),
    Move.HOLD: lambda t, m: moves.hold(t, "ann", at(m), "photo", at(m + 10)),
    Move.RESUME: lambda t, m: moves.resume(t, 3, "ann", at(m)),
    Move.HOLD_OVER: lambda t, m: moves.hold_over(t, at(m)),
    Move.TRANSFER: lambda t, m: moves.transfer(t, "ann", at(m), service="E01"),
    Move.ADD_LEG: lambda t, m: moves.add_leg(t, "ann", at(m), "E02"),
    Move.FINISH: finish,
    Move.NEXT: lambda t, m: finish(t, m, Move.NEXT),
    Move.CHANGE_CATEGORY: lambda t, m: moves.change_category(t, "rec", at(m), INFANT, "seen"),
    Move.STEP_BACK: lambda t, m: moves.step_back(replace(t, late=False), at(m), at(0)),
    Move.CONFIRM: lambda t, m: moves.confirm(replace(t, claimed="infant"), "rec", at(m), INFANT),
    Move.CANCEL: lambda t, m: moves.cancel(t, "rec", at(m), "left"),
    Move.EXPIRE: lambda t, m: moves.expire(t, at(m)),
}
PAIRS = [(move, state) for move in Move for state in State]
ALLOWED = [(move, state) for move, state in PAIRS if (move, state) in LEADS]
REFUSED = [(move, state) for move, state in PAIRS if (move, state) not in LEADS]


def test_the_table_names_every_move() -> None:
    """No move of the code is missing here, and none here is missing in the code."""
    assert {move for move, _ in LEADS} == {str(move) for move in Move} == {str(m) for m in MOVES}
    assert set(DO) == set(Move)


@pytest.mark.parametrize(("move", "state"), ALLOWED)
def test_an_allowed_move_leads_where_the_table_says(move: Move, state: State) -> None:
    """Each allowed move makes the next version of the ticket, stamped with who and when."""
    before = replace(a_ticket_in(state), claimed="infant")
    after = DO[move](before, LATER)
    assert after.state == LEADS[move, state]
    assert (after.version, after.moved, after.moved_at) == (before.version + 1, move, at(LATER))
    assert after.before == replace(before, before=None)
    assert after.since == (before.since if after.state == state else at(LATER))
    assert (after.window is not None) == (after.state in {"called", "serving"})


@pytest.mark.parametrize(("move", "state"), REFUSED)
def test_any_other_move_is_refused_by_the_name_of_the_state(move: Move, state: State) -> None:
    """The refusal says in words and in its facts which state forbids which move."""
    with pytest.raises(TransitionNotAllowed) as refused:
        DO[move](a_ticket_in(state), LATER)
    assert str(refused.value) == f"A ticket that is {state} cannot make the move '{move}'."
    assert refused.value.code == "transition_not_allowed"
    assert refused.value.facts == {
        "state": str(state),
        "move": str(move),
        "allowed_from": sorted(start for name, start in LEADS if name == move),
    }


@pytest.mark.parametrize("state", sorted(FINAL))
def test_nothing_moves_a_ticket_that_has_ended(state: State) -> None:
    """Finished, cancelled and expired are final."""
    assert {"finished", "cancelled", "expired"} == FINAL
    assert not [move for move in Move if state in MOVES[move]]


def test_every_state_but_the_final_ones_is_open() -> None:
    """The day's close finds six open states."""
    assert {"booked", "waiting", "called", "serving", "on_hold", "no_show"} == OPEN


def test_every_state_can_be_reached() -> None:
    """From an issue or a booking, moves lead into every state."""
    reached, new = set(), {"booked", "waiting"}
    while new:
        reached |= new
        new = {end for (_, start), end in LEADS.items() if start in reached} - reached
    assert reached == set(State)


SERVICES = st.sampled_from(["A01", "E01", "E02"])
PLACES = st.sampled_from([QUEUE, at_window(3), at_window(5), at_clerk("bek")])
WINDOWS = st.sampled_from([(3, "ann"), (5, "bek")])
TURNS = ("call", "call", "call", "start", "start", "finish", "finish", "hold", "resume", "return")


class RandomMoves(RuleBasedStateMachine):
    """One ticket's day: any moves in any order, allowed or not."""

    @initialize(category=st.sampled_from([None, INFANT, DISABILITY]), booked=st.booleans())
    def issue(self, category, booked) -> None:
        """Make a ticket with two legs after the first, or a booked one."""
        legs = (Step("A01"), Step("E01"), Step("E02", after=("E01",)))
        ticket = a_ticket(legs=legs) if category is None else with_right(category, legs=legs)
        if booked:
            ticket = replace(ticket, state=State.BOOKED, not_before=at(30))
        self.ticket, self.minute = ticket, 5.0
        self.issued_at, self.order_key = ticket.issued_at, ticket.order_key
        self.longest = self.last = 0

    def make(self, move: Move, do: Callable[[Ticket, float], Ticket]) -> None:
        """Make the move, or see it refused if the table forbids it from here."""
        self.minute += 1
        was = self.ticket
        if (move, was.state) not in LEADS:
            with pytest.raises(TransitionNotAllowed, match=f" {was.state} "):
                do(was, self.minute)
            return
        self.ticket = do(was, self.minute)
        if move in {Move.CHECK_IN, Move.CHANGE_CATEGORY, Move.STEP_BACK, Move.CONFIRM}:
            self.issued_at, self.order_key = self.ticket.issued_at, self.ticket.order_key

    @rule(name=st.sampled_from(TURNS))
    def usual_move(self, name) -> None:
        """Make a move of the usual course, so that walks come far."""
        self.make(Move(name), DO[Move(name)])

    @rule(move=st.sampled_from(sorted(set(Move) - {Move.EXPIRE, Move.CANCEL, Move.UNBOOK})))
    def any_move(self, move) -> None:
        """Make any move that does not end the walk."""
        self.make(move, DO[move])

    @rule(where=WINDOWS)
    def call_elsewhere(self, where) -> None:
        """Claim it for another window."""
        self.make(Move.CALL_THIS, lambda t, m: moves.call_this(t, *where, at(m), "asked to"))

    @rule(service=SERVICES, place=PLACES, with_return=st.booleans())
    def transfer(self, service, place, with_return) -> None:
        """Send it anywhere."""
        self.make(
            Move.TRANSFER,
            lambda t, m: moves.transfer(
                t, "ann", at(m), service=service, place=place, with_return=with_return
            ),
        )

    @rule()
    def undo(self) -> None:
        """Take the last move back, or see that there is none to take back."""
        was = self.ticket
        if was.before is None or was.moved not in tickets.UNDOABLE:
            with pytest.raises(NothingToUndo):
                moves.undo(was, "ann", at(self.minute), minutes(999))
            return
        self.ticket = moves.undo(was, was.moved_by, at(self.minute), minutes(999))
        now = at(self.minute)
        assert replace(self.ticket, version=0) == replace(was.before, version=0, since=now)
        self.longest = min(self.longest, len(self.ticket.legs))

    @invariant()
    def the_place_in_the_queue_is_kept(self) -> None:
        """Only a check-in or a category moves a ticket in the queue."""
        assert (self.ticket.issued_at, self.ticket.order_key) == (self.issued_at, self.order_key)

    @invariant()
    def it_stays_the_same_ticket(self) -> None:
        """Number, serial and id are for good."""
        assert (self.ticket.id, self.ticket.number, self.ticket.serial) == ("t1", "A001", 1)

    @invariant()
    def a_window_has_it_only_while_called_or_served(self) -> None:
        """At a window ⇔ the window is set, and the clerk and the call are known then."""
        at_a_window = self.ticket.state in {"called", "serving"}
        assert (self.ticket.window is not None) == at_a_window == self.ticket.at_window
        assert not at_a_window or (self.ticket.clerk and self.ticket.called_at)

    @invariant()
    def a_time_of_return_is_only_of_a_hold(self) -> None:
        """What is not on hold waits for no return."""
        assert self.ticket.hold_until is None or self.ticket.state == "on_hold"

    @invariant()
    def the_version_never_goes_back(self) -> None:
        """Each change is a new version, an undo too."""
        assert self.ticket.version >= max(self.last, 1)
        self.last = self.ticket.version

    @invariant()
    def no_leg_is_lost(self) -> None:
        """Legs are added, never dropped; and a finished ticket has none to come."""
        assert len(self.ticket.legs) >= max(self.longest, 3)
        self.longest = len(self.ticket.legs)
        if self.ticket.state == "finished":
            assert all(leg.done for leg in self.ticket.legs)

    @invariant()
    def one_step_back_is_remembered(self) -> None:
        """The value before is kept without its own past, so a ticket does not grow."""
        assert self.ticket.before is None or self.ticket.before.before is None


TestRandomMoves = RandomMoves.TestCase
TestRandomMoves.settings = settings(max_examples=300, stateful_step_count=40)
