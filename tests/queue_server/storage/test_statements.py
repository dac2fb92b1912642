import pytest
from sqlalchemy import Integer, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import IS_WAITING, numbers, tickets


def test_a_statement_is_arranged_for_each_driver():
    """SQLite takes arguments by position, however often one is named; PostgreSQL by name."""
    count, day = numbers.c.count == argument("count", Integer()), numbers.c.day == argument("day")
    statement = Statement(select(numbers.c.prefix).where(count, day))
    values = {"day": "2026-11-23", "count": 7, "more": "than asked for"}
    assert statement.on(sqlite.dialect())[1](values) == (7, "2026-11-23")
    assert statement.on(psycopg.dialect())[1](values) is values


def test_one_argument_and_none_are_arranged_too():
    """A statement with a single argument gets a row of one, one without gets none."""
    one = Statement(select(numbers.c.prefix).where(numbers.c.day == argument("day")))
    assert one.on(sqlite.dialect())[1]({"day": "d"}) == ("d",)
    assert Statement(select(numbers.c.day)).on(sqlite.dialect())[1]({}) == ()


@pytest.mark.parametrize("dialect", [sqlite.dialect(), psycopg.dialect()])
def test_states_stand_in_the_text(dialect):
    """A state is written into the statement: only so a partial index serves it."""
    text, _ = Statement(select(tickets.c.id).where(IS_WAITING)).on(dialect)
    assert "state = 'waiting'" in text


def test_a_hidden_constant_is_a_mistake():
    """A constant that SQLAlchemy would pass as an argument is refused, by name."""
    with pytest.raises(ValueError, match="not written into the statement"):
        Statement(select(numbers.c.day).where(numbers.c.count == 7)).on(sqlite.dialect())
