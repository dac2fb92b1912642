"""Who is next: the one rule of the hall.

A ticket's place is its order key = time of issue − head start of its category. Ties go by time
of issue, then by serial, so the order is total. `pick_next` needs only the placed tickets and
the head of each line (service × statutory, of tickets eligible at the desk): storage loads those,
and a property test proves that the heads decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from queue_server.domain.catalogue import Taking, Window
from queue_server.domain.ticket import QUEUE, State, Ticket, at_clerk, at_window
from queue_server.domain.window import Shift

#: what tickets are ordered by: order key, time of issue, serial
Arrival = tuple[datetime, datetime, int]


class Waiter(Protocol):
    """What the rule reads of a ticket; a simulated visitor has no more than this."""

    @property
    def id(self) -> str:
        """Who it is."""
        ...

    @property
    def service(self) -> str:
        """The service of the leg in hand."""
        ...

    @property
    def statutory(self) -> bool:
        """Whether its head start is unlimited."""
        ...

    @property
    def state(self) -> State:
        """Whether it waits."""
        ...

    @property
    def place(self) -> str:
        """Who may call it."""
        ...

    @property
    def needs(self) -> frozenset[str]:
        """What the window must be able to do."""
        ...

    @property
    def language(self) -> str:
        """The visitor's language."""
        ...

    @property
    def not_before(self) -> datetime | None:
        """Until when it is not called."""
        ...

    @property
    def order_key(self) -> datetime:
        """Time of issue − head start."""
        ...

    @property
    def issued_at(self) -> datetime:
        """Time of issue."""
        ...

    @property
    def serial(self) -> int:
        """The last tie-break."""
        ...


#: a ticket, or somebody simulated
Who = TypeVar("Who", bound=Waiter)


@dataclass(frozen=True, slots=True)
class Desk:
    """A window with its clerk, as the rule sees it."""

    number: int
    clerk: str
    takes: Mapping[str, Taking]
    skills: frozenset[str] = frozenset()
    #: empty means all
    languages: frozenset[str] = frozenset()
    #: statutory tickets called in a row
    streak: int = 0

    @property
    def own_places(self) -> frozenset[str]:
        """Where tickets wait for just this window or this clerk."""
        return frozenset({at_window(self.number), at_clerk(self.clerk)})


def desk(window: Window, shift: Shift) -> Desk:
    """Return the desk that a shift makes of a window."""
    return Desk(
        number=window.number,
        clerk=shift.clerk,
        takes=window.takes,
        skills=window.skills,
        languages=window.languages,
        streak=shift.streak,
    )


def place_behind(ticket: Ticket, line: Iterable[Ticket], others: int) -> datetime:
    """Return the order key of the one that a late visitor steps behind: so many places on."""
    later = sorted((t for t in line if arrival(t) > arrival(ticket)), key=arrival)[:others]
    return later[-1].order_key if later else ticket.order_key


def pick_next(
    waiting: Iterable[Who], desk: Desk, now: datetime, cap: int | None = None
) -> Who | None:
    """Return the ticket that this desk calls next, or None when nobody eligible waits.

    `cap`: after so many statutory tickets in a row one ordinary ticket is called.
    """
    return next(iter(rule_order(waiting, desk, now, cap)), None)


def rule_order(
    waiting: Iterable[Who], desk: Desk, now: datetime, cap: int | None = None
) -> list[Who]:
    """Return the tickets that this desk may call, in the order of the rule at this instant."""
    candidates = [ticket for ticket in waiting if eligible(ticket, desk, now)]
    levels = _levels(candidates, desk, now)
    capped = cap is not None and desk.streak >= cap

    def rank(ticket: Who) -> tuple[bool, bool, int, datetime, datetime, int]:
        placed = ticket.place != QUEUE
        return (
            not placed,
            capped and ticket.statutory and not placed,
            1 if placed else levels[ticket.service],
            *arrival(ticket),
        )

    return sorted(candidates, key=rank)


def rule_rank(
    waiting: Iterable[Ticket], chosen: Ticket, desk: Desk, now: datetime, cap: int | None = None
) -> int:
    """Return the place of `chosen` under the rule; 1 is the ticket the rule itself would call.

    A ticket on hold or a no-show ranks as if it waited; one this desk may not call ranks last.
    """
    others = [ticket for ticket in waiting if ticket.id != chosen.id]
    order = rule_order([*others, replace(chosen, state=State.WAITING)], desk, now, cap)
    ids = [ticket.id for ticket in order]
    return ids.index(chosen.id) + 1 if chosen.id in ids else len(ids) + 1


def eligible(ticket: Waiter, desk: Desk, now: datetime) -> bool:
    """Whether this desk may call this ticket now."""
    if ticket.state is not State.WAITING or (ticket.not_before and ticket.not_before > now):
        return False
    return calls_from(desk, ticket)


def calls_from(desk: Desk, ticket: Waiter) -> bool:
    """Whether this desk calls such a ticket at all, whenever it is."""
    if ticket.place != QUEUE:
        return ticket.place in desk.own_places
    return (
        ticket.service in desk.takes
        and ticket.needs <= desk.skills
        and (not desk.languages or ticket.language in desk.languages)
    )


def arrival(ticket: Waiter) -> Arrival:
    """Return what tickets are ordered by: order key, then time of issue, then serial."""
    return ticket.order_key, ticket.issued_at, ticket.serial


def overtaken(waiting: Iterable[Ticket], called: Ticket, desk: Desk, now: datetime) -> list[Ticket]:
    """Return those whom this call overtook: eligible here, come earlier, still waiting.

    They are the tickets that the mere time of issue would have put before `called`.
    """
    came = (called.issued_at, called.serial)
    return [
        ticket
        for ticket in waiting
        if ticket.id != called.id
        and ticket.place == QUEUE
        and (ticket.issued_at, ticket.serial) < came
        and eligible(ticket, desk, now)
    ]


def may_overtake(heads: Iterable[Ticket], called: Ticket) -> bool:
    """Whether a call by the rule may have overtaken somebody: then it is worth to look closer.

    A right, a place or a level lets tickets go before others. Where no head of a line has come
    earlier, and none hides an earlier one behind its own right, nobody was overtaken.
    """
    came = (called.issued_at, called.serial)
    return called.order_key < called.issued_at or any(
        (head.issued_at, head.serial) < came or head.order_key < head.issued_at
        for head in heads
        if head.id != called.id and head.place == QUEUE
    )


def _levels(candidates: Sequence[Waiter], desk: Desk, now: datetime) -> dict[str, int]:
    """Return each service's level now: helping counts as first once its first ticket waited.

    The ordinary line has its own first ticket: a statutory one that has just come must not take
    the help away from those who wait.
    """
    firsts: dict[tuple[str, bool], Waiter] = {}
    for ticket in sorted((t for t in candidates if t.place == QUEUE), key=arrival):
        firsts.setdefault((ticket.service, ticket.statutory), ticket)
    levels: dict[str, int] = {}
    for ticket in firsts.values():
        level = _level(desk.takes[ticket.service], ticket, now)
        levels[ticket.service] = min(level, levels.get(ticket.service, level))
    return levels


def _level(taking: Taking, first: Waiter, now: datetime) -> int:
    helps = taking.help_after is not None and now - first.issued_at >= taking.help_after
    return 1 if helps else taking.level
