"""A line to the server that loses answers: what is asked arrives, what is said does not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

#: bytes of one piece
PIECE = 65536


class LossyLine:
    """Passes everything on, but for the answers to requests that begin with `loses`."""

    def __init__(self, listener: socket.socket, port: int) -> None:
        self._listener, self._port = listener, port
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        #: how a request begins whose answer is lost; empty: none is
        self.loses = b""
        #: how many were lost
        self.lost = threading.Semaphore(0)

    def run(self) -> None:
        """Take one connection after another until the port is closed."""
        while True:
            try:
                kiosk, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(kiosk,), daemon=True).start()

    def _join(self, kiosk: socket.socket) -> None:
        deaf = threading.Event()
        with (
            kiosk,
            suppress(OSError),
            socket.create_connection(("127.0.0.1", self._port)) as server,
        ):
            back = threading.Thread(target=self._answer, args=(server, kiosk, deaf), daemon=True)
            back.start()
            while piece := kiosk.recv(PIECE):
                if self.loses and piece.startswith(self.loses):
                    deaf.set()
                server.sendall(piece)
            server.shutdown(socket.SHUT_WR)
            back.join(10)

    def _answer(self, server: socket.socket, kiosk: socket.socket, deaf: threading.Event) -> None:
        with suppress(OSError):
            while piece := server.recv(PIECE):
                if deaf.is_set():
                    self.lost.release()
                else:
                    kiosk.sendall(piece)


@contextmanager
def lossy_line(port: int) -> Iterator[LossyLine]:
    """Stand between a kiosk and a server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = LossyLine(listener, port)
        thread = threading.Thread(target=line.run, daemon=True)
        thread.start()
        try:
            yield line
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)
