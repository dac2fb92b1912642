"""R16: the log itself: its times, its sequence, its hashes.

Other rules read what the log says; this one asks whether it is still what was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from queue_server.domain import ledger
from queue_server.domain.integrity.day_book import SECOND, DayBook
from queue_server.domain.integrity.finding import CENTER, Case, Evidence, Finding, cases
from queue_server.domain.integrity.reading import read

#: domain.md §9, R16
BACK: Final = 5 * SECOND


def broken(book: DayBook) -> Iterator[Finding]:
    """R16: time runs back by more than 5 s, a seq is missing, or a hash does not hold."""
    back, n = _back(book), len(book.events)
    if back:
        most = max(each.value or 0 for each in back)
        evidence = Evidence(most, BACK / SECOND, 0, n, "seconds")
        yield Finding("R16", book.day, CENTER, evidence, cases(back), "clock")
    for form, found in (("gap", _gaps(book)), ("hash", _unchained(book))):
        if found:
            yield Finding(
                "R16", book.day, CENTER, Evidence(len(found), 1, 0, n), cases(found), form
            )


def _back(book: DayBook) -> list[Case]:
    """Return where an event is older than an earlier one."""
    found, newest = [], None
    for deed in book.deeds:
        if newest is not None and newest.at - deed.at > BACK:
            back = (newest.at - deed.at) / SECOND
            found.append(Case(deed.at, (newest.seq, deed.seq), value=back))
        if newest is None or deed.at > newest.at:
            newest = deed
    return found


def _gaps(book: DayBook) -> list[Case]:
    """Return where a seq does not follow the one before, and what cannot be read at all."""
    found, last = [], None
    for event in book.events:
        seq = _seq(event)
        if last is not None and seq != last + 1:
            found.append(Case(_at(event), (last, seq), value=seq - last - 1))
        last = seq
    return found


def _unchained(book: DayBook) -> list[Case]:
    """Return the events whose `prev` is not the hash of the event before, as it is now."""
    found, prev, last = [], book.hash_before, 0
    for event in book.events:
        seq = _seq(event)
        said = event.get("prev") if isinstance(event, Mapping) else None
        expected = ledger.GENESIS if seq == 1 else prev
        if expected is not None and said != expected:
            found.append(Case(_at(event), (last, seq) if last else (seq,)))
        prev, last = _hash(event), seq
    if book.hash_after is not None and last and prev != book.hash_after:
        found.append(Case(_at(book.events[-1]), (last,)))
    return found


def _seq(event: Any) -> int:
    seq = event.get("seq") if isinstance(event, Mapping) else None
    return seq if isinstance(seq, int) else 0


def _at(event: Any) -> int:
    deed = read(event)
    return deed.at if deed is not None else 0


def _hash(event: Any) -> str | None:
    """Return the hash of an event as it stands; None of what is no event."""
    if not isinstance(event, Mapping):
        return None
    try:
        return ledger.seal(event, _seq(event), str(event.get("prev"))).hash
    except (TypeError, ValueError):
        return None
