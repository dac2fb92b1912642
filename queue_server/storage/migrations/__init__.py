"""The way from any earlier schema to the tables that `tables.py` declares."""

from __future__ import annotations

from enum import Enum
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from queue_server.storage.errors import StorageError

#: one process migrates at a time, and all of it or nothing
_ALONE: Final = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SELECT pg_advisory_xact_lock(5641698)",
}


class Schema(Enum):
    """How the tables of a database stand to this program."""

    #: to be upgraded; a new database too
    OLDER = "older"
    CURRENT = "current"
    #: written by a later program: hands off
    NEWER = "newer"


def check(engine: Engine) -> Schema:
    """Return how the tables stand to this program; raises StorageError when they cannot be read."""
    scripts = ScriptDirectory.from_config(_config())
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise StorageError(f"The database cannot be read: {error.orig}.") from error
    if found == scripts.get_current_head():
        return Schema.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema.OLDER if found is None or found in known else Schema.NEWER


def upgrade(engine: Engine) -> None:
    """Bring the tables to this program's, in one transaction; raises StorageError."""
    config = _config()
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(_ALONE[engine.dialect.name])
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise StorageError(f"The database cannot be upgraded: {error.orig}.") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "queue_server.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
