"""A kiosk without a glass: the real flow, errands, journal and print queue, and one fast visitor.

Run as a program it serves until it is killed, and says each number that a visitor would have seen.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from config import devices
from config.wording import Wording
from kiosk.acts import ChooseGroup, ChooseLanguage, ChooseService, StartAgain, TakeTicket
from kiosk.equipment import Outfit, equip
from kiosk.events import Paper, Touched
from kiosk.flow import apply
from kiosk.state import Flow, Step
from queue_server.contracts.api import TicketOut

#: seconds after which what should have happened will not
PATIENCE = 60.0


class VisitedKiosk:
    """A kiosk at which one visitor comes after another."""

    def __init__(self, settings: devices.Kiosk, token: str) -> None:
        self.mail: queue.SimpleQueue = queue.SimpleQueue()
        self.flow = Flow(uuid.uuid4().hex)
        stopping = threading.Event()
        outfit = Outfit(
            settings, token, Wording.load(), self.mail, lambda: "", lambda: False, stopping
        )
        self.equipment = equip(outfit)
        self.equipment.start()
        self.until(lambda: self.flow.step is Step.LANGUAGE)

    def until(self, so) -> None:
        """Take events until something is so."""
        end = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < end, f"it did not happen at {self.flow.step}"
            try:
                self.take(self.mail.get(timeout=0.05))
            except queue.Empty:
                continue

    def take(self, event) -> None:
        """Let the flow take an event, and fulfil a new wish."""
        before, self.flow = self.flow, apply(self.flow, event)
        wish = self.flow.wish
        if wish is not None and wish is not before.wish:
            self.equipment.errands.take(wish, self.flow.catalogue)

    def visit(self, service: str, language: str = "ru") -> tuple[TicketOut, float]:
        """Let a visitor take a ticket; return it and the seconds from the touch to the number."""
        group = next(
            group.prefix
            for group in self.flow.catalogue.groups
            if any(one.id == service for one in group.services)
        )
        for act in (ChooseLanguage(language), ChooseGroup(group), ChooseService(service)):
            self.take(Touched(time.monotonic(), act, typed=True))
        began = time.monotonic()
        self.take(Touched(began, TakeTicket(), typed=True))
        self.until(lambda: self.flow.step in (Step.SLIP, Step.AWAY, Step.REFUSED))
        took = time.monotonic() - began
        ticket = self.flow.visit.ticket
        assert ticket is not None, self.flow.step
        self.until(lambda: self.flow.visit.paper is Paper.DONE)
        self.take(Touched(time.monotonic(), StartAgain(), typed=True))
        return ticket, took

    def close(self) -> None:
        """End it as SIGTERM would."""
        self.equipment.close()


def settings(url: str, printer: str, data: Path) -> devices.Kiosk:
    """Return a kiosk's settings."""
    given = {"server": url, "printer": printer, "data": str(data), "printer_model": "generic"}
    return devices.Kiosk.model_validate(given, strict=False)


def serve(url: str, token: str, printer: str, data: str) -> Iterator[str]:
    """Yield the id and number of one visitor's ticket after another."""
    kiosk = VisitedKiosk(settings(url, printer, Path(data)), token)
    while True:
        ticket, _ = kiosk.visit("E01")
        yield f"{ticket.id} {ticket.number}"


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    for line in serve(*sys.argv[1:]):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
