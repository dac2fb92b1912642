"""Alerts of every kind for the pages' tests, as the rules would have found them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from queue_server.domain.integrity.finding import (
    CENTER,
    Case,
    Evidence,
    Finding,
    Mark,
    Subject,
)

DAY: Final = "2026-11-20"
_AT: Final = round(datetime(2026, 11, 20, 6, 12, 40, tzinfo=UTC).timestamp() * 1000)
#: one clerk's calls in order, two of them out of it
STRIP: Final = tuple(Mark(f"A{n:03}", marked=n in (17, 21)) for n in range(10, 31))
CLERK, KIOSK = Subject("person", "clerk3"), Subject("device", "kiosk-1")


def cases(count: int, value: float | None = 3, number: int = 17) -> tuple[Case, ...]:
    """Return so many cases at window 3."""
    return tuple(
        Case(_AT + 240_000 * n, (n + 1, n + 3), f"A{number + 4 * n:03}", 3, value)
        for n in range(count)
    )


def found(
    rule: str,
    form: str,
    evidence: Evidence,
    about: Subject = CLERK,
    value: float | None = 3,
    strip: tuple[Mark, ...] = (),
) -> Finding:
    """Return one finding."""
    return Finding(rule, DAY, about, evidence, cases(3, value), form, strip)


#: every rule in every form that it has
ALL: Final[Sequence[Finding]] = (
    found("R1", "", Evidence(2, 1, 0, 54), strip=STRIP),
    found("R2", "", Evidence(0.118, 0.05, 0.009, 51, "share"), strip=STRIP),
    found("R3", "mean", Evidence(31, 22.4, 11.8, 46), Subject("person", "receptionist"), None),
    found("R3", "share", Evidence(0.17, 0.15, None, 412, "share"), value=None),
    found("R4", "", Evidence(3, 1, 0, 12), value=74),
    found("R5", "", Evidence(6, 4, 0, 30), value=None),
    found("R6", "", Evidence(2, 1, 0, 54), value=5, strip=STRIP),
    found("R7", "share", Evidence(12, 9, 2.6, 52), value=41),
    found("R8", "", Evidence(3, 1, 0, 54), value=9, strip=STRIP),
    found("R9", "burst", Evidence(7, 5, None, 11), value=None),
    found("R9", "share", Evidence(0.128, 0.1, None, 390, "share"), value=None),
    found("R10", "early", Evidence(12, 30, None, 2, "seconds"), value=12),
    found("R10", "rate", Evidence(0.23, 0.144, 0.048, 61, "share"), value=None),
    found("R11", "", Evidence(0.75, 0.5, 0.05, 8, "share"), KIOSK, 1),
    found("R12", "burst", Evidence(4, 3, None, 61), KIOSK, None),
    found("R12", "unfinished", Evidence(1, 1, 0, 61), CENTER, None),
    found("R13", "hour", Evidence(84.2, 60, None, 1, "minutes"), value=84.2),
    found("R13", "share", Evidence(5, 4, 0.5, 48), value=2400),
    found("R14", "", Evidence(23.4, 10, None, 2, "minutes"), value=23.4),
    found("R15", "", Evidence(5, 4, 0, 48), value=None),
    found("R16", "clock", Evidence(14.2, 5, 0, 4120, "seconds"), CENTER, 14.2),
    found("R16", "gap", Evidence(1, 1, 0, 4120), CENTER, 1),
    found("R16", "hash", Evidence(1, 1, 0, 4120), CENTER, None),
    found("R17", "hours", Evidence(14, 1, 0, 220), value=None),
    found("R17", "windows", Evidence(2, 2, 1, 1), value=None),
    found("R18", "", Evidence(2, 1, 0, 44), value=None),
    found("R19", "", Evidence(6, 3, 0.9, 14), value=None, strip=STRIP),
)
