"""Expected waits: what was reckoned at issue, and what each day has taught.

Written out in SQL and never changed again: a later schema is a later migration.
"""

from typing import Final

from alembic import op

revision = "0004"
down_revision = "0003"

_CHANGES: Final = (
    "ALTER TABLE tickets ADD COLUMN reckoned TEXT",
    """
CREATE TABLE observations (
    day TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT observations_pk PRIMARY KEY (day)
)
""",
)


def upgrade() -> None:
    """Add what expected waits keep; nothing that was there is touched."""
    for statement in _CHANGES:
        op.execute(statement)
