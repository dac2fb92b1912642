"""The one row about the center itself: where the log ends, which day is open, which catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select, update

from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, Values, argument
from queue_server.storage.tables import center

_FIELDS: Final = ("seq", "hash", "day", "catalogue_version", "halted")
_head = select(*(center.c[name] for name in _FIELDS))

READ: Final = Statement(_head)
#: on PostgreSQL writers wait here for each other, so the log's order is the order of commits
CLAIM: Final = Statement(_head.with_for_update())
KEEP: Final = Statement(update(center).values({name: argument(name) for name in _FIELDS}))


@dataclass(slots=True)
class Head:
    """The center's row in an open transaction; what changes here is written at the commit."""

    seq: int
    head_hash: str
    day: date | None
    catalogue_version: int
    halted: str | None

    @classmethod
    def of(cls, row: Row) -> Head:
        """Return the head that a row holds."""
        seq, head_hash, day, version, halted = row
        return cls(seq, head_hash, date.fromisoformat(day) if day else None, version, halted)

    def values(self) -> Values:
        """Return the row that holds this head."""
        day = self.day.isoformat() if self.day else None
        row = (self.seq, self.head_hash, day, self.catalogue_version, self.halted)
        return dict(zip(_FIELDS, row, strict=True))
