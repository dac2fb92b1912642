"""The kiosk's own tickets on disk: a line each, on the disk before the number is shown.

A line that ends is whole; the last one without its end was never shown and does not count. Each
ticket's line carries how far the numbers are used, so the last line that can be read tells all.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.numbers import Numbers
from kiosk.true_time import Instant
from queue_server.contracts.devices import OfflineTicket

_VERSION = 1
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
_OURS_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket of the kiosk's own, the request it answers, and how far numbers are used by it."""

    ticket: OfflineTicket
    key: str
    instant: Instant
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Replay:
    """What a journal holds: tickets not handed over, numbers used, and lines nobody can read."""

    entries: tuple[Entry, ...] = ()
    numbers: Numbers | None = None
    damaged: int = 0


class JournalTaken(OSError):
    """Another program has this journal."""


def replay(data: bytes) -> Replay:
    """Return what a journal's bytes hold, the oldest ticket first."""
    entries: dict[str, Entry] = {}
    numbers, damaged = None, 0
    for line in data.split(b"\n")[:-1]:
        read = _read(line)
        match read:
            case Entry():
                entries[read.ticket.id] = read
                numbers = read.numbers
            case Numbers():
                numbers = read
            case str():
                entries.pop(read, None)
            case None:
                damaged += 1
    return Replay(tuple(entries.values()), numbers, damaged)


class Journal:
    """The journal in a folder; one process owns it. Every method raises OSError of the disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "offline.jsonl"
        self._lock = folder / "offline.lock"
        self._file = self._owned = -1
        self._size = 0
        #: lines in the file, to know when rewriting it pays
        self.lines = 0

    def load(self) -> Replay:
        """Own the journal and read it; a torn last line is cut off."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._owned = _own(self._lock)
        self._file = os.open(self._path, _FLAGS, _OURS_ALONE)
        data = self._path.read_bytes()
        self._size, self.lines = data.rfind(b"\n") + 1, data.count(b"\n")
        os.ftruncate(self._file, self._size)
        _sync_folder(self._path.parent)
        found = replay(data)
        if found.damaged:
            self._path.with_suffix(".damaged").write_bytes(data)
        return found

    def append(self, entry: Entry) -> None:
        """Bring a ticket to the disk; if it cannot be, the file is as it was."""
        self._write(_line(_of_entry(entry)))

    def settle(self, ids: Iterable[str]) -> None:
        """Note that these tickets were handed over."""
        self._write(b"".join(_line({"settled": one}) for one in ids))

    def rewrite(self, numbers: Numbers, entries: Iterable[Entry]) -> None:
        """Put a journal of just these in place, whole or not at all."""
        lines = [_line({"numbers": asdict(numbers)}), *(_line(_of_entry(one)) for one in entries)]
        unfinished = self._path.with_suffix(".part")
        fresh = os.open(unfinished, _FLAGS | os.O_TRUNC, _OURS_ALONE)
        try:
            _write_whole(fresh, b"".join(lines), 0)
            unfinished.replace(self._path)
            _sync_folder(self._path.parent)
            os.dup2(fresh, self._file, inheritable=False)
        finally:
            os.close(fresh)
        self._size, self.lines = sum(map(len, lines)), len(lines)

    def close(self) -> None:
        """Let the journal go for another process."""
        for fd in (self._file, self._owned):
            if fd >= 0:
                os.close(fd)
        self._file = self._owned = -1

    def _write(self, lines: bytes) -> None:
        try:
            _write_whole(self._file, lines, self._size)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise
        self._size += len(lines)
        self.lines += lines.count(b"\n")


def _own(path: Path) -> int:
    lock = os.open(path, _FLAGS, _OURS_ALONE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise JournalTaken(f"another program issues already: it owns {path}") from None
    return lock


def _write_whole(fd: int, data: bytes, offset: int) -> None:
    done = 0
    while done < len(data):
        done += os.pwrite(fd, data[done:], offset + done)
    os.fsync(fd)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _line(record: dict[str, Any]) -> bytes:
    whole = {"v": _VERSION, **record}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _of_entry(entry: Entry) -> dict[str, Any]:
    return {
        "ticket": entry.ticket.model_dump(),
        "key": entry.key,
        "instant": asdict(entry.instant),
        "numbers": asdict(entry.numbers),
    }


def _read(line: bytes) -> Entry | Numbers | str | None:
    """Return a ticket, used numbers, the id of a ticket handed over; None for what is none."""
    try:
        record = json.loads(line)
        if "settled" in record:
            return str(record["settled"])
        numbers = _numbers(record["numbers"])
        if "ticket" not in record:
            return numbers
        ticket = OfflineTicket.model_validate(record["ticket"])
        return Entry(ticket, str(record["key"]), Instant(**record["instant"]), numbers)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _numbers(data: dict[str, Any]) -> Numbers:
    last = {str(prefix): int(number) for prefix, number in data["last"].items()}
    return Numbers(str(data["lease"]), str(data["day"]), last, bool(data["doubtful"]))
