"""The virtual printer's head: ESC/POS bytes become the picture again.

It knows exactly the commands that our encoder writes and refuses everything else, so that it also
proves that nothing but our commands goes to a printer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

from printer.errors import DecodeError

_ONE_IS_BLACK = bytes(255 - value for value in range(256))


def decode(data: bytes, width: int) -> tuple[Image.Image, ...]:
    """Return the pictures, one for each cut, as 1-bit images `width` dots wide.

    Raises `DecodeError` for an unknown or unfinished command, for ink beyond the width and for
    dots behind the last cut.
    """
    head = _Head(data)
    while head.at < len(data):
        head.step()
    if head.rows:
        raise DecodeError("the paper is not cut behind the last dots")
    return tuple(picture(rows, width) for rows in head.pages)


def picture(rows: Sequence[bytes], width: int) -> Image.Image:
    """Return rows of dots, 1 is ink, as a 1-bit image; raise `DecodeError` for ink beyond it."""
    step = width // 8
    if max(map(len, rows), default=0) > step:
        raise DecodeError(f"there is ink beyond {width} dots")
    dots = b"".join(row.ljust(step, b"\0") for row in rows)
    return Image.frombytes("1", (width, len(rows)), dots.translate(_ONE_IS_BLACK))


@dataclass(slots=True)
class _Head:
    """A printer's head over the paper: where it reads, and the rows printed so far."""

    data: bytes
    at: int = 0
    rows: list[bytes] = field(default_factory=list)
    pages: list[list[bytes]] = field(default_factory=list)

    def step(self) -> None:
        """Do the command at the reading place."""
        for command, act in _COMMANDS.items():
            if self.data.startswith(command, self.at):
                self.at += len(command)
                return act(self)
        shown = self.data[self.at : self.at + 4].hex(" ")
        raise DecodeError(f"unknown or unfinished command {shown} at byte {self.at}")

    def take(self, count: int) -> bytes:
        """Read the next `count` bytes."""
        part = self.data[self.at : self.at + count]
        if len(part) < count:
            raise DecodeError(f"the bytes end inside a command at byte {self.at}")
        self.at += count
        return part

    def nothing(self) -> None:
        """Initialise, or forget a broken job: nothing to be seen."""

    def band(self) -> None:
        """Print a band of raster rows."""
        width, height = (int.from_bytes(self.take(2), "little") for _ in "xy")
        self.rows += [self.take(width) for _ in range(height)]

    def feed(self) -> None:
        """Feed blank rows."""
        self.rows += [b""] * self.take(1)[0]

    def cut(self) -> None:
        """Cut the page off."""
        self.pages.append(self.rows)
        self.rows = []

    def question(self) -> None:
        """Hear one of the four status questions."""
        if self.take(1) not in (b"\x01", b"\x02", b"\x03", b"\x04"):
            raise DecodeError(f"unknown question at byte {self.at - 1}")

    def proof(self) -> None:
        """Hear the wish for a proof, with its mark of four characters."""
        if not self.take(4).isalnum():
            raise DecodeError(f"a mark that no printer would answer at byte {self.at - 4}")


_COMMANDS = {
    bytes.fromhex("1b40"): _Head.nothing,
    bytes.fromhex("10140801031401060208"): _Head.nothing,
    bytes.fromhex("1d763000"): _Head.band,
    bytes.fromhex("1b4a"): _Head.feed,
    bytes.fromhex("1d564200"): _Head.cut,
    bytes.fromhex("1004"): _Head.question,
    bytes.fromhex("1d284806003030"): _Head.proof,
}
