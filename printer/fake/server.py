"""The fake printer at its port: one client at a time, as print servers have it, and its faults."""

import errno
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto

from printer.errors import PrinterError
from printer.fake.machine import Machine
from printer.fake.mishaps import Kind, Mishap, read_mishap
from printer.fake.paper_path import NEW_ROLL_MM, Fate, PaperPath, Piece
from printer.model import Model
from printer.paper import DOTS_PER_MM

_PIECE = 4096
#: How often a slow printer takes a little, in seconds.
_SLOW_STEP = 0.05
_NONSENSE = b"\xfe\xed\xfa\xce"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
#: What a printer holds before it takes no more.
BUFFER = 65_536
#: A full printer still hears the first bytes of a connection: a question finds its way.
_ALWAYS_HEARD = 64

Hears = Callable[[Piece], None]


class _End(Enum):
    """How a connection ends."""

    POLITE = auto()
    RESET = auto()


class FakePrinter:
    """A printer at a TCP port, or at the other end of an open `line` such as a pseudo-terminal.

    `hears` is told of each piece of paper in the printer's thread. `command` may be called from
    any thread.
    """

    def __init__(
        self,
        model: Model,
        hears: Hears = lambda _: None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        line: int | None = None,
        buffer: int = BUFFER,
        roll_mm: int = NEW_ROLL_MM,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.pieces: list[Piece] = []
        self.path = PaperPath(model, self._out, clock, left=roll_mm * DOTS_PER_MM)
        self.machine = Machine(model, self.path)
        self._hears, self._buffer = hears, buffer
        self._mishaps: dict[Kind, Mishap] = {}
        self._lock = threading.Condition()
        self._ended = False
        self._wake_out, self._wake_in = os.pipe()
        self._line = line
        self._host, self._port = host, port
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        #: Bytes of this connection, and connections so far.
        self._came = self.connections = 0
        if line is None:
            self._listen()
        self._thread = threading.Thread(target=self._run, name="fake-printer", daemon=True)

    @property
    def port(self) -> int:
        """Return the port it listens at."""
        return self._port

    def start(self) -> None:
        """Switch the printer on."""
        self._thread.start()

    def close(self) -> None:
        """Switch the printer off and let the port go."""
        with self._lock:
            self._ended = True
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        self._hang_up(_End.POLITE)
        self._stop_listening()
        os.close(self._wake_in)
        os.close(self._wake_out)

    def command(self, words: str) -> str:
        """Do what a trainer says, and return a line about it; raise `PrinterError` for nonsense."""
        verb, _, rest = words.strip().partition(" ")
        verbs = {"fault": self._fault, "roll": self._roll, "take": self._take}
        if verb not in {*verbs, "status"}:
            raise PrinterError("say: fault NAME, fault none, roll [METRES], take, or status")
        with self._lock:
            if verb in verbs:
                verbs[verb](rest.strip())
            said = self._describe()
        self._wake()
        return said

    def suffer(self, *mishaps: Mishap) -> None:
        """Let faults happen."""
        with self._lock:
            self._mishaps |= {mishap.kind: mishap for mishap in mishaps}
            self._apply()
        self._wake()

    def wait_for(self, holds: Callable[["FakePrinter"], bool], seconds: float) -> bool:
        """Wait until something is so; tell whether it was in time."""
        with self._lock:
            return self._lock.wait_for(lambda: holds(self), seconds)

    def _fault(self, word: str) -> None:
        if word == "none":
            self._mishaps.clear()
        else:
            mishap = read_mishap(word)
            self._mishaps[mishap.kind] = mishap
        self._apply()

    def _apply(self) -> None:
        """Bring the machine to what is wrong with it."""
        path, faults = self.path, self._mishaps
        path.cover_open, path.near_end = Kind.COVER in faults, Kind.NEAR_END in faults
        path.cutter_faulty = Kind.CUTTER in faults
        path.cutter_stuck = path.cutter_stuck and path.cutter_faulty
        self.machine.hot = Kind.HOT in faults
        path.taken_within = None if Kind.NOT_TAKEN in faults else 0.5
        if Kind.PAPER_END in faults:
            path.left = 0
            path.tear()
        if Kind.PAPER_END_AFTER in faults:
            path.end_behind(faults.pop(Kind.PAPER_END_AFTER).amount)
        if Kind.COVER_AT in faults:
            path.cover_at = faults.pop(Kind.COVER_AT).amount * DOTS_PER_MM
        self._say(self.machine.news())

    def _roll(self, metres: str) -> None:
        if metres and not metres.isdecimal():
            raise PrinterError(f"a roll is so many metres long, not {metres!r}")
        self._mishaps = {
            kind: mishap
            for kind, mishap in self._mishaps.items()
            if kind not in (Kind.PAPER_END, Kind.COVER, Kind.NEAR_END)
        }
        self.path.new_roll(int(metres) * 1000 if metres else NEW_ROLL_MM)
        self._say(self.machine.news())

    def _take(self, _: str) -> None:
        self.path.let_go(Fate.TAKEN)

    def _describe(self) -> str:
        path = self.path
        wrong = ", ".join(self._mishaps) or "nothing"
        state = "stopped" if path.stopped else "ready"
        left = max(0, path.left) // DOTS_PER_MM
        whole = sum(not piece.torn for piece in self.pieces)
        torn = len(self.pieces) - whole
        return f"{state}; wrong: {wrong}; {left / 1000:.1f} m of paper; {whole} slips, {torn} torn"

    def _out(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self._hears(piece)

    def _wake(self) -> None:
        os.write(self._wake_in, b"w")

    def _run(self) -> None:
        while not self._ended:
            ready = self._wait()
            with self._lock:
                if self._wake_out in ready:
                    os.read(self._wake_out, _PIECE)
                self._mind_the_port()
                if self._listener is not None and self._listener.fileno() in ready:
                    self._accept()
                elif self._fd() in ready:
                    self._receive()
                else:
                    self._say(self.machine.go_on())
                self._lock.notify_all()

    def _wait(self) -> set[int]:
        """Wait until there is something to do."""
        poll = select.poll()
        poll.register(self._wake_out, select.POLLIN)
        fd = self._fd()
        if fd < 0 and self._listener is not None:
            poll.register(self._listener, select.POLLIN)
        elif fd >= 0 and Kind.STALL not in self._mishaps:
            if len(self.machine.buffer) < self._buffer or self._came < _ALWAYS_HEARD:
                poll.register(fd, select.POLLIN)
            else:
                poll.register(fd, 0)
        return {one for one, _ in poll.poll()}

    def _fd(self) -> int:
        if self._line is not None:
            return self._line
        return self._client.fileno() if self._client is not None else -1

    def _accept(self) -> None:
        if self._listener is not None and self._client is None:
            self._client, _ = self._listener.accept()
            self._came = 0
            self.connections += 1

    def _receive(self) -> None:
        slow = self._mishaps.get(Kind.SLOW)
        limit = max(1, int(slow.amount * _SLOW_STEP)) if slow else _PIECE
        try:
            data = os.read(self._fd(), limit)
        except OSError as error:
            if error.errno != errno.EIO:  # a pseudo-terminal that nobody has open
                self._hang_up(_End.POLITE)
            return
        if not data:
            self._hang_up(_End.POLITE)
            return
        self._came += len(data)
        self._say(self.machine.receive(data))
        self._break_off()
        if slow:
            self._lock.wait(_SLOW_STEP)

    def _break_off(self) -> None:
        """Lose the connection, or the power, once enough has come."""
        for kind in (Kind.RESET, Kind.POWER_CYCLE):
            mishap = self._mishaps.get(kind)
            if mishap is not None and self._came >= mishap.amount:
                self._mishaps.pop(kind)
                if kind is Kind.POWER_CYCLE:
                    self.machine.power_cycle()
                self._hang_up(_End.RESET)
                return

    def _mind_the_port(self) -> None:
        power = self._mishaps.get(Kind.POWER_CYCLE)
        if power is not None and power.amount == 0:
            self._break_off()
        if Kind.REFUSE in self._mishaps:
            self._hang_up(_End.RESET)
            self._stop_listening()
        elif self._line is None and self._listener is None:
            self._listen()

    def _say(self, words: bytes) -> None:
        if not words or Kind.MUTE in self._mishaps or self._fd() < 0:
            return
        with suppress(OSError):
            os.write(self._fd(), _NONSENSE if Kind.GARBAGE in self._mishaps else words)

    def _hang_up(self, how: _End) -> None:
        if self._client is None:
            return
        if how is _End.RESET:
            with suppress(OSError):
                self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._client.close()
        self._client = None

    def _listen(self) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # a small window, as a printer has: what it does not take stays with the sender
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _PIECE)
        self._listener.bind((self._host, self._port))
        self._listener.listen()
        self._port = int(self._listener.getsockname()[1])

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
