"""How long somebody will wait, as far as can be told at this moment.

Never simulates: it looks up what was foreseen, or reckons (n + 1) · mean / servers where nothing
fresh is. Whom no open window could call is told so, not a number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from statistics import fmean

from queue_server.domain import estimate
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.estimate import NOBODY, STEP, Estimate, Reckoning
from queue_server.domain.routing import arrival
from queue_server.domain.ticket import QUEUE, State, Ticket
from queue_server.usecases.act import Act
from queue_server.usecases.foreseen import Foreseen
from queue_server.usecases.ports import UnitOfWork


@dataclass(frozen=True)
class Prospect:
    """What one snapshot of the books, and what is foreseen, tell of waits."""

    work: UnitOfWork
    catalogue: Catalogue
    now: datetime
    #: windows that are open and not on a break
    ready: frozenset[int]
    newest: Foreseen | None = None

    @cached_property
    def foreseen(self) -> Foreseen | None:
        """What was foreseen, while it holds."""
        work, newest = self.work, self.newest
        if newest is None:
            return None
        day = service_day(work.day, self.now, self.catalogue.timezone)
        holds = newest.holds(self.now, day, work.catalogue_version, work.seq)
        return newest if holds else None

    @cached_property
    def opened(self) -> frozenset[int]:
        """The open windows, breaks included."""
        return frozenset(shift.window for shift in self.work.shifts.open())

    def newcomer(self, service: str, ahead: int) -> Estimate:
        """Return the wait of an ordinary visitor who comes now, with so many before."""
        if not self._served(self.catalogue.takers[service]):
            return NOBODY
        return self.shown(self._newcomer(service, ahead))

    def group(self, prefix: str, ahead: int) -> Estimate:
        """Return the wait of a visitor of whom only the prefix letter is known.

        It is the longest that a served service of the group has: whoever reads it waits no longer
        than it says, and the kiosk's tile says the same.
        """
        offered = set(self.catalogue.services_by_group[prefix]) - self.catalogue.closures.keys()
        served = [s for s in sorted(offered) if self._served(self.catalogue.takers[s])]
        if not served:
            return NOBODY
        if self.foreseen is None:
            return self.shown(self._quick(served, ahead))
        waits = (self.shown(self._newcomer(service, ahead)) for service in served)
        return max(waits, key=lambda wait: (wait.high, wait.low))

    def of_ticket(self, ticket: Ticket, ahead: int) -> Estimate:
        """Return the wait of a ticket that stands behind so many, as it is shown."""
        found = self.reckoning(ticket, ahead)
        return NOBODY if found is None else self.shown(found)

    def reckoning(self, ticket: Ticket, ahead: int) -> Reckoning | None:
        """Return the wait of a ticket that stands behind so many; None: no window serves it."""
        if ticket.state is not State.WAITING:
            return self._quick((ticket.service,), ahead)
        if not self.serves(ticket):
            return None
        if self.foreseen is None:
            return self._quick((ticket.service,), ahead)
        return self.foreseen.of(ticket, self.now) or self._unseen(ticket, ahead, self.foreseen)

    def serves(self, ticket: Ticket) -> bool:
        """Whether an open window could call a ticket; before one is open, whether any could."""
        return self._served(self._callers(ticket))

    def shown(self, reckoned: Reckoning) -> Estimate:
        """Return what is shown of a reckoning: as wide as the last days teach."""
        if reckoned.by == "quick":
            return self._crowded(estimate.shown(reckoned))
        stretch = self.foreseen.learned.stretch if self.foreseen else 1.0
        return estimate.shown(reckoned, stretch)

    def _unseen(self, ticket: Ticket, ahead: int, foreseen: Foreseen) -> Reckoning:
        """Return the wait of a ticket that came, or moved, after the hall was looked at.

        Who goes before others waits no longer than the first of those whom it stepped before.
        """
        group, place = self.catalogue.service(ticket.service).group, arrival(ticket)
        goes_before = ticket.order_key < foreseen.outlook.at
        found = foreseen.behind(group, place, self.now) if goes_before else None
        return found or self._newcomer(ticket.service, ahead)

    def _newcomer(self, service: str, ahead: int) -> Reckoning:
        """Return the wait of a newcomer; where it was not foreseen, the quick way."""
        if self.foreseen is None:
            return self._quick((service,), ahead)
        group = self.catalogue.service(service).group
        members = self.catalogue.services_by_group[group]
        means = self.foreseen.learned.beliefs.means
        mean = fmean(means.get(one, self.catalogue.service(one).minutes) for one in members)
        each = mean / self._servers((service,))
        found = self.foreseen.newcomer(service, group, ahead, each)
        return found or self._quick((service,), ahead)

    def _quick(self, services: Iterable[str], ahead: int) -> Reckoning:
        asked = tuple(services)
        mean = fmean(self.catalogue.service(one).minutes for one in asked)
        return estimate.quick(ahead, mean, self._servers(asked))

    def _servers(self, services: Iterable[str]) -> int:
        """Return how many windows take them now; before one is open, all are taken to be."""
        takers = frozenset[int]().union(*(self.catalogue.takers[one] for one in services))
        return len(takers & self.ready) or len(takers & self.opened) or max(len(takers), 1)

    def _crowded(self, wait: Estimate) -> Estimate:
        """Let the range reach further on a day when more come, some of whom may go before."""
        day = self.work.day
        factor = 1.0 if day is None else max(self.catalogue.calendar.factor(day), 1.0)
        return Estimate(wait.low, STEP * math.ceil(wait.high * factor / STEP))

    def _served(self, callers: frozenset[int] | None) -> bool:
        """Whether an open window could call; before one is open, whichever could is taken to be."""
        if callers is None or callers & self.ready:
            return True
        return bool(callers & self.opened) or not self.opened

    def _callers(self, ticket: Ticket) -> frozenset[int] | None:
        """Return the windows that could call a ticket by the plan; None for a place of its own."""
        if ticket.place != QUEUE:
            return None
        takers = self.catalogue.takers[ticket.service]
        plans = (self.catalogue.windows_by_number[number] for number in takers)
        return frozenset(
            plan.number
            for plan in plans
            if ticket.needs <= plan.skills
            and (not plan.languages or ticket.language in plan.languages)
        )


def prospect(act: Act) -> Prospect:
    """Return what can be told of waits in an act."""
    newest = act.center.foresight.newest()
    return Prospect(act.work, act.catalogue, act.now, act.ready_windows, newest)


def promised(act: Act, ticket: Ticket, ahead: int) -> Ticket:
    """Return a ticket with the wait that its holder is told, counted from its issue."""
    told = prospect(act)
    found = told.reckoning(ticket, ahead)
    if found is None:
        return replace(ticket, promised=None, reckoned=None)
    # of a ticket that a kiosk gave out alone some of the wait is over
    since = max((act.now - ticket.issued_at).total_seconds() / 60, 0.0)
    wait = told.shown(found.later(since))
    return replace(ticket, promised=(wait.low, wait.high), reckoned=found.later(since))
