"""Every test of the storage runs on SQLite and on PostgreSQL; each has a database of its own."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from queue_server.domain.catalogue import Catalogue
from queue_server.storage.database import Database
from tests.factories import a_catalogue
from tests.queue_server.storage.postgres_server import PostgresServer

_names = itertools.count()


def parse(document) -> Catalogue:
    """Return the tests' catalogue under the code that the document says."""
    return a_catalogue(code=document["code"])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A database file with all tables: made once, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "navbat.db"
    _make(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with the database `template` that has all tables."""
    server = PostgresServer()
    try:
        server.start()
        server.run("CREATE DATABASE template")
        _make(server.url("template"))
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request) -> str:
    """Which of the two databases a test runs on."""
    return request.param


@pytest.fixture
def url(kind, request) -> Iterator[str]:
    """The address of a database of the test's own, with all tables and nothing in them."""
    return request.getfixturevalue(f"{kind}_url")


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path) -> str:
    """The address of a file of the test's own, with all tables."""
    shutil.copy(sqlite_template, tmp_path / "navbat.db")
    return f"sqlite:///{tmp_path / 'navbat.db'}"


@pytest.fixture
def postgresql_url(postgres) -> Iterator[str]:
    """The address of a database of the test's own in the server, with all tables."""
    name = f"test_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name} TEMPLATE template")
    yield postgres.url(name)
    postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def open_database(url) -> Iterator[Callable[..., Database]]:
    """Opens the test's database once more, as another process would; closes them all."""
    opened = []

    def open_(*committed: Callable[[int], None]) -> Database:
        opened.append(Database(url, parse=parse, committed=committed))
        return opened[-1]

    yield open_
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database) -> Database:
    """The test's database, open."""
    return open_database()


@pytest.fixture
def engine(database) -> Engine:
    """A way past the repositories."""
    return database._backend.engine


def _make(url: str) -> None:
    with closing(Database(url, parse=parse)) as database:
        database.upgrade()
