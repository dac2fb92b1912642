"""A bag of counts: bags of any parts and days add up to those of their whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add
from typing import Final

from queue_server.domain.measures_facts import Counts, wait_bin

#: of these the larger counts, every other measure adds up
LARGEST: Final = "longest"


class Bag:
    """How often everything was, how long it took in all, and how the waits spread.

    It is added to in place: a year is the sum of tens of thousands.
    """

    __slots__ = ("counts", "waits")

    def __init__(
        self, counts: dict[str, int] | None = None, waits: list[int] | None = None
    ) -> None:
        """Take over what is given; nothing is an empty bag."""
        #: measure → how many, or milliseconds; `kind:name` where a measure names something
        self.counts: dict[str, int] = {} if counts is None else counts
        #: how many waits ended in each begun minute
        self.waits: list[int] = [] if waits is None else waits

    def __getitem__(self, measure: str) -> int:
        return self.counts.get(measure, 0)

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, Bag) and _told(self) == _told(other)
        return same and self.waits == other.waits  # type: ignore[attr-defined]

    __hash__ = None  # type: ignore[assignment] # it changes

    def add(self, more: Bag) -> None:
        """Add another bag's counts to these."""
        self._add(more.counts)
        shorter, longer = sorted((self.waits, more.waits), key=len)
        self.waits = [*map(add, shorter, longer), *longer[len(shorter) :]]

    def count(self, counts: Counts) -> None:
        """Count one fact; a wait in its begun minute too."""
        self._add(counts)
        if "wait_ms" in counts:
            minute = wait_bin(counts["wait_ms"])
            self.waits += [0] * (minute + 1 - len(self.waits))
            self.waits[minute] += 1

    def named(self, kind: str) -> Iterator[tuple[str, int]]:
        """Return (name, count) of the measures `kind:name`."""
        begin = f"{kind}:"
        return ((key[len(begin) :], n) for key, n in self.counts.items() if key.startswith(begin))

    def _add(self, counts: Counts) -> None:
        mine, largest = self.counts, self.counts.get(LARGEST, 0)
        for measure, count in counts.items():
            mine[measure] = mine.get(measure, 0) + count
        if LARGEST in counts:
            mine[LARGEST] = max(largest, counts[LARGEST])


def total(bags: Iterable[Bag]) -> Bag:
    """Return the sum of bags."""
    whole = Bag()
    for bag in bags:
        whole.add(bag)
    return whole


def _told(bag: Bag) -> dict[str, int]:
    return {measure: count for measure, count in bag.counts.items() if count}
