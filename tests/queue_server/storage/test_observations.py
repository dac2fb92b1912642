"""What days have taught, on both databases."""

from datetime import date, timedelta

from queue_server.storage.database import Database
from tests.factories import DAY

NEXT = DAY + timedelta(days=1)


def test_a_days_body_takes_the_place_of_the_one_before(database: Database) -> None:
    """A day that late events have changed is kept anew."""
    with database.write() as work:
        work.observations.put(DAY, "old")
        work.observations.put(NEXT, "next")
        work.observations.put(DAY, "new")
    with database.read() as work:
        assert work.observations.between(DAY, NEXT) == {DAY: "new", NEXT: "next"}


def test_a_period_holds_both_its_ends(database: Database) -> None:
    """The first and the last day are within, their neighbours are not; they come in order."""
    days = [DAY + timedelta(days=n) for n in range(4)]
    with database.write() as work:
        for day in reversed(days):
            work.observations.put(day, f"{day}")
    with database.read() as work:
        assert list(work.observations.between(days[1], days[2])) == days[1:3]
        assert work.observations.days(days[1], days[2]) == {*days[1:3]}
        assert work.observations.days(date(2020, 1, 1), date(2020, 1, 2)) == frozenset()
