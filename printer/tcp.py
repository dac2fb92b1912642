"""A printer in the network: raw bytes to port 9100."""

import socket
import struct
from contextlib import suppress

from printer.deadline import Deadline
from printer.errors import PrinterAway
from printer.stream import read_some, wait_drained
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

    def open(self, title: str, deadline: Deadline) -> None:  # noqa: ARG002  (a socket has no title)
        """Connect; a refused, unknown or silent address is a printer that is away."""
        try:
            self._socket = socket.create_connection(self._address, max(0.01, deadline.remaining()))
        except OSError as error:
            host, port = self._address
            why = error.strerror or error
            raise PrinterAway(f"no printer answers at {host}, port {port}: {why}") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        self._fd = self._socket.fileno()

    def close(self) -> None:
        """Say goodbye when everything arrived; drop what is left of a broken job.

        Left to itself the kernel would go on sending a broken job for minutes: a second slip
        beside the copy that staff made meanwhile.
        """
        if self._socket is None:
            return
        with suppress(OSError):  # the printer was quicker
            if wait_drained(self._fd, Deadline.after(0)):
                _say_goodbye(self._socket)
            else:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._socket.close()
        self._socket, self._fd = None, -1


def _say_goodbye(connection: socket.socket) -> None:
    """End our side and read to the end: unread answers would make the kernel reset the line."""
    connection.shutdown(socket.SHUT_WR)
    deadline = Deadline.after(_GOODBYE)
    while deadline.remaining() > 0 and read_some(connection.fileno(), deadline):
        continue
