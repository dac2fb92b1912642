"""Integrity: what the rules have found, what controllers wrote on it, what days leave behind.

Written out in SQL and never changed again: a later schema is a later migration.
"""

from typing import Final

from alembic import op

revision = "0005"
down_revision = "0004"

_COUNTED: Final = {"sqlite": "INTEGER", "postgresql": "BIGSERIAL"}

_CHANGES: Final = """
CREATE TABLE alerts (
    id TEXT NOT NULL,
    rule TEXT NOT NULL,
    day TEXT NOT NULL,
    about TEXT NOT NULL,
    state TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT alerts_pk PRIMARY KEY (id)
);
CREATE INDEX alerts_by_state ON alerts (state, day);
CREATE TABLE alert_words (
    id {counted} NOT NULL,
    alert TEXT NOT NULL,
    state TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "by" TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT alert_words_pk PRIMARY KEY (id)
);
CREATE INDEX alert_words_by_alert ON alert_words (alert);
CREATE TABLE digests (
    day TEXT NOT NULL,
    closed_seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT digests_pk PRIMARY KEY (day)
)
"""


def upgrade() -> None:
    """Add what integrity keeps; nothing that was there is touched."""
    counted = _COUNTED[op.get_bind().dialect.name]
    for statement in _CHANGES.format(counted=counted).split(";\n"):
        op.execute(statement)
