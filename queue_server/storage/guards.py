"""Triggers by which the database itself refuses to rewrite history."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData

#: rows are added to these, and stay as they are
APPEND_ONLY = ("events", "stays", "catalogues")
#: rows of these may change, but never go
NEVER_DELETED = ("tickets", "shifts")

_REFUSE = """
CREATE FUNCTION navbat_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE =
    TG_TABLE_NAME || ' never loses what it holds: ' || TG_OP || ' is refused';
END $$"""


def sqlite_guards() -> list[str]:
    """Return the statements that guard history on SQLite."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} never loses what it holds: {verb} is refused'); END"
        for table, verbs in _guarded()
        for verb in verbs
    ]


def postgres_guards() -> list[str]:
    """Return the statements that guard history on PostgreSQL."""
    rows = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION navbat_refuse()"
        for table, verbs in _guarded()
        for verb in verbs
    ]
    emptying = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION navbat_refuse()"
        for table, _ in _guarded()
    ]
    return [_REFUSE, *rows, *emptying]


def guard(_: MetaData, connection: Connection, **__: object) -> None:
    """Guard history in a database whose tables have just been made."""
    guards = sqlite_guards() if connection.dialect.name == "sqlite" else postgres_guards()
    for statement in guards:
        connection.exec_driver_sql(statement)


def _guarded() -> list[tuple[str, tuple[str, ...]]]:
    return [
        *((table, ("UPDATE", "DELETE")) for table in APPEND_ONLY),
        *((table, ("DELETE",)) for table in NEVER_DELETED),
    ]
