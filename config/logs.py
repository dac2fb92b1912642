"""Logs as JSON lines: one line per act, whatever its text holds.

An act is logged as `log.info("ticket issued", extra={"action": "issue", "number": "A042"})`; what
stands in `extra` become fields of the line.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any, TextIO

#: what every record carries by itself; anything else came as `extra`
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

#: what JSON leaves as it is, but a terminal obeys or a reader takes for the end of a line
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029]")


class JsonLines(logging.Formatter):
    """A record as one line of JSON with time, level, logger, event and its extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a field that JSON does not know is written as its `str`."""
        line = json.dumps(_fields(record) | _error(self, record), ensure_ascii=False, default=str)
        return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def setup(level: str, stream: TextIO | None = None) -> None:
    """Send every logger's records of this level and above to the stream (stderr), as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # it tells of every start, not of what it changed
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    at = datetime.fromtimestamp(record.created, UTC)
    own = {
        "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname,
        "logger": record.name,
        "event": record.getMessage(),
    }
    extra = {name: value for name, value in vars(record).items() if name not in {*_OWN, *own}}
    return own | extra


def _error(formatter: logging.Formatter, record: logging.LogRecord) -> dict[str, str]:
    return {"error": formatter.formatException(record.exc_info)} if record.exc_info else {}
