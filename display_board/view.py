"""What of a board is to be seen at an instant: which calls, which of them stand out, what is wrong.

Pure, and the same as `navbatBoard.see` in `board_state.js`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from display_board.figures import Wait
from display_board.state import Board, Row

#: seconds that a new call stands out
HIGHLIGHT: Final = 6.0
#: seconds that a page of the earlier calls stays
PAGE: Final = 8.0
#: seconds that the labels stay in one language
LANGUAGE: Final = 9.0
#: seconds within which a lost connection that comes back is nobody's business
GRACE: Final = 2.0

Notice = Literal["", "connecting", "lost"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it is seen; a window where nobody is called has no number."""

    number: str
    window: int
    #: whether it stands out
    lit: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What is to be seen."""

    newest: Call | None
    #: this page of the earlier calls, or of the windows
    others: tuple[Call, ...]
    page: int
    pages: int
    notice: Notice


def see(board: Board, now: float, room: int) -> View:
    """Return what is seen at `now` (steady clock, seconds) with room for so many earlier calls."""
    earlier = board.rows[1:]
    pages = max(1, ceil(len(earlier) / room))
    page = _page(board, now, pages)
    return View(
        newest=_call(board.rows[0], now) if board.rows else None,
        others=tuple(_call(row, now) for row in earlier[page * room : (page + 1) * room]),
        page=page,
        pages=pages,
        notice=_notice(board, now),
    )


def see_windows(board: Board, now: float, room: int) -> View:
    """Return every open window with its number, in their order; the newest call is there too.

    A page with a new call on it comes at once and stays while the call stands out.
    """
    known = {row.window: row for row in board.rows}
    places = _windows(board)
    calls = [_call(known[n], now) if n in known else Call("", n) for n in places]
    pages = max(1, ceil(len(calls) / room))
    lit = [place for place, call in enumerate(calls) if call.lit]
    newest = places.index(board.rows[0].window) if board.rows else 0
    page = (newest if newest in lit else lit[0]) // room if lit else _page(board, now, pages)
    return View(
        newest=_call(board.rows[0], now) if board.rows else None,
        others=tuple(calls[page * room : (page + 1) * room]),
        page=page,
        pages=pages,
        notice=_notice(board, now),
    )


def windows_of(board: Board) -> int:
    """Return how many windows a board by window shows."""
    return len(_windows(board))


def page_of_waits(board: Board, now: float, room: int) -> tuple[Wait, ...]:
    """Return the waits that are seen at `now`, with room for so many."""
    waits = board.figures.waits
    pages = max(1, ceil(len(waits) / room)) if room else 1
    page = int(now // PAGE) % pages
    return waits[page * room : (page + 1) * room]


def turn(now: float, many: int) -> int:
    """Return which of so many languages the labels speak now."""
    return int(now // LANGUAGE) % many


def _windows(board: Board) -> list[int]:
    """Return the numbers of the open windows and of those that have a visitor still."""
    return sorted({*board.windows, *(row.window for row in board.rows)})


def _call(row: Row, now: float) -> Call:
    return Call(row.number, row.window, lit=row.lit_at is not None and now < row.lit_at + HIGHLIGHT)


def _page(board: Board, now: float, pages: int) -> int:
    """Stay on the first page while something stands out, then turn, each time from another page.

    Were it always from the first one, a busy hall would never see the last.
    """
    dark_since = max(
        (row.lit_at + HIGHLIGHT for row in board.rows if row.lit_at is not None), default=0.0
    )
    if now < dark_since:
        return 0
    return (board.turn + int((now - dark_since) // PAGE)) % pages


def _notice(board: Board, now: float) -> Notice:
    if board.connection == "live":
        return ""
    if board.stale_since is None:
        return "connecting"
    brief = board.lost_at is not None and now - board.lost_at < GRACE
    return "" if brief else "lost"
