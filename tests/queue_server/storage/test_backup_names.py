"""Backups in a folder: their names, and which of them may go."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.storage.backup_names import name, outworn, span, time_of
from queue_server.storage.errors import StorageError

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEEP = timedelta(days=14)
AGES = st.lists(st.integers(0, 60 * 24 * 30), min_size=1, max_size=200, unique=True)


def aged(minutes: int) -> str:
    """Return a backup of so many minutes ago."""
    return name("TAS", NOW - timedelta(minutes=minutes))


def test_a_name_says_its_center_and_its_time() -> None:
    """Whatever the center is called, it is one file in one folder."""
    assert name("TAS", NOW) == "navbat-TAS-20261123T120000Z.backup"
    assert time_of(name("a/b c", NOW)) == NOW
    assert "/" not in name("a/b", NOW)


@pytest.mark.parametrize("other", ["notes.txt", "navbat-TAS-2026.backup", "navbat.db", ""])
def test_what_is_not_ours_is_left_alone(other) -> None:
    """A folder may hold anything else."""
    assert time_of(other) is None
    assert outworn([other, aged(0)], NOW, KEEP) == frozenset()


def test_a_backup_every_quarter_of_an_hour_is_thinned() -> None:
    """Of the last three hours all, then one an hour for two days, then one a day for 14."""
    files = {aged(15 * n) for n in range(4 * 24 * 20)}
    left = files - outworn(files, NOW, KEEP)
    ages = sorted(NOW - time_of(each) for each in left)
    assert sum(age <= timedelta(hours=3) for age in ages) == 13
    assert sum(timedelta(hours=3) < age <= timedelta(hours=48) for age in ages) == 45
    assert ages[-1] <= KEEP
    assert sum(age > timedelta(hours=48) for age in ages) in {12, 13}


@given(AGES)
def test_the_newest_never_goes(ages) -> None:
    """However old all of them are, and however often it is asked."""
    files = [aged(minutes) for minutes in ages]
    gone = outworn(files, NOW, KEEP)
    assert aged(min(ages)) not in gone
    left = set(files) - gone
    assert outworn(left, NOW, KEEP) == frozenset()


@given(AGES)
def test_each_day_of_the_span_keeps_one(ages) -> None:
    """No day of which there was a backup is without one until it is too old."""
    files = {aged(minutes) for minutes in ages}
    left = files - outworn(files, NOW, KEEP)
    days = {time_of(each).date() for each in files if NOW - time_of(each) <= KEEP}
    assert {time_of(each).date() for each in left} >= days


def test_a_backup_of_the_future_is_kept() -> None:
    """A clock that was wrong loses nothing."""
    assert outworn([aged(-600), aged(0), aged(1)], NOW, KEEP) == frozenset()


def test_spans_are_written_shortly() -> None:
    """Hours, days, weeks; anything else is said."""
    assert (span("36h"), span("14d"), span("8w")) == (
        timedelta(hours=36), timedelta(days=14), timedelta(weeks=8)
    )  # fmt: skip
    for wrong in ("", "14", "d", "0d", "-1d", "2 d", "1y"):
        with pytest.raises(StorageError, match="write 36h, 14d or 8w"):
            span(wrong)
