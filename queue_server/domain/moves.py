"""What each move does to a ticket.

Every function takes a ticket and returns its next value, or raises TransitionNotAllowed naming the
current state; `MOVES` in ticket.py says from which states.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from queue_server.domain.catalogue import Category
from queue_server.domain.errors import (
    AlreadyLate,
    AlreadyRated,
    NothingToConfirm,
    NothingToRate,
    NothingToUndo,
    TooEarly,
    TooLate,
    TransitionNotAllowed,
)
from queue_server.domain.ticket import (
    FIRST,
    MOVES,
    QUEUE,
    UNDOABLE,
    Move,
    Sender,
    State,
    Step,
    Ticket,
    at_window,
)

#: so long after a service its visitor may still be at the window, and rate it there
PARTING: Final = timedelta(minutes=10)


def head_start(category: Category | None, issued_at: datetime) -> tuple[datetime, bool]:
    """Return the order key of a ticket issued then, and whether its right is statutory."""
    ahead = timedelta() if category is None else category.head_start
    return (FIRST, True) if ahead is None else (issued_at - ahead, False)


def unbook(ticket: Ticket, by: str, at: datetime, reason: str | None = None) -> Ticket:
    """Give an appointment back."""
    return _moved(ticket, Move.UNBOOK, by, at, state=State.CANCELLED, reason=reason)


def call(ticket: Ticket, window: int, clerk: str, at: datetime) -> Ticket:
    """Claim the ticket for a window; it is announced."""
    return _called(ticket, Move.CALL, window, clerk, at)


def call_this(ticket: Ticket, window: int, clerk: str, at: datetime, reason: str | None) -> Ticket:
    """Claim a ticket picked by hand, also one on hold or a no-show."""
    return _called(ticket, Move.CALL_THIS, window, clerk, at, reason=reason)


def recall(ticket: Ticket, clerk: str, at: datetime) -> Ticket:
    """Announce the ticket again."""
    return _moved(ticket, Move.RECALL, clerk, at, recalls=ticket.recalls + 1)


def start(ticket: Ticket, clerk: str, at: datetime) -> Ticket:
    """Begin to serve: the visitor is at the window."""
    return _moved(ticket, Move.START, clerk, at, state=State.SERVING)


def give_back(ticket: Ticket, clerk: str, at: datetime, reason: str | None = None) -> Ticket:
    """Return the ticket to the place it had in the queue."""
    return _to_queue(ticket, Move.RETURN, clerk, at, reason=reason)


def no_show(ticket: Ticket, clerk: str, at: datetime, least_call_time: timedelta) -> Ticket:
    """Note that the visitor did not come; not before the least call time."""
    _check(ticket, Move.NO_SHOW)
    if ticket.called_at is not None and at < ticket.called_at + least_call_time:
        wait = ticket.called_at + least_call_time - at
        raise TooEarly(seconds=math.ceil(wait.total_seconds()))
    return _moved(ticket, Move.NO_SHOW, clerk, at, state=State.NO_SHOW, window=None)


def revive(ticket: Ticket, by: str, at: datetime, within: timedelta) -> Ticket:
    """Let a no-show wait again at the old place, within the center's tolerance."""
    _check(ticket, Move.REVIVE)
    if at > ticket.since + within:
        raise TooLate("The visitor came back too late; issue a new ticket.")
    return _to_queue(ticket, Move.REVIVE, by, at)


def hold(
    ticket: Ticket, clerk: str, at: datetime, reason: str, until: datetime | None = None
) -> Ticket:
    """Set the ticket aside at its window, with a reason, and optionally a time of return."""
    place = at_window(ticket.window) if ticket.window else ticket.place
    aside = {"state": State.ON_HOLD, "window": None, "place": place, "hold_until": until}
    return _moved(ticket, Move.HOLD, clerk, at, **aside, reason=reason)


def resume(ticket: Ticket, window: int, clerk: str, at: datetime) -> Ticket:
    """Call the visitor back from hold."""
    return _called(ticket, Move.RESUME, window, clerk, at)


def hold_over(ticket: Ticket, at: datetime) -> Ticket:
    """Let the visitor queue again: at no window of its own, for that may have closed."""
    return _to_queue(ticket, Move.HOLD_OVER, "system", at, place=QUEUE)


def transfer(
    ticket: Ticket,
    by: str,
    at: datetime,
    *,
    service: str,
    place: str = QUEUE,
    with_return: bool = False,
    reason: str | None = None,
) -> Ticket:
    """Send the ticket to another service, window or clerk; the wait so far is kept."""
    back = at_window(ticket.window) if ticket.window else ticket.place
    sender = Sender(ticket.service, back) if with_return else ticket.sender
    legs = ticket.legs if with_return else _leg_in_hand(ticket, service=service)
    changes = {"service": service, "place": place, "sender": sender, "legs": legs}
    return _to_queue(ticket, Move.TRANSFER, by, at, **changes, reason=reason)


def add_leg(ticket: Ticket, by: str, at: datetime, service: str) -> Ticket:
    """Add one more service to the visit."""
    return _moved(ticket, Move.ADD_LEG, by, at, legs=(*ticket.legs, Step(service)))


def finish(
    ticket: Ticket,
    clerk: str,
    at: datetime,
    *,
    outcome: str,
    delivery: str | None,
    onward: str | None,
    by: Move = Move.FINISH,
    reason: str | None = None,
) -> Ticket:
    """End the leg in hand: back to the sender, on to the service `onward`, or finished."""
    legs, back = _leg_in_hand(ticket, outcome=outcome, delivery=delivery), ticket.sender
    if back is not None:
        legs = ticket.legs if back.service == ticket.service else legs
        changes = {"service": back.service, "place": back.place, "sender": None, "legs": legs}
        return _to_queue(ticket, by, clerk, at, **changes, reason=reason)
    if onward is not None:
        changes = {"service": onward, "place": QUEUE, "legs": legs}
        return _to_queue(ticket, by, clerk, at, **changes, reason=reason)
    ended = {"state": State.FINISHED, "window": None, "legs": legs}
    return _moved(ticket, by, clerk, at, **ended, reason=reason)


def change_category(
    ticket: Ticket, by: str, at: datetime, category: Category | None, reason: str
) -> Ticket:
    """Grant or take a category; the order key follows the time of issue."""
    order_key, statutory = head_start(category, ticket.issued_at)
    right = {"category": category.id if category else None, "statutory": statutory}
    return _moved(ticket, Move.CHANGE_CATEGORY, by, at, order_key=order_key, reason=reason, **right)


def step_back(ticket: Ticket, at: datetime, behind: datetime) -> Ticket:
    """Let a late visitor wait behind the one with this order key; once."""
    _check(ticket, Move.STEP_BACK)
    if ticket.late:
        raise AlreadyLate
    key = max(ticket.order_key, behind) + timedelta(milliseconds=1)
    return _moved(ticket, Move.STEP_BACK, "visitor", at, order_key=key, late=True)


def confirm(ticket: Ticket, by: str, at: datetime, category: Category | None) -> Ticket:
    """Grant what was declared, or with None take it: its papers were seen, or were not."""
    _check(ticket, Move.CONFIRM)
    if ticket.claimed is None:
        raise NothingToConfirm
    order_key, statutory = head_start(category, ticket.issued_at)
    right = {"category": category.id if category else None, "statutory": statutory}
    return _moved(ticket, Move.CONFIRM, by, at, claimed=None, order_key=order_key, **right)


def just_ended(ticket: Ticket, at: datetime) -> bool:
    """Whether a visitor may still stand at the window where the service ended."""
    return at - ticket.since <= PARTING


def rate(ticket: Ticket, stars: int) -> Ticket:
    """Note what the visitor thought of the service, 1 to 5; once, and only after it ended.

    This is no move: the ticket stays as it ended.
    """
    if ticket.state is not State.FINISHED:
        raise NothingToRate("A visit is rated after its service has ended.")
    if ticket.stars is not None:
        raise AlreadyRated
    return replace(ticket, stars=stars, version=ticket.version + 1)


def cancel(ticket: Ticket, by: str, at: datetime, reason: str | None) -> Ticket:
    """End a ticket that will not be served."""
    return _moved(ticket, Move.CANCEL, by, at, state=State.CANCELLED, reason=reason)


def check_in(
    ticket: Ticket, by: str, at: datetime, head: timedelta, tolerance: timedelta
) -> Ticket:
    """Let a booked visitor wait: at the slot minus the head start, or from now when too late."""
    slot = ticket.slot or ticket.not_before or at
    ordinary = at if at > slot + tolerance else slot - head
    changes = {"order_key": FIRST if ticket.statutory else ordinary, "not_before": None}
    return _moved(ticket, Move.CHECK_IN, by, at, state=State.WAITING, issued_at=at, **changes)


def expire(ticket: Ticket, at: datetime) -> Ticket:
    """End what the day's close found open."""
    return _moved(ticket, Move.EXPIRE, "system", at, state=State.EXPIRED, window=None)


def undo(ticket: Ticket, by: str, at: datetime, within: timedelta) -> Ticket:
    """Take back the clerk's own last move, while it is fresh; what was counted since stays."""
    if ticket.before is None or ticket.moved not in UNDOABLE or ticket.moved_by != by:
        raise NothingToUndo
    if ticket.moved_at is None or at > ticket.moved_at + within:
        raise TooLate("Only a fresh move can be undone.")
    restored = replace(ticket.before, overtaken=ticket.overtaken, copies=ticket.copies)
    return replace(restored, since=at, version=ticket.version + 1)


def _leg_in_hand(ticket: Ticket, **changes: Any) -> tuple[Step, ...]:
    """Return the legs with the one in hand changed: the first of its service not yet done."""
    for i, leg in enumerate(ticket.legs):
        if leg.service == ticket.service and not leg.done:
            return (*ticket.legs[:i], replace(leg, **changes), *ticket.legs[i + 1 :])
    return ticket.legs


def _called(
    ticket: Ticket, move: Move, window: int, clerk: str, at: datetime, **changes: Any
) -> Ticket:
    place = QUEUE if ticket.state is State.ON_HOLD else ticket.place
    claim = {"state": State.CALLED, "window": window, "clerk": clerk, "called_at": at, "recalls": 0}
    return _moved(ticket, move, clerk, at, **claim, place=place, hold_until=None, **changes)


def _to_queue(ticket: Ticket, move: Move, by: str, at: datetime, **changes: Any) -> Ticket:
    away = {"state": State.WAITING, "window": None, "hold_until": None}
    return _moved(ticket, move, by, at, **away, **changes)


def _moved(ticket: Ticket, move: Move, by: str, at: datetime, **changes: Any) -> Ticket:
    _check(ticket, move)
    return replace(
        ticket,
        **{"reason": None, **changes},
        since=ticket.since if changes.get("state", ticket.state) == ticket.state else at,
        version=ticket.version + 1,
        before=replace(ticket, before=None),
        moved=move,
        moved_by=by,
        moved_at=at,
    )


def _check(ticket: Ticket, move: Move) -> None:
    if ticket.state not in MOVES[move]:
        raise TransitionNotAllowed(
            f"A ticket that is {ticket.state} cannot make the move {move.value!r}.",
            state=str(ticket.state),
            move=str(move),
            allowed_from=sorted(map(str, MOVES[move])),
        )
