"""The staff's side: people, pairings, notes, messages, appointments, days and their figures.

Written out in SQL and never changed again: a later schema is a later migration.
"""

from typing import Final

from alembic import op

revision = "0003"
down_revision = "0002"

_WORDS: Final = {
    "sqlite": {"counted": "INTEGER", "clustered": " WITHOUT ROWID"},
    "postgresql": {"counted": "BIGSERIAL", "clustered": ""},
}

_CHANGES: Final = """
ALTER TABLE center ADD COLUMN halted TEXT;
ALTER TABLE tickets ADD COLUMN slot BIGINT;
CREATE INDEX tickets_by_slot ON tickets (slot) WHERE slot IS NOT NULL;
ALTER TABLE shifts ADD COLUMN wrapping_at BIGINT;
ALTER TABLE shifts ADD COLUMN ready_at BIGINT;
ALTER TABLE people ADD COLUMN must_change BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE people ADD COLUMN totp TEXT;
ALTER TABLE people ADD COLUMN totp_step BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE people ADD COLUMN subject TEXT;
CREATE UNIQUE INDEX people_by_subject ON people (subject) WHERE subject IS NOT NULL;
ALTER TABLE web_sessions ADD COLUMN pending TEXT;
CREATE INDEX events_by_ticket ON events (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE TABLE failures (
    login TEXT NOT NULL,
    address TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_at BIGINT NOT NULL,
    CONSTRAINT failures_pk PRIMARY KEY (login, address)
);
CREATE TABLE pairings (
    code TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    name TEXT,
    hall INTEGER NOT NULL,
    "window" INTEGER,
    CONSTRAINT pairings_pk PRIMARY KEY (code),
    CONSTRAINT pairings_secret_hash_uq UNIQUE (secret_hash)
);
CREATE TABLE messages (
    id {counted} NOT NULL,
    "window" INTEGER NOT NULL,
    sender TEXT NOT NULL,
    text TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    read_at BIGINT,
    CONSTRAINT messages_pk PRIMARY KEY (id)
);
CREATE INDEX messages_by_window ON messages ("window", "at");
CREATE TABLE notes (
    id {counted} NOT NULL,
    ticket TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "by" TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT notes_pk PRIMARY KEY (id)
);
CREATE INDEX notes_by_ticket ON notes (ticket);
CREATE TABLE contacts (
    ticket TEXT NOT NULL,
    contact TEXT NOT NULL,
    contact_hash TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    CONSTRAINT contacts_pk PRIMARY KEY (ticket)
);
CREATE INDEX contacts_by_hash ON contacts (contact_hash);
CREATE TABLE cursors (
    sink TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT cursors_pk PRIMARY KEY (sink)
);
CREATE TABLE days (
    day TEXT NOT NULL,
    first_seq BIGINT NOT NULL,
    closed_seq BIGINT,
    CONSTRAINT days_pk PRIMARY KEY (day)
);
CREATE TABLE figure_rows (
    day TEXT NOT NULL,
    dimension TEXT NOT NULL,
    "key" TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT figure_rows_pk PRIMARY KEY (day, dimension, "key")
){clustered}
"""


def upgrade() -> None:
    """Add what the staff's side keeps; nothing that was there is touched."""
    dialect = op.get_bind().dialect.name
    for statement in _CHANGES.format_map(_WORDS[dialect]).split(";\n"):
        op.execute(statement)
