"""The board of a hall where nobody is called: the center, the clock, and how a visit goes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from display_board.frame import MARGIN, Frame, bulletin, notice
from display_board.scene import CAPITAL, Card, Face, Picture, Rect, Shape, Words
from display_board.speech import Speech

#: how much of the screen the band at the top takes
BAND = 0.58


def idle(frame: Frame, speech: Speech) -> Iterator[Shape]:
    """Return the shapes; a board that has lost the server does not claim that nobody is called."""
    screen = frame.screen
    band = Rect(0, 0, screen.width, round(screen.height * BAND))
    yield Card(band, "accent")
    yield from _welcome(frame, speech, band)
    yield from _steps(frame, speech, band)
    width = screen.width - 2 * frame.px(MARGIN)
    if speech.notice:
        yield from notice(frame, speech.notice, screen.width // 2, width, centre=True)
    elif speech.bulletin:
        yield from bulletin(frame, speech.bulletin, screen.width // 2, width, centre=True)
    else:
        yield from _centred(
            frame, speech.no_calls, frame.footer, frame.face("medium", 1.3), "ink_soft"
        )


def _welcome(frame: Frame, speech: Speech, band: Rect) -> Iterator[Shape]:
    """Return the center's name, the hall and a large clock, evenly spread."""
    width = band.w - 2 * frame.px(MARGIN)
    lines, name = frame.wrapped(speech.center, frame.face("semibold", 2.5), width)
    hall = frame.face("medium", 1.5)
    clock = frame.face("bold", 12.5 if frame.screen.portrait or len(lines) == 1 else 10.5)
    rows = [(line, name, "accent_ink") for line in lines]
    rows += [(speech.hall, hall, "accent_ink_soft"), (speech.clock, clock, "accent_ink")]
    leading = round(name.size * 0.55) * (len(lines) - 1)
    capitals = sum(round(face.size * CAPITAL) for _, face, _ in rows)
    space = (_first_step(frame, band) - capitals - leading) / 4.2
    y = space * 1.1
    for number, (text, face, colour) in enumerate(rows):
        row = Rect(0, round(y), band.w, round(face.size * CAPITAL))
        yield from _centred(frame, text, row, face, colour)
        y += row.h + (round(name.size * 0.55) if number < len(lines) - 1 else space)


def _first_step(frame: Frame, band: Rect) -> int:
    """Return where the steps begin: they lap over the band's edge."""
    return band.bottom - frame.px(3)


def _steps(frame: Frame, speech: Speech, band: Rect) -> Iterator[Shape]:
    """Return the three steps of a visit: a ticket, a number on this screen, a window."""
    texts = (speech.ticket, speech.wait, speech.window)
    places = _step_places(frame, _first_step(frame, band))
    draw = _step_across if frame.screen.portrait else _step_down
    for text, picture, place in zip(texts, ("ticket", "screen", "counter"), places, strict=True):
        yield Card(place, "surface", frame.px(1.5), "line", frame.px(0.08))
        yield from draw(frame, place, picture, text, max(texts, key=len))
    if not frame.screen.portrait:
        size = frame.px(2.25)
        for left, right in itertools.pairwise(places):
            x = (left.right + right.x - size) // 2
            y = (band.bottom + left.bottom - size) // 2
            yield Picture("next", Rect(x, y, size, size), "accent")


def _step_places(frame: Frame, top: int) -> list[Rect]:
    edge, high = frame.px(MARGIN), frame.footer.y - top
    width = frame.screen.width - 2 * edge
    if frame.screen.portrait:
        gap = frame.px(1)
        each = (high - 2 * gap) // 3
        return [Rect(edge, top + n * (each + gap), width, each) for n in range(3)]
    gap = frame.px(3)
    each = (width - 2 * gap) // 3
    return [Rect(edge + n * (each + gap), top, each, high) for n in range(3)]


def _step_down(frame: Frame, place: Rect, picture: str, text: str, longest: str) -> Iterator[Shape]:
    """Return a step with its drawing above its text, which may take two lines."""
    tile, space = frame.px(7.5), frame.px(1.5)
    width = place.w - 2 * frame.px(1.5)
    _, face = frame.wrapped(longest, frame.face("semibold", 2), width)
    lines, _ = frame.wrapped(text, face, width)
    line, capital = round(face.size * 1.25), round(face.size * CAPITAL)
    top = place.y + (place.h - tile - space - line - capital) // 2
    yield from _tile(frame, Rect(place.x + (place.w - tile) // 2, top, tile, tile), picture)
    for number, part in enumerate(lines):
        row = Rect(place.x, top + tile + space + number * line, place.w, capital)
        yield from _centred(frame, part, row, face, "ink", inset=1.5)


def _step_across(
    frame: Frame, place: Rect, picture: str, text: str, longest: str
) -> Iterator[Shape]:
    """Return a step with its drawing beside its text."""
    size = min(frame.px(6), place.h - frame.px(2))
    tile = Rect(place.x + frame.px(1.5), place.y + (place.h - size) // 2, size, size)
    yield from _tile(frame, tile, picture)
    left = tile.right + frame.px(1.75)
    face = frame.fitted(longest, frame.face("semibold", 2), place.right - frame.px(1) - left)
    yield Words(text, left, frame.middle(place, face), face, "ink")


def _tile(frame: Frame, place: Rect, picture: str) -> Iterator[Shape]:
    yield Card(place, "accent_soft", frame.px(1.25))
    yield Picture(picture, place.inset(place.w // 5), "accent")


def _centred(
    frame: Frame, text: str, place: Rect, face: Face, colour: str, inset: float = MARGIN
) -> Iterator[Shape]:
    face = frame.fitted(text, face, place.w - 2 * frame.px(inset))
    yield Words(text, place.x + place.w // 2, frame.middle(place, face), face, colour, "centre")
