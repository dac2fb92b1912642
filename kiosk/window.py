"""The window or the whole screen, and what pygame tells of the hands in front of it."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from config import devices
from kiosk.geometry import Rect, Screen, screen_of
from kiosk.gestures import Gesture, Other

_log = logging.getLogger(__name__)
_WINDOW: Final = (1280, 720)


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
        facts = {"screen": window.about, "px_per_mm": window.screen.px_per_mm}
        _log.info("kiosk opened", extra={"action": "open", **facts})
        return window

    @property
    def about(self) -> str:
        """Its size in pixels, and what draws it."""
        return f"{self.screen.width}x{self.screen.height} {pygame.display.get_driver()}"

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

    def show_pointer(self, meant: Gesture) -> None:
        """Show the pointer to who has a mouse, on a whole screen only while it is used."""
        if self.full and meant is Other.POINTER:
            pygame.mouse.set_visible(True)
        elif self.full and getattr(meant, "finger", None) is not None:
            pygame.mouse.set_visible(False)

    def update(self, changed: list[Rect]) -> None:
        """Bring what was drawn to the glass."""
        if changed:
            pygame.display.update([(r.x, r.y, r.w, r.h) for r in changed])

    def _size(self) -> tuple[int, int]:
        if self.settings.size is None:
            return (0, 0) if self.full else _WINDOW
        width, _, height = self.settings.size.partition("x")
        return int(width), int(height)
