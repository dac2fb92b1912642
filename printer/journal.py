"""The print queue on disk: one JSON line for each change of a job; its last line counts."""

import fcntl
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printer.errors import PrinterError, SpoolError
from printer.job import OPEN, Job, JobState
from printer.printable import from_json
from printer.reasons import Reason

_VERSION = 1
_NAME, _LOCK, _DAMAGED = "print-queue.jsonl", "print-queue.lock", "print-queue.damaged.jsonl"
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
_OURS_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Replay:
    """What a journal holds; `damaged` if a line before the last could not be read."""

    jobs: tuple[Job, ...]
    damaged: bool = False


def replay(data: bytes) -> Replay:
    """Return the jobs of a journal, the oldest first.

    A last line without its end was never acknowledged and does not count. Any other line that
    cannot be read may have said that a slip was sent: then every job that seems to wait is
    unknown, and is not sent again.
    """
    lines = data.split(b"\n")[:-1]
    read = [_read(line) for line in lines]
    jobs = {job.key: job for job in read if job is not None}
    damaged = len([job for job in read if job is not None]) < len(lines)
    return Replay(tuple(map(_distrust, jobs.values()) if damaged else jobs.values()), damaged)


class Journal:
    """The journal in a folder; one process owns it, one thread uses it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _NAME
        self._lock = self._file = -1
        self._size = 0
        #: Lines in the file, to know when rewriting it pays.
        self.lines = 0

    def load(self) -> Replay:
        """Own the journal and read it; raise `SpoolError` if that cannot be."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = _own(self._folder / _LOCK)
            self._file = os.open(self._path, _FLAGS, _OURS_ALONE)
            data = self._path.read_bytes()
            found = replay(data)
            if found.damaged:
                (self._folder / _DAMAGED).write_bytes(data)
            self._size, self.lines = data.rfind(b"\n") + 1, data.count(b"\n")
            os.ftruncate(self._file, self._size)
            _sync_folder(self._folder)
        except OSError as error:
            self.close()
            raise SpoolError(f"{self._path} cannot be used: {error.strerror}") from error
        return found

    def append(self, job: Job) -> None:
        """Bring a job to the disk; if it cannot be, raise `SpoolError` with the file as it was."""
        line = _write(job)
        try:
            _write_whole(self._file, line, self._size)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise SpoolError(f"{self._path} cannot be written: {error.strerror}") from error
        self._size += len(line)
        self.lines += 1

    def rewrite(self, jobs: Iterable[Job]) -> None:
        """Put a journal of just these jobs in place, whole or not at all."""
        lines = [_write(job) for job in jobs]
        unfinished = self._path.with_suffix(".part")
        try:
            fresh = os.open(unfinished, _FLAGS | os.O_TRUNC, _OURS_ALONE)
            try:
                _write_whole(fresh, b"".join(lines), 0)
                unfinished.replace(self._path)
                _sync_folder(self._folder)
                os.dup2(fresh, self._file, inheritable=False)
            finally:
                os.close(fresh)
        except OSError as error:
            raise SpoolError(f"{self._path} cannot be written: {error.strerror}") from error
        self._size, self.lines = sum(map(len, lines)), len(lines)

    def close(self) -> None:
        """Let the journal go for another process."""
        for fd in (self._file, self._lock):
            if fd >= 0:
                os.close(fd)
        self._lock = self._file = -1


def _own(path: Path) -> int:
    lock = os.open(path, _FLAGS, _OURS_ALONE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise SpoolError(f"another program prints already: it owns {path}") from None
    return lock


def _write_whole(fd: int, data: bytes, offset: int) -> None:
    written = 0
    while written < len(data):
        written += os.pwrite(fd, data[written:], offset + written)
    os.fsync(fd)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _write(job: Job) -> bytes:
    record: dict[str, Any] = {
        "v": _VERSION,
        "state": job.state,
        "reason": job.reason,
        "queued_at": job.queued_at,
        "changed_at": job.changed_at,
        "attempts": job.attempts,
        "slip": job.slip.to_json(),
    }
    if job.torn:
        record["torn"] = True
    if job.taken_at is not None:
        record["taken_at"] = job.taken_at
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes) -> Job | None:
    try:
        record = json.loads(line)
        return Job(
            slip=from_json(record["slip"]),
            state=JobState(record["state"]),
            queued_at=float(record["queued_at"]),
            changed_at=float(record["changed_at"]),
            reason=None if record["reason"] is None else Reason(record["reason"]),
            attempts=int(record["attempts"]),
            torn=record.get("torn", False) is True,
            taken_at=None if record.get("taken_at") is None else float(record["taken_at"]),
        )
    except (ValueError, TypeError, KeyError, PrinterError):
        return None


def _distrust(job: Job) -> Job:
    if job.state not in OPEN:
        return job
    return job.to(JobState.SENDING, job.changed_at).to(
        JobState.UNKNOWN, job.changed_at, Reason.JOURNAL
    )
