from __future__ import annotations

import logging

from kiosk.reporting import Body, printer_of, report_of
from printer.address import open_printer
from printer.health import Health
from printer.reasons import Reason
from printer.spool import Spool
from printer.status import PaperLevel
from queue_server.client.machine import LastError
from queue_server.contracts.devices import PrinterReport


def test_a_report_tells_how_the_kiosk_is(tmp_path):
    """Version, clock, disk, printer, screen, tickets that wait, the last error."""
    last_error = LastError()
    last_error.handle(logging.makeLogRecord({"msg": "it fell", "levelname": "ERROR"}))
    spool = Spool(tmp_path, open_printer(f"png://{tmp_path}/slips"))
    report = report_of(Body(tmp_path, last_error, spool, lambda: 3, lambda: "1080x1920 kmsdrm"))
    assert report.version
    assert report.clock.endswith("Z")
    assert report.uptime_seconds > 0
    assert report.disk_free_mb > 0
    assert report.last_error.endswith("it fell")
    assert (report.offline_tickets, report.screen) == (3, "1080x1920 kmsdrm")
    assert report.printer is not None


def test_a_pad_has_no_printer(tmp_path):
    """And says nothing of one."""
    assert report_of(Body(tmp_path, LastError())).printer is None


def test_the_printer_s_health_is_reported():
    """What is wrong, and how much paper is left."""
    health = Health(
        Reason.NO_PAPER,
        waiting=2,
        model="Epson TM-T20III",
        paper=PaperLevel.OUT,
        paper_left_mm=0,
        printed_mm=900,
        unsure=("A042", "papers:0123456789abcdef"),
    )
    assert printer_of(health) == PrinterReport(
        model="Epson TM-T20III",
        reason="no_paper",
        paper="out",
        paper_left_mm=0,
        printed_mm=900,
        waiting=2,
        unsure=["A042"],
    )


def test_every_trouble_and_level_can_be_reported():
    """The wire knows all that the printer may say."""
    for reason in Reason:
        for paper in PaperLevel:
            assert printer_of(Health(reason, paper=paper)).reason == str(reason)
