"""What is seen, as shapes for a screen: pure, and of the same proportions as the web board.

Lengths are in units: 80 × 45 of them fit on any screen, 45 × 80 on an upright one, 64 × 20 on a
bar. A call is never drawn smaller to make room for another: what does not fit waits for its page.
"""

from __future__ import annotations

from collections.abc import Iterator

from display_board import calls, panel
from display_board.bar import bar_footer, bar_idle
from display_board.frame import Frame, footer, header
from display_board.idle import idle
from display_board.plan import Format, Plan, plan
from display_board.scene import CAPITAL, Card, Measure, Rect, Scene, Screen, Shape
from display_board.speech import Speech
from display_board.view import View

CALLS = Format()


def room(screen: Screen, measure: Measure, form: Format = CALLS, windows: int = 0) -> int:
    """Return how many earlier calls, or windows, are seen at once."""
    return len(plan(Frame(screen, measure), form, windows).cells)


def waits_room(screen: Screen, measure: Measure, form: Format) -> int:
    """Return for how many prefix letters the expected wait is seen at once."""
    frame = Frame(screen, measure)
    place = plan(frame, form).figures
    return panel.room(frame, place) if place else 0


def media_place(screen: Screen, measure: Measure, form: Format) -> Rect | None:
    """Return where pictures and videos are, inside their card; None where they have no place."""
    frame = Frame(screen, measure)
    place = plan(frame, form).media
    return place.inset(frame.px(MEDIA_INSET)) if place else None


def arrange(
    view: View,
    speech: Speech,
    screen: Screen,
    measure: Measure,
    pulse: float = 0.0,
    *,
    form: Format = CALLS,
    windows: int = 0,
    scale: float = 1.0,
) -> Scene:
    """Return what is drawn; `pulse` from 0 to 1 is how deep the newest call glows."""
    frame = Frame(screen, measure, scale)
    shown_by_window = form.by_window and windows > 0
    if view.newest is None and not form.beside and not shown_by_window:
        return tuple(bar_idle(frame, speech) if screen.wide else idle(frame, speech))
    places = plan(frame, form, windows)
    shapes: list[Shape] = [] if screen.wide else [*header(frame, speech)]
    shapes += _calls(frame, places, view, speech, pulse)
    shapes += _beside(frame, places, speech)
    shapes += bar_footer(frame, view, speech) if screen.wide else footer(frame, view, speech)
    return tuple(shapes)


def newest_capital(
    screen: Screen, measure: Measure, form: Format = CALLS, scale: float = 1.0
) -> float:
    """Return the height of the newest call's capitals, in pixels."""
    frame = Frame(screen, measure, scale)
    return calls.newest_parts(frame, plan(frame, form).newest).face.size * CAPITAL


def earlier_capital(
    screen: Screen, measure: Measure, form: Format = CALLS, windows: int = 0, scale: float = 1.0
) -> float:
    """Return the height of the other calls' capitals, in pixels."""
    frame = Frame(screen, measure, scale)
    places = plan(frame, form, windows)
    most = calls.most_beside(frame, places.newest)
    return calls.earlier_parts(frame, places.cells[0], most).face.size * CAPITAL


#: units from the edge of the media's card to the media
MEDIA_INSET = 0.5


def _calls(frame: Frame, places: Plan, view: View, speech: Speech, pulse: float) -> Iterator[Shape]:
    if view.newest is None:
        # a board that has lost the server does not claim that nobody is called
        yield from calls.none(frame, places.newest, "" if speech.notice else speech.no_calls)
    else:
        yield from calls.newest(frame, places.newest, view.newest, speech, pulse)
    most = calls.most_beside(frame, places.newest)
    for place, call in zip(places.cells, view.others, strict=False):
        yield from calls.earlier(frame, place, call, most)
    for place in places.cells[len(view.others) :]:
        yield calls.well(frame, place)


def _beside(frame: Frame, places: Plan, speech: Speech) -> Iterator[Shape]:
    if places.media:
        yield Card(places.media, "sunken", frame.px(1.25))
    if places.figures:
        yield from panel.figures(frame, places.figures, speech)
