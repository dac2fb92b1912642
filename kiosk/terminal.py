"""The process of a kiosk: a screen, its equipment, and the loop between them."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Final

import pygame

from config import devices
from config.wording import Wording
from kiosk.acts import Act, Erase, OpenStaff, Submit, Type
from kiosk.equipment import Equipment, Mail, Outfit, equip
from kiosk.events import DayTold, Scanned, Tick, Touched
from kiosk.front import Front
from kiosk.gestures import Gesture, Other, Press, gesture
from kiosk.pin import Lock
from kiosk.printing import zone_of
from kiosk.scanner import Typist
from kiosk.speaker import Mute, Speaker, open_speaker
from kiosk.staff_taps import Taps, opens, tapped
from kiosk.state import Flow, Habits, Step
from kiosk.true_time import TrueTime
from kiosk.utterance import Utterance
from kiosk.window import Window

#: seconds between two looks at the screen's events: a touch is answered within 50 ms
BEAT: Final = 0.033
#: seconds between two looks at the clock
TICK: Final = 0.25
#: steps on which a keyboard spells
TYPED: Final = frozenset({Step.FIND, Step.CODE, Step.PIN})
_NUMBER_PAD: Final = frozenset(range(pygame.K_KP_1, pygame.K_KP_0 + 1)) | {
    pygame.K_KP_ENTER, pygame.K_KP_PLUS, pygame.K_KP_MINUS, pygame.K_KP_MULTIPLY,
}  # fmt: skip
#: what ends a scanner's code
_ENTER: Final = frozenset({pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_TAB})


def run(settings: devices.Kiosk, token: str, stopping: threading.Event) -> None:
    """Serve visitors until told to stop.

    Raises pygame's error where there is no screen, PrinterError for a wrong printer address or a
    folder that cannot be used.
    """
    window = Window.open(settings)
    try:
        _serve(window, settings, token, stopping)
    finally:
        pygame.display.quit()


def _serve(window: Window, settings: devices.Kiosk, token: str, stopping: threading.Event) -> None:
    mail: Mail = queue.SimpleQueue()
    wording, speaker = Wording.load(), open_speaker(settings.speech)
    outfit = Outfit(
        settings,
        token,
        wording,
        mail,
        lambda: window.about,
        lambda: _sound(speaker, wording),
        stopping,
    )
    flow = Flow(uuid.uuid4().hex, habits(settings, speaks=not isinstance(speaker, Mute)))
    _show_first(window, flow, wording)
    equipment = equip(outfit)
    front = Front(flow, window.screen, wording, equipment.errands.take, speaker)
    equipment.start()
    try:
        Loop(window, front, mail, equipment).run(stopping)
    finally:
        equipment.close()
        speaker.close()


class Loop:
    """Carries what happens to the front, and what the front draws to the glass."""

    def __init__(self, window: Window, front: Front, mail: Mail, equipment: Equipment) -> None:
        self._window, self._front, self._mail = window, front, mail
        self._time = equipment.time
        self._typist = Typist()
        self._taps: Taps = ()
        self._scans = window.settings.scanner == "keyboard"
        self._weekday: int | None = None

    def run(self, stopping: threading.Event) -> None:
        """Serve until told to stop, or until the window is closed."""
        ticked = -TICK
        while not stopping.is_set() and self._attend():
            if time.monotonic() - ticked >= TICK:
                ticked = time.monotonic()
                self._tick(ticked)
            self._draw()
            self._read()

    def _tick(self, at: float) -> None:
        self._front.take(Tick(at))
        moment = local_time(self._front.flow, self._time)
        if moment is not None and moment.weekday() != self._weekday:
            self._weekday = moment.weekday()
            self._front.take(DayTold(at, self._weekday))
        self._front.show(self._window.screen, _clock(moment))

    def _draw(self) -> None:
        surface = pygame.display.get_surface()
        if surface is not None:
            self._window.update(self._front.draw(surface))

    def _attend(self) -> bool:
        """Do what the hand, the scanner and the desktop ask; return whether to go on."""
        for event in pygame.event.get():
            at = time.monotonic()
            if event.type == pygame.KEYDOWN and self._typed(event, at):
                continue
            meant = gesture(event, self._window.screen)
            if meant is Other.QUIT and self._window.settings.windowed:
                return False
            if meant is Other.FULL_SCREEN:
                self._window.toggle()
                self._tick(at)
            elif meant is not None:
                self._window.show_pointer(meant)
                self._front.feel(meant, at)
                self._watch_staff_taps(meant, at)
        return True

    def _typed(self, event: pygame.event.Event, at: float) -> bool:
        """Take a key that is no gesture: the service menu's, or one of a scanner's."""
        if event.key == pygame.K_F12:
            self._front.take(Touched(at, OpenStaff(), typed=True))
            return True
        if self._scans and self._scanned(event, at):
            return True
        act = spelt(event, self._front.flow.step, focused=self._front.hand.focus is not None)
        if act is not None:
            self._front.take(Touched(at, act, typed=True))
        return act is not None

    def _scanned(self, event: pygame.event.Event, at: float) -> bool:
        """Take a key that a scanner pressed; return whether one did."""
        if event.key in _ENTER:
            code = self._typist.end(at)
            if code:
                self._front.take(Scanned(at, code))
            return bool(code)
        return bool(event.unicode) and self._typist.key(event.unicode, at)

    def _watch_staff_taps(self, meant: Gesture, at: float) -> None:
        if not isinstance(meant, Press):
            return
        self._taps = tapped(self._taps, meant.x, meant.y, self._window.screen, at)
        if opens(self._taps):
            self._taps = ()
            self._front.take(Touched(at, OpenStaff(), typed=True))

    def _read(self) -> None:
        """Take all mail; wait a beat for the first."""
        try:
            self._front.take(self._mail.get(timeout=BEAT))
            while True:
                self._front.take(self._mail.get_nowait())
        except queue.Empty:
            return


def spelt(event: pygame.event.Event, step: Step, *, focused: bool) -> Act | None:
    """Return what a key means where something is typed; None for a key that does not spell.

    The number pad moves the focus everywhere: it may be all that a visitor can feel. Enter is the
    focused key's, where one is.
    """
    if step not in TYPED or event.key in _NUMBER_PAD:
        return None
    if event.key == pygame.K_BACKSPACE:
        return Erase()
    if event.key == pygame.K_RETURN:
        return Submit() if step is not Step.FIND and not focused else None
    letter = event.unicode
    return Type(letter.lower()) if letter and letter.isprintable() and letter != "*" else None


def local_time(flow: Flow, true_time: TrueTime) -> datetime | None:
    """Return the center's time; None before the center is known, or where nobody knows the time."""
    at = true_time.now().at
    if at is None or flow.catalogue is None:
        return None
    return datetime.fromtimestamp(at, zone_of(flow.catalogue.timezone) or UTC)


def _clock(moment: datetime | None) -> str:
    return moment.strftime("%H:%M") if moment else ""


def _show_first(window: Window, flow: Flow, wording: Wording) -> None:
    """Show that the kiosk begins, before anything else is set up."""
    surface = pygame.display.get_surface()
    if surface is not None:
        window.update(Front(flow, window.screen, wording, lambda *_: None).draw(surface))


def habits(settings: devices.Kiosk, *, speaks: bool) -> Habits:
    """Return what the owner has set, and what the machine can."""
    return Habits(
        idle=settings.idle_seconds,
        answer=settings.countdown_seconds,
        languages=settings.languages,
        pad=settings.rating_window or None,
        speaks=speaks,
        place=settings.place,
        staff=Lock(settings.data).exists,
    )


def _sound(speaker: Speaker, wording: Wording) -> bool:
    """Say a word of welcome; return whether there is anything to say it with."""
    speaker.say([Utterance(wording.say("kiosk.welcome", "uz-Latn"), "uz-Latn")], 3)
    return not isinstance(speaker, Mute)
