"""How much paper is left, counted in millimetres: the only warning where a sensor is missing.

One process keeps the count in a small file. Whoever puts in a new roll leaves a note in the same
folder, so that a technician's command needs no word with the running program.
"""

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from printer.errors import SpoolError
from printer.model import Model
from printer.status import PaperLevel, Status

_log = logging.getLogger(__name__)
_COUNT, _NOTE = "paper-roll.json", "new-roll.json"
#: About forty slips: then somebody should have a roll at hand.
LOW_MM = 5_000
#: The count survives a killed program at once, a power cut to within this much paper.
_SYNC_EVERY_MM = 2_000
_READABLE = 0o644


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll in the printer, as far as we were told."""

    #: When it was put in; None: nobody ever said how long it was.
    length_mm: int | None = None
    used_mm: int = 0
    #: Of all rolls together.
    printed_mm: int = 0
    #: When it was put in, in seconds since 1970; 0: not told.
    since: float = 0.0

    @property
    def left_mm(self) -> int | None:
        """Return what should be left, never below zero; None if the length is not known."""
        return None if self.length_mm is None else max(0, self.length_mm - self.used_mm)

    def used(self, mm: int) -> "Roll":
        """Return the roll with `mm` less on it."""
        return replace(self, used_mm=self.used_mm + mm, printed_mm=self.printed_mm + mm)

    def renewed(self, length_mm: int | None, at: float) -> "Roll":
        """Return a new roll, as long as the one before unless a length is given."""
        return replace(self, length_mm=length_mm or self.length_mm, used_mm=0, since=at)


def level(status: Status, model: Model, roll: Roll) -> PaperLevel:
    """Return how much paper there is, from what the printer said and what was counted."""
    counted_low = roll.left_mm is not None and roll.left_mm <= LOW_MM
    if status.paper is PaperLevel.OUT:
        return PaperLevel.OUT
    if counted_low or status.paper is PaperLevel.LOW:
        return PaperLevel.LOW
    counts = status.paper is PaperLevel.PLENTY and model.near_end_sensor
    return PaperLevel.PLENTY if counts or roll.left_mm is not None else status.paper


def ask_new_roll(folder: Path, length_mm: int | None) -> None:
    """Leave the note that a new roll is in; raise `SpoolError` if it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put(folder / _NOTE, {"length_mm": length_mm}, sync=True)
    except OSError as error:
        raise SpoolError(f"{folder / _NOTE} cannot be written: {error.strerror}") from error


def read_roll(folder: Path) -> Roll:
    """Return the count kept in a folder; a new one where there is none that can be read."""
    data = _get(folder / _COUNT)
    try:
        return Roll(**data) if data and all(map(_is_number, data.values())) else Roll()
    except TypeError:
        return Roll()


class RollCounter:
    """The count in a folder; one process and one thread own it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.roll = Roll()
        self._synced_mm = 0

    def load(self) -> None:
        """Read the count of the last run."""
        self.roll = read_roll(self._folder)
        self._synced_mm = self.roll.printed_mm

    def use(self, mm: int) -> None:
        """Count paper that went out."""
        self.roll = self.roll.used(mm)
        due = self.roll.printed_mm - self._synced_mm >= _SYNC_EVERY_MM
        self._save(sync=due)

    def take_note(self, at: float) -> bool:
        """Begin a new roll if somebody left the note; tell whether."""
        note = self._folder / _NOTE
        if not note.exists():
            return False
        length = (_get(note) or {}).get("length_mm")
        known = length if isinstance(length, int) and length > 0 else None
        self.roll = self.roll.renewed(known, at)
        if self._save(sync=True):
            note.unlink(missing_ok=True)
        return True

    def _save(self, *, sync: bool) -> bool:
        try:
            _put(self._folder / _COUNT, asdict(self.roll), sync=sync)
        except OSError as error:
            _log.error("action=count error=%s", error)
            return False
        if sync:
            self._synced_mm = self.roll.printed_mm
        return True


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _get(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _put(path: Path, data: dict[str, Any], *, sync: bool) -> None:
    """Put a small file in place, whole or not at all."""
    unfinished = path.with_suffix(".part")
    fd = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _READABLE)
    try:
        os.write(fd, json.dumps(data).encode())
        if sync:
            os.fdatasync(fd)
    finally:
        os.close(fd)
    unfinished.replace(path)
