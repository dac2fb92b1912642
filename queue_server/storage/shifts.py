"""The clerks' shifts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Integer, Text, insert, select, update

from queue_server.domain.window import Shift
from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, Values, argument
from queue_server.storage.tables import IS_OPEN_SHIFT, shifts
from queue_server.storage.times import from_ms, maybe_ms, maybe_time, to_ms
from queue_server.storage.transaction import Transaction

_COLUMNS: Final = tuple(column.name for column in shifts.columns)
#: who and where does not change in a shift
_CHANGING: Final = ("paused_at", "pause_reason", "closed_at", "streak", "wrapping_at", "ready_at")


def _which(*conditions: ColumnElement[bool]) -> Statement:
    return Statement(select(*shifts.columns).where(*conditions).order_by(shifts.c.window))


AT: Final = _which(IS_OPEN_SHIFT, shifts.c.window == argument("window", Integer()))
OF: Final = _which(IS_OPEN_SHIFT, shifts.c.clerk == argument("clerk", Text()))
OPEN: Final = _which(IS_OPEN_SHIFT)
READY: Final = Statement(select(shifts.c.window).where(IS_OPEN_SHIFT, shifts.c.paused_at.is_(None)))
ADD: Final = Statement(
    insert(shifts).inline().values({name: argument(name) for name in _COLUMNS if name != "id"})
)
SAVE: Final = Statement(
    update(shifts)
    .where(shifts.c.id == argument("id", BigInteger()))
    .values({name: argument(name) for name in _CHANGING})
)


class SqlShifts:
    """The port `Shifts` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def at(self, window: int) -> Shift | None:
        """Return the open shift of a window."""
        return self._one(AT, {"window": window})

    def of(self, clerk: str) -> Shift | None:
        """Return the open shift of a clerk."""
        return self._one(OF, {"clerk": clerk})

    def open(self) -> Sequence[Shift]:
        """Return all open shifts, by window."""
        return [_shift(row) for row in self._transaction.all(OPEN, {})]

    def ready(self) -> frozenset[int]:
        """Return the windows that are open and not on a break."""
        return frozenset(window for (window,) in self._transaction.all(READY, {}))

    def add(self, shift: Shift) -> None:
        """Keep a new shift; raises WindowTaken or ClerkElsewhere."""
        self._transaction.run(ADD, _values(shift))

    def save(self, shift: Shift) -> None:
        """Keep a shift's next value; raises LookupError for one that was never kept."""
        if not self._transaction.run(SAVE, _values(shift)):
            raise LookupError(f"No shift {shift.id} is kept.")

    def _one(self, statement: Statement, values: Values) -> Shift | None:
        row = self._transaction.one(statement, values)
        return None if row is None else _shift(row)


def _values(shift: Shift) -> Values:
    return {
        "id": shift.id,
        "window": shift.window,
        "clerk": shift.clerk,
        "opened_at": to_ms(shift.opened_at),
        "paused_at": maybe_ms(shift.paused_at),
        "pause_reason": shift.pause_reason,
        "closed_at": maybe_ms(shift.closed_at),
        "streak": shift.streak,
        "wrapping_at": maybe_ms(shift.wrapping_at),
        "ready_at": maybe_ms(shift.ready_at),
    }


def _shift(row: Row) -> Shift:
    (
        id_,
        window,
        clerk,
        opened_at,
        paused_at,
        pause_reason,
        closed_at,
        streak,
        wrapping_at,
        ready_at,
    ) = row
    return Shift(
        window=window,
        clerk=clerk,
        opened_at=from_ms(opened_at),
        paused_at=maybe_time(paused_at),
        pause_reason=pause_reason,
        closed_at=maybe_time(closed_at),
        streak=streak,
        wrapping_at=maybe_time(wrapping_at),
        ready_at=maybe_time(ready_at),
        id=id_,
    )
