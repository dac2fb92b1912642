"""A call's card: ticket → arrow → window, as large as its place allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from display_board import icons
from display_board.frame import Frame
from display_board.scene import CAPITAL, Card, Face, Picture, Rect, Shape, Words
from display_board.speech import Speech
from display_board.view import Call

#: the widest ticket and window that keep their size; a wider one is fitted in
NUMBER = "M888"
WINDOW = "88"
#: in parts of the type's size: arrow, space at both its ends, space at both sides in the sign
ARROW = 0.62
SPACE = 0.3
SIGN = 0.22
#: capitals are at most so high in their place
FILL = 0.92


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a call's card, by token."""

    fill: str
    border: str
    ink: str
    soft: str
    sign: str
    sign_ink: str
    sign_soft: str


NEWEST = Look("surface", "line", "ink", "ink_soft", "accent", "accent_ink", "accent_ink_soft")
NEWEST_LIT = Look(
    "accent", "", "accent_ink", "accent_ink_soft", "surface", "accent", "ink_soft"
)
EARLIER = Look("surface", "line", "ink", "ink_soft", "accent_soft", "accent", "accent")
EARLIER_LIT = Look("accent_soft", "accent", "ink", "ink_soft", "accent", "accent_ink", "accent_ink")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a call's parts stand: the ticket, the window's sign, and the type's size."""

    number: Rect
    sign: Rect
    face: Face
    #: where capitals may be, top to bottom
    band: Rect


def newest(frame: Frame, place: Rect, call: Call, speech: Speech, pulse: float) -> Iterator[Shape]:
    """Return the newest call's card, with the names of its parts; it glows while it is lit."""
    look = NEWEST_LIT if call.lit else NEWEST
    width = frame.px(0.08)
    yield Card(place, look.fill, frame.px(1.5), look.border, width, pulse if call.lit else 0.0)
    parts = upright_parts(frame, place) if frame.screen.portrait else newest_parts(frame, place)
    yield Card(parts.sign, look.sign, radius=frame.px(1.0))
    caption = frame.face("medium", 1.5)
    above = parts.sign.y + frame.px(1.9)
    middle = parts.sign.x + parts.sign.w // 2
    small = frame.fitted(speech.window, caption, parts.sign.w - frame.px(1))
    yield Words(speech.window, middle, above, small, look.sign_soft, "centre")
    over = parts.number.y + frame.px(1.9)
    yield Words(speech.ticket, parts.number.x, over, caption, look.soft)
    yield from _line(frame, call, parts, look)


def earlier(frame: Frame, place: Rect, call: Call) -> Iterator[Shape]:
    """Return an earlier call's card; lit, it has a border of the accent."""
    look = EARLIER_LIT if call.lit else EARLIER
    border = frame.px(0.25) if call.lit else frame.px(0.08)
    yield Card(place, look.fill, frame.px(1.25), look.border, border)
    parts = earlier_parts(frame, place)
    yield Card(parts.sign, look.sign, radius=frame.px(0.75))
    yield from _line(frame, call, parts, look)


def well(frame: Frame, place: Rect) -> Shape:
    """Return the place of a call that has not come."""
    return Card(place, "sunken", frame.px(1.25))


def newest_parts(frame: Frame, place: Rect) -> Parts:
    """Return where the newest call's parts stand on a wide screen."""
    inner = place.inset(frame.px(1.75), frame.px(1.0))
    band = Rect(inner.x, inner.y + frame.px(2.5), inner.w, inner.h - frame.px(3.4))
    return _in_line(frame, inner, band, place)


def earlier_parts(frame: Frame, place: Rect) -> Parts:
    """Return where an earlier call's parts stand."""
    inner = place.inset(frame.px(1.0), frame.px(1.0))
    return _in_line(frame, inner, inner.inset(0, frame.px(0.75)), place)


def upright_parts(frame: Frame, place: Rect) -> Parts:
    """Return where the newest call's parts stand upright: the ticket above, the window below."""
    raise NotImplementedError


def _in_line(frame: Frame, inner: Rect, band: Rect, place: Rect) -> Parts:
    text_left = place.x + frame.px(2)
    probe = Face("bold", 1000)
    natural = frame.measure(NUMBER, probe) + frame.measure(WINDOW, probe)
    wide = natural / 1000 + ARROW + 2 * SPACE + 2 * SIGN
    size = int(min((inner.right - text_left) * 0.985 / wide, band.h * FILL / CAPITAL))
    face = Face("bold", size)
    sign_width = frame.measure(WINDOW, face) + round(2 * SIGN * size)
    sign = Rect(inner.right - sign_width, inner.y, sign_width, inner.h)
    number = Rect(text_left, inner.y, frame.measure(NUMBER, face), inner.h)
    return Parts(number, sign, face, band)


def _line(frame: Frame, call: Call, parts: Parts, look: Look) -> Iterator[Shape]:
    number = frame.fitted(call.number, parts.face, parts.number.w)
    yield Words(call.number, parts.number.x, frame.middle(parts.band, number), number, look.ink)
    window = frame.fitted(str(call.window), parts.face, parts.sign.w - frame.px(0.8))
    middle = parts.sign.x + parts.sign.w // 2
    base = frame.middle(parts.band, window)
    yield Words(str(call.window), middle, base, window, look.sign_ink, "centre")
    arrow = round(ARROW * parts.face.size)
    high = round(arrow * icons.ratio("arrow"))
    left = (parts.number.right + parts.sign.x - arrow) // 2
    top = parts.band.y + (parts.band.h - high) // 2
    tint = look.ink if look is NEWEST_LIT else "accent"
    yield Picture("arrow", Rect(left, top, arrow, high), tint)
