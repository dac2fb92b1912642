"""The tables of a center: tickets with their stays, shifts, the log, catalogues, access.

Written out in SQL and never changed again: a later schema is a later migration.
"""

from typing import Final

from alembic import op

revision = "0001"
down_revision = None

#: marks the file as ours: "NVBT"
_MARK: Final = "PRAGMA application_id = 1314275924"

_WORDS: Final = {
    "sqlite": {"counted": "INTEGER", "big": "INTEGER", "clustered": " WITHOUT ROWID"},
    "postgresql": {"counted": "BIGSERIAL", "big": "BIGINT", "clustered": ""},
}

_TABLES: Final = """
CREATE TABLE center (
    id INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    day TEXT,
    catalogue_version INTEGER NOT NULL,
    CONSTRAINT center_pk PRIMARY KEY (id),
    CONSTRAINT center_one_row_ck CHECK (id = 1)
);
CREATE TABLE tickets (
    id TEXT NOT NULL,
    day TEXT NOT NULL,
    prefix TEXT NOT NULL,
    count INTEGER NOT NULL,
    serial BIGINT NOT NULL,
    service TEXT NOT NULL,
    legs TEXT NOT NULL,
    language TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    order_key BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    category TEXT,
    statutory BOOLEAN NOT NULL,
    needs TEXT NOT NULL,
    paper TEXT NOT NULL,
    place TEXT NOT NULL,
    not_before BIGINT,
    "window" INTEGER,
    clerk TEXT,
    called_at BIGINT,
    recalls INTEGER NOT NULL,
    reason TEXT,
    hold_until BIGINT,
    sender TEXT,
    promised_low INTEGER,
    promised_high INTEGER,
    copies INTEGER NOT NULL,
    overtaken INTEGER NOT NULL,
    version INTEGER NOT NULL,
    "before" TEXT,
    moved TEXT,
    moved_by TEXT,
    moved_at BIGINT,
    CONSTRAINT tickets_pk PRIMARY KEY (id),
    CONSTRAINT tickets_day_prefix_count_uq UNIQUE (day, prefix, count),
    CONSTRAINT tickets_count_ck CHECK (count >= 1),
    CONSTRAINT tickets_state_ck CHECK (state IN ('booked', 'waiting', 'called', 'serving',
        'on_hold', 'no_show', 'finished', 'cancelled', 'expired')),
    CONSTRAINT tickets_at_window_ck
        CHECK (state NOT IN ('called', 'serving') OR "window" IS NOT NULL)
);
CREATE INDEX tickets_waiting ON tickets
    (place, service, statutory, order_key, issued_at, serial) WHERE state = 'waiting';
CREATE UNIQUE INDEX tickets_at_window ON tickets ("window") WHERE state IN ('called', 'serving');
CREATE INDEX tickets_on_hold ON tickets (hold_until) WHERE state = 'on_hold';
CREATE INDEX tickets_no_show ON tickets (since) WHERE state = 'no_show';
CREATE INDEX tickets_booked ON tickets (day) WHERE state = 'booked';
CREATE TABLE stays (
    ticket_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    "window" INTEGER,
    clerk TEXT,
    service TEXT NOT NULL,
    CONSTRAINT stays_pk PRIMARY KEY (ticket_id, n),
    CONSTRAINT stays_ticket_id_fk FOREIGN KEY(ticket_id) REFERENCES tickets (id)
){clustered};
CREATE TABLE numbers (
    day TEXT NOT NULL,
    prefix TEXT NOT NULL,
    count INTEGER NOT NULL,
    CONSTRAINT numbers_pk PRIMARY KEY (day, prefix)
){clustered};
CREATE TABLE shifts (
    id {counted} NOT NULL,
    "window" INTEGER NOT NULL,
    clerk TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    paused_at BIGINT,
    pause_reason TEXT,
    closed_at BIGINT,
    streak INTEGER NOT NULL,
    CONSTRAINT shifts_pk PRIMARY KEY (id)
);
CREATE UNIQUE INDEX shifts_open_window ON shifts ("window") WHERE closed_at IS NULL;
CREATE UNIQUE INDEX shifts_open_clerk ON shifts (clerk) WHERE closed_at IS NULL;
CREATE TABLE events (
    seq {big} NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    ticket_id TEXT,
    CONSTRAINT events_pk PRIMARY KEY (seq)
);
CREATE TABLE catalogues (
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    by TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT catalogues_pk PRIMARY KEY (version)
);
CREATE TABLE replies (
    actor TEXT NOT NULL,
    "key" TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT replies_pk PRIMARY KEY (actor, "key")
);
CREATE INDEX replies_by_age ON replies (at);
CREATE TABLE people (
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    "window" INTEGER,
    disabled BOOLEAN NOT NULL,
    CONSTRAINT people_pk PRIMARY KEY (login)
);
CREATE TABLE devices (
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    hall INTEGER NOT NULL,
    revoked BOOLEAN NOT NULL,
    CONSTRAINT devices_pk PRIMARY KEY (name),
    CONSTRAINT devices_token_hash_uq UNIQUE (token_hash)
);
CREATE TABLE web_sessions (
    token_hash TEXT NOT NULL,
    login TEXT NOT NULL,
    csrf_token TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    CONSTRAINT web_sessions_pk PRIMARY KEY (token_hash),
    CONSTRAINT web_sessions_login_fk FOREIGN KEY(login) REFERENCES people (login)
);
INSERT INTO center (id, seq, hash, catalogue_version) VALUES (1, 0,
    '0000000000000000000000000000000000000000000000000000000000000000', 0)
"""

_GUARDED: Final = {
    "events": ("UPDATE", "DELETE"),
    "stays": ("UPDATE", "DELETE"),
    "catalogues": ("UPDATE", "DELETE"),
    "tickets": ("DELETE",),
    "shifts": ("DELETE",),
}

_REFUSE: Final = """
CREATE FUNCTION navbat_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE =
    TG_TABLE_NAME || ' never loses what it holds: ' || TG_OP || ' is refused';
END $$"""


def upgrade() -> None:
    """Make the tables, the center's row, and the triggers that guard history."""
    dialect = op.get_bind().dialect.name
    for statement in _TABLES.format_map(_WORDS[dialect]).split(";\n"):
        op.execute(statement)
    for guard in _sqlite_guards() if dialect == "sqlite" else _postgres_guards():
        op.get_bind().exec_driver_sql(guard)


def _sqlite_guards() -> list[str]:
    return [_MARK] + [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} never loses what it holds: {verb} is refused'); END"
        for table, verbs in _GUARDED.items()
        for verb in verbs
    ]


def _postgres_guards() -> list[str]:
    return [_REFUSE] + [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION navbat_refuse()"
        for table, verbs in _GUARDED.items()
        for verb in (*verbs, "TRUNCATE")
    ]
