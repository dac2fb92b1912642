"""The threads: one for the visitor who waits for a slip, one for all else, one for the link."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from kiosk.errands.calls import Calls
from kiosk.errands.issuer import Issuer
from kiosk.errands.link import Link
from kiosk.events import (
    Event,
    HelpChanged,
    ListFared,
    NotCheckedIn,
    NotIssued,
    Paper,
    PinJudged,
    Rated,
    SlipFared,
    StaffTold,
)
from kiosk.means import Means
from kiosk.service import Kit, Service
from kiosk.state import (
    CheckIn,
    Divert,
    Do,
    Help,
    Issue,
    JudgePin,
    Print,
    PrintPapers,
    Rating,
    Wish,
)
from queue_server.contracts.catalogue import CatalogueOut

_log = logging.getLogger(__name__)

#: a wish with the catalogue that it was made from; None ends a thread
Errand = tuple[Wish, CatalogueOut] | None


class Errands:
    """Fulfils each wish once, in the order of its kind; `take` returns at once."""

    def __init__(self, means: Means, kit: Kit | None = None) -> None:
        self._means = means
        self.link = Link(means)
        self._issuer, self._calls = Issuer(means, self.link), Calls(means)
        self._service = Service(means, kit) if kit else None
        self._tickets: queue.SimpleQueue[Errand] = queue.SimpleQueue()
        self._aside: queue.SimpleQueue[Errand] = queue.SimpleQueue()

    def start(self) -> None:
        """Begin; what the kiosk remembers of the catalogue is told first."""
        self.link.start()
        for name, wishes in (("issuer", self._tickets), ("aside", self._aside)):
            args = (wishes,)
            threading.Thread(target=self._run, args=args, name=name, daemon=True).start()

    def take(self, wish: Wish, catalogue: CatalogueOut) -> None:
        """Let a thread fulfil a wish: nobody who waits for a slip waits behind anything else."""
        about_ticket = isinstance(wish, Issue | Print | PrintPapers)
        (self._tickets if about_ticket else self._aside).put((wish, catalogue))

    def stop(self) -> None:
        """End the threads soon; an errand under way is not waited for."""
        self.link.stop()
        self._calls.close()
        self._tickets.put(None)
        self._aside.put(None)

    def fulfil(self, wish: Wish, catalogue: CatalogueOut) -> Event | None:
        """Do what the flow wishes, and return what came of it, where it is not told later."""
        match wish:
            case Issue():
                return self._issuer.issue(wish, catalogue)
            case Print():
                return self._issuer.print(wish, catalogue)
            case PrintPapers():
                return self._issuer.print_papers(wish, catalogue)
            case Divert():
                self._calls.divert(wish)
                return None
            case CheckIn() | Help() | Rating():
                return self._asked(wish)
        return self._served(wish)

    def _asked(self, wish: CheckIn | Help | Rating) -> Event:
        match wish:
            case CheckIn():
                return self._calls.check_in(wish)
            case Help():
                return self._calls.call_help(wish)
        return self._calls.rate(wish)

    def _served(self, wish: JudgePin | Do) -> Event | None:
        if self._service is None:
            return None
        return self._service.judge(wish) if isinstance(wish, JudgePin) else self._service.do(wish)

    def _run(self, wishes: queue.SimpleQueue[Errand]) -> None:
        try:
            while errand := wishes.get():
                try:
                    news = self.fulfil(*errand)
                except Exception:  # noqa: BLE001 - the thread's outer loop: the next visitor needs it
                    _log.exception("a wish failed", extra={"action": "wish"})
                    news = failed(errand[0], self._means.now())
                if news is not None:
                    self._means.tell(news)
        finally:
            self._means.client.hang_up()
            if wishes is self._tickets:
                self._issuer.close()


def failed(wish: Wish, at: float) -> Event | None:
    """Return what is told of a wish that ended in a fault of our own."""
    match wish:
        case Print(ticket):
            return SlipFared(at, ticket.id, Paper.FAILED)
        case Issue(key):
            return NotIssued(at, key)
        case CheckIn(key):
            return NotCheckedIn(at, key)
    plain: dict[type[Wish], Callable[[], Event]] = {
        PrintPapers: lambda: ListFared(at, Paper.FAILED),
        Help: lambda: HelpChanged(at, "failed"),
        Rating: lambda: Rated(at, "fault"),
        JudgePin: lambda: PinJudged(at, False),
        Do: lambda: StaffTold(at, (), ""),
    }
    return plain[type(wish)]() if type(wish) in plain else None
