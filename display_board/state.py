"""What a board knows: a frozen value, and the pure function that takes it to the next one.

The web board's `queue_server/web/static/board/board_state.js` is the same function in the
browser; `tests/board_cases.json` holds both to one behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from display_board.figures import Figures, updated

Body = Mapping[str, Any]

#: what is announced; whatever else brings a ticket to a window (an undo) does so in silence
CALLS = frozenset({"ticket_called", "ticket_recalled", "ticket_resumed"})
#: what opens a window or closes it; a pause does neither: its visitor may still be there
SHIFTS = frozenset({"window_opened", "window_closed"})


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket at a window."""

    number: str
    window: int
    language: str
    called_at: str
    recalls: int
    #: when this board learned of the call, in seconds of its steady clock; None: before it looked
    lit_at: float | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that a board shows, whatever its screen."""

    #: the newest call first
    rows: tuple[Row, ...] = ()
    connection: Literal["connecting", "live", "lost"] = "connecting"
    #: the last event that was applied; None until the first snapshot
    seq: int | None = None
    #: wall clock, RFC 3339: how old the rows are, while they are not live
    stale_since: str | None = None
    #: steady clock, seconds
    lost_at: float | None = None
    #: counts the announcements
    turn: int = 0
    #: numbers of the open windows, in their order
    windows: tuple[int, ...] = ()
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class Message:
    """Something that reached the board, with both clocks at that instant."""

    kind: Literal["snapshot", "event", "connected", "lost"]
    #: steady clock, seconds
    now: float
    #: wall clock, RFC 3339
    at: str
    #: what the server sent, if anything
    body: Body | None = None


def apply(board: Board, message: Message) -> Board:
    """Return the board after the message; what it cannot read changes nothing."""
    body = message.body if isinstance(message.body, Mapping) else {}
    match message.kind:
        case "snapshot":
            return _snapshot(board, body, message.now)
        case "event":
            return _event(board, body, message.now)
        case "connected":
            return replace(board, connection="live", stale_since=None, lost_at=None)
        case "lost":
            return _lost(board, message)


def _snapshot(board: Board, body: Body, now: float) -> Board:
    """Take the server's rows; the calls that are news stand out, but not at the first sight."""
    seq, calls = body.get("seq"), body.get("calls")
    if not isinstance(seq, int) or not isinstance(calls, list):
        return board
    rows = tuple(row for row in map(_row, calls) if row is not None)
    turn = board.turn
    if board.seq is not None:
        lit = {_announcement(row): row.lit_at for row in board.rows}
        turn += any(_announcement(row) not in lit for row in rows)
        rows = tuple(replace(row, lit_at=lit.get(_announcement(row), now)) for row in rows)
    return Board(
        rows=rows,
        connection="live",
        seq=seq,
        turn=turn,
        windows=_open_windows(body.get("windows")),
        figures=updated(board.figures, body),
    )


def _event(board: Board, body: Body, now: float) -> Board:
    seq = body.get("seq")
    if board.seq is None:
        return board
    if body.get("type") == "hall_figures":
        # no part of the log: what the hall looks like now, so it moves no position in it
        return replace(board, figures=updated(board.figures, body))
    if not isinstance(seq, int) or seq <= board.seq:
        return board
    return _logged(replace(board, seq=seq), body, now)


def _logged(board: Board, body: Body, now: float) -> Board:
    """Return the board after an event of the log that is news to it."""
    kind = body.get("type")
    if kind == "day_closed":
        return replace(board, rows=(), figures=replace(board.figures, next=(), waits=()))
    if kind in SHIFTS:
        return replace(board, windows=_after_shift(board.windows, body))
    if body.get("at_window") is False:
        rows = tuple(row for row in board.rows if row.number != body.get("number"))
        return replace(board, rows=rows)
    row = _row(body) if body.get("at_window") is True else None
    if row is None:
        return board
    if kind in CALLS:
        return _called(board, replace(row, lit_at=now))
    return replace(board, rows=_kept(board.rows, row))


def _open_windows(found: object) -> tuple[int, ...]:
    numbers = found if isinstance(found, list) else []
    return tuple(sorted({number for number in numbers if isinstance(number, int)}))


def _after_shift(windows: tuple[int, ...], body: Body) -> tuple[int, ...]:
    number = body.get("window")
    others = [other for other in windows if other != number]
    opened = [number] if body.get("type") == "window_opened" and isinstance(number, int) else []
    return tuple(sorted([*others, *opened]))


def _called(board: Board, row: Row) -> Board:
    return replace(board, rows=(row, *_without(board.rows, row)), turn=board.turn + 1)


def _kept(rows: tuple[Row, ...], row: Row) -> tuple[Row, ...]:
    """Return the rows with this one where it stood, or where its time of call puts it."""
    for place, old in enumerate(rows):
        if old.number == row.number:
            row = replace(row, lit_at=old.lit_at)
            return (*_without(rows[:place], row), row, *_without(rows[place + 1 :], row))
    others = _without(rows, row)
    newer = [_instant(other.called_at) > _instant(row.called_at) for other in others]
    place = newer.index(False) if False in newer else len(others)
    return (*others[:place], row, *others[place:])


def _without(rows: tuple[Row, ...], row: Row) -> tuple[Row, ...]:
    """Take out the ticket and whoever else was at its window: a window has one visitor."""
    return tuple(o for o in rows if o.number != row.number and o.window != row.window)


def _announcement(row: Row) -> tuple[str, int, float, int]:
    """Return what tells one announcement from another."""
    return row.number, row.window, _instant(row.called_at), row.recalls


def _lost(board: Board, message: Message) -> Board:
    if board.connection == "lost":
        return board
    known = message.at if board.seq is not None else None
    return replace(
        board,
        connection="lost",
        stale_since=board.stale_since or known,
        lost_at=message.now,
    )


def _row(body: object) -> Row | None:
    """Return the row that a call or an event describes, or None if it is no such thing."""
    if not isinstance(body, Mapping):
        return None
    number, window = body.get("number"), body.get("window")
    if not isinstance(number, str) or not number or not isinstance(window, int):
        return None
    recalls = body.get("recalls")
    return Row(
        number=number,
        window=window,
        language=str(body.get("language") or ""),
        called_at=str(body.get("called_at") or ""),
        recalls=recalls if isinstance(recalls, int) else 0,
    )


def _instant(text: str) -> float:
    """Return a time in seconds; what is no RFC 3339 time counts as long ago."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0
