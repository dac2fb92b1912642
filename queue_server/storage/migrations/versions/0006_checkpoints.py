"""Checkpoints: places in the log that the center has signed.

Written out in SQL and never changed again: a later schema is a later migration.
"""

from typing import Final

from alembic import op

revision = "0006"
down_revision = "0005"

_CHANGES: Final = (
    """
CREATE TABLE checkpoints (
    witness TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    center TEXT NOT NULL,
    at TEXT NOT NULL,
    signature TEXT NOT NULL,
    public_key TEXT NOT NULL,
    accepted TEXT NOT NULL,
    CONSTRAINT checkpoints_pk PRIMARY KEY (witness, seq)
)
""",
)


def upgrade() -> None:
    """Add where checkpoints are kept; nothing that was there is touched."""
    ending = " WITHOUT ROWID" if op.get_bind().dialect.name == "sqlite" else ""
    for statement in _CHANGES:
        op.execute(statement.rstrip() + ending)
