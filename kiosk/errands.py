"""What takes time, on threads of its own: the flow's wishes, and news of the catalogue.

Whatever comes of it is told as an event; the screen never waits.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from config.wording import Wording
from kiosk.events import (
    CatalogueCame,
    Event,
    Issued,
    NotIssued,
    Paper,
    ServerLost,
    SlipFared,
)
from kiosk.memory import Menu
from kiosk.printing import paper_of, slip_of
from kiosk.state import Issue, Print, Wish
from printer.errors import PrinterError
from printer.job import Job, JobState
from printer.spool import Spool
from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.contracts.api import CatalogueOut, IssueTicket, TicketOut

_log = logging.getLogger(__name__)
#: seconds between two looks at the catalogue, and while the server is away
REFRESH, RETRY = 15.0, 3.0

Tell = Callable[[Event], None]
Seconds = Callable[[], float]
#: wishes, each with the catalogue that it was made from; None ends them
Wishes = queue.SimpleQueue[tuple[Wish, CatalogueOut] | None]


@dataclass(frozen=True, slots=True)
class Means:
    """What an errand needs: the server, the printer, a menu's memory, a clock and a mailbox."""

    client: Client
    spool: Spool
    menu: Menu
    wording: Wording
    now: Seconds
    tell: Tell


class Errands:
    """Two threads: one fulfils wishes in their order, one follows the catalogue."""

    def __init__(self, means: Means, wishes: Wishes) -> None:
        self._means, self._wishes = means, wishes
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin; what the kiosk remembers of the catalogue is told first."""
        remembered = self._means.menu.recall()
        if remembered:
            self._means.tell(CatalogueCame(self._means.now(), remembered, fresh=False))
        for name, target in (("wishes", self._fulfil), ("catalogue", self._follow)):
            threading.Thread(target=target, name=name, daemon=True).start()

    def stop(self) -> None:
        """End both threads soon; an errand under way is not waited for."""
        self._stopping.set()
        self._wishes.put(None)

    def _fulfil(self) -> None:
        while errand := self._wishes.get():
            try:
                news = fulfil(self._means, *errand)
            except Exception:  # noqa: BLE001 - the thread's outer loop: the next visitor needs it
                _log.exception("a wish failed", extra={"action": "wish"})
                news = _failed(errand[0], self._means.now())
            if news is not None:
                self._means.tell(news)

    def _follow(self) -> None:
        lost = False
        while not self._stopping.is_set():
            try:
                self._means.tell(look(self._means))
                lost = False
            except (ServerAway, ServerRefused) as error:
                if not lost:
                    _log.warning("no catalogue: %s", error, extra={"action": "catalogue"})
                lost = True
                self._means.tell(ServerLost(self._means.now()))
            self._stopping.wait(RETRY if lost else REFRESH)


def fulfil(means: Means, wish: Wish, catalogue: CatalogueOut) -> Event | None:
    """Do what the flow wishes, and return what came of it.

    None is a slip that the print queue has taken: it tells by itself how the slip fares.
    """
    match wish:
        case Issue(key, request):
            return _issue(means, key, request)
        case Print(ticket):
            return _print(means, ticket, catalogue)


def look(means: Means) -> CatalogueCame:
    """Return the present catalogue, and remember it; raise ServerAway or ServerRefused."""
    catalogue = means.client.catalogue()
    means.menu.keep(catalogue)
    return CatalogueCame(means.now(), catalogue)


def listener(tell: Tell, now: Seconds) -> Callable[[Job], None]:
    """Return what hears of every change of a print job and tells the flow."""
    return lambda job: tell(SlipFared(now(), job.slip.ref, paper_of(job)))


def _issue(means: Means, key: str, request: IssueTicket) -> Event:
    try:
        return Issued(means.now(), key, means.client.issue(request, key))
    except ServerAway as away:
        _log.warning("not issued: %s", away, extra={"action": "issue"})
        return NotIssued(means.now(), key)
    except ServerRefused as refused:
        _log.warning("not issued: %s", refused, extra={"action": "issue"})
        return NotIssued(means.now(), key, refused.problem.code)


def _print(means: Means, ticket: TicketOut, catalogue: CatalogueOut) -> Event | None:
    try:
        job = means.spool.submit(slip_of(ticket, catalogue, means.wording))
    except PrinterError as error:
        _log.error("not printed: %s", error, extra={"action": "print"})
        return SlipFared(means.now(), ticket.id, Paper.FAILED)
    known = job.state is not JobState.QUEUED
    return SlipFared(means.now(), ticket.id, paper_of(job)) if known else None


def _failed(wish: Wish, at: float) -> Event:
    match wish:
        case Issue(key):
            return NotIssued(at, key)
        case Print(ticket):
            return SlipFared(at, ticket.id, Paper.FAILED)
