"""What the integrity rules leave: alerts, what was written on them, digests of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from queue_server.domain.integrity.alert import Alert, Wanted, Word
from queue_server.domain.integrity.digest import Digest


class Alerts(Protocol):
    """The alerts of every day."""

    def get(self, alert_id: str) -> Alert | None:
        """Return an alert."""
        ...

    def put(self, alert: Alert) -> None:
        """Keep a new alert, or the next value of one."""
        ...

    def find(self, wanted: Wanted, limit: int) -> Sequence[Alert]:
        """Return alerts, those of the newest day first."""
        ...

    def counts(self, hidden_from: str) -> Mapping[tuple[str, str], int]:
        """Return how many alerts there are by (state, rule), without those hidden from somebody."""
        ...

    def add_word(self, word: Word) -> Word:
        """Keep what somebody wrote and return it with its id."""
        ...

    def words(self, alert_ids: Iterable[str]) -> Mapping[str, Sequence[Word]]:
        """Return what was written on alerts, the oldest first."""
        ...

    def digests(self, first: date, last: date) -> Sequence[Digest]:
        """Return the digests of a period, both ends included, in order."""
        ...

    def looked_at(self, first: date, last: date) -> Mapping[date, int]:
        """Return up to which event each day of a period was looked at."""
        ...

    def put_digest(self, day: date, closed_seq: int, digest: Digest) -> None:
        """Keep what a day leaves, in place of what was kept before."""
        ...
