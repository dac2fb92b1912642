"""Wishes of devices on a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from queue_server.storage.database import Database
from queue_server.usecases.records import Pairing

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def wish(code: str, after: int = 0) -> Pairing:
    """Return a wish that was made so many minutes after."""
    asked_at = NOW + timedelta(minutes=after)
    expires_at = asked_at + timedelta(minutes=10)
    return Pairing(code, f"hash of {code}", "pad", "192.0.2.7", asked_at, expires_at)


def test_a_wish_is_found_by_its_code_and_its_secret(database: Database) -> None:
    """It comes back whole, before and after its answer."""
    asked = wish("AAAA1111")
    with database.write() as work:
        work.pairings.add(asked)
    answered = replace(asked, state="approved", name="pad-1", hall=2, window=7)
    with database.write() as work:
        assert work.pairings.by_code("AAAA1111") == asked
        work.pairings.save(answered)
    with database.read() as work:
        assert work.pairings.by_secret("hash of AAAA1111") == answered
        assert work.pairings.by_code("BBBB2222") is None


def test_what_waits_is_told_in_order(database: Database) -> None:
    """The oldest first; what has its answer or has run out does not wait."""
    late, early, done, over = wish("A", 2), wish("B", 1), wish("C", 1), wish("D", -10)
    with database.write() as work:
        for one in (late, early, replace(done, state="refused"), over):
            work.pairings.add(one)
    with database.read() as work:
        assert list(work.pairings.waiting(NOW)) == [early, late]


def test_old_wishes_are_purged(database: Database) -> None:
    """Only those that ran out before the time given."""
    with database.write() as work:
        work.pairings.add(wish("A"))
        work.pairings.add(wish("B", 5))
        work.pairings.purge(NOW + timedelta(minutes=11))
    with database.read() as work:
        assert work.pairings.by_code("A") is None
        assert work.pairings.by_code("B") is not None
