"""Tickets and their slips: from the server while it answers in time, else of the kiosk's own."""

from __future__ import annotations

import logging
import uuid
from typing import Final

from kiosk.courier import Courier
from kiosk.errands.link import Link
from kiosk.events import Event, Issued, ListFared, NotIssued, Paper, SlipFared
from kiosk.means import Means
from kiosk.offline import Asked, NoNumber
from kiosk.printing import NoSuchService, paper_of, sheet_of, slip_of
from kiosk.state import Issue, Print, PrintPapers
from printer.errors import PrinterError
from printer.job import Job, JobState
from printer.printable import Printable
from queue_server.client.http import ServerAway, ServerRefused
from queue_server.contracts.api import TicketOut
from queue_server.contracts.catalogue import CatalogueOut

_log = logging.getLogger(__name__)
#: seconds that the server has for a ticket while the kiosk could issue it itself
HURRY: Final = 0.8
#: seconds that it has otherwise
PATIENCE: Final = 16.0


class Issuer:
    """Issues and prints; one thread uses it."""

    def __init__(self, means: Means, link: Link) -> None:
        self._means, self._link = means, link
        self._courier = Courier(means.client.hang_up)
        #: the key that the server was last asked under
        self._tried = ""

    def issue(self, wish: Issue, catalogue: CatalogueOut) -> Event:
        """Issue the ticket, by the server or by the kiosk itself."""
        own = self._means.own
        can_wait = own is None or not own.ready
        if not self._link.up and not can_wait:
            return self._issue_own(wish, catalogue)
        try:
            ticket = self._ask(wish, PATIENCE if can_wait else HURRY)
        except ServerAway as away:
            self._link.lose(away)
            return self._issue_own(wish, catalogue)
        except ServerRefused as refused:
            _log.warning("not issued: %s", refused, extra={"action": "issue"})
            return NotIssued(self._means.now(), wish.key, refused.problem.code)
        return Issued(self._means.now(), wish.key, ticket)

    def print(self, wish: Print, catalogue: CatalogueOut) -> Event | None:
        """Print the slip; None where the print queue tells by itself how it fares."""
        try:
            job = self._submit(slip_of(wish.ticket, catalogue, self._means.wording))
        except PrinterError as error:
            _log.error("not printed: %s", error, extra={"action": "print"})
            return SlipFared(self._means.now(), wish.ticket.id, Paper.FAILED)
        known = job.state is not JobState.QUEUED
        return SlipFared(self._means.now(), wish.ticket.id, paper_of(job)) if known else None

    def print_papers(self, wish: PrintPapers, catalogue: CatalogueOut) -> Event | None:
        """Print what to bring; None where the print queue tells by itself how it fares."""
        ref = uuid.uuid4().hex
        try:
            texts = self._means.wording
            self._submit(sheet_of(wish.service, wish.language, catalogue, texts, ref))
        except (PrinterError, NoSuchService) as error:
            _log.error("no list printed: %s", error, extra={"action": "print"})
            return ListFared(self._means.now(), Paper.FAILED)
        return None

    def close(self) -> None:
        """End what is still on its way."""
        self._courier.dismiss()

    def _ask(self, wish: Issue, seconds: float) -> TicketOut:
        self._tried = wish.key
        issue = self._means.client.issue
        return self._courier.ask(lambda: issue(wish.request, wish.key), seconds)

    def _issue_own(self, wish: Issue, catalogue: CatalogueOut) -> Event:
        if self._means.own is None:
            return NotIssued(self._means.now(), wish.key)
        asked = Asked(wish.request, wish.key, tried=wish.key == self._tried)
        try:
            ticket = self._means.own.issue(asked, catalogue)
        except NoNumber as none:
            _log.warning("not issued: %s", none, extra={"action": "issue"})
            return NotIssued(self._means.now(), wish.key, none.code)
        except OSError as error:
            _log.error("not issued: %s", error, extra={"action": "issue"})
            return NotIssued(self._means.now(), wish.key)
        facts = {"action": "issue", "ticket": ticket.id, "number": ticket.number}
        _log.info("ticket issued without the server", extra=facts)
        return Issued(self._means.now(), wish.key, ticket)

    def _submit(self, page: Printable) -> Job:
        if self._means.spool is None:
            raise PrinterError("this device has no printer")
        return self._means.spool.submit(page)
