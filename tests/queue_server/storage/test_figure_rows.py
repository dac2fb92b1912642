"""The figures of days that are over, on both databases."""

from datetime import date, timedelta

from queue_server.storage.database import Database
from queue_server.usecases.records import FigureRow
from tests.factories import DAY

NEXT = DAY + timedelta(days=1)


def row(day: date = DAY, dimension: str = "service", key: str = "A01", body: str = "1"):
    """Return a row."""
    return FigureRow(day, dimension, key, body)


def test_a_days_rows_take_the_place_of_those_before(database: Database) -> None:
    """Rolled up again, a day has its new rows alone, and other days have theirs."""
    with database.write() as work:
        work.figure_rows.put_all(DAY, [row(), row(key="A02")])
        work.figure_rows.put_all(NEXT, [row(NEXT)])
        work.figure_rows.put_all(DAY, [row(body="2")])
    with database.read() as work:
        assert work.figure_rows.between(DAY, NEXT) == [row(body="2"), row(NEXT)]


def test_a_day_without_anything_loses_its_rows(database: Database) -> None:
    """No rows are rows too."""
    with database.write() as work:
        work.figure_rows.put_all(DAY, [row()])
        work.figure_rows.put_all(DAY, [])
        assert work.figure_rows.days(DAY, NEXT) == frozenset()


def test_a_period_holds_both_its_ends(database: Database) -> None:
    """The first and the last day are within, their neighbours are not."""
    days = [DAY + timedelta(days=n) for n in range(4)]
    with database.write() as work:
        for day in days:
            work.figure_rows.put_all(day, [row(day), row(day, "group", "A")])
    with database.read() as work:
        assert work.figure_rows.days(days[1], days[2]) == {days[1], days[2]}
        assert work.figure_rows.of(days[1], days[2], "group") == [
            row(days[1], "group", "A"),
            row(days[2], "group", "A"),
        ]
