"""Taps that only staff know: five in the upper right of the screen, within 3 seconds."""

from __future__ import annotations

from typing import Final

from kiosk.geometry import Screen

TAPS: Final = 5
#: seconds from the first to the last
WITHIN: Final = 3.0
#: millimetres of the place to tap: the header's right end, where no key stands
WIDE_MM, HIGH_MM = 30.0, 18.0

#: when it was tapped there, the newest last
Taps = tuple[float, ...]


def tapped(taps: Taps, x: float, y: float, screen: Screen, at: float) -> Taps:
    """Return the taps after one more; a tap elsewhere forgets them."""
    inside = x >= screen.width - screen.mm(WIDE_MM) and y < screen.mm(HIGH_MM)
    return (*[one for one in taps if at - one <= WITHIN], at)[-TAPS:] if inside else ()


def opens(taps: Taps) -> bool:
    """Whether these taps ask for the service menu."""
    return len(taps) >= TAPS
