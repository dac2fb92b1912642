"""What the kiosk remembers on disk: the last catalogue, its own numbers, how far it has read.

Files are written whole or not at all, and stand on the disk when a call returns.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path

from queue_server.contracts.catalogue import CatalogueOut
from queue_server.contracts.devices import LeaseOut

_log = logging.getLogger(__name__)
_OURS_ALONE, _FOR_ALL = 0o600, 0o666
#: words of a checkpoint's line
_WORDS = 7


class Menu:
    """The last catalogue: a kiosk that starts without a server still has a menu."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "catalogue.json"
        self._kept: int | None = None

    def recall(self) -> CatalogueOut | None:
        """Return the catalogue that was kept last; None if there is none, or it is damaged."""
        try:
            return CatalogueOut.model_validate_json(self._file.read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, catalogue: CatalogueOut) -> None:
        """Write the catalogue once per version; a disk that does not take it costs the memory."""
        if catalogue.version == self._kept:
            return
        try:
            write(self._file, catalogue.model_dump_json())
        except OSError as error:
            _log.warning("the catalogue is not kept: %s", error, extra={"action": "keep"})
        self._kept = catalogue.version


class Lease:
    """The numbers that belong to this kiosk, and the secret that signs their tickets."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "lease.json"

    def recall(self) -> LeaseOut | None:
        """Return the lease that was kept last; None if there is none, or it is damaged."""
        try:
            return LeaseOut.model_validate_json(self._file.read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, lease: LeaseOut) -> None:
        """Write the lease; raise OSError if the disk does not take it."""
        write(self._file, lease.model_dump_json(), private=True)


class Checkpoint:
    """The newest signed place in the server's log: the server is shown it again and again.

    So a log that was cut short or written anew meets somebody who remembers (docs/ledger.md).
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "checkpoint.txt"
        self._kept = self._read()

    def recall(self) -> str | None:
        """Return the line that was kept last."""
        return self._kept

    def keep(self, line: str) -> None:
        """Keep a newer line, or another center's; a disk that does not take it costs the memory."""
        if not _follows(line, self._kept):
            return
        self._kept = line
        try:
            write(self._file, line)
        except OSError as error:
            _log.warning("the checkpoint is not kept: %s", error, extra={"action": "keep"})

    def _read(self) -> str | None:
        try:
            line = self._file.read_text("utf-8").strip()
        except (OSError, ValueError):
            return None
        return line if _place(line) else None


class Cursor:
    """How far the event log has been read: the seq of the last event that needs nothing more."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "slips.cursor"

    def read(self) -> int | None:
        """Return the seq; None before the first time, or if the file is damaged."""
        try:
            return int(self._file.read_text("ascii"))
        except (OSError, ValueError):
            return None

    def write(self, seq: int) -> None:
        """Remember the seq; raise OSError if the disk does not take it."""
        write(self._file, str(seq))


def write(file: Path, text: str, *, private: bool = False) -> None:
    """Replace a file's text durably, `private` for its owner's eyes only.

    Raises OSError if the disk does not take it.
    """
    fresh = file.with_suffix(".new")
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = _OURS_ALONE if private else _FOR_ALL
    with open(fresh, "w", encoding="utf-8", opener=partial(os.open, mode=mode)) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _follows(line: str, kept: str | None) -> bool:
    """Whether a line is a place past the kept one, or a place in another center's log."""
    place, before = _place(line), _place(kept or "")
    if place is None or before is None:
        return place is not None
    return place[0] != before[0] or place[1] > before[1]


def _place(line: str) -> tuple[str, int] | None:
    """Return center and seq of a checkpoint's line."""
    words = line.split()
    if len(words) != _WORDS or words[0] != "navbat-checkpoint" or not words[3].isdecimal():
        return None
    return words[2], int(words[3])
