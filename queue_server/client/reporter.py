"""Tells the server how a device is: every half minute, and at once when something changes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.contracts.devices import DeviceReport

_log = logging.getLogger(__name__)
#: what changes all the time, and is no news
RESTLESS = frozenset({"clock", "uptime_seconds", "temperature_c", "disk_free_mb", "checkpoint"})
#: counters of the printer that change with every slip
_COUNTED = frozenset({"paper_left_mm", "printed_mm", "waiting"})

Collect = Callable[[], DeviceReport]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two reports, and between two looks whether something has changed."""

    report: float = 30.0
    look: float = 1.0


def is_news(before: DeviceReport | None, now: DeviceReport) -> bool:
    """Whether staff should hear of it before the next report is due."""
    return before is None or _steady(before) != _steady(now)


class Reporter:
    """Reports on a thread of its own; `collect` is called often and must be quick."""

    def __init__(
        self,
        client: Client,
        collect: Collect,
        rhythm: Rhythm | None = None,
        woken: threading.Event | None = None,
        keep: Callable[[str], None] = lambda _checkpoint: None,
    ) -> None:
        """`keep` is given the newest checkpoint of the server's log with each answer."""
        self._client, self._collect = client, collect
        self._rhythm = rhythm or Rhythm()
        #: set by whoever knows of a change: then the device is looked at now
        self._woken = woken or threading.Event()
        self._keep = keep
        self._stopping = threading.Event()
        self._sent: DeviceReport | None = None
        self._due = 0.0
        self._lost = False

    def start(self) -> None:
        """Begin to report; returns at once."""
        threading.Thread(target=self._run, name="reporter", daemon=True).start()

    def stop(self) -> None:
        """End soon; a report on its way is not waited for."""
        self._stopping.set()
        self._woken.set()

    def look(self) -> None:
        """Report if it is due, or if there is news."""
        report = self._collect()
        now = time.monotonic()
        if now < self._due and not is_news(self._sent, report):
            return
        self._due = now + self._rhythm.report
        if self._send(report):
            self._sent = report
        else:
            # what nobody heard is still news, but not with every look
            self._sent, self._due = report, now + self._rhythm.report / 10

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self.look()
                except Exception:  # noqa: BLE001 - the thread's outer loop: reports must go on
                    _log.exception("no report", extra={"action": "report"})
                self._woken.wait(self._rhythm.look)
                self._woken.clear()
        finally:
            self._client.hang_up()

    def _send(self, report: DeviceReport) -> bool:
        try:
            checkpoint = self._client.report(report)
        except (ServerAway, ServerRefused) as error:
            # no warning: it would be the next report's last error
            if not self._lost:
                _log.info("no report: %s", error, extra={"action": "report"})
            self._lost = True
            return False
        self._lost = False
        if checkpoint:
            self._keep(checkpoint)
        return True


def _steady(report: DeviceReport) -> dict[str, object]:
    fields = report.model_dump(exclude=set(RESTLESS))
    printer = fields.get("printer")
    if isinstance(printer, dict):
        fields["printer"] = {name: printer[name] for name in printer.keys() - _COUNTED}
    return fields
