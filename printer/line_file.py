"""A file of lines that only grows: each is on the disk before the call that wrote it returns.

A line that ends is whole. A last one without its end was torn by a crash: nobody was told that it
is written, so it does not count.
"""

import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
_OURS_ALONE = 0o600
_NONE = -1


class LineFileTaken(OSError):
    """Another program has this file."""


def whole_lines(data: bytes) -> list[bytes]:
    """Return the lines that were wholly written, without their ends."""
    return data.split(b"\n")[:-1]


class LineFile:
    """A file of lines; one process owns it, one thread uses it. Methods raise OSError of the disk.

    Beside `name.jsonl` stands `name.lock`, and `name.damaged.jsonl` where it was set aside.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = self._file = _NONE
        self._size = 0
        #: in the file, to know when rewriting it pays
        self.count = 0

    def open(self) -> bytes:
        """Own the file and return its whole lines; a torn last one is cut off.

        Raises LineFileTaken where another program owns it.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _own(self.path.with_suffix(".lock"))
            self._file = os.open(self.path, _FLAGS, _OURS_ALONE)
            data = self.path.read_bytes()
            self._size, self.count = data.rfind(b"\n") + 1, data.count(b"\n")
            os.ftruncate(self._file, self._size)
            _sync_folder(self.path.parent)
        except OSError:
            self.close()
            raise
        return data[: self._size]

    def append(self, lines: Iterable[bytes]) -> None:
        """Bring lines to the disk; if that cannot be, the file is as it was."""
        data = _ended(lines)
        try:
            _write_whole(self._file, data, self._size)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise
        self._size += len(data)
        self.count += data.count(b"\n")

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Put a file of just these lines in its place, whole or not at all."""
        data = _ended(lines)
        unfinished = self.path.with_suffix(".part")
        fresh = os.open(unfinished, _FLAGS | os.O_TRUNC, _OURS_ALONE)
        try:
            _write_whole(fresh, data, 0)
            unfinished.replace(self.path)
            _sync_folder(self.path.parent)
            os.dup2(fresh, self._file, inheritable=False)
        finally:
            os.close(fresh)
        self._size, self.count = len(data), data.count(b"\n")

    def set_aside(self) -> None:
        """Keep a copy of the file as it is beside it, for whoever looks into the damage."""
        self.path.with_suffix(f".damaged{self.path.suffix}").write_bytes(self.path.read_bytes())

    def close(self) -> None:
        """Let the file go for another process."""
        for fd in (self._file, self._lock):
            if fd != _NONE:
                os.close(fd)
        self._lock = self._file = _NONE


def _own(path: Path) -> int:
    lock = os.open(path, _FLAGS, _OURS_ALONE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise LineFileTaken(f"another program is at work here: it owns {path}") from None
    return lock


def _ended(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


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
