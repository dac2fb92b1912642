"""A small hall at work: whatever clerks do, nobody is lost and no window has two."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from queue_server.domain import journey, moves
from queue_server.domain.routing import Desk, pick_next
from queue_server.domain.ticket import FINAL, QUEUE, Move, State, Step, Ticket, at_clerk, at_window
from queue_server.domain.window import Shift, after_call
from tests.factories import DISABILITY, INFANT, OPENING, a_desk, a_ticket, at, minutes, with_right

CAP = 2
#: each service has a window, and window 2 speaks one language only
TAKES = {1: ("A01", "E01"), 2: ("E01",), 3: ("E02", "A01")}
CLERKS = {1: "ann", 2: "bek", 3: "oya"}
SERVICES = ("A01", "E01", "E02")
PLACES = (QUEUE, at_window(1), at_window(2), at_window(3), at_clerk("ann"), at_clerk("oya"))
WINDOWS = st.sampled_from(sorted(TAKES))


class Hall(RuleBasedStateMachine):
    """Three windows, and visitors with one service or several."""

    def __init__(self) -> None:
        super().__init__()
        self.tickets: dict[str, Ticket] = {}
        self.come: dict[str, tuple] = {}
        self.shifts = {number: Shift(number, CLERKS[number], OPENING) for number in TAKES}
        self.minute = 0.0

    # -- what happens ------------------------------------------------------------------------

    @rule(
        service=st.sampled_from(SERVICES),
        more=st.lists(st.sampled_from(SERVICES), max_size=2),
        category=st.sampled_from([None, None, INFANT, DISABILITY]),
        language=st.sampled_from(["uz-Latn", "ru"]),
    )
    def issue(self, service, more, category, language) -> None:
        """Let a visitor come."""
        legs = (Step(service), *(Step(each) for each in more))
        facts = {"serial": len(self.tickets) + 1, "issued_at": self.now, "language": language}
        facts |= {"service": service, "legs": legs}
        self.keep(with_right(category, **facts) if category else a_ticket(**facts))

    @rule(number=WINDOWS)
    def press_next(self, number) -> None:
        """Finish the ticket in hand and call the next one."""
        self.finish_in_hand(number)
        here, waiting = self.desk(number), self.in_state(State.WAITING)
        chosen = pick_next(waiting, here, self.now, CAP)
        if chosen is not None:
            self.keep(moves.call(chosen, number, here.clerk, self.now))
            shift = after_call(self.shifts[number], statutory=chosen.statutory)
            self.shifts[number] = shift

    @rule(number=WINDOWS, move=st.sampled_from(["recall", "start", "return", "hold", "miss"]))
    def do_at_window(self, number, move) -> None:
        """Do something with the ticket in hand, if the window has one that is called."""
        hand = self.in_hand(number)
        if hand is None or hand.state is not State.CALLED:
            return
        self.keep(
            {
                "recall": lambda: moves.recall(hand, hand.clerk, self.now),
                "start": lambda: moves.start(hand, hand.clerk, self.now),
                "return": lambda: moves.give_back(hand, hand.clerk, self.now),
                "hold": lambda: moves.hold(hand, hand.clerk, self.now, "photo"),
                "miss": lambda: moves.no_show(hand, hand.clerk, self.now, minutes(0)),
            }[move]()
        )

    @rule(
        number=WINDOWS,
        service=st.sampled_from(SERVICES),
        place=st.sampled_from(PLACES),
        with_return=st.booleans(),
    )
    def send_on(self, number, service, place, with_return) -> None:
        """Transfer the ticket in hand."""
        hand = self.in_hand(number)
        if hand is not None:
            self.keep(
                moves.transfer(
                    hand,
                    hand.clerk,
                    self.now,
                    service=service,
                    place=place,
                    with_return=with_return,
                )
            )

    @rule(number=WINDOWS)
    def call_a_parked_one(self, number) -> None:
        """Call someone by hand who is on hold or did not come."""
        parked = self.in_state(State.ON_HOLD, State.NO_SHOW)
        if parked and self.in_hand(number) is None:
            clerk = CLERKS[number]
            self.keep(moves.call_this(parked[0], number, clerk, self.now, "is here"))

    # -- what holds --------------------------------------------------------------------------

    @invariant()
    def a_window_has_one_visitor(self) -> None:
        """No window has two tickets in hand."""
        taken = [ticket.window for ticket in self.tickets.values() if ticket.at_window]
        assert len(taken) == len(set(taken))

    @invariant()
    def everyone_keeps_the_place(self) -> None:
        """Time of issue and order key are those of the issue, through all legs and returns."""
        for ticket in self.tickets.values():
            assert (ticket.issued_at, ticket.order_key) == self.come[ticket.id]

    def teardown(self) -> None:
        """Work until nobody waits: everyone is served, and every leg of theirs is done."""
        for parked in self.in_state(State.ON_HOLD):
            self.keep(moves.hold_over(parked, self.now))
        for gone in self.in_state(State.NO_SHOW):
            self.keep(moves.revive(gone, "reception", self.now, minutes(9999)))
        for _ in range(20 * len(self.tickets)):
            for number in TAKES:
                self.press_next(number)
        assert not [t for t in self.tickets.values() if t.state not in FINAL]
        assert all(leg.done for t in self.tickets.values() for leg in t.legs)

    # -- how it is kept ------------------------------------------------------------------------

    @property
    def now(self):
        """The present."""
        return at(self.minute)

    def keep(self, ticket: Ticket) -> None:
        """Keep a ticket's next value; time goes on."""
        if ticket.id not in self.tickets:
            self.come[ticket.id] = ticket.issued_at, ticket.order_key
        self.tickets[ticket.id] = ticket
        self.minute += 1

    def desk(self, number: int) -> Desk:
        """Return the window as it stands."""
        only = frozenset({"uz-Latn"}) if number == 2 else frozenset()
        streak = self.shifts[number].streak
        facts = {"number": number, "clerk": CLERKS[number], "streak": streak}
        return a_desk(*TAKES[number], languages=only, **facts)

    def in_hand(self, number: int) -> Ticket | None:
        """Return the ticket at a window."""
        return next((t for t in self.tickets.values() if t.window == number), None)

    def in_state(self, *states: State) -> list[Ticket]:
        """Return all tickets in these states."""
        return [ticket for ticket in self.tickets.values() if ticket.state in states]

    def finish_in_hand(self, number: int) -> None:
        """Serve and finish whoever is at the window."""
        hand = self.in_hand(number)
        if hand is None:
            return
        how = {"outcome": "solved", "delivery": None, "onward": journey.onward(hand, {})}
        self.keep(moves.finish(hand, hand.clerk, self.now, **how, by=Move.NEXT))


TestHall = Hall.TestCase
TestHall.settings = settings(max_examples=80, stateful_step_count=40)
