"""R1, R2, R6: calls against the order of the hall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from queue_server.domain.integrity.day_book import SECOND, DayBook
from queue_server.domain.integrity.finding import (
    Case,
    Evidence,
    Finding,
    Subject,
    case,
    cases,
    strip,
)
from queue_server.domain.integrity.reading import Deed, Slip

#: domain.md §9, R2: beyond this share of the own calls, and at least so many a day
PICKED_SHARE: Final = 0.05
PICKED_LEAST: Final = 5
#: domain.md §9, R6: called sooner than this after the issue, while so many with a right wait
SOON: Final = 20 * SECOND
OTHERS: Final = 3


def unexplained(book: DayBook) -> Iterator[Finding]:
    """R1: a ticket that was not the next one was called without a reason."""
    for clerk, calls in book.calls.items():
        bare = [call for call in calls if call.rank > 1 and not call.reason]
        if bare:
            yield _finding("R1", book, clerk, _picked(bare), Evidence(len(bare), 1, 0, len(calls)))


def picked(book: DayBook) -> Iterator[Finding]:
    """R2: a clerk calls out of order more often than 5 % of the own calls, at least 5 a day."""
    for clerk, calls in book.calls.items():
        out = [call for call in calls if call.rank > 1]
        share = len(out) / len(calls)
        if len(out) >= PICKED_LEAST and share > PICKED_SHARE:
            expected = _share_of_others(book, clerk)
            evidence = Evidence(share, PICKED_SHARE, expected, len(calls), "share")
            yield _finding("R2", book, clerk, _picked(out), evidence)


def at_once(book: DayBook) -> Iterator[Finding]:
    """R6: called within 20 s of the issue while three of the same or a higher right wait."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    waiting: dict[str, Slip] = {}
    for deed in book.deeds:
        slip = deed.slip
        if slip is None:
            continue
        if deed.kind == "ticket_called" and 0 <= deed.at - slip.issued_at < SOON:
            before = [each for each in waiting.values() if _goes_first(book, each, deed)]
            if len(before) >= OTHERS and deed.server:
                found[deed.server].append(case(deed, value=len(before)))
        if slip.state == "waiting":
            waiting[slip.id] = slip
        else:
            waiting.pop(slip.id, None)
    for clerk, each in found.items():
        evidence = Evidence(len(each), 1, 0, len(book.calls[clerk]))
        yield _finding("R6", book, clerk, each, evidence)


def _goes_first(book: DayBook, other: Slip, call: Deed) -> bool:
    """Whether somebody who waits had at least the right of the one called, at the same window."""
    slip = call.slip
    assert slip is not None
    if other.id == slip.id or other.service != slip.service or other.place != "queue":
        return False
    if not other.needs <= slip.needs or other.not_before > call.at:
        return False
    window = book.catalogue.windows_by_number.get(call.window or 0)
    speaks = window is None or not window.languages or other.language in window.languages
    # with a cap an ordinary ticket is called in its turn although statutory ones wait
    capped = book.catalogue.rules.statutory_cap is not None
    right = other.statutory == slip.statutory if capped else other.statutory >= slip.statutory
    return speaks and right and other.order_key <= slip.order_key


def _share_of_others(book: DayBook, clerk: str) -> float | None:
    """Return the share of calls out of order at all other windows; None without any call."""
    others: Mapping[str, Sequence[Deed]] = {c: d for c, d in book.calls.items() if c != clerk}
    calls = [call for each in others.values() for call in each]
    return sum(call.rank > 1 for call in calls) / len(calls) if calls else None


def _picked(calls: Sequence[Deed]) -> list[Case]:
    return [case(call, value=call.rank) for call in calls]


def _finding(
    rule: str, book: DayBook, clerk: str, found: Sequence[Case], evidence: Evidence
) -> Finding:
    marked = {seq for each in found for seq in each.seqs}
    return Finding(
        rule=rule,
        day=book.day,
        subject=Subject("person", clerk),
        evidence=evidence,
        cases=cases(found),
        strip=strip(book.calls[clerk], marked),
    )
