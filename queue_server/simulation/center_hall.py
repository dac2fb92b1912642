"""A real center played at a simulated time: every act is a real use case in a real transaction.

The log, the reports and the ledger of such a day are as genuine as those of a day that was lived.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, TypeVar, cast

from queue_server import bootstrap
from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import (
    CallNext,
    CloseDay,
    FinishTicket,
    IssueTicket,
    Outcome,
    RateTicket,
    TransferTicket,
)
from queue_server.domain import waiting
from queue_server.domain.beliefs import Beliefs
from queue_server.domain.errors import DomainError
from queue_server.domain.hall_now import HallNow
from queue_server.domain.waiting import Outlook
from queue_server.simulation.days import Day
from queue_server.simulation.halls import Called
from queue_server.simulation.people import People
from queue_server.simulation.visitors import Visitor
from queue_server.simulation.world import World, chance_of
from queue_server.usecases import chores, commands, reception, serving, shifts, standstill, visiting
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.act import Act
from queue_server.usecases.foresight import Foresight
from queue_server.usecases.ports import Center

KIOSKS: Final = (Actor("device", "kiosk-1", "kiosk"), Actor("device", "kiosk-2", "kiosk"))
RECEPTION: Final = Actor("person", "receptionist", "receptionist")
SUPERVISOR: Final = Actor("person", "supervisor", "supervisor")
#: what time alone brings about is looked after so often; a center that runs does it more often
TICK: Final = timedelta(minutes=1)
#: the hall is looked at before a ticket is issued, where the last look is older than this
FORESEES: Final = timedelta(seconds=20)
#: courses of the hall of one look: fewer than a running center's, for there are many looks to make
RUNS: Final = 24
#: the day is closed so long after the last clerk has gone
TIDYING: Final = timedelta(minutes=10)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_Done = TypeVar("_Done")


@dataclass
class SimulatedClock:
    """The port `Clock`: it stands where the play is."""

    at: datetime

    def now(self) -> datetime:
        """Return the play's time."""
        return self.at


class SeededNames:
    """The port `Names`, the same for the same seed; its tokens are for nobody to trust."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def ticket_id(self, at: datetime) -> str:
        """Return an id like the center's own: it sorts by time."""
        milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
        return f"{milliseconds:011x}{self._chance.getrandbits(48):012x}"

    def token(self) -> str:
        """Return a token."""
        return f"{self._chance.getrandbits(256):064x}"

    def code(self) -> str:
        """Return a code."""
        return f"{self._chance.getrandbits(40):010X}"


class CenterHall:
    """The port `Hall` on a real center that nobody else works at."""

    def __init__(
        self,
        world: World,
        center: Center,
        clock: SimulatedClock,
        foresee: Callable[[], None] | None = None,
    ) -> None:
        """Take the center over; its `clock` is the one that is moved on.

        `foresee` looks at the hall as a running center does beside its work.
        """
        self._world, self._center, self._clock = world, center, clock
        self._foresee = foresee
        self._ticks_at = self._foresees_at = clock.at
        self._kiosk = 0
        #: window → whom it called last
        self._in_hand: dict[int, TicketOut] = {}

    @property
    def now(self) -> datetime:
        """The center's time."""
        return self._clock.at

    def wait_until(self, at: datetime) -> bool:
        """Let time pass, with what it brings about by itself."""
        while self._ticks_at < at:
            self._clock.at = max(self._clock.at, self._ticks_at)
            chores.look_after(self._center)
            self._ticks_at += TICK
        self._clock.at = max(self._clock.at, at)
        return True

    def open(self, window: int) -> None:
        """Let the window's clerk begin the shift."""
        self._clerk(window, lambda act: shifts.open_window(act, window))

    def pause(self, window: int, reason: str) -> None:
        """Begin a break."""
        self._clerk(window, lambda act: shifts.pause_window(act, window, reason))

    def resume(self, window: int) -> None:
        """End the break."""
        self._clerk(window, lambda act: shifts.open_window(act, window))

    def close(self, window: int) -> None:
        """End the shift."""
        self._clerk(window, lambda act: shifts.close_window(act, window))

    def issue(self, visitor: Visitor) -> str | None:
        """Let a kiosk give the ticket, the two of them by turns."""
        if self._foresee and self.now >= self._foresees_at:
            self._foresee()
            self._foresees_at = self.now + FORESEES
        self._kiosk = (self._kiosk + 1) % len(KIOSKS)
        wish = IssueTicket(
            service=visitor.service,
            category=visitor.category,
            language=visitor.language,
            needs=sorted(visitor.needs),
            event=visitor.event,
            legs=list(visitor.legs),
            paper="own",
        )
        issued = self._does(KIOSKS[self._kiosk], lambda act: reception.issue(act, wish))
        return issued.id if issued else None

    def confirm(self, ticket: str) -> None:
        """Let the reception see the papers for a category."""
        self._does(
            RECEPTION, lambda act: reception.confirm(act, ticket, confirmed=True, version=None)
        )

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Press Next."""
        ending = CallNext(outcome=_outcome(outcome), document=self._lacks(window, outcome))
        called = self._clerk(window, lambda act: serving.call_next(act, window, ending))
        return self._has(window, called) if called else None

    def start(self, window: int, ticket: str) -> None:
        """Begin to serve, with a look at the papers for a category that was only declared."""
        self._clerk(window, lambda act: _starts(act, ticket))

    def finish(self, window: int, ticket: str, outcome: str) -> None:
        """End the leg in hand."""
        document = self._lacks(window, outcome)
        ending = FinishTicket(outcome=_outcome(outcome), document=document)
        self._clerk(window, lambda act: serving.finish(act, ticket, ending))

    def no_show(self, window: int, ticket: str) -> None:
        """Note that the visitor did not come."""
        self._clerk(window, lambda act: serving.no_show(act, ticket, None))

    def transfer(self, window: int, ticket: str, service: str) -> None:
        """Send the visitor on to another service."""
        wish = TransferTicket(to_service=service, reason="another service")
        self._clerk(window, lambda act: serving.transfer(act, ticket, wish))

    def hold(self, window: int, ticket: str) -> None:
        """Set the visitor aside, to fetch a copy."""
        self._clerk(window, lambda act: serving.hold(act, ticket, "fetches a copy", None, None))

    def take_up(self, window: int, ticket: str) -> bool:
        """Call the visitor back from hold."""
        called = self._clerk(window, lambda act: serving.resume(act, ticket, None))
        return called is not None and self._has(window, called) is not None

    def cancel(self, ticket: str) -> bool:
        """Give the own ticket up, on the phone."""
        given_up = self._does(VISITOR, lambda act: reception.cancel(act, ticket, None, None))
        return given_up is not None

    def rate(self, ticket: str, stars: int) -> None:
        """Say on the phone what the service was like."""
        self._does(VISITOR, lambda act: visiting.rate(act, ticket, RateTicket(stars=stars)))

    def close_day(self) -> None:
        """Let the supervisor end the day; who is left in it expires."""
        self.wait_until(self.now + TIDYING)
        self._does(SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))

    def _has(self, window: int, called: TicketOut) -> Called:
        self._in_hand[window] = called
        return Called(called.id, called.service)

    def _lacks(self, window: int, outcome: str | None) -> str | None:
        """Return the document for which the visitor at a window is turned away."""
        hand = self._in_hand.get(window)
        if outcome != "turned_away" or hand is None:
            return None
        asked = self._world.catalogue.service(hand.service).documents
        return asked[int(hand.number[1:]) % len(asked)] if asked else None

    def _clerk(self, window: int, run: Callable[[Act], _Done]) -> _Done | None:
        clerk = Actor("person", self._world.clerks[window].login, "clerk", window)
        return self._does(clerk, run)

    def _does(self, actor: Actor, run: Callable[[Act], _Done]) -> _Done | None:
        """Let somebody act, in a transaction; what the rules refuse is left undone."""
        try:
            with commands.acting(self._center, actor) as act:
                return run(act)
        except DomainError:
            return None


def simulated(center: Center, at: datetime, seed: int) -> tuple[Center, SimulatedClock]:
    """Return the center at a simulated time, with names that are the same for the same seed."""
    clock, chance = SimulatedClock(at), chance_of(seed, f"names:{at}")
    return replace(center, clock=clock, names=SeededNames(chance)), clock


def foreseeing() -> Foresight:
    """Return a running center's foresight, which looks at fewer courses of the hall at a time."""
    foresight = bootstrap.new_foresight()
    foresight.predict = _quickly
    return foresight


def play(
    world: World, day: Day, center: Center, seed: int, foresight: Foresight | None = None
) -> None:
    """Play a whole day in a center, from before the doors open until the day is closed.

    With `foresight` visitors are told what a running center would tell them, which takes several
    times as long; else waits are reckoned the quick way.
    """
    moved, clock = simulated(center, day.opens - TIDYING, seed)
    if foresight is not None:
        moved = replace(moved, foresight=foresight)
    hall = CenterHall(world, moved, clock, partial(foresight.attend, moved) if foresight else None)
    People(world, day, hall).play()
    hall.close_day()


def _quickly(
    hall: HallNow, beliefs: Beliefs, *, runs: int, seed: int, enough: Callable[[], bool]
) -> Outlook:
    return waiting.predict(hall, beliefs, runs=min(runs, RUNS), seed=seed, enough=enough)


def _starts(act: Act, ticket: str) -> None:
    if act.ticket(ticket).claimed:
        reception.confirm(act, ticket, confirmed=True, version=None)
    serving.start(act, ticket, None)


def _outcome(outcome: str | None) -> Outcome:
    return cast("Outcome", outcome or "solved")
