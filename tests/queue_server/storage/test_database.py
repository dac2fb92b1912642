import threading
from contextlib import closing

import pytest
from sqlalchemy import inspect

from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from queue_server.storage.migrations import Schema
from queue_server.storage.sqlite import APPLICATION
from tests.factories import DAY, a_ticket
from tests.queue_server.storage.conftest import parse
from tests.queue_server.storage.test_event_log import an_event
from tests.queue_server.storage.undoing import undone


def test_what_a_transaction_did_is_there_for_the_next_process(database, open_database):
    """After the block every process sees it all: ticket, day, log."""
    with database.write() as work:
        work.open_day(DAY)
        work.tickets.add(a_ticket())
        work.log.append(an_event())
    with open_database().read() as work:
        assert (work.day, work.seq) == (DAY, 1)
        assert work.tickets.get("t1") == a_ticket()


def test_an_error_takes_everything_back(database):
    """A transaction that fails leaves nothing: no ticket, no day, no event."""
    with undone(database) as work:
        work.open_day(DAY)
        work.tickets.add(a_ticket())
        work.log.append(an_event())
    with database.read() as work:
        assert (work.day, work.seq) == (None, 0)
        assert work.tickets.get("t1") is None


def test_news_is_told_after_a_commit_that_appended(open_database):
    """Whoever asked for news hears the newest seq, and only of events that are there."""
    told = []
    database = open_database(told.append, lambda seq: told.append(-seq))
    with database.write() as work:
        work.open_day(DAY)
    with undone(database) as work:
        work.log.append(an_event())
    with database.write() as work:
        work.log.append(an_event())
        work.log.append(an_event())
        assert told == []
    assert told == [2, -2]


def test_news_may_write_again(open_database):
    """The turn has been handed over before news is told, so who hears it may write."""
    answered = []

    def answer(seq):
        if seq == 1:
            with database.write() as work:
                answered.append(work.log.append(an_event()))

    database = open_database(answer)
    with database.write() as work:
        work.log.append(an_event())
    assert answered == [2]


def test_a_snapshot_does_not_change_while_one_looks(database):
    """A reader sees the center as it was when it first looked, whatever is committed then."""
    with database.read() as before:
        with database.write() as work:
            work.tickets.add(a_ticket())
            work.log.append(an_event())
        assert before.seq == 0
        assert before.log.after(0, 9) == []
        assert before.tickets.get("t1") is None
    with database.read() as after:
        assert after.tickets.get("t1") is not None


def test_a_reader_never_waits_for_a_writer(database):
    """In the middle of another's transaction a reader sees what was before it."""
    with database.write() as work:
        work.tickets.add(a_ticket())
        with database.read() as reader:
            assert reader.tickets.get("t1") is None


def test_a_reader_cannot_write(database):
    """What is opened for reading refuses to write, by itself."""
    with pytest.raises(StorageError), database.read() as work:
        work.tickets.add(a_ticket())
    with database.read() as work:
        assert work.tickets.get("t1") is None


def test_two_transactions_in_one_thread_are_a_mistake(database):
    """A transaction inside another would wait for itself; it is refused at once."""
    with pytest.raises(RuntimeError), database.write(), database.write():
        pass


def test_a_transaction_over_is_over(database):
    """After its block a unit of work answers nothing any more."""
    with database.write() as work:
        pass
    with pytest.raises(AttributeError):
        work.tickets.get("t1")


def test_two_processes_take_turns(database, open_database):
    """A second process waits for the first one's transaction and goes on from its events."""
    other, begun = open_database(), threading.Event()
    seqs = []

    def append():
        begun.set()
        with other.write() as work:
            seqs.append(work.log.append(an_event()))

    with database.write() as work:
        thread = threading.Thread(target=append)
        thread.start()
        begun.wait()
        seqs.append(work.log.append(an_event()))
    thread.join()
    assert seqs == [1, 2]


def test_events_of_another_process_are_noticed(database, open_database):
    """A watcher wakes for another process's events, and not for its own."""
    stop, woken = threading.Event(), threading.Semaphore(0)
    other = open_database()
    with database.write() as work:
        work.log.append(an_event())

    def watch():
        for _ in database.watch(stop):
            woken.release()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        assert not woken.acquire(timeout=0.1)
        with other.write() as work:
            work.log.append(an_event())
        assert woken.acquire(timeout=30)
    finally:
        stop.set()
        thread.join()


def test_the_tables_are_those_of_this_program(database):
    """A database made by this program says so, and a second upgrade changes nothing."""
    assert database.schema() is Schema.CURRENT
    database.upgrade()
    assert database.schema() is Schema.CURRENT


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("nonsense", "is not an address"),
        ("sqlite://", "names neither a file"),
        ("mysql://here/there", "names neither a file"),
        ("sqlite:////proc/nowhere/navbat.db", "must be a folder that this user may write to"),
        ("postgresql://nobody@/nothing?host=/nowhere", "does not answer"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_sentence(url, because):
    """An address that leads nowhere is one plain sentence."""
    with pytest.raises(StorageError, match=because) as said:
        Database(url, parse=parse)
    assert str(said.value).endswith(".")
    assert "\n" not in str(said.value)


def test_a_newer_schema_is_left_alone(url, engine):
    """A database of a later program is refused before anything is read or written."""
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer Navbat"):
        Database(url, parse=parse)


def test_a_failed_upgrade_leaves_nothing_half_done(kind, tmp_path, request):
    """Tables that stand in the way stop an upgrade as a whole."""
    url, mark = f"sqlite:///{tmp_path / 'new.db'}", f"PRAGMA application_id = {APPLICATION}"
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        server.run("CREATE DATABASE half")
        url, mark = server.url("half"), "SELECT 1"
    with closing(Database(url, parse=parse)) as database:
        engine = database._backend.engine
        with engine.begin() as connection:
            connection.exec_driver_sql(mark)
            connection.exec_driver_sql("CREATE TABLE replies (a TEXT)")
        with pytest.raises(StorageError, match="replies"):
            database.upgrade()
        assert database.schema() is Schema.OLDER
        assert inspect(engine).get_table_names() == ["replies"]
    if kind == "postgresql":
        server.run("DROP DATABASE half WITH (FORCE)")
