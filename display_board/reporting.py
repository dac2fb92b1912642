"""How this board is, as it tells the server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_server.client import machine
from queue_server.client.http import Client
from queue_server.client.machine import LastError
from queue_server.client.reporter import Reporter
from queue_server.contracts.devices import DeviceReport


def report_of(folder: Path, last_error: LastError, screen: str) -> DeviceReport:
    """Return how the board is now; quick enough to be asked every second."""
    return DeviceReport(
        version=machine.version(),
        clock=machine.clock(),
        uptime_seconds=round(machine.uptime(), 1),
        temperature_c=machine.temperature(),
        disk_free_mb=machine.disk_free_mb(folder),
        last_error=last_error.text,
        screen=screen[:64],
    )


@contextmanager
def reporting(client: Client, folder: Path, screen: str) -> Iterator[None]:
    """Report for as long as the board is shown."""
    last_error = LastError()
    logging.getLogger().addHandler(last_error)
    reporter = Reporter(client, lambda: report_of(folder, last_error, screen))
    reporter.start()
    try:
        yield
    finally:
        reporter.stop()
        logging.getLogger().removeHandler(last_error)
