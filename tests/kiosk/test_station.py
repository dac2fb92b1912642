from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from config.wording import Wording
from kiosk.memory import Cursor
from kiosk.station import Source, Station
from printer.address import open_printer
from printer.deadline import Deadline
from printer.errors import PrinterAway
from printer.job import Job
from printer.paper import PAPER_80
from printer.policy import Policy
from printer.spool import Spool
from printer.virtual import PngPrinter
from queue_server.client.http import Client, Timeout
from tests.kiosk.fake_server import TOKEN, FakeServer, serving

PATIENCE = 20.0
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """The center's server, with ten tickets."""
    with serving() as made:
        for number in range(10):
            made.issue(f"key-{number}", {"service": "A01", "language": "ru"})
        yield made


class Watched(Cursor):
    """A cursor that tells when it has moved."""

    def __init__(self, folder, changed: threading.Condition) -> None:
        super().__init__(folder)
        self._changed = changed

    def write(self, seq: int) -> None:
        """Move, and tell."""
        super().write(seq)
        with self._changed:
            self._changed.notify_all()


class Hall:
    """A station at work; each start is a new process on the same folder."""

    def __init__(self, server: FakeServer, folder, printer=None) -> None:
        self.server, self.folder = server, folder
        self.printer = printer or open_printer(f"png://{folder}/slips")
        self.changed = threading.Condition()
        self.jobs: dict[str, str] = {}

    def begin(self) -> None:
        """Start a station."""
        self.stopping = threading.Event()
        client = Client(self.server.url, TOKEN, Timeout(5.0, 5.0))
        source = Source(client, Wording.load(), lambda: NOW)
        self.cursor = Watched(self.folder, self.changed)
        self.station = Station(source, self.cursor, self.stopping)
        self.spool = Spool(
            self.folder,
            self.printer,
            listener=self._heard,
            policy=Policy(delays=(0.02,)),
        )
        self.spool.start()
        self.thread = threading.Thread(target=self.station.run, args=(self.spool,), daemon=True)
        self.thread.start()

    def end(self) -> None:
        """End it as SIGTERM does."""
        self.stopping.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        assert self.spool.close(PATIENCE)

    def hear(self, seq: int, ticket: int, **more: object) -> None:
        """Send an event of the topic `slips`."""
        at = NOW.isoformat()
        self.station.hear({"seq": seq, "id": f"ticket-{ticket}", "copy": 1, "at": at, **more})

    def wait(self, so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        with self.changed:
            assert self.changed.wait_for(so, PATIENCE)

    def slips(self) -> list[str]:
        """Return the names of the drawn slips."""
        return sorted(file.stem for file in (self.folder / "slips").glob("*.png"))

    def _heard(self, job: Job) -> None:
        self.station.heard_of(job)
        with self.changed:
            self.jobs[job.slip.title] = str(job.state)
            self.changed.notify_all()

    def printed(self, *titles: str) -> bool:
        """Whether the queue says that these are printed."""
        return all(self.jobs.get(title) == "printed" for title in titles)


@pytest.fixture
def hall(server, tmp_path) -> Iterator[Hall]:
    """A running station."""
    made = Hall(server, tmp_path)
    made.begin()
    yield made
    made.end()


def reached(hall: Hall, seq: int) -> None:
    """Wait for the cursor; it moves just behind the print queue's news."""
    hall.wait(lambda: Cursor(hall.folder).read() == seq)


def test_slips_are_printed_as_they_are_asked_for(hall):
    """Each ticket's slip, once, and the cursor stands behind the last."""
    hall.hear(5, 0)
    hall.hear(9, 1)
    hall.wait(lambda: hall.printed("A042", "A043"))
    reached(hall, 9)
    assert hall.slips() == ["A042", "A043"]


def test_a_copy_is_printed_beside_the_original(hall):
    """Reception asks again: a second paper, marked as such."""
    hall.hear(5, 0)
    hall.hear(6, 0, copy=2)
    hall.wait(lambda: hall.printed("A042", "A042-2"))


def test_a_snapshot_moves_the_cursor(hall):
    """What was before the station's time is not printed."""
    hall.station.hear({"seq": 77})
    reached(hall, 77)
    assert hall.slips() == []


def test_a_restart_neither_loses_nor_doubles(server, tmp_path):
    """An event heard again after a restart is printed once; one behind the cursor is printed."""
    hall = Hall(server, tmp_path)
    hall.begin()
    hall.hear(5, 0)
    hall.wait(lambda: hall.printed("A042"))
    reached(hall, 5)
    hall.end()
    hall.begin()
    assert hall.cursor.read() == 5
    hall.hear(5, 0)
    hall.hear(6, 1)
    hall.wait(lambda: hall.printed("A043"))
    hall.end()
    assert hall.slips() == ["A042", "A043"]


class Sulking(PngPrinter):
    """A printer that is away until it is told otherwise."""

    away = True

    def open(self, title: str, deadline: Deadline) -> None:
        """Refuse while away."""
        if self.away:
            raise PrinterAway("it sulks")
        super().open(title, deadline)


def test_a_printer_that_is_away_loses_nothing(server, tmp_path):
    """Slips wait in the durable queue, the cursor goes on, and they come out later."""
    printer = Sulking(tmp_path / "slips", PAPER_80)
    hall = Hall(server, tmp_path, printer)
    hall.begin()
    hall.hear(5, 0)
    hall.hear(6, 1)
    reached(hall, 6)
    assert hall.slips() == []
    hall.end()
    printer.away = False
    hall.begin()
    hall.wait(lambda: hall.printed("A042", "A043"))
    hall.end()


def test_the_cursor_waits_for_the_server(server, tmp_path):
    """A slip that cannot be fetched is not passed over; the next start asks for it again."""
    hall = Hall(server, tmp_path)
    server.trouble = 503
    hall.begin()
    hall.hear(5, 0)
    hall.end()
    assert hall.cursor.read() is None
    server.trouble = None
    hall.begin()
    hall.hear(5, 0)
    hall.wait(lambda: hall.printed("A042"))
    hall.end()


def test_an_unknown_ticket_is_passed_over(hall):
    """The server says that there is none: the next one is printed."""
    hall.hear(5, 99)
    hall.hear(6, 1)
    hall.wait(lambda: hall.printed("A043"))
    reached(hall, 6)


def test_a_visit_that_was_over_long_ago_gets_no_slip(hall, server):
    """After a night without power no heap of old slips comes out; a fresh one does."""
    long_ago = (NOW - timedelta(minutes=11)).isoformat()
    server.tickets["key-0"]["state"] = server.tickets["key-1"]["state"] = "finished"
    hall.hear(5, 0, at=long_ago)
    hall.hear(6, 1)
    hall.hear(7, 2, at=long_ago)
    hall.wait(lambda: hall.printed("A043", "A044"))
    assert hall.slips() == ["A043", "A044"]


def test_a_cursor_that_cannot_be_kept_stops_nothing(hall):
    """A full disk costs a second look at some slips, not the slips."""
    (hall.folder / "slips.new").mkdir()
    hall.hear(5, 0)
    hall.hear(6, 1)
    hall.wait(lambda: hall.printed("A042", "A043"))
