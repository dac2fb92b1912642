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
