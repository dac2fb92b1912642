"""How numbers are made: a prefix letter and a count that starts at 1 each service day.

A kiosk holds a block of counts of its own, the same on every day and for every prefix, for when
the server cannot be reached. The center's counter steps over all such blocks, so no number is ever
given twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

#: letters that look and sound alike in Latin and Cyrillic
PREFIXES = "AEFGJKLMRTUV"

#: the first count of the first kiosk, and how many counts each kiosk gets
KIOSKS_FROM: Final = 500
BLOCK: Final = 500
_NUMBER: Final = re.compile(r"([A-Z])(\d{3,6})")


@dataclass(frozen=True, slots=True)
class Block:
    """Counts that only one kiosk gives out."""

    first: int
    last: int

    def __contains__(self, count: int) -> bool:
        """Whether the block holds a count."""
        return self.first <= count <= self.last


def number(prefix: str, count: int) -> str:
    """Return what is printed and called: `number("A", 42)` is `A042`.

    Past 999 it grows a digit: a busy day must not stop the tickets.
    """
    return f"{prefix}{count:03d}"


def parse(text: str) -> tuple[str, int] | None:
    """Return a number's prefix and count; None for anything else."""
    found = _NUMBER.fullmatch(text)
    return (found[1], int(found[2])) if found else None


def spans(prefix: str, counts: Iterable[int]) -> tuple[str, ...]:
    """Return which numbers counts in their order are: `A500`, or `A502-A505` for a run of them."""
    runs: list[tuple[int, int]] = []
    for count in counts:
        if runs and count == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], count
        else:
            runs.append((count, count))
    return tuple(
        "-".join(dict.fromkeys((number(prefix, first), number(prefix, last))))
        for first, last in runs
    )


def past(count: int, blocks: Iterable[Block]) -> int:
    """Return the count itself, or the first one after the kiosks' blocks that it falls into."""
    for block in sorted(blocks, key=lambda block: block.first):
        if count in block:
            count = block.last + 1
    return count


def grant(blocks: Iterable[Block], highest: int) -> Block:
    """Return a block for one more kiosk: no other's, and above the highest count of today."""
    taken = {block.first for block in blocks}
    first = KIOSKS_FROM
    while first in taken or first <= highest:
        first += BLOCK
    return Block(first, first + BLOCK - 1)
