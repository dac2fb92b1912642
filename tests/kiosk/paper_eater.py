"""A network printer that takes everything and says nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: how a picture begins; without one it was only a question how the printer is
PICTURE = b"\x1dv0"


class PaperEater:
    """Keeps the bytes of each job that was sent to its port."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port = int(listener.getsockname()[1])
        self.jobs: list[bytes] = []

    def run(self) -> None:
        """Take one job after another until the port is closed."""
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                job = _all_of(line)
            if PICTURE in job:
                self.jobs.append(job)


def _all_of(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(65536), b""))


@contextmanager
def eating_paper() -> Iterator[PaperEater]:
    """Listen on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        printer = PaperEater(listener)
        thread = threading.Thread(target=printer.run, daemon=True)
        thread.start()
        try:
            yield printer
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)
