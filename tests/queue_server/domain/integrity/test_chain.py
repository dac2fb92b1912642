"""R16: the log itself."""

from dataclasses import replace
from typing import Any

import pytest

from queue_server.domain import ledger
from queue_server.domain.integrity import chain
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.finding import CENTER
from tests.queue_server.domain.integrity.rule_log import SECOND, RuleLog, found


def a_log() -> RuleLog:
    """Return a short day."""
    log = RuleLog()
    log.window("opened", 0)
    log.issue("a", 1)
    log.serve("a", 5, 8)
    return log


def with_events(events: list[dict[str, Any]]) -> DayBook:
    """Return a day with these events as they are."""
    return replace(a_log().book(), events=tuple(events))


def forms(book: DayBook) -> set[str]:
    """Return which conditions hold."""
    assert all(one.subject == CENTER for one in found(chain.broken, book))
    return {one.form for one in found(chain.broken, book)}


def test_a_whole_log_is_not_found() -> None:
    """R16 says nothing of a log as it was written, with both its ends known."""
    book = a_log().book()
    last = book.events[-1]
    whole = replace(book, hash_after=ledger.seal(last, last["seq"], last["prev"]).hash)
    assert forms(whole) == set()


def test_a_stretch_from_the_middle_is_whole_too() -> None:
    """R16 takes the hash before the stretch from the log."""
    events = a_log().sealed()
    before = ledger.seal(events[1], 2, events[1]["prev"]).hash
    assert forms(replace(with_events(events[2:]), hash_before=before)) == set()
    assert forms(replace(with_events(events[2:]), hash_before="0" * 64)) == {"hash"}


@pytest.mark.parametrize("place", range(5))
def test_a_changed_event_is_found(place: int) -> None:
    """R16: whichever event says something else now, its neighbour or the kept hash tells."""
    events = a_log().sealed()
    last = ledger.seal(events[-1], events[-1]["seq"], events[-1]["prev"]).hash
    events[place] = events[place] | {"reason": "forged"}
    book = replace(with_events(events), hash_after=last)
    (one,) = found(chain.broken, book)
    assert one.form == "hash"
    assert events[place]["seq"] in one.seqs


def test_a_missing_event_is_found() -> None:
    """R16 names the events on both sides of the gap, and how many are missing."""
    events = a_log().sealed()
    book = with_events([*events[:2], *events[3:]])
    assert forms(book) == {"gap", "hash"}
    gap = next(one for one in found(chain.broken, book) if one.form == "gap")
    assert (gap.seqs, gap.cases[0].value) == ((2, 4), 1)


def test_a_clock_that_runs_back_is_found() -> None:
    """R16: by more than five seconds; five are let pass."""
    for seconds, expected in ((5, set()), (6, {"clock"})):
        log = RuleLog()
        log.issue("a", 10)
        log.issue("b", 10 - seconds * SECOND)
        assert forms(log.book()) == expected


def test_a_slow_drift_back_is_found_too() -> None:
    """R16 compares with the newest time so far, not with the neighbour's."""
    log = RuleLog()
    for number in range(4):
        log.issue(str(number), 10 - 3 * SECOND * number)
    assert forms(log.book()) == {"clock"}
