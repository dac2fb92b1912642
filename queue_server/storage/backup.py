"""Copies of a center's database: taken while it works, proven before they are trusted.

PostgreSQL has its own tools (pg_dump, pg_restore); these are for SQLite.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

from pysqlite3 import dbapi2

from queue_server.storage.errors import StorageError
from queue_server.storage.sqlite import connect, sentence

#: what lies beside a database file while it is open
SIDES: Final = ("", "-wal", "-shm")


def file_of(url: str) -> Path:
    """Return the file of a SQLite address; raises StorageError for another database."""
    if not url.startswith("sqlite:///"):
        raise StorageError("PostgreSQL is backed up with pg_dump and restored with pg_restore.")
    return Path(url.removeprefix("sqlite:///"))


def back_up(database: Path, copy: Path) -> None:
    """Write one consistent copy while the center works; raises StorageError.

    The copy appears whole under its name or not at all.
    """
    if not database.exists():
        raise StorageError(f"There is no database at {database}.")
    half = copy.with_name(copy.name + ".half")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        with contextlib.closing(connect(database, reader=True)) as source:
            _copy(source, half)
        check(half)
        _sync(half)
        half.replace(copy)
    except OSError as error:
        raise StorageError(f"The backup {copy} cannot be written: {error.strerror}.") from error


def check(copy: Path) -> None:
    """Raise StorageError unless SQLite finds the copy whole."""
    try:
        with contextlib.closing(dbapi2.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
    except dbapi2.Error as error:
        raise StorageError(sentence(copy, error)) from error
    if found != ("ok",):
        raise StorageError(f"{copy} is damaged; take another backup.")


def put_back(copy: Path, database: Path) -> Path | None:
    """Put a checked copy in the database's place; the server must be stopped.

    Returns where the database that stood there was moved to, or None. Raises StorageError.
    """
    if not copy.exists():
        raise StorageError(f"There is no backup at {copy}.")
    check(copy)
    fresh = database.with_name(database.name + ".restored")
    shutil.copyfile(copy, fresh)
    _sync(fresh)
    aside = _move_aside(database) if database.exists() else None
    fresh.replace(database)
    return aside


def _copy(source: dbapi2.Connection, half: Path) -> None:
    try:
        with contextlib.closing(dbapi2.connect(str(half))) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = delete").fetchone()
    except dbapi2.Error as error:
        raise StorageError(sentence(half, error)) from error


def _move_aside(database: Path) -> Path:
    """Move a database away with what lies beside it; raises StorageError while it is in use."""
    try:
        with contextlib.closing(dbapi2.connect(str(database), timeout=1.0)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise StorageError("The database is in use; stop the server first.") from error
    except dbapi2.DatabaseError:
        pass  # a damaged file is just what a backup is put back for
    number = 1
    while (aside := database.with_name(f"{database.name}.before-{number}")).exists():
        number += 1
    for side in SIDES:
        with contextlib.suppress(FileNotFoundError):
            database.with_name(database.name + side).replace(aside.with_name(aside.name + side))
    return aside


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
