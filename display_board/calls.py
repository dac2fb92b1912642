"""A call's card: ticket → arrow → window, as large as its place allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from display_board import icons
from display_board.frame import Frame
from display_board.scene import CAPITAL, Card, Face, Picture, Rect, Shape, Words
from display_board.speech import Speech
from display_board.view import Call

#: the widest ticket and window that keep their size; a wider one is fitted in
NUMBER = "M888"
#: stands where a window has nobody
NOBODY = "–"
WINDOW = "88"
#: in parts of the type's size: arrow, space at both its ends, space at both sides in the sign
ARROW = 0.6
SPACE = 0.3
SIGN = 0.22
#: capitals are at most so high in their place
FILL = 0.94
#: units from a card's edge to its text, and to the window's sign
TEXT = 2.0
EDGE = 1.1
#: an earlier call's card: units above its capitals, and both in parts of a low card's height
INSET = 1.5
LOW_EDGE = 0.16
#: before the ticket at most, in parts of a narrow card's width
NARROW_TEXT = 0.07
LOW_INSET = 0.18
#: the newest call is written so many times as large as any other at least
LARGEST = 1.35


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a call's card, by token."""

    fill: str
    border: str
    ink: str
    soft: str
    arrow: str
    sign: str
    sign_ink: str
    sign_soft: str


NEWEST = Look(
    fill="surface",
    border="line",
    ink="ink",
    soft="ink_soft",
    arrow="accent",
    sign="accent",
    sign_ink="accent_ink",
    sign_soft="accent_ink_soft",
)
NEWEST_LIT = Look(
    fill="accent",
    border="",
    ink="accent_ink",
    soft="accent_ink_soft",
    arrow="accent_ink",
    sign="surface",
    sign_ink="accent",
    sign_soft="ink_soft",
)
EARLIER = replace(NEWEST, sign="accent_soft", sign_ink="accent")
EARLIER_LIT = replace(NEWEST, fill="accent_soft", border="accent")
#: a window where nobody is called
FREE = replace(EARLIER, fill="page", ink="ink_soft", sign="sunken", sign_ink="ink_soft")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a call's parts stand, and how large its type is."""

    #: the ticket's place: as wide as the widest, as high as a capital may be
    number: Rect
    arrow: Rect
    sign: Rect
    #: the window's place in its sign
    window: Rect
    face: Face


def newest(frame: Frame, place: Rect, call: Call, speech: Speech, pulse: float) -> Iterator[Shape]:
    """Return the newest call's card, with the names of its parts; it glows while it is lit."""
    look = NEWEST_LIT if call.lit else NEWEST
    glow = pulse if call.lit else 0.0
    yield Card(place, look.fill, frame.px(1.5), look.border, frame.px(0.08), glow)
    parts = newest_parts(frame, place)
    yield Card(parts.sign, look.sign, radius=frame.px(1.0))
    yield from _captions(frame, place, parts, speech, look)
    yield from _line(frame, call, parts, look)


def none(frame: Frame, place: Rect, text: str) -> Iterator[Shape]:
    """Return the newest call's card while nobody is called; the text may be empty."""
    yield Card(place, "surface", frame.px(1.5), "line", frame.px(0.08))
    width = place.w - 2 * frame.px(TEXT)
    lines, face = frame.wrapped(text, frame.face("semibold", 3.25), width)
    step = round(face.size * 1.25)
    top = place.y + (place.h - step * (len(lines) - 1)) // 2
    for number, line in enumerate(lines):
        row = Rect(place.x, top + number * step, place.w, 0)
        yield Words(line, place.x + place.w // 2, frame.middle(row, face), face, "ink", "centre")


def earlier(frame: Frame, place: Rect, call: Call, most: int) -> Iterator[Shape]:
    """Return a call's card, or a window's; lit, it has a border of the accent.

    Its type is at most `most` pixels large.
    """
    look = EARLIER_LIT if call.lit else EARLIER if call.number else FREE
    border = frame.px(0.25) if call.lit else frame.px(0.08)
    yield Card(place, look.fill, frame.px(1.25), look.border, border)
    parts = earlier_parts(frame, place, most)
    yield Card(parts.sign, look.sign, radius=frame.px(0.75))
    yield from _line(frame, call, parts, look)


def well(frame: Frame, place: Rect) -> Shape:
    """Return the place of a call that has not come."""
    return Card(place, "page", frame.px(1.25), "line", frame.px(0.08))


def newest_parts(frame: Frame, place: Rect) -> Parts:
    """Return where the newest call's parts stand: on one line, or on two if that is larger."""
    above = _below_caption(frame, place, 1.0)
    one = _in_line(frame, place, above, frame.px(EDGE), place.h)
    two = _in_two_lines(frame, place)
    return two if two.face.size > one.face.size else one


def earlier_parts(frame: Frame, place: Rect, most: int) -> Parts:
    """Return where an earlier call's parts stand, its type at most so large."""
    inset = min(frame.px(INSET), round(place.h * LOW_INSET))
    edge = min(frame.px(EDGE), round(place.h * LOW_EDGE))
    return _in_line(frame, place, place.inset(0, inset), edge, most)


def most_beside(frame: Frame, newest: Rect) -> int:
    """Return how large other calls may be beside the newest one in its place, in pixels."""
    return int(newest_parts(frame, newest).face.size / LARGEST)


def _in_line(frame: Frame, place: Rect, band: Rect, edge: int, most: int) -> Parts:
    """Put ticket, arrow and window side by side; capitals may be as high as the band."""
    left = place.x + min(frame.px(TEXT), round(place.w * NARROW_TEXT))
    probe = Face("bold", 1000)
    letters = frame.measure(NUMBER, probe) + frame.measure(WINDOW, probe)
    natural = letters / probe.size + ARROW + 2 * SPACE + 2 * SIGN
    fitting = min((place.right - edge - left) / natural, band.h * FILL / CAPITAL)
    size = max(1, int(min(fitting * frame.scale, most)))
    face = Face("bold", size)
    sign_width = frame.measure(WINDOW, face) + round(2 * SIGN * size)
    sign = Rect(place.right - edge - sign_width, place.y + edge, sign_width, place.h - 2 * edge)
    number = Rect(left, band.y, frame.measure(NUMBER, face), band.h)
    arrow = _arrow(Rect(number.right, band.y, sign.x - number.right, band.h), size)
    return Parts(number, arrow, sign, Rect(sign.x, band.y, sign.w, band.h), face)


def _in_two_lines(frame: Frame, place: Rect) -> Parts:
    """Put the ticket above, arrow and window below: upright there is no room beside it."""
    left, edge = place.x + frame.px(TEXT), frame.px(EDGE)
    width, half = place.w - 2 * frame.px(TEXT), round(place.h * 0.53)
    upper = _below_caption(frame, Rect(place.x, place.y, place.w, half), 0.5)
    probe = Face("bold", 1000)
    size = min(width * probe.size / frame.measure(NUMBER, probe), upper.h * FILL / CAPITAL)
    face = Face("bold", max(1, int(size * frame.scale)))
    wide = round(place.w * 0.55)
    top = place.y + half + frame.px(0.25)
    sign = Rect(place.right - edge - wide, top, wide, place.bottom - edge - top)
    window = _below_caption(frame, Rect(sign.x, sign.y - edge, sign.w, sign.h + edge), 0.9)
    arrow = _arrow(Rect(place.x, sign.y, sign.x - place.x, sign.h), round(size * 1.1))
    return Parts(Rect(left, upper.y, width, upper.h), arrow, sign, window, face)


def _below_caption(frame: Frame, place: Rect, foot: float) -> Rect:
    """Return what a card has left for capitals under a caption, with so many units below."""
    top = frame.px(EDGE + 2.6)
    return Rect(place.x, place.y + top, place.w, place.h - top - frame.px(EDGE + foot))


def _arrow(free: Rect, size: int) -> Rect:
    """Return the arrow's place in the middle of a free space, for type of this size."""
    wide = min(round(ARROW * size), free.w)
    high = round(wide * icons.ratio("arrow"))
    return Rect(free.x + (free.w - wide) // 2, free.y + (free.h - high) // 2, wide, high)


def _captions(
    frame: Frame, place: Rect, parts: Parts, speech: Speech, look: Look
) -> Iterator[Shape]:
    face, down = frame.face("medium", 1.4), frame.px(1.8)
    above = place.y + frame.px(EDGE) + down
    yield Words(speech.ticket, parts.number.x, above, face, look.soft)
    middle = parts.sign.x + parts.sign.w // 2
    small = frame.fitted(speech.window, face, parts.sign.w - frame.px(1))
    yield Words(speech.window, middle, parts.sign.y + down, small, look.sign_soft, "centre")


def _line(frame: Frame, call: Call, parts: Parts, look: Look) -> Iterator[Shape]:
    number = frame.fitted(call.number or NOBODY, parts.face, parts.number.w)
    base = frame.middle(parts.number, number)
    yield Words(call.number or NOBODY, parts.number.x, base, number, look.ink)
    if call.number:
        yield Picture("arrow", parts.arrow, look.arrow)
    most = Face("bold", min(parts.face.size, int(parts.window.h * FILL / CAPITAL)))
    window = frame.fitted(str(call.window), most, parts.sign.w - frame.px(0.8))
    middle = parts.sign.x + parts.sign.w // 2
    base = frame.middle(parts.window, window)
    yield Words(str(call.window), middle, base, window, look.sign_ink, "centre")
