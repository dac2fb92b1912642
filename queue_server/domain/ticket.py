"""The ticket: its states, and the moves it may make from each.

`MOVES` is the whole state machine; `moves.py` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

from queue_server.domain.estimate import Reckoning
from queue_server.domain.numbering import number


class State(StrEnum):
    """Where a ticket stands."""

    #: appointment made, visitor not here yet
    BOOKED = "booked"
    #: callable from its place, once `not_before` has passed
    WAITING = "waiting"
    #: claimed by exactly one window and announced
    CALLED = "called"
    #: the visitor is at the window
    SERVING = "serving"
    #: set aside by a clerk
    ON_HOLD = "on_hold"
    #: did not come; may be revived for a while
    NO_SHOW = "no_show"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    #: the day ended first
    EXPIRED = "expired"


AT_WINDOW: Final = frozenset({State.CALLED, State.SERVING})
FINAL: Final = frozenset({State.FINISHED, State.CANCELLED, State.EXPIRED})
OPEN: Final = frozenset(State) - FINAL


class Move(StrEnum):
    """What is done to a ticket."""

    UNBOOK = "unbook"
    CHECK_IN = "check_in"
    CALL = "call"
    CALL_THIS = "call_this"
    RECALL = "recall"
    START = "start"
    RETURN = "return"
    NO_SHOW = "no_show"
    REVIVE = "revive"
    HOLD = "hold"
    RESUME = "resume"
    HOLD_OVER = "hold_over"
    TRANSFER = "transfer"
    ADD_LEG = "add_leg"
    FINISH = "finish"
    #: finish by calling the next one, also of a visitor whose start nobody pressed
    NEXT = "next"
    CHANGE_CATEGORY = "change_category"
    #: a visitor who is late lets others go before
    STEP_BACK = "step_back"
    #: the papers for a declared category were seen, or were not
    CONFIRM = "confirm"
    CANCEL = "cancel"
    EXPIRE = "expire"


#: move → the states it may start from. Anything else is refused.
MOVES: Final[Mapping[Move, frozenset[State]]] = {
    Move.UNBOOK: frozenset({State.BOOKED}),
    Move.CHECK_IN: frozenset({State.BOOKED}),
    Move.CALL: frozenset({State.WAITING}),
    Move.CALL_THIS: frozenset({State.WAITING, State.ON_HOLD, State.NO_SHOW}),
    Move.RECALL: frozenset({State.CALLED}),
    Move.START: frozenset({State.CALLED}),
    Move.RETURN: frozenset({State.CALLED}),
    Move.NO_SHOW: frozenset({State.CALLED}),
    Move.REVIVE: frozenset({State.NO_SHOW}),
    Move.HOLD: AT_WINDOW,
    Move.RESUME: frozenset({State.ON_HOLD}),
    Move.HOLD_OVER: frozenset({State.ON_HOLD}),
    Move.TRANSFER: AT_WINDOW | {State.WAITING},
    Move.ADD_LEG: AT_WINDOW | {State.WAITING},
    Move.FINISH: frozenset({State.SERVING}),
    Move.NEXT: AT_WINDOW,
    Move.CHANGE_CATEGORY: frozenset({State.WAITING}),
    Move.STEP_BACK: frozenset({State.WAITING}),
    Move.CONFIRM: frozenset({State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD}),
    Move.CANCEL: frozenset({State.BOOKED, State.WAITING, State.ON_HOLD, State.NO_SHOW}),
    Move.EXPIRE: OPEN,
}

_OF_OTHERS: Final = frozenset(
    {Move.UNBOOK, Move.CHECK_IN, Move.CHANGE_CATEGORY, Move.CANCEL} | {Move.STEP_BACK, Move.CONFIRM}
)
#: a clerk may take these back; a recall was heard in the hall, time brings the other two
UNDOABLE: Final = frozenset(MOVES) - _OF_OTHERS - {Move.RECALL, Move.HOLD_OVER, Move.EXPIRE}

#: the place where everyone waits; others are one window's or one clerk's
QUEUE: Final = "queue"

#: before every time of issue: the order key of an unlimited head start
FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)


def at_window(window: int) -> str:
    """Return the place that only this window calls from."""
    return f"window:{window}"


def at_clerk(login: str) -> str:
    """Return the place that only this clerk calls from."""
    return f"clerk:{login}"


@dataclass(frozen=True, slots=True)
class Step:
    """One leg of a visit: a service, what must come before it, and how it ended."""

    service: str
    after: tuple[str, ...] = ()
    outcome: str | None = None
    #: how the result reaches the visitor: hand, post or electronic
    delivery: str | None = None

    @property
    def done(self) -> bool:
        """Whether this leg has been served."""
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom a ticket goes back to after a transfer with return."""

    service: str
    place: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """The record of one visit."""

    id: str
    day: date
    prefix: str
    count: int
    #: total order of issue, the last tie-break
    serial: int
    #: the service of the leg in hand
    service: str
    legs: tuple[Step, ...]
    language: str
    issued_at: datetime
    #: time of issue − head start: the ticket's place in the queue
    order_key: datetime
    issued_by: str
    state: State = State.WAITING
    #: when the present state began
    since: datetime = FIRST
    category: str | None = None
    statutory: bool = False
    needs: frozenset[str] = frozenset()
    #: who prints the slip: `own` (the issuer) or `station` (the hall's printer)
    paper: str = "station"
    #: who may call it: everyone, or one window or clerk; on hold, the window that holds it
    place: str = QUEUE
    not_before: datetime | None = None
    #: where it is called or served; None anywhere else
    window: int | None = None
    #: who called it last
    clerk: str | None = None
    called_at: datetime | None = None
    recalls: int = 0
    #: why the last move was made, where it was said
    reason: str | None = None
    hold_until: datetime | None = None
    sender: Sender | None = None
    #: the expected wait said at issue, minutes
    promised: tuple[int, int] | None = None
    #: what was reckoned before it was rounded for people
    reckoned: Reckoning | None = None
    #: how often its slip was asked for
    copies: int = 1
    #: how many were called before it though they came later
    overtaken: int = 0
    #: the life event that brought the visitor
    event: str | None = None
    #: the category that was declared and waits for its papers to be seen
    claimed: str | None = None
    #: was late once, and let others go before
    late: bool = False
    #: of an appointment: what its holder types or shows
    code: str | None = None
    #: what the visitor thought of it, 1 to 5
    stars: int | None = None
    #: of an appointment: when it begins
    slot: datetime | None = None
    version: int = 1
    #: what undo goes back to
    before: Ticket | None = None
    moved: Move | None = None
    moved_by: str | None = None
    moved_at: datetime | None = None

    @property
    def number(self) -> str:
        """What is printed and called."""
        return number(self.prefix, self.count)

    @property
    def at_window(self) -> bool:
        """Whether a window has this ticket in hand."""
        return self.state in AT_WINDOW
