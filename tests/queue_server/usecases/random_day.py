"""A hall where everybody does anything that they may, at random, through the real use cases."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from queue_server.contracts.asks import (
    BookTicket,
    CallNext,
    CallTicket,
    FinishTicket,
    IssueTicket,
    RateTicket,
    TransferTicket,
)
from queue_server.contracts.devices import DivertOnline, HandOver, OfflineTicket
from queue_server.domain.errors import DomainError
from queue_server.usecases import (
    booking,
    corner,
    handing_over,
    leasing,
    reception,
    recording,
    serving,
    shifts,
    visiting,
)
from queue_server.usecases.access import VISITOR
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import KIOSK, RECEPTION, SUPERVISOR, clerk, do

WINDOWS: Final = (1, 3, 5)
SERVICES: Final = ("A01", "A02", "E01", "F01")
OUTCOMES: Final = ("solved", "solved", "turned_away", "forwarded")
PAPERS: Final = (None, "not_required-1")


class RandomDay:
    """Plays one service day; what the rules refuse is not done."""

    def __init__(
        self, center: Center, clock: HandClock, chance: random.Random, *, undoes: bool = True
    ) -> None:
        self._center, self._clock, self._chance = center, clock, chance
        self._tickets: list[str] = []
        self._offline, self._undoes = 0, undoes
        #: window → the ticket that its clerk had in hand last
        self._touched: dict[int, str] = {}
        do(center, KIOSK, leasing.lease)
        for number in WINDOWS:
            self._open(number)

    def play(self, steps: int) -> None:
        """Let so many things happen, seconds to minutes apart."""
        acts: list[tuple[float, Callable[[], None]]] = [
            (16, self._issue),
            (3, self._at_reception),
            (12, self._next),
            (34, self._in_hand),
            (9, self._any_ticket),
            (6, self._shift),
            (6 if self._undoes else 0, self._undo),
            (3, self._rate),
            (2, self._by_hand),
            (2, self._alone),
            (1, self._divert),
        ]
        shares, doings = zip(*acts, strict=True)
        for _ in range(steps):
            self._clock.pass_(seconds=self._chance.choice((0, 5, 20, 50, 130)))
            with suppress(DomainError):
                self._chance.choices(doings, shares)[0]()

    def _issue(self) -> None:
        category = self._chance.choice((None, None, None, "pregnant", "disability"))
        wish = IssueTicket(service=self._service(), category=category)
        self._tickets.append(do(self._center, KIOSK, lambda act: reception.issue(act, wish)).id)

    def _at_reception(self) -> None:
        if self._chance.random() < 0.5:
            wish = IssueTicket(service=self._service())
            made = do(self._center, RECEPTION, lambda act: reception.issue(act, wish))
        else:
            slot = recording.instant(self._clock.at.replace(microsecond=0))
            self._clock.pass_(seconds=-30)
            book = BookTicket(service=self._service(), at=slot)
            made = do(self._center, RECEPTION, lambda act: booking.book_at_desk(act, book))
            self._clock.pass_(seconds=30)
        self._tickets.append(made.id)

    def _next(self) -> None:
        number = self._chance.choice(WINDOWS)
        ending = CallNext(outcome=self._chance.choice(OUTCOMES))  # type: ignore[arg-type]
        do(self._center, clerk(number), lambda act: serving.call_next(act, number, ending))

    def _in_hand(self) -> None:
        """Do something with the visitor at a window; starting is the most usual."""
        number, chance = self._chance.choice(WINDOWS), self._chance
        with self._center.read() as work:
            hand = work.tickets.in_hand(number)
        if hand is None:
            return
        outcome = chance.choice(OUTCOMES)
        paper = chance.choice(PAPERS) if outcome == "turned_away" else None
        end = FinishTicket(outcome=outcome, document=paper)  # type: ignore[arg-type]
        back = chance.random() < 0.5
        wish = TransferTicket(to_service=self._service(), with_return=back)
        doing = chance.choices(
            (
                lambda act: serving.start(act, hand.id, None),
                lambda act: serving.finish(act, hand.id, end),
                lambda act: serving.transfer(act, hand.id, wish),
                lambda act: serving.hold(act, hand.id, "a copy", chance.choice((None, 1)), None),
                lambda act: serving.give_back(act, hand.id, None, None),
                lambda act: serving.no_show(act, hand.id, None),
                lambda act: serving.recall(act, hand.id, None),
                lambda act: serving.add_leg(act, hand.id, self._service(), None),
            ),
            (9, 4, 2, 2, 1, 2, 2, 1),
        )[0]
        do(self._center, clerk(number), doing)
        self._touched[number] = hand.id

    def _any_ticket(self) -> None:
        ticket, chance = chance_of(self._chance, self._tickets), self._chance
        category = chance.choice((None, "disability"))
        actor, doing = chance.choice(
            (
                (RECEPTION, lambda act: reception.revive(act, ticket, None)),
                (RECEPTION, lambda act: reception.check_in(act, ticket, None)),
                (RECEPTION, lambda act: reception.check_in(act, ticket, None)),
                (RECEPTION, lambda act: reception.cancel(act, ticket, "has left", None)),
                (RECEPTION, lambda act: booking.unbook(act, ticket, "is ill", None)),
                (RECEPTION, lambda act: reception.reprint(act, ticket, None)),
                (
                    RECEPTION,
                    lambda act: reception.change_category(act, ticket, category, "seen", None),
                ),
                (VISITOR, lambda act: reception.cancel(act, ticket, None, None)),
                (VISITOR, lambda act: visiting.step_back(act, ticket, None)),
                (
                    clerk(chance.choice(WINDOWS)),
                    lambda act: serving.resume(act, ticket, None),
                ),
            )
        )
        do(self._center, actor, doing)

    def _shift(self) -> None:
        number = self._chance.choice(WINDOWS)
        actor = self._chance.choice((clerk(number), clerk(number), SUPERVISOR))
        doing = self._chance.choice(
            (
                lambda act: shifts.pause_window(act, number, "tea"),
                lambda act: shifts.wrap_up(act, number),
                lambda act: shifts.wrap_up(act, number),
                lambda act: shifts.ready(act, number),
                lambda act: shifts.close_window(act, number),
            )
        )
        if self._chance.random() < 0.5:
            self._open(number)
        else:
            do(self._center, actor, doing)

    def _undo(self) -> None:
        number = self._chance.choice(WINDOWS)
        ticket = self._touched.get(number, "nobody")
        do(self._center, clerk(number), lambda act: serving.undo(act, ticket, None))

    def _rate(self) -> None:
        ticket = chance_of(self._chance, self._tickets)
        wish = RateTicket(stars=self._chance.randint(1, 5), demanded=self._chance.random() < 0.2)
        do(self._center, VISITOR, lambda act: visiting.rate(act, ticket, wish))

    def _by_hand(self) -> None:
        number, ticket = self._chance.choice(WINDOWS), chance_of(self._chance, self._tickets)
        wish = CallTicket(ticket=ticket, reason="a small child")
        do(self._center, clerk(number), lambda act: serving.call_this(act, number, wish))

    def _alone(self) -> None:
        """Let the kiosk hand over a ticket of a few minutes or of a day ago."""
        self._offline += 1
        count = 500 + self._offline
        with self._center.read() as work:
            lease = work.devices.lease(KIOSK.name)
        assert lease is not None
        ago = self._chance.choice((2, 30, 60 * 24))
        self._clock.pass_(minutes=-ago)
        said = recording.instant(self._clock.at)
        self._clock.pass_(minutes=ago)
        ticket = OfflineTicket(
            id=f"{lease.id}.{self._chance.getrandbits(92):023x}",
            number=f"A{count}",
            service="A01",
            language="ru",
            issued_at=said,
        )
        wish = HandOver(tickets=[ticket])
        do(self._center, KIOSK, lambda act: handing_over.take(act, wish))
        self._tickets.append(ticket.id)

    def _divert(self) -> None:
        wish = DivertOnline(service=self._service())
        do(self._center, KIOSK, lambda act: corner.divert(act, wish))

    def _open(self, number: int) -> None:
        do(self._center, clerk(number), lambda act: shifts.open_window(act, number))

    def _service(self) -> str:
        return self._chance.choice(SERVICES)


def chance_of(chance: random.Random, tickets: list[str]) -> str:
    """Return one of the tickets, a new one more often; before the first, one of nobody's."""
    if not tickets:
        return "nobody"
    return tickets[-1 - min(int(chance.expovariate(0.1)), len(tickets) - 1)]
