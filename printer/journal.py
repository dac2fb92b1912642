"""The print queue on disk: one JSON line for each change of a job; its last line counts."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printer.errors import PrinterError, SpoolError
from printer.job import OPEN, Job, JobState
from printer.line_file import LineFile, LineFileTaken, whole_lines
from printer.printable import from_json
from printer.reasons import Reason

_VERSION = 1


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
    lines = whole_lines(data)
    read = [_read(line) for line in lines]
    jobs = {job.key: job for job in read if job is not None}
    damaged = len([job for job in read if job is not None]) < len(lines)
    return Replay(tuple(map(_distrust, jobs.values()) if damaged else jobs.values()), damaged)


class Journal:
    """The journal in a folder; one process owns it, one thread uses it."""

    def __init__(self, folder: Path) -> None:
        self._file = LineFile(folder / "print-queue.jsonl")

    @property
    def lines(self) -> int:
        """How many lines it has, to know when rewriting it pays."""
        return self._file.count

    def load(self) -> Replay:
        """Own the journal and read it; raise `SpoolError` if that cannot be."""
        try:
            found = replay(self._file.open())
            if found.damaged:
                self._file.set_aside()
        except LineFileTaken as taken:
            raise SpoolError(str(taken)) from None
        except OSError as error:
            self.close()
            raise SpoolError(f"{self._file.path} cannot be used: {error.strerror}") from error
        return found

    def append(self, job: Job) -> None:
        """Bring a job to the disk; if it cannot be, raise `SpoolError` with the file as it was."""
        with self._writing():
            self._file.append([_write(job)])

    def rewrite(self, jobs: Iterable[Job]) -> None:
        """Put a journal of just these jobs in place, whole or not at all."""
        with self._writing():
            self._file.rewrite(map(_write, jobs))

    def close(self) -> None:
        """Let the journal go for another process."""
        self._file.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SpoolError(f"{self._file.path} cannot be written: {error.strerror}") from error


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
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


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
