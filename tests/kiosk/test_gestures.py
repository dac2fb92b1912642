from __future__ import annotations

import pygame
import pytest

from kiosk.geometry import Screen
from kiosk.gestures import Move, Other, Press, Release, gesture
from kiosk.hand import Way

SCREEN = Screen(1000, 500, 4.0)


def event(kind: int, **fields: object) -> pygame.event.Event:
    """Return a pygame event."""
    return pygame.event.Event(kind, **fields)


def test_a_mouse_presses_with_its_left_button():
    """The wheel and the other buttons mean nothing."""
    down = event(pygame.MOUSEBUTTONDOWN, button=1, pos=(7, 9), touch=False)
    up = event(pygame.MOUSEBUTTONUP, button=1, pos=(8, 9), touch=False)
    assert (gesture(down, SCREEN), gesture(up, SCREEN)) == (Press(7, 9), Release(8, 9))
    for button in (2, 3, 4, 5):
        other = event(pygame.MOUSEBUTTONDOWN, button=button, pos=(7, 9), touch=False)
        assert gesture(other, SCREEN) is None


def test_a_finger_is_placed_in_pixels():
    """SDL tells fingers in shares of the window."""
    down = event(pygame.FINGERDOWN, x=0.5, y=0.25, finger_id=3)
    up = event(pygame.FINGERUP, x=1.0, y=0.0, finger_id=3)
    assert gesture(down, SCREEN) == Press(500.0, 125.0, 3)
    assert gesture(up, SCREEN) == Release(1000.0, 0.0, 3)


def test_a_made_up_mouse_is_left_out():
    """SDL makes a mouse of each finger; the finger was told already."""
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION):
        assert gesture(event(kind, button=1, pos=(7, 9), touch=True), SCREEN) is None


@pytest.mark.parametrize(
    ("key", "mod", "meaning"),
    [
        (pygame.K_TAB, 0, Move(Way.ON)),
        (pygame.K_TAB, pygame.KMOD_LSHIFT, Move(Way.BACK)),
        (pygame.K_LEFT, 0, Move(Way.LEFT)),
        (pygame.K_RIGHT, 0, Move(Way.RIGHT)),
        (pygame.K_UP, 0, Move(Way.UP)),
        (pygame.K_DOWN, 0, Move(Way.DOWN)),
        (pygame.K_RETURN, 0, Other.ENTER),
        (pygame.K_KP_ENTER, 0, Other.ENTER),
        (pygame.K_ESCAPE, 0, Other.ESCAPE),
        (pygame.K_F11, 0, Other.FULL_SCREEN),
        (pygame.K_KP_4, 0, Move(Way.LEFT)),
        (pygame.K_KP_6, 0, Move(Way.RIGHT)),
        (pygame.K_KP_5, 0, Other.ENTER),
        (pygame.K_KP_0, 0, Other.ESCAPE),
        (pygame.K_KP_PLUS, 0, Other.LOUDER),
        (pygame.K_KP_MINUS, 0, Other.QUIETER),
        (pygame.K_F1, 0, Other.SPEAK),
        (pygame.K_KP_MULTIPLY, 0, Other.SPEAK),
        (pygame.K_F15, 0, Other.PLUGGED),
        (pygame.K_a, 0, None),
    ],
)
def test_the_keyboard_moves_enters_and_leaves(key, mod, meaning):
    """The keys of the contract, and no others."""
    assert gesture(event(pygame.KEYDOWN, key=key, mod=mod), SCREEN) == meaning


def test_the_star_speaks_wherever_the_keyboard_has_it():
    """On most keyboards it needs another key held down."""
    star = event(pygame.KEYDOWN, key=pygame.K_8, mod=pygame.KMOD_LSHIFT, unicode="*")
    assert gesture(star, SCREEN) is Other.SPEAK


def test_the_desktop_asks_to_leave_and_to_draw():
    """A closed window ends the kiosk, an uncovered one is drawn anew."""
    assert gesture(event(pygame.QUIT), SCREEN) is Other.QUIT
    assert gesture(event(pygame.WINDOWEXPOSED), SCREEN) is Other.REDRAW
    assert gesture(event(pygame.MOUSEMOTION, pos=(1, 1), touch=False), SCREEN) is Other.POINTER
    assert gesture(event(pygame.KEYUP, key=pygame.K_RETURN, mod=0), SCREEN) is None
