"""Code scanners: one that types like a keyboard, and one on a serial line.

A scanner types far faster than a hand, and ends with Enter: so a burst is told from a person's
typing by its speed alone. Whatever it says is cleaned, cut and passed on; nothing is believed.
"""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from kiosk.events import Event, Scanned

_log = logging.getLogger(__name__)
#: seconds between two letters after which a burst is over; letters come in frames of the screen
PAUSE: Final = 0.12
#: seconds that each letter of a scanner may take on average: a hand needs thrice as long
PACE: Final = 0.035
#: letters that a code has at least, and after how many a burst is surely none of a hand
SHORTEST: Final = 5
SURE: Final = 3
#: characters of a code at most
LONGEST: Final = 300
#: seconds: one read of a serial line, which is also what ends a code without an end; one retry
READ: Final = 0.2
RETRY: Final = 3.0
BAUD: Final = 9600
_ENDS: Final = b"\r\n\0\x03"


@dataclass(frozen=True, slots=True)
class Burst:
    """Letters that came in quick succession."""

    text: str = ""
    began: float = 0.0
    last: float = 0.0

    @property
    def quick(self) -> bool:
        """Whether no hand types like this."""
        return self.last - self.began <= PACE * max(1, len(self.text) - 1)


def typed(burst: Burst, text: str, at: float) -> Burst:
    """Return the burst with one more letter, or a new one where the pause was too long."""
    if not burst.text or at - burst.last > PAUSE:
        return Burst(text, at, at)
    return Burst((burst.text + text)[:LONGEST], burst.began, at)


def swallowed(burst: Burst) -> bool:
    """Whether a burst's letters are a scanner's, and mean nothing by themselves."""
    return len(burst.text) >= SURE and burst.quick


def scanned(burst: Burst, at: float) -> str:
    """Return the code of a burst that Enter has ended; empty: somebody typed."""
    whole = len(burst.text) >= SHORTEST and burst.quick and at - burst.last <= PAUSE
    return clean(burst.text) if whole else ""


def clean(text: str) -> str:
    """Return what was scanned on one line, without what nobody can see."""
    visible = (char for char in text if unicodedata.category(char)[0] != "C")
    return " ".join("".join(visible).split())[:LONGEST]


def split(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the codes that have ended, and the beginning of the next one."""
    for end in _ENDS:
        data = data.replace(bytes([end]), b"\n")
    *codes, rest = data.split(b"\n")
    return [code for code in codes if code.strip()], rest[:LONGEST]


class _Line(Protocol):
    """A serial line."""

    def read(self, size: int) -> bytes:
        """Return what has come; nothing after a while."""

    def close(self) -> None:
        """Let it go."""


#: opens a line; raises OSError
Opening = Callable[[], _Line]


class SerialScanner:
    """Listens on a thread of its own; a scanner that is unplugged is waited for."""

    def __init__(
        self, opening: Opening, tell: Callable[[Event], None], now: Callable[[], float]
    ) -> None:
        self._opening, self._tell, self._now = opening, tell, now
        self._stopping = threading.Event()
        self._lost = False

    def start(self) -> None:
        """Begin to listen; returns at once."""
        threading.Thread(target=self._run, name="scanner", daemon=True).start()

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen(self._opening())
            except (OSError, ValueError) as error:
                if not self._lost:
                    _log.warning("no scanner: %s", error, extra={"action": "scanner"})
                self._lost = True
                self._stopping.wait(RETRY)

    def _listen(self, line: _Line) -> None:
        self._lost = False
        held = b""
        try:
            while not self._stopping.is_set():
                came = line.read(LONGEST)
                # silence ends a code of a scanner that was told to send no end
                codes, held = split(held + came) if came else ([held] if held.strip() else [], b"")
                for code in codes:
                    self._pass_on(code)
        finally:
            line.close()

    def _pass_on(self, code: bytes) -> None:
        text = clean(code.decode("utf-8", errors="replace"))
        if text:
            _log.info("scanned", extra={"action": "scan", "length": len(text)})
            self._tell(Scanned(self._now(), text))


def serial_line(address: str) -> Opening:
    """Return what opens `serial:///dev/ttyACM0?baud=9600`; raises ValueError for another address.

    serial's own error is an OSError.
    """
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    baud = int(options.pop("baud", BAUD))
    path = unquote(parts.path)
    if parts.scheme != "serial" or not path or options:
        raise ValueError(f"a scanner's address is serial:///dev/ttyACM0?baud=9600, not {address!r}")

    def open_line() -> _Line:
        """Open the line; raise OSError where there is no scanner, or another program has it."""
        import serial  # noqa: PLC0415 - only where there is such a scanner

        line: _Line = serial.Serial(path, baud, timeout=READ, exclusive=True)
        return line

    return open_line


class Typist:
    """Hears the keyboard, and tells a scanner that types from a hand; one thread uses it."""

    def __init__(self) -> None:
        self._burst = Burst()

    def key(self, text: str, at: float) -> bool:
        """Take a letter at a time in seconds; return whether a scanner typed it."""
        if not text.isprintable():
            return False
        self._burst = typed(self._burst, text, at)
        return swallowed(self._burst)

    def end(self, at: float) -> str:
        """Take Enter; return the code that it ends, empty where a hand pressed it."""
        code, self._burst = scanned(self._burst, at), Burst()
        return code
