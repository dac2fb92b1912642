"""A printer behind a file: the kernel's USB printer device, a serial port, or any path."""

import os
import stat
import termios
from contextlib import suppress
from pathlib import Path

import serial

from printer.deadline import Deadline
from printer.errors import PrinterAway, PrinterStalled
from printer.stream import wait_drained, wait_writable
from printer.transport import Descriptor


class UsbPrinter(Descriptor):
    """A printer at /dev/usb/lpN (the kernel's usblp): one opener, both directions."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def open(self, title: str, deadline: Deadline) -> None:  # noqa: ARG002  (a device has no title)
        """Open without waiting: a printer without paper would hold a plain write for ever."""
        self._fd = _open(self._path, os.O_RDWR)

    def flush(self, deadline: Deadline) -> None:
        """Wait for the last piece: the kernel drops it if the device is closed too early."""
        if not wait_writable(self._fd, deadline):
            raise PrinterStalled("the printer stopped taking data", sent=True)


class FilePrinter(Descriptor):
    """Any path: a file to append to, a pipe, a device that only takes."""

    answers = False

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def open(self, title: str, deadline: Deadline) -> None:  # noqa: ARG002  (a file has no title)
        """Open for appending; a file that is not there is made."""
        self._fd = _open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def flush(self, deadline: Deadline) -> None:
        """Bring a plain file to the disk, wait for anything else."""
        if not stat.S_ISREG(os.fstat(self._fd).st_mode):
            return super().flush(deadline)
        try:
            os.fsync(self._fd)
        except OSError as error:
            message = f"the file was not written: {error.strerror}"
            raise PrinterStalled(message, sent=True) from error


class SerialPrinter(Descriptor):
    """A printer at a serial port; pyserial opens and sets the port, the bytes are ours."""

    def __init__(self, path: Path, baud: int, flow: str) -> None:
        super().__init__()
        self.rate = baud // 10
        self._flow = {"rtscts": flow == "rtscts", "xonxoff": flow == "xonxoff"}
        self._path, self._baud = path, baud
        self._port: serial.Serial | None = None

    def open(self, title: str, deadline: Deadline) -> None:  # noqa: ARG002  (a port has no title)
        """Open the port for ourselves alone, with flow control."""
        try:
            self._port = serial.Serial(
                str(self._path), self._baud, timeout=0, exclusive=True, **self._flow
            )
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else error
            raise PrinterAway(f"the serial port {self._path} cannot be opened: {why}") from error
        self._fd = self._port.fileno()

    def close(self) -> None:
        """Close the port; what a stalled printer did not take would hold the close for 30 s."""
        if self._port is None:
            return
        with suppress(OSError, termios.error):
            if not wait_drained(self._fd, Deadline.after(0)):
                self._port.reset_output_buffer()
            self._port.close()
        self._port, self._fd = None, -1


def _open(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY, 0o640)
    except OSError as error:
        raise PrinterAway(f"{path} cannot be opened: {error.strerror}") from error
