"""The hall's print station: slips of tickets that others issue, and copies that reception asks for.

It follows the topic `slips`. The cursor moves behind a slip only when the print queue has it in its
journal, and the queue prints each (ticket, copy) once: a restart neither loses nor doubles a slip.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from config import devices
from config.wording import Wording
from kiosk.memory import Cursor
from kiosk.printing import slip_of
from kiosk.reporting import Body, report_of
from printer.address import open_printer
from printer.errors import PrinterError
from printer.job import Job, JobState
from printer.model import find_model
from printer.paper import PAPERS
from printer.reasons import Reason
from printer.slip import Slip
from printer.spool import Spool
from queue_server.client.feed import Feed
from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.client.machine import LastError
from queue_server.client.reporter import Reporter
from queue_server.contracts.api import TicketOut
from queue_server.contracts.catalogue import CatalogueOut

_log = logging.getLogger(__name__)
TOPIC = "slips"
#: how long the catalogue's texts are good, and after how long a slip of a visit that is over is
#: of no use to anyone
CATALOGUE_AGE = timedelta(minutes=1)
USELESS = timedelta(minutes=10)
OVER = frozenset({"finished", "cancelled", "expired", "no_show"})
#: seconds between two tries
RETRY = 2.0


@dataclass(frozen=True, slots=True)
class Request:
    """A slip that someone wants, or with an empty id only the news how far the log is."""

    seq: int
    ticket: str = ""
    copy: int = 1
    at: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a station needs: the server, the interface's words, and the present time, UTC."""

    client: Client
    wording: Wording
    now: Callable[[], datetime]


def run(settings: devices.Kiosk, token: str, stopping: threading.Event) -> None:
    """Print until told to stop; raises PrinterError for a printer or a queue that cannot be."""
    cursor, client = Cursor(settings.data), Client(settings.server, token)
    station = Station(Source(client, Wording.load(), now), cursor, stopping)
    woken = threading.Event()
    paper = PAPERS[settings.paper_mm]
    spool = Spool(
        settings.data,
        open_printer(settings.printer, paper),
        paper=paper,
        model=find_model(settings.printer_model),
        listener=station.heard_of,
        health_listener=lambda _: woken.set(),
    )
    spool.start()
    feed = _feed(settings.server, token, station, cursor.read() or 0)
    with _reporting(client, Body(settings.data, LastError(), spool), woken):
        feed.start()
        try:
            station.run(spool)
        finally:
            feed.stop()
            spool.close()


@contextmanager
def _reporting(client: Client, body: Body, woken: threading.Event) -> Iterator[None]:
    """Tell the server how the station is, at once when it is woken."""
    reporter = Reporter(client, lambda: report_of(body), woken=woken)
    logging.getLogger().addHandler(body.last_error)
    reporter.start()
    try:
        yield
    finally:
        reporter.stop()
        logging.getLogger().removeHandler(body.last_error)


def now() -> datetime:
    """Return the present time, UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def _feed(server: str, token: str, station: Station, after: int) -> Feed:
    """Return the feed of slips behind a seq of the log."""
    return Feed(
        server,
        token,
        TOPIC,
        on_snapshot=station.hear,
        on_event=station.hear,
        on_state=lambda state: _log.info("slips %s", state, extra={"action": "feed"}),
        after=after,
    )


class Station:
    """Prints requests in their order; `hear` and `heard_of` may be called from any thread."""

    def __init__(self, source: Source, cursor: Cursor, stopping: threading.Event) -> None:
        self._source, self._cursor, self._stopping = source, cursor, stopping
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._journaled = threading.Condition()
        self._keys: set[tuple[str, int]] = set()
        self._catalogue: tuple[datetime, CatalogueOut] | None = None

    def hear(self, payload: Any) -> None:
        """Take a snapshot or an event of the topic `slips`."""
        ticket, copy = str(payload.get("id", "")), int(payload.get("copy") or 1)
        at = str(payload.get("at", ""))
        self._requests.put(Request(int(payload["seq"]), ticket, copy, at))

    def heard_of(self, job: Job) -> None:
        """Take the print queue's news: but for a fault of its journal, it keeps the job."""
        if job.reason is Reason.JOURNAL:
            return
        with self._journaled:
            self._keys.add(job.key)
            self._journaled.notify_all()

    def run(self, spool: Spool) -> None:
        """Print until told to stop."""
        while not self._stopping.is_set():
            try:
                request = self._requests.get(timeout=0.25)
            except queue.Empty:
                continue
            if not request.ticket or self._print(request, spool):
                self._reach(request.seq)

    def _reach(self, seq: int) -> None:
        """Move the cursor; where it does not move, slips are asked for twice and printed once."""
        try:
            self._cursor.write(seq)
        except OSError as error:
            _log.error("the cursor is not kept: %s", error, extra={"action": "cursor"})

    def _print(self, request: Request, spool: Spool) -> bool:
        """Bring a slip into the print queue; return False only if told to stop before."""
        slip = self._slip(request)
        if slip is None:
            return not self._stopping.is_set()
        try:
            job = spool.submit(slip)
        except PrinterError as error:
            _log.error("not printed: %s", error, extra={"action": "print"})
            return not self._stopping.is_set()
        return job.state is not JobState.QUEUED or self._wait_for(job.key)

    def _wait_for(self, key: tuple[str, int]) -> bool:
        """Wait until the queue has a job in its journal; return False if told to stop before."""
        with self._journaled:
            while key not in self._keys:
                if self._stopping.is_set():
                    return False
                self._journaled.wait(0.25)
            self._keys.discard(key)
            return True

    def _slip(self, request: Request) -> Slip | None:
        """Fetch what the slip shows, as often as it takes; None: of no use, refused, or stopped."""
        while not self._stopping.is_set():
            try:
                ticket = self._source.client.ticket(request.ticket)
                if self._useless(ticket, request):
                    return None
                return slip_of(ticket, self._texts(), self._source.wording, request.copy)
            except ServerAway as away:
                _log.info("slip waits: %s", away, extra={"action": "slip"})
                self._stopping.wait(RETRY)
            except (ServerRefused, PrinterError) as error:
                _log.warning("no slip: %s", error, extra={"action": "slip"})
                return None
        return None

    def _useless(self, ticket: TicketOut, request: Request) -> bool:
        """Whether the visit was over long before this station could print."""
        if ticket.state not in OVER or not request.at:
            return False
        return self._source.now() - datetime.fromisoformat(request.at) > USELESS

    def _texts(self) -> CatalogueOut:
        """Return the catalogue, at most a minute old."""
        now = self._source.now()
        if self._catalogue is None or now - self._catalogue[0] > CATALOGUE_AGE:
            self._catalogue = now, self._source.client.catalogue()
        return self._catalogue[1]
