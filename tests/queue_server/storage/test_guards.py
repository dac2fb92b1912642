from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from queue_server.domain.ticket import State
from queue_server.storage.tables import (
    catalogues,
    center,
    events,
    metadata,
    numbers,
    replies,
    shifts,
    stays,
    tickets,
)
from queue_server.storage.ticket_rows import to_values
from queue_server.usecases.records import StoredReply
from tests.factories import a_shift, a_ticket, a_ticket_in, at
from tests.queue_server.storage.test_event_log import an_event


@pytest.fixture
def bypass(database, engine):
    """A connection past every repository, on a center with a row in each table."""
    with database.write() as work:
        work.tickets.add(a_ticket())
        work.shifts.add(a_shift())
        work.log.append(an_event())
        work.catalogues.add({"code": "ONE"}, "admin", at(0))
        work.replies.add(StoredReply("ann", "k", "sha", 200, "", at(0)))
        work.numbers.next(a_ticket().day, "A")
    with engine.connect() as connection:
        yield connection


def refused(bypass, statement, *, because: str) -> None:
    """Run a statement that the database must refuse, with these words in what it says."""
    with pytest.raises(DBAPIError) as said:
        bypass.execute(statement)
    assert because in str(said.value.orig)
    bypass.rollback()


@pytest.mark.parametrize("table", ["events", "stays", "catalogues"])
def test_history_is_appended_to_and_nothing_else(bypass, table):
    """Rows of history are neither changed nor removed, by whatever program."""
    told = f"{table} never loses what it holds"
    rows = metadata.tables[table]
    column = next(c for c in rows.columns if not c.primary_key and c.name != "window")
    refused(bypass, update(rows).values({column: column}), because=told)
    refused(bypass, delete(rows), because=told)


@pytest.mark.parametrize("table", ["tickets", "shifts"])
def test_tickets_and_shifts_change_but_never_go(bypass, table):
    """A ticket or a shift can be changed but not removed."""
    rows = metadata.tables[table]
    assert bypass.execute(update(rows).values(clerk="bek")).rowcount == 1
    refused(bypass, delete(rows), because=f"{table} never loses what it holds")


@pytest.mark.parametrize("kind", ["sqlite"])
def test_nothing_is_replaced_in_passing(bypass):
    """SQLite's INSERT OR REPLACE, which removes what stands in its way, is refused too."""
    with pytest.raises(DBAPIError, match="events never loses"):
        bypass.exec_driver_sql("REPLACE INTO events (seq, body, hash) VALUES (1, '', '')")


@pytest.mark.parametrize("kind", ["postgresql"])
def test_no_table_is_emptied_at_a_stroke(bypass):
    """PostgreSQL's TRUNCATE, which no row's trigger sees, is refused too."""
    with pytest.raises(DBAPIError, match="events never loses"):
        bypass.exec_driver_sql("TRUNCATE events")


def a_row(**changes):
    """Return another ticket as a row."""
    return to_values(a_ticket(**({"serial": 2} | changes)))


def test_a_number_of_a_day_is_unique(bypass):
    """The database refuses a second A001 on one day."""
    refused(bypass, insert(tickets).values(a_row(count=1)), because="tickets")


def test_a_number_counts_from_one(bypass):
    """There is no ticket number 0."""
    refused(bypass, insert(tickets).values(a_row(count=0)), because="tickets_count_ck")


def test_a_state_is_one_of_the_table_of_states(bypass):
    """A word that is no state cannot be kept."""
    row = a_row() | {"state": "lost"}
    refused(bypass, insert(tickets).values(row), because="tickets_state_ck")


@pytest.mark.parametrize("state", [State.CALLED, State.SERVING])
def test_who_is_at_a_window_has_a_window(bypass, state):
    """A called or serving ticket without a window cannot be kept: it would pass the next rule."""
    row = a_row(state=state, window=None)
    refused(bypass, insert(tickets).values(row), because="tickets_at_window_ck")


def test_a_window_has_one_ticket(bypass):
    """Of a called and a serving ticket at one window the second is refused."""
    bypass.execute(insert(tickets).values(a_row(state=State.CALLED, window=3)))
    bypass.commit()
    row = a_row(serial=3, state=State.SERVING, window=3)
    refused(bypass, insert(tickets).values(row), because="window")


@pytest.mark.parametrize("changed", [{"window": 4}, {"clerk": "bek"}])
def test_one_open_shift_for_a_window_and_for_a_clerk(bypass, changed):
    """A second open shift of the same clerk, or at the same window, is refused."""
    row = {"window": 3, "clerk": "ann", "opened_at": 0, "streak": 0} | changed
    refused(bypass, insert(shifts).values(row), because="shifts")


def test_a_key_is_answered_once(bypass):
    """A second answer under one actor's key is refused."""
    row = {"actor": "ann", "key": "k", "request": "", "status": 200, "body": "", "at": 0}
    refused(bypass, insert(replies).values(row), because="replies")


def test_a_seq_is_given_once(bypass):
    """A second event with the same seq is refused."""
    refused(bypass, insert(events).values(seq=1, body="", hash=""), because="events")


def test_a_stay_belongs_to_a_ticket(bypass):
    """A stay of nobody is refused."""
    row = {"ticket_id": "nobody", "n": 1, "state": "waiting", "since": 0, "service": "A01"}
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        bypass.execute(insert(stays).values(row))


def test_there_is_one_center(bypass):
    """The center's row is the only one of its table."""
    row = {"seq": 0, "hash": "", "catalogue_version": 0}
    refused(bypass, insert(center).values(id=2, **row), because="center_one_row_ck")


def test_a_day_has_one_counter_for_a_prefix(bypass):
    """A second counter for the same letters of one day is refused."""
    row = {"day": a_ticket().day.isoformat(), "prefix": "A", "count": 1}
    refused(bypass, insert(numbers).values(row), because="numbers")


def test_a_catalogue_version_is_given_once(bypass):
    """A second catalogue of the same version is refused."""
    row = {"version": 1, "document": "{}", "by": "admin", "at": 0}
    refused(bypass, insert(catalogues).values(row), because="catalogues")


def test_an_ended_ticket_frees_its_window(database):
    """The rule of one ticket at a window looks at what is open only."""
    with database.write() as work:
        for serial in (1, 2, 3):
            ended = replace(a_ticket_in(State.FINISHED, serial=serial), window=3)
            work.tickets.add(ended)
        work.tickets.add(a_ticket(serial=4, state=State.CALLED, window=3))
        assert work.tickets.in_hand(3).id == "t4"
