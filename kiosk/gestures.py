"""pygame's events as what a hand does; made-up duplicates of touches are left out.

Four keys are enough for everything: next, previous, choose, back. A keyboard has them as the
arrows or Tab, Enter and Escape; a number pad as 6, 4, 5 and 0; a pad for the blind, with raised
marks and a jack for headphones, sends the same keys, and those of its jack.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pygame

from kiosk.geometry import Screen
from kiosk.hand import Way


@dataclass(frozen=True, slots=True)
class Press:
    """A finger, or the mouse, came down."""

    x: float
    y: float
    finger: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A finger, or the mouse, was lifted."""

    x: float
    y: float
    finger: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """The keyboard moves the focus."""

    way: Way


class Other(Enum):
    """What has no place on the screen."""

    ENTER = "enter"
    ESCAPE = "escape"
    FULL_SCREEN = "full_screen"
    #: the window's content has to be drawn anew
    REDRAW = "redraw"
    #: the mouse, not a finger, moved
    POINTER = "pointer"
    QUIT = "quit"
    #: the key with the raised mark: speak; who hears already hears it again
    SPEAK = "speak"
    LOUDER = "louder"
    QUIETER = "quieter"
    #: headphones, where the pad with the jack tells of them by keys
    PLUGGED = "plugged"
    UNPLUGGED = "unplugged"


Gesture = Press | Release | Move | Other

#: SDL's key codes that pygame has no names for
_VOLUME_UP, _VOLUME_DOWN, _F16 = 0x40000080, 0x40000081, 0x4000006B

_KEYS: dict[int, Gesture] = {
    pygame.K_LEFT: Move(Way.LEFT),
    pygame.K_RIGHT: Move(Way.RIGHT),
    pygame.K_UP: Move(Way.UP),
    pygame.K_DOWN: Move(Way.DOWN),
    pygame.K_RETURN: Other.ENTER,
    pygame.K_KP_ENTER: Other.ENTER,
    pygame.K_ESCAPE: Other.ESCAPE,
    pygame.K_F11: Other.FULL_SCREEN,
    pygame.K_KP_4: Move(Way.LEFT),
    pygame.K_KP_6: Move(Way.RIGHT),
    pygame.K_KP_8: Move(Way.UP),
    pygame.K_KP_2: Move(Way.DOWN),
    pygame.K_KP_5: Other.ENTER,
    pygame.K_KP_0: Other.ESCAPE,
    pygame.K_KP_PLUS: Other.LOUDER,
    pygame.K_KP_MINUS: Other.QUIETER,
    _VOLUME_UP: Other.LOUDER,
    _VOLUME_DOWN: Other.QUIETER,
    pygame.K_F1: Other.SPEAK,
    pygame.K_ASTERISK: Other.SPEAK,
    pygame.K_KP_MULTIPLY: Other.SPEAK,
    pygame.K_F15: Other.PLUGGED,
    _F16: Other.UNPLUGGED,
}
#: the character of the key with the raised mark, wherever the keyboard has it
_MARK = "*"
_PLAIN: dict[int, Gesture] = {
    pygame.QUIT: Other.QUIT,
    pygame.WINDOWEXPOSED: Other.REDRAW,
    pygame.WINDOWSIZECHANGED: Other.REDRAW,
}


def gesture(event: pygame.event.Event, screen: Screen) -> Gesture | None:
    """Return what an event means on this screen; None for what means nothing here."""
    if event.type in _PLAIN:
        return _PLAIN[event.type]
    if event.type == pygame.KEYDOWN:
        return _key(event)
    if event.type in (pygame.FINGERDOWN, pygame.FINGERUP):
        return _finger(event, screen)
    if event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION):
        return None if getattr(event, "touch", False) else _mouse(event)
    return None


def _key(event: pygame.event.Event) -> Gesture | None:
    if event.key == pygame.K_TAB:
        return Move(Way.BACK if event.mod & pygame.KMOD_SHIFT else Way.ON)
    if getattr(event, "unicode", "") == _MARK:
        return Other.SPEAK
    return _KEYS.get(event.key)


def _finger(event: pygame.event.Event, screen: Screen) -> Gesture:
    kind = Press if event.type == pygame.FINGERDOWN else Release
    return kind(event.x * screen.width, event.y * screen.height, event.finger_id)


def _mouse(event: pygame.event.Event) -> Gesture | None:
    if event.type == pygame.MOUSEMOTION:
        return Other.POINTER
    if event.button != pygame.BUTTON_LEFT:
        return None
    kind = Press if event.type == pygame.MOUSEBUTTONDOWN else Release
    return kind(*event.pos)
