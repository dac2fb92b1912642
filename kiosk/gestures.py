"""pygame's events as what a hand does; made-up duplicates of touches are left out."""

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


Gesture = Press | Release | Move | Other

_KEYS: dict[int, Gesture] = {
    pygame.K_LEFT: Move(Way.LEFT),
    pygame.K_RIGHT: Move(Way.RIGHT),
    pygame.K_UP: Move(Way.UP),
    pygame.K_DOWN: Move(Way.DOWN),
    pygame.K_RETURN: Other.ENTER,
    pygame.K_KP_ENTER: Other.ENTER,
    pygame.K_ESCAPE: Other.ESCAPE,
    pygame.K_F11: Other.FULL_SCREEN,
}
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
