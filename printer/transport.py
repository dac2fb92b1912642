"""The ways to a printer: what each of them can do, and the one that most share."""

import os
import re
from typing import Protocol

from printer.deadline import Deadline
from printer.errors import PrinterStalled
from printer.stream import read_some, wait_broken, wait_drained, write_all


class Transport(Protocol):
    """One way to one printer, opened for a job and closed behind it.

    Only one thread uses it. No call waits beyond its deadline.
    """

    #: Bytes that the way carries in a second, for the deadline of a job.
    rate: int
    #: Whether the printer can be asked and its answers read.
    answers: bool
    #: Whether a flush without an error proves that the slip is on paper.
    proves: bool

    def open(self, title: str, deadline: Deadline) -> None:
        """Reach the printer for the job `title`; raise `PrinterAway` if that fails."""

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Hand over `data`; raise `PrinterStalled` if the printer does not take it."""

    def read(self, deadline: Deadline) -> bytes:
        """Return what the printer sent, nothing once the deadline has passed.

        Raises `PrinterStalled` if the printer hung up.
        """

    def flush(self, deadline: Deadline) -> None:
        """Wait until everything left this machine; raise `PrinterStalled` if it did not."""

    def close(self) -> None:
        """Let the printer go; never raises, and may be called when nothing is open."""


class Descriptor:
    """The shared half of the ways that are a file descriptor: `open` is theirs to add."""

    rate = 300_000
    answers = True
    proves = False

    def __init__(self) -> None:
        self._fd = -1

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Write piece by piece."""
        write_all(self._fd, data, deadline)

    def read(self, deadline: Deadline) -> bytes:
        """Read what is there; raise `PrinterStalled` if the line is broken."""
        data = read_some(self._fd, deadline)
        if not data and wait_broken(self._fd, deadline):
            raise PrinterStalled("the printer hung up")
        return data

    def flush(self, deadline: Deadline) -> None:
        """Wait until the kernel's buffer is empty."""
        if not wait_drained(self._fd, deadline):
            raise PrinterStalled("the printer stopped taking data", sent=True)

    def close(self) -> None:
        """Close the descriptor."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


class Whole:
    """The shared half of the ways that take a job only as a whole: `flush` is theirs to add."""

    rate = 10_000_000
    answers = False
    proves = False

    def __init__(self) -> None:
        self._title = ""
        self._data = bytearray()

    def open(self, title: str, deadline: Deadline) -> None:  # noqa: ARG002  (nothing to wait for)
        """Begin a job."""
        self._title = re.sub(r"[^\w-]", "_", title)[:80]
        self._data.clear()

    def write(self, data: bytes, deadline: Deadline) -> None:  # noqa: ARG002
        """Keep `data` for the flush."""
        self._data += data

    def read(self, deadline: Deadline) -> bytes:  # noqa: ARG002
        """Return nothing: such a way has no answers."""
        return b""

    def close(self) -> None:
        """Forget the job."""
        self._data.clear()
