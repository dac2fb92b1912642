"""What has happened: the log, its days and figures, its readers, answers once given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from queue_server.contracts.messages import EventBase
from queue_server.domain.checkpoint import Kept
from queue_server.domain.ledger import Sealed
from queue_server.usecases.records import FigureRow, ServiceDay, StoredReply


class Log(Protocol):
    """The hash-chained event log."""

    def append(self, event: EventBase) -> int:
        """Chain the event to the log and return its seq."""
        ...

    def after(self, seq: int, limit: int) -> Sequence[dict[str, Any]]:
        """Return events in wire form, in order."""
        ...

    def of_ticket(self, ticket_id: str) -> Sequence[dict[str, Any]]:
        """Return everything that happened to a ticket, in wire form, in order."""
        ...

    def between(self, first_seq: int, last_seq: int) -> Iterator[dict[str, Any]]:
        """Yield a stretch of the log, both ends included."""
        ...

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of an event."""
        ...

    def sealed(self, after: int = 0) -> Iterable[Sealed]:
        """Return the log past a seq as it stands, for verification."""
        ...


class Checkpoints(Protocol):
    """Places in the log that the center has signed, and what devices brought back against it."""

    def add(self, kept: Kept) -> None:
        """Keep a checkpoint."""
        ...

    def own(self, after: int = 0) -> Sequence[Kept]:
        """Return the center's own checkpoints past a seq, in order."""
        ...

    def newest(self) -> Kept | None:
        """Return the center's own last checkpoint."""
        ...

    def opposed(self) -> Sequence[Kept]:
        """Return those that devices brought back against the log, in order."""
        ...

    def accept(self, at: str) -> int:
        """Note when somebody answered for every open contradiction; return how many there were."""
        ...


class Days(Protocol):
    """Service days, each a stretch of the log."""

    def add(self, day: date, first_seq: int) -> None:
        """Begin a day with this event."""
        ...

    def close(self, day: date, closed_seq: int | None) -> None:
        """End a day with this event, or with None let it go on."""
        ...

    def get(self, day: date) -> ServiceDay | None:
        """Return the day."""
        ...

    def between(self, first: date, last: date) -> Sequence[ServiceDay]:
        """Return the days of a period, both ends included, in order."""
        ...

    def newest_close(self) -> int | None:
        """Return where the log last closed a day; None before the first time."""
        ...


class FigureRows(Protocol):
    """The figures of days that are over."""

    def put_all(self, day: date, rows: Iterable[FigureRow]) -> None:
        """Keep a day's figures in place of those kept before."""
        ...

    def of(self, first: date, last: date, dimension: str) -> Sequence[FigureRow]:
        """Return a period's figures of one dimension, both ends included."""
        ...

    def between(self, first: date, last: date) -> Sequence[FigureRow]:
        """Return a period's figures of every dimension, both ends included."""
        ...

    def days(self, first: date, last: date) -> frozenset[date]:
        """Return the days of a period whose figures are kept."""
        ...


class Observed(Protocol):
    """What days that are over have taught."""

    def put(self, day: date, body: str) -> None:
        """Keep what a day has taught in place of what was kept before."""
        ...

    def days(self, first: date, last: date) -> frozenset[date]:
        """Return a period's days that have taught something, both ends included."""
        ...

    def between(self, first: date, last: date) -> Mapping[date, str]:
        """Return day → body of a period's days that have any, both ends included, in order."""
        ...


class Cursors(Protocol):
    """How far each reader of the log has come."""

    def get(self, sink: str) -> int | None:
        """Return the last seq that a reader is done with; None for one never seen."""
        ...

    def put(self, sink: str, seq: int) -> None:
        """Keep how far a reader has come."""
        ...


class Replies(Protocol):
    """Answers by idempotency key."""

    def get(self, actor: str, key: str) -> StoredReply | None:
        """Return the answer given under this key."""
        ...

    def add(self, reply: StoredReply) -> None:
        """Keep an answer."""
        ...
