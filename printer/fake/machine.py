"""The fake printer's brain: ESC/POS bytes act on the paper, questions are answered.

It takes what our own encoder writes and what printers are asked; any other byte is counted as
strange and skipped, where a real printer would print it as rubbish.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from printer.fake.paper_path import Fate, PaperPath
from printer.fake.replies import automatic, full_status, id_byte, name_block, status_byte
from printer.model import Model, Questions
from printer.status import FULL, QUESTIONS

_DLE = b"\x10"
_ASKED, _RECOVER = 0x04, 0x05
_CLEARS = 2
_NAME = 67


@dataclass
class Machine:
    """A printer of some model: `receive` takes bytes and returns what it answers."""

    model: Model
    path: PaperPath
    hot: bool = False
    strange: int = 0
    #: What was received and not yet done.
    buffer: bytearray = field(default_factory=bytearray)
    _scan: bytearray = field(default_factory=bytearray)
    _said: bytearray = field(default_factory=bytearray)
    _band: tuple[int, int] = (0, 0)
    _automatic: int = 0

    def receive(self, data: bytes) -> bytes:
        """Take bytes: real-time commands act at once, the others in their turn."""
        self._scan += data
        while self._scan:
            if not self._take():
                break
        return self.go_on()

    def go_on(self) -> bytes:
        """Do what can be done now; return what is to be said."""
        while not self.path.stopped and self._step():
            continue
        said = bytes(self._said)
        self._said.clear()
        return said

    def news(self) -> bytes:
        """Return the automatic status if it was asked for, such as behind an opened cover."""
        return automatic(self.path) if self._automatic else b""

    def power_cycle(self) -> None:
        """Forget everything but the paper."""
        self._forget()
        self._scan.clear()
        self._said.clear()
        self._automatic = 0
        self.path.tear()

    def _forget(self) -> None:
        self.buffer.clear()
        self._band = (0, 0)

    def _take(self) -> bool:
        """Move the next bytes into the buffer, or do them if they are real-time commands."""
        if not self._scan.startswith(_DLE):
            end = self._scan.find(_DLE)
            self._move(end if end >= 0 else len(self._scan))
            return True
        clear = self.model.clear
        if clear and clear.startswith(self._scan[: len(clear)]) and len(self._scan) > 1:
            if len(self._scan) < len(clear):
                return False
            del self._scan[: len(clear)]
            self._forget()
            self._said += self.model.clear_answer
            return True
        return self._real_time()

    def _real_time(self) -> bool:
        whole = 3
        if len(self._scan) < whole and (len(self._scan) == 1 or self._scan[1] in (4, 5)):
            return False
        if self._scan[1] == _ASKED:
            self._answer(self._scan[2])
        if self._scan[1] == _RECOVER and self._scan[2] == _CLEARS and self.path.cutter_stuck:
            self._forget()
        self._move(whole if self._scan[1] in (_ASKED, _RECOVER) else 1)
        return True

    def _move(self, count: int) -> None:
        self.buffer += self._scan[:count]
        del self._scan[:count]

    def _answer(self, number: int) -> None:
        questions = self.model.questions
        if number in QUESTIONS and questions is not Questions.NONE:
            self._said += status_byte(number, self.path, hot=self.hot)
        elif number == FULL and questions is Questions.FULL_STATUS:
            self._said += full_status(self.path, hot=self.hot)

    def _step(self) -> bool:
        """Do one row or one command of the buffer; return whether anything could be done."""
        width, rows = self._band
        if rows:
            if len(self.buffer) < width:
                return False
            self._band = (width, rows - 1)
            self.path.print_row(self._cut_off(width))
            return True
        return self._command()

    def _command(self) -> bool:
        for head, (count, act) in _COMMANDS.items():
            if self.buffer.startswith(head):
                if len(self.buffer) < len(head) + count:
                    return False
                self._cut_off(len(head))
                act(self, self._cut_off(count))
                return True
        return self._skip()

    def _skip(self) -> bool:
        """Pass over a byte that begins no command, a zero without a word; wait if it still may."""
        if not self.buffer or any(head.startswith(self.buffer) for head in _COMMANDS):
            return False
        self.strange += self._cut_off(1) != b"\0"
        return True

    def _cut_off(self, count: int) -> bytes:
        part = bytes(self.buffer[:count])
        del self.buffer[:count]
        return part

    def begin(self, _: bytes) -> None:
        """Begin a job."""
        self.path.begin()

    def raster(self, size: bytes) -> None:
        """Print a band of raster rows."""
        self._band = (int.from_bytes(size[:2], "little"), int.from_bytes(size[2:], "little"))

    def feed(self, count: bytes) -> None:
        """Feed blank rows, each in its turn, for the paper may end within."""
        if count[0]:
            self.path.print_row(b"")
            self.buffer[:0] = b"\x1bJ" + bytes((count[0] - 1,))

    def cut(self, _: bytes) -> None:
        """Cut the slip off."""
        self.path.cut()

    def prove(self, mark: bytes) -> None:
        """Confirm that all before is printed."""
        if self.model.proves:
            self._said += b"\x37\x22" + mark + b"\0"

    def introduce(self, what: bytes) -> None:
        """Say the model's name or byte."""
        named = what[0] == _NAME
        self._said += name_block(self.model) if named else id_byte(self.model)

    def ask_paper(self, _: bytes) -> None:
        """Say how much paper there is, in its turn."""
        self._said += bytes((0x03 if self.path.low else 0x00,))

    def automate(self, mask: bytes) -> None:
        """Tell by itself what changes from now on."""
        self._automatic = mask[0]
        self._said += self.news()

    def retract(self, _: bytes) -> None:
        """Draw the slip back in."""
        self.path.let_go(Fate.RETRACTED)

    def eject(self, _: bytes) -> None:
        """Throw the slip out."""
        self.path.let_go(Fate.EJECTED)

    def nothing(self, _: bytes) -> None:
        """Be asked in real time, long before; or present what is presented anyway."""


#: What a command begins with → how many bytes follow, and what it does.
_COMMANDS: dict[bytes, tuple[int, Callable[[Machine, bytes], None]]] = {
    bytes.fromhex("1b40"): (0, Machine.begin),
    bytes.fromhex("1b4a"): (1, Machine.feed),
    bytes.fromhex("1d763000"): (4, Machine.raster),
    bytes.fromhex("1d5642"): (1, Machine.cut),
    bytes.fromhex("1b69"): (0, Machine.cut),
    bytes.fromhex("1d284806003030"): (4, Machine.prove),
    bytes.fromhex("1d49"): (1, Machine.introduce),
    bytes.fromhex("1d72"): (1, Machine.ask_paper),
    bytes.fromhex("1d61"): (1, Machine.automate),
    bytes.fromhex("1d6503"): (1, Machine.nothing),
    bytes.fromhex("1d6502"): (0, Machine.retract),
    bytes.fromhex("1d6505"): (0, Machine.eject),
    bytes.fromhex("1d5231"): (1, Machine.nothing),
    bytes.fromhex("1d5230"): (0, Machine.retract),
    bytes.fromhex("1004"): (1, Machine.nothing),
    bytes.fromhex("1005"): (1, Machine.nothing),
}
