"""Times and days as the tables keep them: whole milliseconds since 1970 in UTC, `YYYY-MM-DD`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """Return the milliseconds since 1970; what is finer is cut off."""
    return (at - _EPOCH) // _MILLISECOND


@lru_cache(maxsize=4096)
def from_ms(kept: int) -> datetime:
    """Return the time in UTC; those who wait are read again and again, so it is remembered."""
    return _EPOCH + timedelta(milliseconds=kept)


def maybe_ms(at: datetime | None) -> int | None:
    """Return the milliseconds since 1970, or None."""
    return None if at is None else (at - _EPOCH) // _MILLISECOND


def maybe_time(kept: int | None) -> datetime | None:
    """Return the time in UTC, or None."""
    return None if kept is None else from_ms(kept)
