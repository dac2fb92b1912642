"""Where everything stands on a screen: pure geometry, the twin of `board_plan.js`.

A layout that does not suit the screen's shape gives way to the nearest one that does: on an
upright screen all stand in one column, on a bar side by side. A call keeps its size however
many there are: what has no cell waits for its page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from display_board.frame import GAP, Frame
from display_board.scene import Rect

Layout = Literal["calls", "windows", "columns", "portrait", "bar"]

#: the least that a call's cell measures, in units: its capitals are 2.6 high, 6 % of the screen
LEAST_WIDE: Final = 23.5
LEAST_HIGH: Final = 4.4
#: between the cells of a dense grid
CLOSE: Final = 0.75
#: shares of the screen's width and widths in units of what stands beside the calls
MEDIA_SHARE: Final = 0.34
FIGURES: Final = 21.0
#: of the panel's height, where media stand above figures
MEDIA_ABOVE: Final = 0.34
#: heights in units of the strips under the calls of an upright screen, and what calls keep there
FIGURES_HIGH: Final = 14.2
MEDIA_WITH_FIGURES: Final = 0.22
SHORT: Final = 45.0
#: units of a bar: figures and media beside its calls, what calls keep, the newest call's least
FIGURES_OF_BAR: Final = 33.0
MEDIA_OF_BAR: Final = 26.0
CALLS_OF_BAR: Final = 58.0
NEWEST_OF_BAR: Final = 33.0
#: less than so many units hold one column only
TWO_COLUMNS: Final = 52.0


@dataclass(frozen=True, slots=True)
class Format:
    """What is wanted on the board, besides the calls, and in which layout."""

    layout: Layout = "calls"
    #: who is likely next and how long one waits
    figures: bool = False
    #: pictures and videos
    media: bool = False

    @property
    def by_window(self) -> bool:
        """Whether the cells are the windows, rather than the earlier calls."""
        return self.layout == "windows"

    @property
    def beside(self) -> bool:
        """Whether anything stands beside the calls."""
        return self.figures or self.media


@dataclass(frozen=True, slots=True)
class Plan:
    """Places in pixels."""

    newest: Rect
    #: of the earlier calls or the windows, in reading order
    cells: tuple[Rect, ...]
    figures: Rect | None = None
    media: Rect | None = None


def plan(frame: Frame, form: Format, windows: int = 0) -> Plan:
    """Return the places for a format; a board by window divides itself among so many windows."""
    area, figures, media = _beside(frame, form)
    if frame.screen.wide:
        newest, rest = _side_by_side(frame, area)
    else:
        newest, rest = _one_above(frame, form, area)
    return Plan(newest, tuple(_cells(frame, form, rest, area, windows)), figures, media)


def _beside(frame: Frame, form: Format) -> tuple[Rect, Rect | None, Rect | None]:
    """Return what the calls keep of the body, and the places of figures and media."""
    if not form.beside:
        return frame.body, None, None
    if frame.screen.wide:
        return _beside_bar(frame, form)
    if frame.screen.portrait:
        return _below(frame, form)
    body, gap = frame.body, frame.px(GAP)
    wide = round(frame.screen.width * MEDIA_SHARE) if form.media else frame.px(FIGURES)
    panel = Rect(body.right - wide, body.y, wide, body.h)
    area = Rect(body.x, body.y, body.w - wide - gap, body.h)
    if not (form.media and form.figures):
        return area, panel if form.figures else None, panel if form.media else None
    high = min(round(wide * 9 / 16), round(body.h * MEDIA_ABOVE))
    below = Rect(panel.x, panel.y + high + gap, wide, panel.h - high - gap)
    return area, below, Rect(panel.x, panel.y, wide, high)


def _below(frame: Frame, form: Format) -> tuple[Rect, Rect | None, Rect | None]:
    """Return the places of an upright screen, from the bottom up."""
    body, gap = frame.body, frame.px(GAP)
    bottom, figures, media = body.bottom, None, None
    if form.figures:
        high = frame.px(FIGURES_HIGH)
        figures = Rect(body.x, bottom - high, body.w, high)
        bottom -= high + gap
    if form.media:
        share = MEDIA_WITH_FIGURES if form.figures else MEDIA_SHARE
        high = min(round(body.w * 9 / 16), round(frame.screen.height * share))
        media = Rect(body.x, bottom - high, body.w, high)
        bottom -= high + gap
    return Rect(body.x, body.y, body.w, bottom - body.y), figures, media


def _beside_bar(frame: Frame, form: Format) -> tuple[Rect, Rect | None, Rect | None]:
    """Return the places of a bar, from the right; what would crowd the calls is left out."""
    body, gap = frame.body, frame.px(GAP)
    right, figures, media = body.right, None, None
    if form.figures and right - frame.px(FIGURES_OF_BAR) - gap - body.x >= frame.px(CALLS_OF_BAR):
        wide = frame.px(FIGURES_OF_BAR)
        figures = Rect(right - wide, body.y, wide, body.h)
        right = figures.x - gap
    if form.media and right - frame.px(MEDIA_OF_BAR) - gap - body.x >= frame.px(CALLS_OF_BAR):
        media = Rect(right - frame.px(MEDIA_OF_BAR), body.y, frame.px(MEDIA_OF_BAR), body.h)
        right = media.x - gap
    return Rect(body.x, body.y, right - body.x, body.h), figures, media


def _side_by_side(frame: Frame, area: Rect) -> tuple[Rect, Rect]:
    """Put the newest call to the left of the others."""
    gap = frame.px(GAP)
    wide = min(
        max(round(area.w * 0.46), frame.px(NEWEST_OF_BAR)), area.w - gap - frame.px(LEAST_WIDE)
    )
    rest = Rect(area.x + wide + gap, area.y, area.w - wide - gap, area.h)
    return Rect(area.x, area.y, wide, area.h), rest


def _one_above(frame: Frame, form: Format, area: Rect) -> tuple[Rect, Rect]:
    """Put the newest call above the others."""
    gap, rows = frame.px(GAP), _rows(frame, form, area)
    share = _share(frame, form, area)
    high = round((area.h - gap * (1 if form.by_window else rows)) * share)
    rest = Rect(area.x, area.y + high + gap, area.w, area.h - high - gap)
    return Rect(area.x, area.y, area.w, high), rest


def _share(frame: Frame, form: Format, area: Rect) -> float:
    """Return the newest call's share of the height."""
    if frame.screen.portrait:
        short = area.h < frame.px(SHORT)
        return 0.36 if short else 0.37 if form.layout in ("windows", "columns") else 0.42
    if form.layout in ("windows", "columns") and area.w >= frame.px(TWO_COLUMNS):
        # the newest call's capitals are 12.7 % of the screen's height still
        return 0.35 if form.by_window else 0.38
    return 0.45 if _columns(frame, form, area) > 1 else 0.42


def _rows(frame: Frame, form: Format, area: Rect) -> int:
    """Return how many rows the earlier calls have."""
    if frame.screen.wide:
        return 2
    if frame.screen.portrait:
        return 3 if area.h < frame.px(SHORT) else 7 if form.layout == "columns" else 5
    if _columns(frame, form, area) == 1:
        return 3
    return 4 if form.layout == "columns" else 2


def _columns(frame: Frame, form: Format, area: Rect) -> int:
    if frame.screen.wide:
        return max(1, (area.w + frame.px(CLOSE)) // frame.px(LEAST_WIDE + CLOSE))
    if frame.screen.portrait or form.layout == "portrait" or area.w < frame.px(TWO_COLUMNS):
        return 1
    return 2


def _cells(frame: Frame, form: Format, rest: Rect, area: Rect, windows: int) -> list[Rect]:
    if form.by_window:
        rows, columns = _divided(frame, rest, windows)
        gap = frame.px(CLOSE)
    else:
        base = rest if frame.screen.wide else area
        rows, columns = _rows(frame, form, base), _columns(frame, form, base)
        gap = frame.px(CLOSE if form.layout == "columns" or frame.screen.wide else GAP)
    high, wide = (rest.h - gap * (rows - 1)) // rows, (rest.w - gap * (columns - 1)) // columns
    return [
        Rect(rest.x + column * (wide + gap), rest.y + row * (high + gap), wide, high)
        for row in range(rows)
        for column in range(columns)
    ]


def _divided(frame: Frame, rest: Rect, windows: int) -> tuple[int, int]:
    """Return the rows and columns that show so many windows largest, none below the least."""
    gap = frame.px(CLOSE)
    most_rows = max(1, (rest.h + gap) // (frame.px(LEAST_HIGH) + gap))
    most_columns = max(1, (rest.w + gap) // (frame.px(LEAST_WIDE) + gap))
    fitting = [
        (rows, columns)
        for columns in range(1, most_columns + 1)
        for rows in range(1, most_rows + 1)
        if rows * columns >= windows
    ]
    if not fitting:
        return most_rows, most_columns
    # a call is some five times as wide as high
    return max(
        fitting,
        key=lambda grid: min(rest.h / grid[0] * 5, rest.w / grid[1]),
    )
