"""What a kiosk consists of beside its screen: put together, started, and taken apart again."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from config import devices
from config.wording import Wording
from kiosk import doctor
from kiosk.errands.workers import Errands
from kiosk.events import Event
from kiosk.means import Means
from kiosk.memory import Checkpoint, Menu
from kiosk.offline import OwnNumbers
from kiosk.pin import Lock
from kiosk.reporting import Body, report_of
from kiosk.scanner import SerialScanner, serial_line
from kiosk.service import Kit
from kiosk.trail import Trail
from kiosk.true_time import TrueTime
from printer.address import open_printer
from printer.errors import SpoolError
from printer.health import HealthListener
from printer.model import find_model
from printer.paper import PAPERS
from printer.policy import Policy
from printer.spool import Listener, Spool
from queue_server.client.http import Client
from queue_server.client.machine import LastError
from queue_server.client.reporter import Reporter

#: seconds after which a slip that was not printed is not wanted: its visitor has walked away
STALE: Final = 60.0
#: seconds that the slip in hand gets when the kiosk is told to end
ENDING: Final = 3.0

Mail = queue.SimpleQueue[Event]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What runs beside the screen."""

    errands: Errands
    reporter: Reporter
    time: TrueTime
    spool: Spool | None
    own: OwnNumbers | None
    scanner: SerialScanner | None
    last_error: LastError

    def start(self) -> None:
        """Let all of it run."""
        self.errands.start()
        self.reporter.start()
        if self.scanner:
            self.scanner.start()

    def close(self) -> None:
        """End it; the slip in hand gets a moment."""
        if self.scanner:
            self.scanner.stop()
        self.reporter.stop()
        self.errands.stop()
        if self.spool:
            self.spool.close(ENDING)
        if self.own:
            self.own.close()
        logging.getLogger().removeHandler(self.last_error)


@dataclass(frozen=True, slots=True)
class Outfit:
    """What equipment is put together from."""

    settings: devices.Kiosk
    token: str
    wording: Wording
    mail: Mail
    #: what the screen is
    screen: Callable[[], str]
    #: plays a sound; whether there is anything to play it on
    sound: Callable[[], bool]
    stopping: threading.Event


def equip(outfit: Outfit) -> Equipment:
    """Return a kiosk's equipment; a rating pad has no printer and no numbers.

    Raises PrinterError for a wrong printer address or a folder that cannot be used.
    """
    settings, tell, now = outfit.settings, outfit.mail.put, time.monotonic
    last_error, true_time = LastError(), TrueTime(settings.data)
    logging.getLogger().addHandler(last_error)
    trail, woken = Trail(tell, now), threading.Event()
    window = settings.rating_window or None
    own = None if window else open_numbers(settings, true_time)
    spool = None if window else open_spool(settings, trail.heard, lambda _: woken.set())
    client = Client(settings.server, outfit.token, on_date=true_time.heard)
    menu = Menu(settings.data)
    means = Means(client, menu, outfit.wording, now, tell, spool, own, window)
    mark = Checkpoint(settings.data)
    waiting = lambda: own.waiting if own else 0  # noqa: E731 - the body asks again and again
    body = Body(settings.data, last_error, spool, waiting, outfit.screen, mark.recall)
    return Equipment(
        Errands(means, _kit(outfit, means, body, trail)),
        Reporter(client, lambda: report_of(body), woken=woken, keep=mark.keep),
        true_time,
        spool,
        own,
        _scanner(settings, outfit.mail),
        last_error,
    )


def open_spool(settings: devices.Kiosk, listener: Listener, health: HealthListener) -> Spool:
    """Return the started print queue; raises PrinterError."""
    paper = PAPERS[settings.paper_mm]
    spool = Spool(
        settings.data,
        open_printer(settings.printer, paper),
        paper=paper,
        model=find_model(settings.printer_model),
        listener=listener,
        health_listener=health,
        policy=Policy(max_wait=STALE),
    )
    spool.start()
    return spool


def open_numbers(settings: devices.Kiosk, true_time: TrueTime) -> OwnNumbers:
    """Return the kiosk's own numbers; raises SpoolError where its folder cannot be used."""
    own = OwnNumbers(settings.data, true_time)
    try:
        own.open()
    except OSError as error:
        raise SpoolError(f"{settings.data} cannot be used: {error}") from error
    return own


def _kit(outfit: Outfit, means: Means, body: Body, trail: Trail) -> Kit:
    """Return what the service menu works with."""
    patient = doctor.Patient(outfit.settings, outfit.token, means.spool, means.own)
    return Kit(
        trail,
        Lock(outfit.settings.data),
        lambda: report_of(body),
        lambda: doctor.lines(doctor.examine(patient)),
        outfit.sound,
        outfit.stopping.set,
    )


def _scanner(settings: devices.Kiosk, mail: Mail) -> SerialScanner | None:
    if not settings.scanner.startswith("serial:"):
        return None
    return SerialScanner(serial_line(settings.scanner), mail.put, time.monotonic)
