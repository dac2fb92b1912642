from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from queue_server.storage.database import Database
from queue_server.storage.migrations import Schema
from queue_server.storage.tables import metadata
from tests.queue_server.storage.conftest import parse

#: every rule, index and trigger, as PostgreSQL itself words it
RULES = """
SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT prosrc FROM pg_proc WHERE proname = 'navbat_refuse'
UNION ALL SELECT table_name || '.' || column_name || ' ' || ordinal_position || ' ' || data_type
  || is_nullable || coalesce(column_default, '') FROM information_schema.columns
  WHERE table_schema = 'public'
"""


@pytest.fixture
def declared(kind, tmp_path, request):
    """An empty database on which the declared tables have been made without migrations."""
    if kind == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
        name = ""
    else:
        server = request.getfixturevalue("postgres")
        server.run("CREATE DATABASE declared")
        name = server.url("declared").replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(name)
    metadata.create_all(engine)
    yield engine
    engine.dispose()
    if name:
        server.run("DROP DATABASE declared WITH (FORCE)")


def test_the_migrations_lead_to_the_declared_tables(engine):
    """Alembic finds no difference between an upgraded database and the declaration."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrations_lead_to_the_declared_rules(engine, declared):
    """Each check, partial index and trigger is worded the same, made either way."""
    assert worded(engine) == worded(declared)
    assert any("WHERE" in rule.upper() for rule in worded(engine))
    assert any("TRIGGER" in rule.upper() for rule in worded(engine))


def test_a_new_database_is_to_be_upgraded(tmp_path):
    """A new file is older than any schema, and current after the upgrade."""
    with closing(Database(f"sqlite:///{tmp_path / 'new.db'}", parse=parse)) as database:
        assert database.schema() is Schema.OLDER
        database.upgrade()
        assert database.schema() is Schema.CURRENT


def worded(engine) -> list[str]:
    """Return everything that the database knows of tables and rules, in its own words."""
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
    if engine.dialect.name == "postgresql":
        query = RULES
    with engine.connect() as connection:
        found = [row[0] for row in connection.execute(text(query))]
    return sorted(plain(rule) for rule in found if "alembic" not in rule)


def plain(rule: str) -> str:
    """Return a rule without quotes and spaces, which say nothing.

    A column that a migration added stands behind the table's rules in SQLite's text, so what a
    table is made of is compared in alphabetical order.
    """
    bare = "".join(rule.replace('"', "").split())
    return ",".join(sorted(bare.rstrip(")").split(","))) if bare.startswith("CREATETABLE") else bare
