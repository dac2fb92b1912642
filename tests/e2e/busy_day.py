"""A usual busy day through the real use cases: visitors come, twelve clerks work, time flies."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from queue_server.contracts.asks import (
    BookTicket,
    CallNext,
    CallTicket,
    FinishTicket,
    IssueTicket,
    RateTicket,
    TransferTicket,
)
from queue_server.domain.errors import DomainError
from queue_server.usecases import booking, reception, recording, serving, shifts, visiting
from queue_server.usecases.access import VISITOR
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import KIOSK, RECEPTION, clerk, do, open_window

#: the doors are open so long, minutes
OPEN: Final = 9 * 60
LANGUAGES: Final = {"uz-Latn": 60, "uz-Cyrl": 12, "ru": 20, "kaa": 5, "en": 3}
CATEGORIES: Final = (*(None,) * 18, "elderly", "pregnant", "disability")
#: how a service ends: outcome, document or reason, and of a hundred how many
ENDS: Final[tuple[tuple[dict[str, str], int], ...]] = (
    ({"outcome": "solved", "delivery": "hand"}, 90),
    ({"outcome": "turned_away", "document": "not_required-1"}, 2),
    ({"outcome": "turned_away"}, 5),
    ({"outcome": "forwarded", "reason": "Notary"}, 3),
)
Step = Callable[[], None]


class BusyDay:
    """The visitors and the clerks of one day, from the time at which the clock stands."""

    def __init__(self, center: Center, clock: HandClock, visitors: int, seed: int = 1) -> None:
        self._center, self._clock, self._chance = center, clock, random.Random(seed)
        self._visitors = visitors
        self._due: list[tuple[datetime, int, Step]] = []
        self._order = itertools.count()
        self._idle: set[int] = set()
        with center.read() as work:
            windows = work.catalogues.current().windows
        self._takes = {window.number: window.takes for window in windows}
        self._begin()

    def play(self, until: datetime | None = None) -> None:
        """Let happen what is due until then, or until everybody has gone home."""
        while self._due and (until is None or self._due[0][0] <= until):
            at, _, step = heapq.heappop(self._due)
            self._clock.at = max(self._clock.at, at)
            step()
        if until is not None:
            self._clock.at = until

    def _begin(self) -> None:
        for number in self._takes:
            self._in(0, lambda n=number: open_window(self._center, n))
            self._in(0.5, lambda n=number: self._next(n))
            self._in(self._chance.uniform(170, 290), lambda n=number: self._rest(n))
        for count in range(24):
            self._in(0.2, lambda c=count: self._book(30 + 15 * c))
        # many at the doors in the morning, fewer and fewer towards the evening
        for _ in range(self._visitors - 24):
            self._in(OPEN * self._chance.betavariate(1.25, 1.5), self._arrive)

    def _arrive(self) -> None:
        window = self._chance.choice([*self._takes])
        first = [name for name, taking in self._takes[window].items() if taking.level == 1]
        wish = IssueTicket(
            service=self._chance.choice(first),
            language=self._chance.choices([*LANGUAGES], [*LANGUAGES.values()])[0],
            category=self._chance.choice(CATEGORIES),
        )
        issuer = RECEPTION if self._chance.random() < 0.12 else KIOSK
        ticket = do(self._center, issuer, lambda act: reception.issue(act, wish))
        if self._chance.random() < 0.03:
            self._in(12, lambda: self._leave(ticket.id))
        self._wake(wish.service)

    def _wake(self, service: str) -> None:
        """Let a clerk who is free and takes this press Next."""
        free = sorted(n for n in self._idle if service in self._takes[n])
        if free:
            self._idle.remove(number := self._chance.choice(free))
            self._in(0.1, lambda: self._next(number))

    def _book(self, minutes: float) -> None:
        at = self._clock.at.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        wish = BookTicket(service="E01", at=recording.instant(at))
        ticket = do(self._center, RECEPTION, lambda act: booking.book_at_desk(act, wish))
        if self._chance.random() < 0.85:
            early = minutes - self._chance.uniform(2, 15)
            self._in(early, lambda: self._tried(lambda: self._check_in(ticket.id)))

    def _check_in(self, ticket: str) -> None:
        do(self._center, KIOSK, lambda act: reception.check_in(act, ticket, None))
        self._wake("E01")

    def _leave(self, ticket: str) -> None:
        """Let a visitor give the ticket up, where it still waits."""
        self._tried(
            lambda: do(self._center, VISITOR, lambda act: reception.cancel(act, ticket, None, None))
        )

    def _next(self, number: int, **ending: Any) -> None:
        """Finish who is in hand and call the next one."""
        wish = CallNext(**ending)
        try:
            called = self._do(number, lambda act: serving.call_next(act, number, wish))
        except DomainError:
            self._in(5, lambda: self._next(number))
            return
        if called is None:
            self._idle.add(number)
        elif self._chance.random() < 0.005:
            early = lambda act: serving.give_back(act, called.id, "Called too early", None)  # noqa: E731
            self._do(number, early)
            self._in(0.2, lambda: self._next(number))
        elif self._chance.random() < 0.04:
            self._in(0.7, lambda: self._absent(number, called.id))
        else:
            self._in(self._chance.uniform(0.1, 0.6), lambda: self._serve(number, called.id))

    def _absent(self, number: int, ticket: str) -> None:
        self._tried(
            lambda: self._do(number, lambda act: serving.recall(act, ticket, None)),
            lambda: self._clock.pass_(seconds=35),
            lambda: self._do(number, lambda act: serving.no_show(act, ticket, None)),
            lambda: self._in(4, lambda: self._late(ticket)),
        )
        self._in(0.1, lambda: self._next(number))

    def _late(self, ticket: str) -> None:
        """Let a visitor who was called in vain come after all, now and then."""
        if self._chance.random() < 0.2:
            revive = lambda act: reception.revive(act, ticket, None)  # noqa: E731
            self._tried(lambda: do(self._center, RECEPTION, revive))

    def _serve(self, number: int, ticket: str) -> None:
        self._tried(lambda: self._do(number, lambda act: serving.start(act, ticket, None)))
        minutes = min(self._chance.lognormvariate(1.1, 0.5), 20)
        self._in(minutes, lambda: self._end(number, ticket))

    def _end(self, number: int, ticket: str) -> None:
        """End a service: mostly by Next; now and then with papers, elsewhere, or on hold."""
        ending = self._chance.choices([end for end, _ in ENDS], [count for _, count in ENDS])[0]
        if self._chance.random() < 0.2:
            self._in(0.5, lambda: self._rate(ticket))
        dice = self._chance.random()
        if dice < 0.08:
            self._papers(number, ticket, ending)
        elif dice < 0.10:
            wish = TransferTicket(to_service="U02", with_return=True)
            self._tried(
                lambda: self._do(number, lambda act: serving.transfer(act, ticket, wish)),
                lambda: self._wake("U02"),
            )
            self._next(number)
        elif dice < 0.12:
            hold = lambda act: serving.hold(act, ticket, "Went to pay", 15, None)  # noqa: E731
            self._tried(lambda: self._do(number, hold))
            self._in(9, lambda: self._tried(lambda: self._back(number, ticket)))
            self._next(number)
        elif dice < 0.14:
            self._next_by_hand(number, ticket)
        else:
            self._next(number, **ending)

    def _papers(self, number: int, ticket: str, ending: dict[str, str]) -> None:
        wish = FinishTicket(**ending)  # type: ignore[arg-type]
        self._tried(
            lambda: self._do(number, lambda act: serving.finish(act, ticket, wish)),
            lambda: self._do(number, lambda act: shifts.wrap_up(act, number)),
        )
        self._in(self._chance.uniform(0.5, 3), lambda: self._next(number))

    def _back(self, number: int, ticket: str) -> None:
        """Let who was set aside come back to the reception."""
        resume = lambda act: serving.resume(act, ticket, None)  # noqa: E731
        self._do(number, resume)

    def _next_by_hand(self, number: int, ticket: str) -> None:
        """Finish, and call somebody out of order."""
        self._tried(
            lambda: self._do(number, lambda act: serving.finish(act, ticket, FinishTicket())),
            lambda: self._pick(number),
        )
        with self._center.read() as work:
            hand = work.tickets.in_hand(number)
        if hand is None:
            self._next(number)
        else:
            self._in(0.3, lambda: self._serve(number, hand.id))

    def _pick(self, number: int) -> None:
        with self._center.read() as work:
            waiting = [t for t in work.tickets.waiting_all(40) if t.service in self._takes[number]]
        wish = CallTicket(ticket=waiting[-1].id if waiting else "nobody", reason="A small child")
        self._do(number, lambda act: serving.call_this(act, number, wish))

    def _rate(self, ticket: str) -> None:
        wish = RateTicket(stars=self._chance.choices((1, 2, 3, 4, 5), (2, 2, 6, 30, 60))[0])
        self._tried(lambda: do(self._center, VISITOR, lambda act: visiting.rate(act, ticket, wish)))

    def _rest(self, number: int) -> None:
        """Take the break of noon as soon as nobody is in hand."""
        try:
            self._do(number, lambda act: shifts.pause_window(act, number, "Lunch"))
        except DomainError:
            self._in(1, lambda: self._rest(number))
            return
        self._idle.discard(number)
        self._in(25, lambda: open_window(self._center, number))
        self._in(25.1, lambda: self._next(number))

    def _do(self, number: int, doing: Callable[[Any], Any]) -> Any:
        return do(self._center, clerk(number), doing)

    def _tried(self, *steps: Callable[[], Any]) -> None:
        """Do one after the other, until the rules refuse."""
        with suppress(DomainError):
            for step in steps:
                step()

    def _in(self, minutes: float, step: Step) -> None:
        at = self._clock.at + timedelta(minutes=minutes)
        heapq.heappush(self._due, (at, next(self._order), step))
