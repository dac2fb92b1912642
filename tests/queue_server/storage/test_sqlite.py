import sqlite3
import threading
from contextlib import ExitStack

import pytest
from pysqlite3 import dbapi2

from queue_server.storage import sqlite
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from tests.factories import a_ticket
from tests.queue_server.storage.conftest import parse
from tests.queue_server.storage.test_event_log import an_event


@pytest.fixture
def file(sqlite_url):
    """An open database in a file."""
    database = Database(sqlite_url, parse=parse)
    yield database
    database.close()


def says(connection, name):
    """Return what a PRAGMA says."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_keeps_its_promises(file):
    """Writer and readers alike: WAL, FULL, foreign keys, no mmap, patience with others."""
    with file._backend.snapshot() as reader:
        for connection in (file._backend._writer, reader):
            assert says(connection, "journal_mode") == "wal"
            assert says(connection, "synchronous") == 2
            assert says(connection, "foreign_keys") == 1
            assert says(connection, "mmap_size") == 0
            assert says(connection, "busy_timeout") == 5000
        assert says(reader, "query_only") == 1
    assert says(file._backend._writer, "query_only") == 0


def test_a_setting_that_does_not_stick_is_refused():
    """A PRAGMA that says something else afterwards stops the start, in one sentence."""
    connection = dbapi2.connect(":memory:")
    with pytest.raises(StorageError, match=r"did not take journal_mode=wal but says memory"):
        sqlite.set_and_read_back(connection, {"journal_mode": "wal"})


def test_a_sqlite_that_can_damage_its_files_is_refused():
    """Versions before 3.51.3 are refused by name; this one is not."""
    with pytest.raises(StorageError, match=r"SQLite 3\.40\.1 can damage its files"):
        sqlite.refuse_old((3, 40, 1))
    sqlite.refuse_old(dbapi2.sqlite_version_info)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Another kind of file is left as it is."""
    (tmp_path / "letter.db").write_text("Dear visitor, " * 99)
    with pytest.raises(StorageError, match="is not a database of Navbat"):
        Database(f"sqlite:///{tmp_path / 'letter.db'}", parse=parse)
    assert (tmp_path / "letter.db").read_text().startswith("Dear")


def test_another_programs_database_is_refused(tmp_path):
    """Our tables never come to stand among another program's."""
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE letters (a TEXT)")
    other.close()
    with pytest.raises(StorageError, match="holds the tables of another program"):
        Database(f"sqlite:///{tmp_path / 'other.db'}", parse=parse)


def test_the_wal_is_emptied_though_readers_never_all_leave(file, monkeypatch):
    """Readers that overlap without an end do not make the WAL grow for ever."""
    monkeypatch.setattr(sqlite, "LONGEST_WAL", 300_000)
    monkeypatch.setattr(sqlite, "LOOK_EVERY", 8)
    lengths, stop = [], threading.Event()
    readers = threading.Thread(target=read_without_a_gap, args=(file, stop))
    readers.start()
    for _ in range(300):
        with file.write() as work:
            work.log.append(an_event())
        lengths.append(file._backend.wal_length())
    stop.set()
    readers.join()
    assert 300_000 < max(lengths) < 1_200_000


def test_a_held_database_is_said_in_one_sentence(file, sqlite_url, monkeypatch):
    """A program that holds the file too long is told from any other trouble."""
    monkeypatch.setattr(sqlite, "PATIENCE", 1)
    monkeypatch.setitem(sqlite._SETTINGS, "busy_timeout", 1)
    other = Database(sqlite_url, parse=parse)
    with file.write(), pytest.raises(StorageError, match="held by another program"), other.write():
        pass
    other.close()


def test_a_full_disk_loses_nothing_and_goes_on(file):
    """When the disk is full a ticket is refused in one sentence; with room again it is kept."""
    writer = file._backend._writer
    pages = says(writer, "page_count")
    writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="disk is full"):
        fill(file)
    writer.execute("PRAGMA max_page_count = 1000000")
    with file.write() as work:
        work.tickets.add(a_ticket(serial=999))
    with file.read() as work:
        assert work.tickets.get("t999") is not None


def test_closing_moves_everything_into_the_file(file, tmp_path):
    """After a clean end the file is whole by itself, with nothing beside it."""
    with file.write() as work:
        work.tickets.add(a_ticket())
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == ["navbat.db"]


def fill(database):
    """Issue tickets until the disk is full."""
    for serial in range(1, 500):
        with database.write() as work:
            work.tickets.add(a_ticket(serial=serial))


def read_without_a_gap(database, stop):
    """Hold snapshots one after the other, each taken before the one before is let go."""
    held = ExitStack()
    while not stop.wait(0.002):
        newer = ExitStack()
        newer.enter_context(database.read())
        held.close()
        held = newer
    held.close()
