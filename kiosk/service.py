"""What the service menu does, and the facts that it shows."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from config.wording import Wording
from kiosk.events import PinJudged, StaffTold
from kiosk.means import Means
from kiosk.pin import Lock
from kiosk.state import Do, JudgePin
from kiosk.steps.staff import CAME, LOST
from kiosk.trail import Trail
from printer.errors import PrinterError
from printer.sheet import Section, Sheet
from printer.slip import Slip
from printer.spool import Spool
from printer.testpage import SAMPLES
from queue_server.contracts.devices import DeviceReport

_log = logging.getLogger(__name__)
#: copies of one slip that are looked through for the next one
MOST_COPIES: Final = 99


@dataclass(frozen=True, slots=True)
class Kit:
    """What the service menu works with."""

    trail: Trail
    lock: Lock
    #: how this device is
    report: Callable[[], DeviceReport]
    #: what `navbat-kiosk doctor` finds, a line each
    examine: Callable[[], tuple[str, ...]]
    #: plays a sound; whether there is anything to play it on
    sound: Callable[[], bool]
    #: ends the program, which is started anew
    restart: Callable[[], None]


class Service:
    """Does what staff asks for; one thread uses it."""

    def __init__(self, means: Means, kit: Kit) -> None:
        self._means, self._kit = means, kit

    def judge(self, wish: JudgePin) -> PinJudged:
        """Return whether it is the PIN."""
        verdict = self._kit.lock.judge(wish.pin)
        return PinJudged(self._means.now(), verdict.right, verdict.wait)

    def do(self, wish: Do) -> StaffTold:
        """Do it, and return the facts after it with an answer in the language asked for."""
        _log.info("service menu: %s", wish.name, extra={"action": "service", "what": wish.name})
        name, language = wish.name, wish.language
        try:
            lines, said = self._done(name, language)
        except (PrinterError, OSError) as error:
            _log.error("service menu: %s", error, extra={"action": "service"})
            lines, said = (), "failed"
        answer = self._means.wording.say(f"staffmenu.{said}", language) if said else ""
        facts = lines or tell(self._kit.report(), self._means.wording, language)
        return StaffTold(self._means.now(), facts, answer, self._kit.trail.questions)

    def _done(self, name: str, language: str) -> tuple[tuple[str, ...], str]:
        """Return lines to show instead of the facts, and the name of the answer."""
        if name.startswith((CAME, LOST)):
            return (), self._answer(name)
        acts: dict[str, Callable[[], str]] = {
            "status": lambda: "",
            "test_page": self._test_page,
            "new_roll": self._new_roll,
            "reprint": lambda: self._copy(self._kit.trail.last),
            "sound": lambda: "done" if self._kit.sound() else "no_sound",
            "restart": self._restart,
        }
        if name == "doctor":
            return self._kit.examine(), ""
        if name == "journal":
            return self._journal(language), ""
        return (), acts[name]() if name in acts else "failed"

    def _answer(self, name: str) -> str:
        """Take the answer to "did it come out?"; what did not is printed again, as a copy."""
        slip = self._kit.trail.answer(name.removeprefix(CAME).removeprefix(LOST))
        if slip is None or name.startswith(CAME):
            return "noted"
        return self._copy(slip)

    def _test_page(self) -> str:
        rows = tuple(f"{name}: {letters}" for name, letters in SAMPLES)
        page = Sheet(f"test:{uuid.uuid4().hex}", "navbat-kiosk", "Navbat", (Section("", rows),))
        self._spool.submit(page)
        return "printing"

    def _new_roll(self) -> str:
        self._spool.new_roll()
        return "noted"

    def _copy(self, slip: Slip | None) -> str:
        """Print the next copy of a slip, marked as one."""
        if slip is None:
            return "no_slip"
        known = self._spool.outcome
        copy = next((n for n in range(2, MOST_COPIES) if known(slip.ref, n) is None), None)
        if copy is None:
            return "failed"
        self._spool.submit(slip.as_copy(copy))
        return "printing"

    def _restart(self) -> str:
        self._kit.restart()
        return "restarting"

    def _journal(self, language: str) -> tuple[str, ...]:
        """Return the tickets that wait for the server, the newest last."""
        say = self._means.wording.say
        waiting = self._means.own.pending if self._means.own else ()
        count = say("devices.offline_tickets", language)
        shown = [f"{one.ticket.number} · {one.ticket.service}" for one in waiting[-8:]]
        return (f"{count}: {len(waiting)}", *shown)

    @property
    def _spool(self) -> Spool:
        if self._means.spool is None:
            raise PrinterError("this device has no printer")
        return self._means.spool


def tell(report: DeviceReport, wording: Wording, language: str) -> tuple[str, ...]:
    """Return a report as lines for staff."""

    def say(name: str, **values: object) -> str:
        """Return a text about devices in the staff's language."""
        return wording.say(f"devices.{name}", language, **values)

    facts = [
        (say("version"), report.version),
        (say("screen"), report.screen),
        (say("clock"), report.clock),
        (say("offline_tickets"), str(report.offline_tickets)),
    ]
    if report.printer:
        state = say(f"alert_{report.printer.reason}" if report.printer.reason else "printer_ok")
        paper = say(f"paper_{report.printer.paper}")
        if report.printer.paper_left_mm is not None:
            paper += f", {say('metres', n=report.printer.paper_left_mm // 1000)}"
        facts += [(say("printer"), state), (say("paper"), paper)]
        facts.append((say("slips_waiting"), str(report.printer.waiting)))
    if report.temperature_c is not None:
        facts.append((say("temperature"), f"{report.temperature_c:.0f} °C"))
    if report.disk_free_mb is not None:
        facts.append((say("disk"), say("mb", n=report.disk_free_mb)))
    if report.last_error:
        facts.append((say("last_error"), report.last_error))
    return tuple(f"{label}: {value}" for label, value in facts if value)
