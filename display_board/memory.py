"""The last good state on disk: a board that starts without a server still has something to show."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from display_board.center import Center
from display_board.state import Board, Message, apply

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a board knew."""

    board: Board
    center: Center


def folder(environment: Mapping[str, str]) -> Path:
    """Return where boards keep their state: systemd's folder for it, else the user's cache."""
    cache = environment.get("XDG_CACHE_HOME") or str(Path(environment.get("HOME", ".")) / ".cache")
    return Path(cache) / "navbat"


def to_text(remembered: Remembered, as_of: str) -> str:
    """Return the text of the file; `as_of` is the wall clock, RFC 3339."""
    rows = [asdict(replace(row, lit_at=None)) for row in remembered.board.rows]
    windows = list(remembered.board.windows)
    facts = {"as_of": as_of, "calls": rows, "windows": windows, **asdict(remembered.center)}
    return json.dumps(facts, ensure_ascii=False)


def from_text(text: str, now: datetime) -> Remembered | None:
    """Return what a file holds, or None if it is damaged; numbers of another day are not shown."""
    try:
        facts = json.loads(text)
        names = {str(tag): str(name) for tag, name in facts["names"].items()}
        center = Center(names, str(facts["timezone"]))
        as_of = datetime.fromisoformat(facts["as_of"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if as_of.astimezone(center.zone).date() != now.astimezone(center.zone).date():
        return Remembered(Board(), center)
    return Remembered(_board(facts), center)


class Memory:
    """The file; a disk that does not take it costs the memory, never the board."""

    def __init__(self, folder: Path, hall: int) -> None:
        self._file = folder / f"board-{hall}.json"

    def recall(self, now: datetime) -> Remembered | None:
        """Return what was known last, if anything."""
        try:
            return from_text(self._file.read_text("utf-8"), now)
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, remembered: Remembered, as_of: str) -> None:
        """Write the file whole or not at all."""
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(to_text(remembered, as_of), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            _log.warning("the board's state is not kept: %s", error, extra={"action": "keep"})


def _board(facts: Mapping[str, Any]) -> Board:
    """Return the rows as a board that waits for the server's word, with their age."""
    as_of = str(facts["as_of"])
    body = {"seq": 0, "calls": facts.get("calls"), "windows": facts.get("windows")}
    seen = apply(Board(), Message("snapshot", 0.0, as_of, body))
    return replace(seen, connection="connecting", seq=None, stale_since=as_of)
