"""The trainer's line to the fake printer: one line in, one line out, over TCP."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from printer.errors import PrinterError

_LONGEST = 200
#: Seconds that a trainer may take for a line.
_PATIENCE = 5.0


class Control:
    """A port that takes lines such as `fault cover` and answers each with a line."""

    def __init__(self, command: Callable[[str], str], host: str, port: int) -> None:
        self._command = command
        self._listener = socket.create_server((host, port))
        self._thread = threading.Thread(target=self._run, name="fake-control", daemon=True)

    @property
    def port(self) -> int:
        """Return the port it listens at."""
        return int(self._listener.getsockname()[1])

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Let the port go."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                with client, suppress(OSError):
                    client.settimeout(_PATIENCE)
                    self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        with client.makefile("rw", encoding="utf-8", errors="replace", newline="\n") as talk:
            while words := talk.readline(_LONGEST):
                talk.write(answer(self._command, words) + "\n")
                talk.flush()


def answer(command: Callable[[str], str], words: str) -> str:
    """Return what the printer says to a line; a mistake is a line as well."""
    try:
        return command(words)
    except PrinterError as error:
        return f"error: {error}"
