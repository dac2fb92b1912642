"""Whether a theme can be read: contrast of its colours, and height of its capitals from afar.

Capitals are readable at 30 minutes of arc: 87 mm at 10 m, 12.7 % of a 55-inch screen's height.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from config import tokens
from config.theming import Theme
from display_board.layout import earlier_capital, newest_capital
from display_board.plan import Format
from display_board.scene import READABLE, Measure, Screen

#: texts of a board: ink on its ground, as the layouts draw them
TEXTS: Final = (
    ("ink", "surface"),
    ("ink", "page"),
    ("ink", "accent_soft"),
    ("ink_soft", "surface"),
    ("ink_soft", "page"),
    ("ink_soft", "sunken"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("accent_ink", "accent"),
    ("accent_ink", "accent_press"),
    ("accent_ink_soft", "accent"),
    ("accent_ink_soft", "accent_press"),
    ("warn", "warn_soft"),
)
#: signs without letters, and what tells a new call from an old one when colours are not seen
SIGNS: Final = (("accent", "page"), ("line_strong", "page"), ("accent", "surface"))
#: WCAG 1.4.11
SIGN_CONTRAST: Final = 3.0
#: a board is refused nothing; the least of any capital is that of ADA 707.7.2, in millimetres
LEAST_MM: Final = 4.8
#: windows of a middling hall, for boards by window
WINDOWS: Final = 12


def faults(
    theme: Theme, screen: Screen, distance: float, measure: Measure, form: Format
) -> tuple[str, ...]:
    """Return a sentence for each thing that is hard to read from `distance` metres."""
    return (*contrasts(theme), *capitals(theme, screen, distance, measure, form))


def contrasts(theme: Theme) -> Iterator[str]:
    """Yield a sentence for each pair of colours with too little contrast."""
    for pairs, least in ((TEXTS, theme.contrast), (SIGNS, SIGN_CONTRAST)):
        for ink, ground in pairs:
            found = tokens.contrast(theme.palette[ink], theme.palette[ground])
            if found < least:
                yield f"{ink} on {ground} has a contrast of {found:.1f}:1, not {least:g}:1"


def capitals(
    theme: Theme, screen: Screen, distance: float, measure: Measure, form: Format
) -> Iterator[str]:
    """Yield a sentence for each kind of call that is written too small."""
    newest = newest_capital(screen, measure, form, theme.calls) * screen.mm_per_pixel
    wanted = distance * 1000 / READABLE
    if newest < wanted:
        yield (
            f"the newest call's capitals are {newest:.0f} mm high, not the {wanted:.0f} mm that "
            f"{distance:g} m need; they can be read from {newest * READABLE / 1000:.1f} m"
        )
    earlier = earlier_capital(screen, measure, form, WINDOWS, theme.calls) * screen.mm_per_pixel
    if earlier < wanted / 2:
        yield (
            f"the other calls' capitals are {earlier:.0f} mm high, less than half of what "
            f"{distance:g} m need; they can be read from {earlier * READABLE / 1000:.1f} m"
        )
    if earlier < LEAST_MM:
        yield f"capitals of {earlier:.1f} mm are below the {LEAST_MM} mm that any sign must have"
