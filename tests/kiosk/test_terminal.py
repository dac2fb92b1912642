from __future__ import annotations

import queue
import threading
from types import SimpleNamespace

import pygame
import pytest

from config import devices
from kiosk.events import CatalogueCame, Scanned
from kiosk.front import Front
from kiosk.state import Flow, Habits, Step
from kiosk.terminal import Loop, habits
from kiosk.true_time import TrueTime
from kiosk.window import Window
from tests.kiosk.machines import MORNING, Ticking

CODE = "KIOSK-4801"


class Hearing(Front):
    """A front that remembers what it was told."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self.heard: list = []

    def take(self, event) -> None:
        """Note an event, and take it."""
        self.heard.append(event)
        super().take(event)


@pytest.fixture
def made(tmp_path, wording, catalogue):
    """Return a loop, its front and its window; the time is told."""
    window = Window.open(devices.Kiosk(windowed=True, size="1024x768", diagonal_inches=15.0))
    front = Hearing(Flow("run", Habits(staff=True)), window.screen, wording, lambda *_: None)
    front.take(CatalogueCame(0.0, catalogue))
    true_time = TrueTime(tmp_path, Ticking().machine)
    true_time.heard(MORNING, 0.0)
    loop = Loop(window, front, queue.SimpleQueue(), SimpleNamespace(time=true_time))
    pygame.event.clear()
    yield loop, front, window
    pygame.display.quit()


def press(*keys: tuple[int, str]) -> None:
    """Press keys of the keyboard."""
    for key, text in keys:
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=text, mod=0))


def tap(x: int, y: int) -> None:
    """Touch the glass."""
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, button=1, pos=(x, y), touch=False))


def test_a_scanner_s_code_is_told_and_presses_nothing(made):
    """Its letters and its Enter are no keys of a hand."""
    loop, front, _ = made
    press((pygame.K_TAB, "\t"))
    loop._attend()
    press(*((0, letter) for letter in CODE), (pygame.K_RETURN, "\r"))
    assert loop._attend()
    assert [one.text for one in front.heard if isinstance(one, Scanned)] == [CODE]
    assert front.flow.step is not Step.GROUP


def test_a_hand_s_enter_is_an_enter(made):
    """It presses the key that has the focus."""
    loop, front, _ = made
    press((pygame.K_TAB, "\t"), (pygame.K_RETURN, "\r"))
    loop._attend()
    assert front.flow.step is Step.GROUP


def test_f12_and_the_corner_ask_for_the_pin(made):
    """Either; four taps do not."""
    loop, front, window = made
    for _ in range(4):
        tap(window.screen.width - 2, 2)
    loop._attend()
    assert front.flow.step is Step.LANGUAGE
    tap(window.screen.width - 2, 2)
    loop._attend()
    assert front.flow.step is Step.PIN
    press((pygame.K_ESCAPE, "\x1b"))
    loop._attend()
    assert front.flow.step is Step.LANGUAGE
    press((pygame.K_F12, ""))
    loop._attend()
    assert front.flow.step is Step.PIN


def test_the_loop_ends_when_told_or_when_its_window_is_closed(made):
    """And draws before."""
    loop, _, _ = made
    stopping = threading.Event()
    stopping.set()
    loop.run(stopping)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    loop.run(threading.Event())


def test_the_day_and_the_time_are_the_center_s(made):
    """By the true time: Monday, ten o'clock in Tashkent."""
    loop, front, _ = made
    loop._tick(1.0)
    assert front._clock == "10:00"
    assert [one.weekday for one in front.heard if hasattr(one, "weekday")] == [0]
    loop._tick(2.0)
    assert len([one for one in front.heard if hasattr(one, "weekday")]) == 1


def test_habits_are_the_owner_s_and_the_machine_s(tmp_path):
    """Without a PIN there is no service menu."""
    settings = devices.Kiosk(data=tmp_path, idle_seconds=40, rating_window=3, place="kiosk-1")
    made = habits(settings, speaks=False)
    assert (made.idle, made.pad, made.place) == (40, 3, "kiosk-1")
    assert (made.speaks, made.staff) == (False, False)
