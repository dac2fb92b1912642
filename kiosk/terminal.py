"""The process of a kiosk: a screen, its errands, and the loop between them."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pygame

from config import devices
from config.wording import Wording
from kiosk.errands import Errands, Means, Wishes, listener
from kiosk.events import Event, Tick
from kiosk.front import Front
from kiosk.geometry import Screen, screen_of
from kiosk.gestures import Gesture, Other, gesture
from kiosk.memory import Menu
from kiosk.printing import zone_of
from kiosk.state import Flow, Habits
from printer.address import open_printer
from printer.paper import PAPERS
from printer.policy import Policy
from printer.spool import Spool
from queue_server.client.http import Client

_log = logging.getLogger(__name__)
#: seconds between two looks at the screen's events: a touch is answered within 50 ms
BEAT: Final = 0.033
#: seconds between two looks at the clock
TICK: Final = 0.25
#: seconds after which a slip that was not printed is not wanted: its visitor has walked away
STALE: Final = 60.0
#: seconds that the slip in hand gets when the kiosk is told to end
ENDING: Final = 3.0
_WINDOW: Final = (1280, 720)

Mail = queue.SimpleQueue[Event]


def run(settings: devices.Kiosk, token: str, stopping: threading.Event) -> None:
    """Serve visitors until told to stop.

    Raises pygame's error where there is no screen, PrinterError for a wrong printer address or a
    print queue that cannot be kept.
    """
    window = Window.open(settings)
    try:
        _serve(window, settings, token, stopping)
    finally:
        pygame.display.quit()


def _serve(window: Window, settings: devices.Kiosk, token: str, stopping: threading.Event) -> None:
    mail: Mail = queue.SimpleQueue()
    wishes: Wishes = queue.SimpleQueue()
    wording = Wording.load()
    flow = Flow(uuid.uuid4().hex, _habits(settings))
    front = Front(flow, window.screen, wording, lambda *errand: wishes.put(errand))
    _draw(front)
    spool = open_spool(settings, mail)
    client, menu = Client(settings.server, token), Menu(settings.data)
    means = Means(client, spool, menu, wording, time.monotonic, mail.put)
    errands = Errands(means, wishes)
    errands.start()
    try:
        _loop(window, front, mail, stopping)
    finally:
        errands.stop()
        spool.close(ENDING)


def open_spool(settings: devices.Kiosk, mail: Mail) -> Spool:
    """Return the started print queue, which writes its news into the mail."""
    paper = PAPERS[settings.paper_mm]
    spool = Spool(
        settings.data,
        open_printer(settings.printer, paper),
        paper=paper,
        listener=listener(mail.put, time.monotonic),
        policy=Policy(max_wait=STALE),
    )
    spool.start()
    return spool


@dataclass
class Window:
    """The window or the whole screen; F11 changes between them where it began as a window."""

    settings: devices.Kiosk
    screen: Screen
    full: bool

    @classmethod
    def open(cls, settings: devices.Kiosk) -> Window:
        """Open it; raises pygame's error."""
        os.environ.setdefault("SDL_MOUSE_TOUCH_EVENTS", "0")
        os.environ.setdefault("SDL_TOUCH_MOUSE_EVENTS", "0")
        if not Path("/dev/dri").exists():
            # without a GPU SDL would draw every frame through a slow software renderer
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption("Navbat")
        pygame.display.set_allow_screensaver(False)
        window = cls(settings, Screen(1, 1, 1.0), not settings.windowed)
        window.set_mode()
        facts = {"driver": pygame.display.get_driver(), "px_per_mm": window.screen.px_per_mm}
        _log.info("kiosk opened", extra={"action": "open", **facts})
        return window

    def set_mode(self) -> None:
        """Take the size that belongs to the mode."""
        size = (0, 0) if self.full and self.settings.windowed else self._size()
        pygame.display.set_mode(size, pygame.FULLSCREEN if self.full else 0)
        pygame.mouse.set_visible(not self.full)
        width, height = pygame.display.get_window_size()
        self.screen = screen_of(width, height, self.settings.diagonal_inches)

    def toggle(self) -> None:
        """Change between the window and the whole screen."""
        if self.settings.windowed:
            self.full = not self.full
            self.set_mode()

    def _size(self) -> tuple[int, int]:
        if self.settings.size is None:
            return (0, 0) if self.full else _WINDOW
        width, _, height = self.settings.size.partition("x")
        return int(width), int(height)


def time_of_day(flow: Flow, at: float) -> str:
    """Return what the clock on the screen shows, by the center's time zone."""
    zone = zone_of(flow.catalogue.timezone) if flow.catalogue else None
    return datetime.fromtimestamp(at, zone or UTC).strftime("%H:%M") if flow.catalogue else ""


def _habits(settings: devices.Kiosk) -> Habits:
    return Habits(settings.idle_seconds, settings.countdown_seconds, settings.languages)


def _loop(window: Window, front: Front, mail: Mail, stopping: threading.Event) -> None:
    ticked = -TICK
    while not stopping.is_set() and _attend(window, front):
        if time.monotonic() - ticked >= TICK:
            ticked = time.monotonic()
            front.take(Tick(ticked))
            front.show(window.screen, time_of_day(front.flow, time.time()))
        _draw(front)
        _read(mail, front)


def _draw(front: Front) -> None:
    surface = pygame.display.get_surface()
    if surface is not None and (changed := front.draw(surface)):
        pygame.display.update([(r.x, r.y, r.w, r.h) for r in changed])


def _attend(window: Window, front: Front) -> bool:
    """Do what the hand and the desktop ask; return whether to go on."""
    for event in pygame.event.get():
        meant = gesture(event, window.screen)
        if meant is Other.QUIT and window.settings.windowed:
            return False
        if meant is Other.FULL_SCREEN:
            window.toggle()
            front.show(window.screen, time_of_day(front.flow, time.time()))
        elif meant is not None:
            _show_pointer(window, meant)
            front.feel(meant, time.monotonic())
    return True


def _show_pointer(window: Window, meant: Gesture) -> None:
    """Show the pointer to who has a mouse, on a whole screen only while it is used."""
    if window.full and meant is Other.POINTER:
        pygame.mouse.set_visible(True)
    elif window.full and getattr(meant, "finger", None) is not None:
        pygame.mouse.set_visible(False)


def _read(mail: Mail, front: Front) -> None:
    """Take all mail; wait a beat for the first."""
    try:
        front.take(mail.get(timeout=BEAT))
        while True:
            front.take(mail.get_nowait())
    except queue.Empty:
        return
