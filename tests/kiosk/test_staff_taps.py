from __future__ import annotations

from kiosk.geometry import screen_of
from kiosk.staff_taps import Taps, opens, tapped

SCREEN = screen_of(1080, 1920, 21.5)
PLACE, BESIDE = (1079, 0), (500, 900)


def tap(*places: tuple[int, int], pace: float = 0.3) -> Taps:
    """Tap one place after another."""
    taps: Taps = ()
    for number, (x, y) in enumerate(places):
        taps = tapped(taps, x, y, SCREEN, 100.0 + number * pace)
    return taps


def test_five_quick_taps_open_it():
    """In the upper right, within three seconds."""
    assert opens(tap(*[PLACE] * 5))
    assert not opens(tap(*[PLACE] * 4))


def test_slow_taps_do_not():
    """A child's do not add up over the day."""
    assert not opens(tap(*[PLACE] * 20, pace=1.0))


def test_a_tap_elsewhere_begins_anew():
    """Nobody opens it on the way."""
    assert not opens(tap(PLACE, PLACE, PLACE, BESIDE, PLACE, PLACE))
    assert not opens(tap(*[(0, 0)] * 5))
    assert not opens(tap(*[(1079, 300)] * 5))
