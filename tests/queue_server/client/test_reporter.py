from __future__ import annotations

import threading

from queue_server.client.http import ServerAway
from queue_server.client.reporter import Reporter, Rhythm, is_news
from queue_server.contracts.devices import DeviceReport, PrinterReport

PATIENCE = 20.0
CALM = DeviceReport(version="1", clock="2026-11-23T05:00:00Z", printer=PrinterReport())


def changed(**fields: object) -> DeviceReport:
    """Return the report with some fields changed."""
    return CALM.model_copy(update=fields)


class Server:
    """Hears reports; is away while told so."""

    def __init__(self) -> None:
        self.heard: list[DeviceReport] = []
        self.away = False
        self.checkpoint: str | None = None
        self.came = threading.Semaphore(0)
        self.hung_up = threading.Event()

    def report(self, report: DeviceReport) -> str | None:
        """Take a report."""
        if self.away:
            raise ServerAway("away")
        self.heard.append(report)
        self.came.release()
        return self.checkpoint

    def hang_up(self) -> None:
        """Let the line go."""
        self.hung_up.set()


def test_what_changes_all_the_time_is_no_news():
    """Clock, temperature, a counter of paper."""
    assert is_news(None, CALM)
    later = {"clock": "2026-11-23T05:00:09Z", "uptime_seconds": 9.0}
    assert not is_news(CALM, changed(**later, temperature_c=50.0, disk_free_mb=7))
    assert not is_news(CALM, changed(printer=PrinterReport(printed_mm=90, waiting=1)))


def test_what_staff_must_know_is_news():
    """Trouble with the printer, an error, tickets that wait, another screen."""
    assert is_news(CALM, changed(printer=PrinterReport(reason="no_paper")))
    assert is_news(CALM, changed(printer=PrinterReport(paper="low")))
    assert is_news(CALM, changed(printer=None))
    assert is_news(CALM, changed(last_error="it fell"))
    assert is_news(CALM, changed(offline_tickets=1))


def test_a_calm_device_reports_once_in_its_rhythm():
    """However often it is looked at."""
    server = Server()
    reporter = Reporter(server, lambda: CALM)
    for _ in range(5):
        reporter.look()
    assert server.heard == [CALM]
    Reporter(server, lambda: CALM, Rhythm(report=0.0)).look()
    assert len(server.heard) == 2


def test_trouble_is_reported_at_once():
    """With the next look."""
    server, now = Server(), [CALM]
    reporter = Reporter(server, lambda: now[0])
    reporter.look()
    now[0] = changed(printer=PrinterReport(reason="no_paper"))
    reporter.look()
    assert [one.printer.reason for one in server.heard] == [None, "no_paper"]


def test_a_server_that_is_away_is_told_later(caplog):
    """Not with every look, and without filling the log that is reported."""
    server = Server()
    server.away = True
    reporter = Reporter(server, lambda: CALM, Rhythm(report=0.0))
    for _ in range(3):
        reporter.look()
    assert not [one for one in caplog.records if one.levelname == "WARNING"]
    server.away = False
    reporter.look()
    assert server.heard == [CALM]


def test_the_thread_reports_until_it_is_stopped():
    """Who knows of a change wakes it; a fault of our own does not end it."""
    server, now = Server(), [CALM]

    def collect() -> DeviceReport:
        if now[0] is None:
            now[0] = changed(last_error="it fell")
            raise ValueError("once")
        return now[0]

    woken = threading.Event()
    reporter = Reporter(server, collect, Rhythm(look=PATIENCE), woken)
    reporter.start()
    assert server.came.acquire(timeout=PATIENCE)
    now[0] = None
    while len(server.heard) < 2:
        woken.set()
        server.came.acquire(timeout=0.05)
    reporter.stop()
    assert server.hung_up.wait(PATIENCE)
    assert server.heard[-1].last_error == "it fell"


def test_a_checkpoint_in_the_answer_is_kept():
    """What the server signs is handed to whoever keeps it; an answer without one hands nothing."""
    server, kept = Server(), []
    reporter = Reporter(server, lambda: CALM, keep=kept.append)
    reporter.look()
    server.checkpoint = "navbat-checkpoint 1 C 7 now 00 sig"
    Reporter(server, lambda: CALM, keep=kept.append).look()
    assert kept == ["navbat-checkpoint 1 C 7 now 00 sig"]
