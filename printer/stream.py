"""Bytes to and from a file descriptor, never waiting beyond a deadline."""

import array
import fcntl
import os
import select
import termios

from printer.deadline import Deadline
from printer.errors import PrinterStalled

_PIECE = 4096
#: How often the kernel is asked whether everything left; it does not tell by itself.
_DRAIN_STEP = 0.01
#: Wait for nothing but a broken line, which poll always reports.
_ONLY_TROUBLE = 0


def write_all(fd: int, data: bytes, deadline: Deadline) -> None:
    """Write all of `data`; raise `PrinterStalled` if the device does not take it."""
    written = 0
    while written < len(data):
        if not _wait(fd, select.POLLOUT, deadline.remaining()):
            raise PrinterStalled("the printer stopped taking data", sent=written > 0)
        try:
            written += os.write(fd, data[written : written + _PIECE])
        except BlockingIOError:
            continue
        except OSError as error:
            message = f"the printer broke off: {error.strerror}"
            raise PrinterStalled(message, sent=written > 0) from error


def read_some(fd: int, deadline: Deadline) -> bytes:
    """Return what the printer sent, or nothing: the deadline passed, or no more will come."""
    if not _wait(fd, select.POLLIN, deadline.remaining()):
        return b""
    try:
        return os.read(fd, _PIECE)
    except OSError:
        return b""


def wait_drained(fd: int, deadline: Deadline) -> bool:
    """Wait until the kernel has handed everything over; tell whether it did in time.

    A line that breaks meanwhile ends the wait at once; an answer of the printer does not.
    """
    while not (broken := _wait(fd, _ONLY_TROUBLE, 0)) and _in_kernel(fd):
        if deadline.remaining() == 0:
            return False
        _wait(fd, _ONLY_TROUBLE, min(_DRAIN_STEP, deadline.remaining()))
    return not broken


def wait_broken(fd: int, deadline: Deadline) -> bool:
    """Wait until the line breaks; tell whether it did in time."""
    return _wait(fd, _ONLY_TROUBLE, deadline.remaining())


def wait_writable(fd: int, deadline: Deadline) -> bool:
    """Wait until the device would take more; tell whether it did in time."""
    return _wait(fd, select.POLLOUT, deadline.remaining())


def _wait(fd: int, events: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(fd, events)
    return bool(poll.poll(seconds * 1000))


def _in_kernel(fd: int) -> int:
    count = array.array("i", [0])
    try:
        fcntl.ioctl(fd, termios.TIOCOUTQ, count)
    except OSError:
        return 0
    return count[0]
