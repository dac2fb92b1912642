"""SQLite: one writer, readers beside it, and settings that are read back before they are trusted.

WAL with synchronous=FULL lost no acknowledged ticket in any simulated power cut, where
synchronous=NORMAL lost some in every one; before 3.51.3 SQLite itself could damage a WAL that two
connections wrote to. So neither is left to a default (docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, Final, cast

from pysqlite3 import dbapi2
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool, QueuePool

from queue_server.storage.backend import Connection
from queue_server.storage.errors import StorageError

OLDEST: Final = (3, 51, 3)
#: how long to wait for another process that writes, in milliseconds
PATIENCE: Final = 5_000
#: pages in the WAL at which the writer moves them into the file: 8 MB
CHECKPOINT_AT: Final = 2_000
#: a WAL past this many bytes is emptied as soon as no reader needs it
LONGEST_WAL: Final = 32 * 1024 * 1024
#: commits between two looks at the WAL's length
LOOK_EVERY: Final = 256
READERS: Final = 8
#: marks a file as ours: "NVBT"
APPLICATION: Final = 0x4E564254

_SETTINGS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "mmap_size": 0,
    "busy_timeout": PATIENCE,
}
_WRITER: Final = {"wal_autocheckpoint": CHECKPOINT_AT, "cache_size": -16_000}
_READER: Final = {"query_only": 1, "wal_autocheckpoint": 0}


def connect(path: Path, *, reader: bool = False) -> Any:
    """Return a connection that keeps its promises, or raise StorageError with one sentence."""
    refuse_old(dbapi2.sqlite_version_info)
    with ExitStack() as refused:
        try:
            connection = dbapi2.connect(
                str(path), isolation_level=None, check_same_thread=False, cached_statements=256
            )
            refused.callback(connection.close)
            set_and_read_back(connection, _SETTINGS | (_READER if reader else _WRITER))
            _refuse_foreign(path, connection)
        except dbapi2.Error as error:
            raise StorageError(sentence(path, error)) from error
        refused.pop_all()
    return connection


def refuse_old(version: tuple[int, int, int]) -> None:
    """Raise StorageError for a SQLite that can damage a WAL."""
    if version < OLDEST:
        raise StorageError(
            f"SQLite {'.'.join(map(str, version))} can damage its files; "
            f"install the package pysqlite3 with {'.'.join(map(str, OLDEST))} or newer."
        )


def set_and_read_back(connection: Any, settings: dict[str, Any]) -> None:
    """Set each PRAGMA; raise StorageError when one says something else afterwards."""
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    for name, wanted in settings.items():
        connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != wanted:
            raise StorageError(
                f"SQLite did not take {name}={wanted} but says {row and row[0]}; "
                "keep the database on a local disk."
            )


def sentence(path: Path, error: Exception) -> str:
    """Return one plain sentence about an error of SQLite."""
    code = getattr(error, "sqlite_errorname", None) or ""
    for start, said in _SENTENCES.items():
        if code.startswith(start):
            return said.format(path=path, folder=path.parent)
    return f"The database {path} refused: {error}."


#: SQLite's name of an error begins so → what a person is told
_SENTENCES: Final = {
    "SQLITE_CANTOPEN": "The database {path} cannot be opened; {folder} must be a folder that "
    "this user may write to.",
    "SQLITE_READONLY": "The database {path} cannot be written; this user needs the right to "
    "write to the file and to {folder}.",
    "SQLITE_PERM": "The database {path} may not be opened by this user.",
    "SQLITE_NOTADB": "{path} is not a database of Navbat; name another file or restore a backup.",
    "SQLITE_CORRUPT": "The database {path} is damaged; restore the newest backup.",
    "SQLITE_BUSY": "The database {path} is held by another program; end that one and try again.",
    "SQLITE_FULL": "The disk is full; make room on the disk of {path}.",
    "SQLITE_IOERR": "The disk of {path} does not answer as it should; look at the disk.",
}


class Sqlite:
    """A center's database in one file."""

    error = dbapi2.Error

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = connect(path)
        self._commits = 0
        self.engine = create_engine(
            "sqlite+pysqlite://",
            module=dbapi2,
            creator=partial(connect, path),
            poolclass=NullPool,
        )
        self.dialect = self.engine.dialect
        self._readers = QueuePool(
            partial(connect, path, reader=True),
            pool_size=READERS,
            max_overflow=0,
            reset_on_return=None,
            use_lifo=True,
        )

    def begin(self) -> Connection:
        """Begin a transaction on the one connection that writes, and return it; in one's turn."""
        writer: Connection = self._writer
        writer.execute("BEGIN IMMEDIATE")
        return writer

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Lend a connection that cannot write, its snapshot taken by the first look."""
        lent = self._readers.connect()
        try:
            reader = cast(Connection, lent.driver_connection)
            reader.execute("BEGIN")
            yield reader
        finally:
            lent.close()

    def commit(self, connection: Connection, *, appended: bool) -> None:  # noqa: ARG002
        """Make the transaction durable; other processes see it in `data_version`."""
        connection.execute("COMMIT")
        self._commits += 1
        if self._commits % LOOK_EVERY == 0 and self.wal_length() > LONGEST_WAL:
            self._empty_wal(connection)

    def wal_length(self) -> int:
        """Return the bytes of the WAL."""
        try:
            return Path(f"{self._path}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def rule_broken(self, error: Exception) -> str | None:
        """Return the columns whose uniqueness a statement would have broken."""
        before, found, columns = str(error).partition("UNIQUE constraint failed: ")
        return columns if found and not before else None

    def sentence(self, error: Exception) -> str:
        """Return one plain sentence about the driver's error."""
        return sentence(self._path, error)

    def watch(self, stop: Event) -> Iterator[None]:
        """Yield once at the start, then whenever another connection committed: a look a second."""
        with closing(connect(self._path, reader=True)) as connection:
            seen = None
            while not stop.is_set():
                version = _data_version(connection)
                if version != seen:
                    seen = version
                    yield
                stop.wait(1.0)

    def close(self) -> None:
        """Close the readers first, so that the writer moves the WAL into the file."""
        self._readers.dispose()
        self.engine.dispose()
        self._writer.close()

    def _empty_wal(self, connection: Connection) -> None:
        """Empty the WAL, which readers that overlap without an end have let grow."""
        # a reader that takes its time must not hold up the hall: it is tried again later
        connection.execute("PRAGMA busy_timeout = 100")
        with suppress(dbapi2.OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")


def _refuse_foreign(path: Path, connection: Any) -> None:
    """Raise StorageError for a file that holds another program's tables."""
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and mark != APPLICATION:
        raise StorageError(f"{path} holds the tables of another program; name another file.")


def _data_version(connection: Any) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
