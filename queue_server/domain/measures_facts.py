"""What the figures are made of: counted facts, each at its spot, and times at windows.

A fact is told apart by what is known of its spot: service, window, clerk, category and the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

#: an event of the log, as it was written
Wire = Mapping[str, Any]
#: measure → how many, or how many milliseconds
Counts = Mapping[str, int]

MINUTE: Final = 60_000
#: waits are counted by begun minutes up to this; one more bin holds all that were longer
LONGEST_BIN: Final = 240
#: the key of visitors without a category
NO_CATEGORY: Final = "none"


class Spot(NamedTuple):
    """When and where something happened, and to whom."""

    #: milliseconds since 1970
    at: int
    window: int | None = None
    clerk: str | None = None
    service: str | None = None
    #: the letter on the slip: a ticket keeps it when it is sent to another service
    group: str | None = None
    category: str | None = None
    channel: str | None = None


class Fact(NamedTuple):
    """What counts once at a spot."""

    spot: Spot
    counts: Counts


class Span(NamedTuple):
    """A stretch of time that counts as `measure`, from its spot's instant on."""

    spot: Spot
    measure: str
    end: int


def instant(text: str) -> int:
    """Return the milliseconds since 1970 of a time of the wire."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def wait_bin(wait: int) -> int:
    """Return the begun minute that a wait (ms) ended in: bin k holds those over k − 1, up to k."""
    return min(-(-wait // MINUTE), LONGEST_BIN + 1)
