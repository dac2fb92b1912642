"""The visitor's hand: what is under the finger or the pointer, and where the focus stands.

Pure, like the flow: a touch counts when the finger leaves the key on which it came down. The focus
shows itself only to who uses the keyboard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.acts import Act, GoBack, StillHere
from kiosk.elements import Key, Layout
from kiosk.geometry import Rect


class Way(Enum):
    """Where the keyboard moves the focus."""

    ON = "on"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


_STEPS = {Way.ON: 1, Way.RIGHT: 1, Way.BACK: -1, Way.LEFT: -1}


@dataclass(frozen=True, slots=True)
class Hand:
    """What is pressed, by which finger (None: the mouse), and what has the focus."""

    down: bool = False
    finger: int | None = None
    pressed: Act | None = None
    focus: Act | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished touch: its hand, and what it means; None is a touch beside the keys."""

    hand: Hand
    act: Act | None


def press(hand: Hand, layout: Layout, x: float, y: float, finger: int | None = None) -> Hand:
    """Return the hand with a finger down; a second finger changes nothing."""
    if hand.down:
        return hand
    key = layout.key_at(x, y)
    return Hand(down=True, finger=finger, pressed=key.act if key else None)


def release(
    hand: Hand, layout: Layout, x: float, y: float, finger: int | None = None
) -> Done | None:
    """Return what a finger meant that was lifted; None if it is not the one that is down."""
    if not hand.down or hand.finger != finger:
        return None
    key = layout.key_at(x, y)
    act = key.act if key and key.act == hand.pressed else None
    return Done(replace(hand, down=False, finger=None, pressed=None), act)


def move(hand: Hand, layout: Layout, way: Way) -> Hand:
    """Return the hand with its focus moved; the first move shows the first key.

    Left and right go through all keys as Tab does: a pad of four keys reaches every one.
    """
    keys = layout.keys
    at = _focused(hand, layout)
    if not keys or at is None:
        return replace(hand, focus=keys[0].act if keys else None)
    if way in _STEPS:
        step = _STEPS[way]
        return replace(hand, focus=keys[(keys.index(at) + step) % len(keys)].act)
    return replace(hand, focus=_nearest(at, keys, way).act)


def enter(hand: Hand, layout: Layout) -> Done:
    """Return what Enter means: the key that has the focus; without one it shows the first."""
    at = _focused(hand, layout)
    return Done(hand, at.act) if at else Done(move(hand, layout, Way.ON), None)


def escape(hand: Hand, layout: Layout) -> Done:
    """Return what Escape means: stay where a dialog asks, else one step back."""
    return Done(hand, StillHere() if layout.dialog else GoBack())


def on_new_layout(hand: Hand, layout: Layout, *, same_step: bool) -> Hand:
    """Return the hand without what is no longer there; a new step begins without a focus."""
    acts = [key.act for key in layout.keys]
    pressed = hand.pressed if same_step and hand.pressed in acts else None
    focus = hand.focus if same_step and hand.focus in acts else None
    return replace(hand, pressed=pressed, focus=focus)


def _focused(hand: Hand, layout: Layout) -> Key | None:
    return next((key for key in layout.keys if key.act == hand.focus), None)


def _nearest(at: Key, keys: tuple[Key, ...], way: Way) -> Key:
    """Return the nearest key on a side, straight ahead first; the same one if there is none."""
    ahead = [(_distance(at.rect, key.rect, way), key) for key in keys if key is not at]
    found = [(far, key) for far, key in ahead if far is not None]
    return min(found, key=lambda pair: pair[0])[1] if found else at


def _distance(here: Rect, there: Rect, way: Way) -> float | None:
    """Return how far a key lies above or below, what is aside counting thrice; None: not there."""
    (x, y), (to_x, to_y) = here.centre, there.centre
    along = to_y - y if way is Way.DOWN else y - to_y
    return along + 3 * abs(to_x - x) if along > 0 else None
