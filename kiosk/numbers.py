"""Which of the kiosk's own numbers comes next: pure, and never one twice on a service day.

The day changes by the true time only. While that is not known, numbers go on: a count that did not
start again harms nobody, a number that two people hold does.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, replace

from queue_server.contracts.devices import LeaseOut


@dataclass(frozen=True, slots=True)
class Numbers:
    """How far a lease's numbers are used on a day (YYYY-MM-DD), by prefix letter."""

    lease: str
    day: str
    last: Mapping[str, int]
    #: some of them were given out when nobody knew what day it was
    doubtful: bool = False


def first_of(lease: LeaseOut) -> Numbers:
    """Return the numbers as the server says that they are used."""
    return Numbers(lease.id, lease.day, dict(lease.used))


def told(numbers: Numbers, lease: LeaseOut) -> Numbers:
    """Return the numbers after the server's word: what either knows as used is used."""
    opened = on_day(numbers, lease.day)
    ours = {p: n for p, n in opened.last.items() if lease.first <= n <= lease.last}
    theirs = lease.used if lease.day == opened.day else {}
    last = {p: max(ours.get(p, 0), theirs.get(p, 0)) for p in {*ours, *theirs}}
    return replace(opened, lease=lease.id, last=last)


def on_day(numbers: Numbers, day: str) -> Numbers:
    """Return the numbers on a day that is certain; days only move forward.

    Numbers given out in doubt may belong to the new day: then they go on.
    """
    if day < numbers.day:
        return numbers
    last = numbers.last if day == numbers.day or numbers.doubtful else {}
    return replace(numbers, day=day, last=last, doubtful=False)


def following(numbers: Numbers, lease: LeaseOut, prefix: str) -> int | None:
    """Return the next number of a prefix; None where all are used."""
    number = max(lease.first, numbers.last.get(prefix, 0) + 1)
    return number if number <= lease.last else None


def given(numbers: Numbers, prefix: str, number: int, *, certain: bool) -> Numbers:
    """Return the numbers after one was given out, on a certain day or not."""
    last = {**numbers.last, prefix: number}
    return replace(numbers, last=last, doubtful=numbers.doubtful or not certain)


def passed_over(numbers: Numbers, lease: LeaseOut, lost: int) -> Numbers:
    """Return the numbers after so many notes of them were lost: each may have used any prefix."""
    if not lost:
        return numbers
    letters = string.ascii_uppercase
    floor = lease.first - 1
    return replace(numbers, last={p: max(numbers.last.get(p, 0), floor) + lost for p in letters})


def written(prefix: str, number: int) -> str:
    """Return a number as it is printed and called: `A500`."""
    return f"{prefix}{number:03}"
