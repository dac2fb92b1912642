"""A printer in the network: raw bytes to port 9100."""

import socket
import struct

from printer.deadline import Deadline
from printer.errors import PrinterAway
from printer.stream import read_some
from printer.transport import Descriptor

#: How long the printer may take to close its side behind a finished job.
_GOODBYE = 0.25
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpPrinter(Descriptor):
    """A print server that takes one connection at a time, so it is let go after each job."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._finished = False

    def open(self, title: str, deadline: Deadline) -> None:  # noqa: ARG002  (a socket has no title)
        """Connect; a refused, unknown or silent address is a printer that is away."""
        self._finished = False
        try:
            self._socket = socket.create_connection(self._address, max(0.01, deadline.remaining()))
        except OSError as error:
            host, port = self._address
            raise PrinterAway(
                f"no printer answers at {host}, port {port}: {error.strerror or error}"
            ) from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        self._fd = self._socket.fileno()

    def flush(self, deadline: Deadline) -> None:
        """Wait until the printer's side has acknowledged every byte."""
        super().flush(deadline)
        self._finished = True

    def close(self) -> None:
        """Say goodbye behind a finished job; drop what is left of a broken one.

        Left to itself the kernel would go on sending a broken job for minutes: a second slip
        beside the copy that staff made meanwhile.
        """
        if self._socket is None:
            return
        try:
            self._say_goodbye(self._socket) if self._finished else self._drop(self._socket)
        except OSError:
            pass  # the printer was quicker
        finally:
            self._socket.close()
            self._socket, self._fd = None, -1

    def _say_goodbye(self, connection: socket.socket) -> None:
        """Read to the end: unread answers would make the kernel reset the connection."""
        connection.shutdown(socket.SHUT_WR)
        deadline = Deadline.after(_GOODBYE)
        while read_some(self._fd, deadline):
            continue

    def _drop(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
