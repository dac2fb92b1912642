"""How this kiosk or print station is, as it tells the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from printer.health import Health
from printer.spool import Spool
from queue_server.client import machine
from queue_server.client.machine import LastError
from queue_server.contracts.devices import DeviceReport, PrinterReport

#: slips that a report names at most, and characters of a name: longer ones are no slips
UNSURE: Final = 20
MAX_TITLE: Final = 16


@dataclass(frozen=True, slots=True)
class Body:
    """Where a device feels how it is."""

    #: its disk
    data: Path
    last_error: LastError
    spool: Spool | None = None
    #: tickets that the server does not know yet
    offline: Callable[[], int] = lambda: 0
    screen: Callable[[], str] = lambda: ""
    #: the newest checkpoint of the server's log that it keeps
    checkpoint: Callable[[], str | None] = lambda: None


def report_of(body: Body) -> DeviceReport:
    """Return how the device is now; quick enough to be asked every second."""
    return DeviceReport(
        version=machine.version(),
        clock=machine.clock(),
        uptime_seconds=round(machine.uptime(), 1),
        printer=printer_of(body.spool.health) if body.spool else None,
        temperature_c=machine.temperature(),
        disk_free_mb=machine.disk_free_mb(body.data),
        last_error=body.last_error.text,
        offline_tickets=body.offline(),
        screen=body.screen()[:64],
        checkpoint=body.checkpoint(),
    )


def printer_of(health: Health) -> PrinterReport:
    """Return the printer's health as it is reported."""
    reason = None if health.reason is None else str(health.reason)
    return PrinterReport(
        model=health.model[:64],
        reason=reason,
        paper=health.paper.value,
        paper_left_mm=health.paper_left_mm,
        printed_mm=health.printed_mm,
        waiting=health.waiting,
        unsure=[one for one in health.unsure if len(one) <= MAX_TITLE][:UNSURE],
    )
