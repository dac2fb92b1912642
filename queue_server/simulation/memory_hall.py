"""A hall in memory: lines and the production rule, quick enough for thousands of visitors a second.

Who waits stands in lines (service × statutory); `routing.pick_next` decides among their heads. At
any moment `snapshot` tells what a prediction may know, and `visits` keeps what became of everybody.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain import journey, moves, routing
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.hall_now import DeskNow, HallNow, Hand, Waiting, newcomer
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import QUEUE, Step, at_window
from queue_server.simulation.days import Day
from queue_server.simulation.halls import Called
from queue_server.simulation.people import People
from queue_server.simulation.visitors import Visitor
from queue_server.simulation.world import World

_MINUTE: Final = 60.0


@dataclass(slots=True)
class Stay:
    """A visitor called to a window, until the window was free again."""

    service: str
    window: int
    clerk: str
    called_at: datetime
    started_at: datetime | None = None
    freed_at: datetime | None = None
    #: how it ended: served, missed, sent_on, held; empty while it lasts
    ended: str = ""


@dataclass(slots=True)
class Visit:
    """What became of one who was given a ticket."""

    #: as issued
    ticket: Waiting
    category: str | None
    event: str | None
    legs: tuple[Step, ...]
    #: whether the head start counts: some count only once their papers were seen
    granted: bool = True
    stays: list[Stay] = field(default_factory=list)
    cancelled_at: datetime | None = None

    @property
    def waited(self) -> float | None:
        """The minutes from the ticket to the first call; None for one who was never called."""
        if not self.stays:
            return None
        return (self.stays[0].called_at - self.ticket.issued_at).total_seconds() / _MINUTE


@dataclass(slots=True)
class Shift:
    """A clerk's shift at a window, with its breaks: reason, begin, end."""

    window: int
    clerk: str
    opened_at: datetime
    closed_at: datetime | None = None
    breaks: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Window:
    desk: Desk
    shift: Shift
    #: the ticket in hand and its stay
    hand: tuple[Waiting, Stay] | None = None
    paused_at: datetime | None = None


#: what may look at the hall whenever a ticket has been issued
AtIssue = Callable[["MemoryHall", Waiting], None]


class MemoryHall:
    """A hall that is kept in memory, for one day."""

    def __init__(self, world: World, day: Day, at_issue: AtIssue | None = None) -> None:
        """Begin the day, with nobody in the hall; `at_issue` is told of each new ticket."""
        self.visits: dict[str, Visit] = {}
        self.shifts: list[Shift] = []
        self._world, self._day, self._at_issue = world, day, at_issue
        self._now = day.opens
        self._lines: dict[tuple[str, bool], list[Waiting]] = {}
        self._placed: dict[str, list[Waiting]] = {}
        self._aside: dict[str, Waiting] = {}
        self._windows: dict[int, _Window] = {}

    @property
    def now(self) -> datetime:
        """The hall's time."""
        return self._now

    @property
    def day(self) -> date:
        """The day that is played."""
        return self._day.date

    @property
    def catalogue(self) -> Catalogue:
        """What everybody may know of the hall."""
        return self._world.catalogue

    @property
    def waiting(self) -> Iterator[Waiting]:
        """All who wait."""
        for line in (*self._lines.values(), *self._placed.values()):
            yield from line

    def snapshot(self) -> HallNow:
        """Return how the hall stands now: all that a prediction may know."""
        zone = ZoneInfo(self.catalogue.timezone)
        offset = self._now.astimezone(zone).utcoffset()
        return HallNow(
            at=self._now,
            desks=tuple(self._desk_now(window) for window in self._windows.values()),
            waiting=tuple(self.waiting),
            cap=self.catalogue.rules.statutory_cap,
            ends=self._day.doors_close,
            asked=tuple(newcomer(service, self._now) for service in self._world.work),
            offset=int(offset.total_seconds() / _MINUTE) if offset else 0,
        )

    def wait_until(self, at: datetime) -> bool:
        """Jump there."""
        self._now = max(self._now, at)
        return True

    def open(self, window: int) -> None:
        """Begin the shift of the window's clerk."""
        clerk = self._world.clerks[window].login
        plan = self.catalogue.window(window)
        desk = Desk(window, clerk, plan.takes, plan.skills, plan.languages)
        shift = Shift(window, clerk, self._now)
        self.shifts.append(shift)
        self._windows[window] = _Window(desk, shift)

    def pause(self, window: int, reason: str) -> None:
        """Begin a break."""
        here = self._windows[window]
        here.paused_at = self._now
        here.shift.breaks.append((reason, self._now, None))

    def resume(self, window: int) -> None:
        """End the break."""
        here = self._windows[window]
        reason, began, _ = here.shift.breaks.pop()
        here.paused_at = None
        here.shift.breaks.append((reason, began, self._now))

    def close(self, window: int) -> None:
        """End the shift."""
        self._windows.pop(window).shift.closed_at = self._now

    def issue(self, visitor: Visitor) -> str | None:
        """Give a visitor a ticket and return its id."""
        serial = len(self.visits) + 1
        catalogue = self.catalogue
        event = catalogue.event(visitor.event) if visitor.event else None
        legs = journey.visit(catalogue.service(visitor.service), visitor.legs, event)
        asked = catalogue.category(visitor.category) if visitor.category else None
        counts = asked is None or asked.confirm != "reception"
        order_key, statutory = moves.head_start(asked if counts else None, self._now)
        ticket = Waiting(
            id=f"t{serial}",
            service=visitor.service,
            issued_at=self._now,
            order_key=order_key,
            serial=serial,
            statutory=statutory,
            needs=visitor.needs,
            language=visitor.language,
            legs=tuple(leg.service for leg in legs[1:]),
        )
        self.visits[ticket.id] = Visit(ticket, visitor.category, visitor.event, legs, counts)
        self._join(ticket)
        if self._at_issue:
            self._at_issue(self, ticket)
        return ticket.id

    def confirm(self, ticket: str) -> None:
        """Let the reception see the papers for a category; the place follows."""
        waiting = self._find(ticket)
        if waiting is not None:
            self._line_of(waiting).remove(waiting)
            self._join(self._granted(waiting))

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Call the next one by the rule, first finishing whoever is at the window."""
        here = self._windows[window]
        if here.hand is not None:
            self.finish(window, here.hand[0].id, outcome or "solved")
        cap = self.catalogue.rules.statutory_cap
        chosen = routing.pick_next(self._heads(here.desk), here.desk, self._now, cap)
        if chosen is None:
            return None
        self._line_of(chosen).remove(chosen)
        if chosen.statutory or here.desk.streak:
            streak = here.desk.streak + 1 if chosen.statutory else 0
            here.desk = replace(here.desk, streak=streak)
        return self._call(here, chosen)

    def start(self, window: int, ticket: str) -> None:
        """Begin to serve, with a look at the papers that nobody has seen yet."""
        waiting, stay = self._hand(window, ticket)
        stay.started_at = self._now
        self._windows[window].hand = self._granted(waiting), stay

    def finish(self, window: int, ticket: str, outcome: str) -> None:
        """End the leg in hand; the visit goes on where a leg is left."""
        waiting, _ = self._frees(window, ticket, "served")
        onward = self._onward(waiting, outcome)
        if onward is not None:
            self._join(onward)

    def no_show(self, window: int, ticket: str) -> None:
        """Note that the visitor did not come."""
        self._frees(window, ticket, "missed")

    def transfer(self, window: int, ticket: str, service: str) -> None:
        """Send the visitor in hand on to another service."""
        waiting, _ = self._frees(window, ticket, "sent_on")
        visit = self.visits[ticket]
        visit.legs = tuple(
            replace(leg, service=service)
            if leg.service == waiting.service and not leg.done
            else leg
            for leg in visit.legs
        )
        self._join(replace(waiting, service=service, place=QUEUE))

    def hold(self, window: int, ticket: str) -> None:
        """Set the visitor in hand aside."""
        waiting, _ = self._frees(window, ticket, "held")
        self._aside[ticket] = replace(waiting, place=at_window(window))

    def take_up(self, window: int, ticket: str) -> bool:
        """Call a visitor back from hold."""
        waiting = self._aside.pop(ticket, None)
        if waiting is None:
            return False
        self._call(self._windows[window], replace(waiting, place=QUEUE))
        return True

    def cancel(self, ticket: str) -> bool:
        """Give the own ticket up, unless it was called already."""
        waiting = self._find(ticket)
        if waiting is None:
            return False
        self._line_of(waiting).remove(waiting)
        self.visits[ticket].cancelled_at = self._now
        return True

    def rate(self, ticket: str, stars: int) -> None:
        """Say what it was like: nobody keeps it here."""

    def _find(self, ticket: str) -> Waiting | None:
        return next((each for each in self.waiting if each.id == ticket), None)

    def _granted(self, waiting: Waiting) -> Waiting:
        """Return the visitor with the head start that the papers give."""
        visit = self.visits[waiting.id]
        if visit.granted or visit.category is None:
            return waiting
        visit.granted = True
        category = self.catalogue.category(visit.category)
        order_key, statutory = moves.head_start(category, waiting.issued_at)
        return replace(waiting, order_key=order_key, statutory=statutory)

    def _heads(self, desk: Desk) -> list[Waiting]:
        """Return the first of each line whom this desk may call, and all placed there."""
        lines = (
            self._lines.get((service, statutory))
            for service in desk.takes
            for statutory in (True, False)
        )
        firsts = (self._first(line, desk) for line in lines if line)
        placed = [each for place in desk.own_places for each in self._placed.get(place, ())]
        return [first for first in firsts if first is not None] + placed

    def _first(self, line: list[Waiting], desk: Desk) -> Waiting | None:
        return next((each for each in line if routing.eligible(each, desk, self._now)), None)

    def _join(self, waiting: Waiting) -> None:
        insort(self._line_of(waiting), waiting, key=routing.arrival)

    def _line_of(self, waiting: Waiting) -> list[Waiting]:
        if waiting.place != QUEUE:
            return self._placed.setdefault(waiting.place, [])
        return self._lines.setdefault((waiting.service, waiting.statutory), [])

    def _call(self, here: _Window, chosen: Waiting) -> Called:
        stay = Stay(chosen.service, here.desk.number, here.desk.clerk, self._now)
        self.visits[chosen.id].stays.append(stay)
        here.hand = chosen, stay
        return Called(chosen.id, chosen.service)

    def _hand(self, window: int, ticket: str) -> tuple[Waiting, Stay]:
        hand = self._windows[window].hand
        assert hand is not None
        assert hand[0].id == ticket
        return hand

    def _frees(self, window: int, ticket: str, ended: str) -> tuple[Waiting, Stay]:
        """Let the visitor in hand leave the window, and return who it was."""
        waiting, stay = self._hand(window, ticket)
        stay.freed_at, stay.ended = self._now, ended
        self._windows[window].hand = None
        return waiting, stay

    def _onward(self, served: Waiting, outcome: str) -> Waiting | None:
        """Return who waits for the next leg, or None at the end of the visit."""
        visit = self.visits[served.id]
        done = next(i for i, leg in enumerate(visit.legs) if _in_hand(leg, served))
        ended = replace(visit.legs[done], outcome=outcome)
        visit.legs = (*visit.legs[:done], ended, *visit.legs[done + 1 :])
        return _after(served, tuple(leg for leg in visit.legs if not leg.done))

    def _desk_now(self, here: _Window) -> DeskNow:
        lunch = self._day.lunches.get(here.desk.number)
        away = (lunch,) if lunch and lunch.ends > self._now else ()
        return DeskNow(here.desk, self._hand_now(here), here.paused_at, away)

    def _hand_now(self, here: _Window) -> Hand | None:
        if here.hand is None:
            return None
        waiting, stay = here.hand
        legs = self.visits[waiting.id].legs
        pending = tuple(leg for leg in legs if not leg.done and not _in_hand(leg, waiting))
        came = stay.started_at is not None
        return Hand(waiting.service, stay.called_at, came, _after(waiting, pending))


def play(world: World, day: Day, at_issue: AtIssue | None = None) -> MemoryHall:
    """Play a whole day in memory and return the hall as it was left: its visits and shifts."""
    hall = MemoryHall(world, day, at_issue)
    People(world, day, hall).play()
    return hall


def _in_hand(leg: Step, waiting: Waiting) -> bool:
    return leg.service == waiting.service and not leg.done


def _after(waiting: Waiting, pending: tuple[Step, ...]) -> Waiting | None:
    """Return who waits for the first leg that may come next, with the wait kept."""
    services = {leg.service for leg in pending}
    allowed = [leg for leg in pending if services.isdisjoint({*leg.after} - {leg.service})]
    leg = next(iter(allowed or pending), None)
    if leg is None:
        return None
    later = tuple(each.service for each in pending if each is not leg)
    return replace(waiting, service=leg.service, place=QUEUE, legs=later)
