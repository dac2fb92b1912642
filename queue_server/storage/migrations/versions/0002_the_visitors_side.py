"""The visitor's side: own numbers of kiosks, reports of devices, calls for help, ratings.

Written out in SQL and never changed again: a later schema is a later migration.
"""

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"

_WORDS: Final = {
    "sqlite": {"counted": "INTEGER", "clustered": " WITHOUT ROWID"},
    "postgresql": {"counted": "BIGSERIAL", "clustered": ""},
}

_CHANGES: Final = """
ALTER TABLE tickets ADD COLUMN event TEXT;
ALTER TABLE tickets ADD COLUMN claimed TEXT;
ALTER TABLE tickets ADD COLUMN late BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE tickets ADD COLUMN code TEXT;
ALTER TABLE tickets ADD COLUMN stars INTEGER;
CREATE UNIQUE INDEX tickets_by_code ON tickets (code) WHERE code IS NOT NULL;
ALTER TABLE devices ADD COLUMN "window" INTEGER;
CREATE TABLE leases (
    id TEXT NOT NULL,
    device TEXT NOT NULL,
    "first" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    granted_at BIGINT NOT NULL,
    CONSTRAINT leases_pk PRIMARY KEY (id),
    CONSTRAINT leases_device_uq UNIQUE (device)
);
CREATE TABLE device_reports (
    device TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    alerts TEXT NOT NULL,
    report TEXT NOT NULL,
    CONSTRAINT device_reports_pk PRIMARY KEY (device)
);
CREATE TABLE help_calls (
    id {counted} NOT NULL,
    device TEXT NOT NULL,
    hall INTEGER NOT NULL,
    reason TEXT NOT NULL,
    language TEXT,
    called_at BIGINT NOT NULL,
    answered_at BIGINT,
    answered_by TEXT,
    CONSTRAINT help_calls_pk PRIMARY KEY (id)
);
CREATE INDEX help_waiting ON help_calls (called_at) WHERE answered_at IS NULL;
CREATE TABLE tallies (
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    CONSTRAINT tallies_pk PRIMARY KEY (day, name)
){clustered};
CREATE TABLE corner_sessions (
    device TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    extensions INTEGER NOT NULL,
    CONSTRAINT corner_sessions_pk PRIMARY KEY (device)
)
"""


def upgrade() -> None:
    """Add what the visitor's side keeps; nothing that was there is touched."""
    dialect = op.get_bind().dialect.name
    for statement in _CHANGES.format_map(_WORDS[dialect]).split(";\n"):
        op.execute(statement)
