"""What of a board is to be seen at an instant: which calls, which of them stand out, what is wrong.

Pure, and the same as `navbatBoard.see` in `board_state.js`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

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
    """A call as it is seen."""

    number: str
    window: int
    #: whether it stands out
    lit: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What is to be seen."""

    newest: Call | None
    #: this page of the earlier calls
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


def turn(now: float, many: int) -> int:
    """Return which of so many languages the labels speak now."""
    return int(now // LANGUAGE) % many


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
