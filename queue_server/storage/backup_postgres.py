"""Backups of PostgreSQL: its own programs do the work, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from queue_server.storage.errors import StorageError

#: the database's name within a backup
DUMP: Final = "navbat.pgdump"
_PACKAGE: Final = "install the package postgresql-client"


def dump(url: str, target: Path) -> None:
    """Write one consistent copy of the database to a file; raises StorageError."""
    target.touch(0o600)
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    _run("pg_dump", "backed up", url, words)


def restore(url: str, source: Path) -> None:
    """Fill an empty database from a copy, wholly or not at all; raises StorageError."""
    must_be_empty(url)
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    database = f"--dbname={make_url(url).database}"
    _run("pg_restore", "restored", url, [*words, database, str(source)])


def must_be_empty(url: str) -> None:
    """Raise StorageError where a database has tables: what is there is never written over."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        tables = inspect(engine).get_table_names()
    except SQLAlchemyError as error:
        raise StorageError("The database cannot be reached; look at its address.") from error
    finally:
        engine.dispose()
    if tables:
        raise StorageError(
            "The database is not empty; make a new one with createdb and name it in the settings."
        )


def _run(tool: str, done: str, url: str, words: list[str]) -> None:
    program = shutil.which(tool)
    if program is None:
        raise StorageError(f"PostgreSQL is {done} with {tool}; {_PACKAGE}.")
    answer = subprocess.run(  # noqa: S603 - our own words, no shell
        [program, *words], env=os.environ | _place(url), capture_output=True, text=True, check=False
    )
    if answer.returncode:
        last = answer.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        raise StorageError(f"{tool} failed: {last[0]}")


def _place(url: str) -> dict[str, str]:
    """Return where the database is, as its programs are told; a password is in no command line."""
    address = make_url(url)
    query_host = address.query.get("host", "")
    told = {
        "PGHOST": address.host or (query_host if isinstance(query_host, str) else ""),
        "PGPORT": str(address.port or ""),
        "PGUSER": address.username or "",
        "PGPASSWORD": str(address.password or ""),
        "PGDATABASE": address.database or "",
    }
    return {name: value for name, value in told.items() if value}
