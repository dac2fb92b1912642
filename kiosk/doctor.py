"""`navbat-kiosk doctor`: is everything there that a kiosk needs? One line for each."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import pygame

from config import devices, fonts
from kiosk.geometry import screen_of
from kiosk.memory import Lease, write
from kiosk.offline import OwnNumbers
from kiosk.pin import Lock
from kiosk.scanner import serial_line
from printer.address import open_printer
from printer.contact import Contact
from printer.deadline import DEFAULT_TIMING
from printer.errors import PrinterError
from printer.model import find_model
from printer.paper import PAPERS
from printer.reasons import SENTENCES, Reason
from printer.spool import Spool
from queue_server.client import machine
from queue_server.client.http import Client, OnDate, ServerAway, ServerRefused, Timeout

#: seconds that the machine's clock may be off
CLOSE: Final = 5.0
#: megabytes that a kiosk needs
LEAST_DISK: Final = 100
#: millimetres of the smallest key
KEY_MM: Final = 20


class State(StrEnum):
    """How it is."""

    OK = "ok"
    #: it works, with less
    LESS = "less"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to know or do."""

    what: str
    state: State
    detail: str


@dataclass(frozen=True, slots=True)
class Patient:
    """A kiosk that is set up; spool and numbers where it runs."""

    settings: devices.Kiosk
    token: str
    spool: Spool | None = None
    own: OwnNumbers | None = None
    #: the machine's clock, seconds since 1970
    now: Callable[[], float] = time.time


def examine(patient: Patient) -> tuple[Finding, ...]:
    """Look at everything; the network and the printer get a few seconds each."""
    fast: list[float] = []
    server = _server(patient, lambda stamp, _took, _cut: fast.append(patient.now() - stamp))
    looks: tuple[Callable[[Patient], Finding], ...] = (_screen, _font, _data, _pin)
    return (
        *(look(patient) for look in looks),
        *_printing(patient),
        *server,
        _clock(fast),
        _numbers(patient),
        _scanner(patient),
        _speech(patient),
    )


def lines(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the findings as a table."""
    return tuple(f"{one.what:<9} {one.state:<5}  {one.detail}" for one in findings)


def healthy(findings: tuple[Finding, ...]) -> bool:
    """Whether the kiosk can serve visitors."""
    return all(one.state is not State.WRONG for one in findings)


def _screen(patient: Patient) -> Finding:
    """Look at the display that the settings, or SDL, would take."""
    settings, opened = patient.settings, pygame.display.get_init()
    try:
        pygame.display.init()
        driver, sizes = pygame.display.get_driver(), pygame.display.get_desktop_sizes()
    except pygame.error as error:
        return Finding("screen", State.WRONG, f"{error}; set SDL_VIDEODRIVER")
    finally:
        if not opened:
            pygame.display.quit()
    width, height = sizes[0] if sizes else (0, 0)
    if settings.size:
        width, height = (int(side) for side in settings.size.split("x"))
    if not width:
        return Finding("screen", State.WRONG, f"{driver} shows no screen; set size")
    glass = screen_of(width, height, settings.diagonal_inches)
    across, down = round(width / glass.px_per_mm), round(height / glass.px_per_mm)
    detail = (
        f"{driver} {width}x{height}, {across} x {down} mm by {settings.diagonal_inches:g} inches, "
        f"a key is {glass.mm(KEY_MM)} pixels: measure one, it must be {KEY_MM} mm"
    )
    return Finding("screen", State.OK, detail)


def _font(_patient: Patient) -> Finding:
    missing = [one for one in fonts.WEIGHTS if not fonts.path(one).exists()]
    if missing:
        return Finding("font", State.WRONG, f"{fonts.FAMILY} lacks {', '.join(missing)}")
    return Finding("font", State.OK, f"{fonts.FAMILY}, {len(fonts.WEIGHTS)} weights")


def _data(patient: Patient) -> Finding:
    folder = patient.settings.data
    try:
        write(folder / "doctor.txt", machine.clock())
        (folder / "doctor.txt").unlink()
    except OSError as error:
        return Finding("data", State.WRONG, f"{folder} cannot be written: {error.strerror}")
    free = machine.disk_free_mb(folder) or 0
    state = State.OK if free >= LEAST_DISK else State.LESS
    return Finding("data", state, f"{folder}, {free} MB free")


def _pin(patient: Patient) -> Finding:
    if Lock(patient.settings.data).exists:
        return Finding("menu", State.OK, "the service menu has its PIN")
    return Finding("menu", State.LESS, "no service menu: set a PIN with navbat-kiosk pin set")


def _printing(patient: Patient) -> Iterator[Finding]:
    if patient.settings.rating_window:
        return
    if patient.spool is None:
        yield _printer(patient.settings)
        return
    health = patient.spool.health
    said = SENTENCES[health.reason] if health.reason else "nothing is known to be wrong"
    state = State.WRONG if health.reason else State.OK
    yield Finding(
        "printer", state, f"{health.model or 'not met yet'}, paper {health.paper}: {said}"
    )


def _printer(settings: devices.Kiosk) -> Finding:
    """Ask a printer that nobody owns."""
    paper = PAPERS[settings.paper_mm]
    try:
        model = find_model(settings.printer_model)
        contact = Contact(open_printer(settings.printer, paper), paper, model, DEFAULT_TIMING)
        status = contact.look()
    except PrinterError as error:
        return Finding("printer", State.WRONG, f"{settings.printer}: {error}")
    trouble: Reason | None = status.trouble
    if trouble:
        return Finding("printer", State.WRONG, f"{contact.model.title}: {SENTENCES[trouble]}")
    said = "answers no questions" if status.mute else f"paper {status.paper}"
    return Finding("printer", State.OK, f"{settings.printer}: {contact.model.title}, {said}")


def _server(patient: Patient, on_date: OnDate) -> list[Finding]:
    """Return whether the server is there, and whether it knows this device."""
    url = patient.settings.server
    client = Client(url, patient.token, Timeout(2.0, 4.0), on_date)
    try:
        client.health()
    except (ServerAway, ServerRefused) as error:
        return [Finding("server", State.WRONG, str(error))]
    there = Finding("server", State.OK, url)
    try:
        catalogue = client.catalogue()
    except (ServerAway, ServerRefused) as error:
        sentence = f"{error}; put in the token that navbat-server device enrol gave"
        return [there, Finding("token", State.WRONG, sentence)]
    finally:
        client.hang_up()
    services = sum(len(group.services) for group in catalogue.groups)
    return [there, Finding("token", State.OK, f"{catalogue.code}, {services} services")]


def _clock(fast: list[float]) -> Finding:
    """Judge by how many seconds the clock was fast whenever the server answered."""
    if not fast:
        return Finding("clock", State.LESS, f"{machine.clock()}; nobody says whether it is right")
    state = State.OK if abs(fast[-1]) <= CLOSE else State.LESS
    return Finding("clock", state, f"{machine.clock()}, {fast[-1]:+.0f} s from the server's")


def _numbers(patient: Patient) -> Finding:
    if patient.settings.rating_window:
        return Finding("offline", State.OK, "a rating pad gives out no numbers")
    lease = Lease(patient.settings.data).recall()
    if lease is None:
        return Finding(
            "offline", State.LESS, "no numbers of its own: it has not met the server yet"
        )
    waiting = f", {patient.own.waiting} tickets to hand over" if patient.own else ""
    return Finding("offline", State.OK, f"numbers {lease.first}-{lease.last}{waiting}")


def _scanner(patient: Patient) -> Finding:
    address = patient.settings.scanner
    if not address.startswith("serial:"):
        return Finding("scanner", State.OK, address)
    if patient.own is not None:
        return Finding("scanner", State.OK, f"{address} is listened to")
    try:
        serial_line(address)().close()
    except (OSError, ValueError) as error:
        return Finding("scanner", State.WRONG, str(error))
    return Finding("scanner", State.OK, address)


def _speech(_patient: Patient) -> Finding:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    players = [one for one in ("aplay", "pw-play", "paplay") if _found(one, folders)]
    if not players:
        return Finding("speech", State.LESS, "nothing to play sound with: install alsa-utils")
    return Finding("speech", State.OK, players[0])


def _found(program: str, folders: list[str]) -> bool:
    return any((Path(folder) / program).exists() for folder in folders if folder)
