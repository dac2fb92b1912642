"""A real X display without a screen: its picture can be read, its mouse and keyboard used."""

from __future__ import annotations

import os
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from printer.deadline import Deadline

#: seconds after which what should have happened will not
PATIENCE = 30.0
#: seconds between two looks at the picture
LOOK = 0.05
#: seconds in which a touch that was heard has changed the picture
GLANCE = 1.0
#: how an XWD file begins: its header's size, and the places of what we need in it
_LONG, _WIDTH, _HEIGHT, _LINE, _COLOURS = 4, 4, 5, 12, 19


class Desktop:
    """One Xvfb and who is at it."""

    def __init__(self, display: str, picture: Path) -> None:
        self.env = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11"}
        self._picture = picture

    def click(self, x: int, y: int) -> None:
        """Press and release the left button."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def type(self, *keys: str) -> None:
        """Press keys by their X names, one after another."""
        self._do("key", *keys)

    def picture(self) -> Image.Image:
        """Return what the display shows."""
        data = self._picture.read_bytes()
        words = struct.unpack(">25I", data[:100])
        width, height, line = words[_WIDTH], words[_HEIGHT], words[_LINE]
        pixels = data[words[0] + words[_COLOURS] * 12 :]
        return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", line)

    def wait(self, so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline, never = Deadline.after(PATIENCE), threading.Event()
        while not so():
            assert deadline.remaining(), "it did not happen"
            never.wait(LOOK)

    def glances(self, so: Callable[[], bool]) -> None:
        """Wait for a moment, or until something is so."""
        deadline, never = Deadline.after(GLANCE), threading.Event()
        while not so() and deadline.remaining():
            never.wait(LOOK)

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.env, check=True, timeout=PATIENCE)


@contextmanager
def desktop(size: tuple[int, int], folder: Path) -> Iterator[Desktop]:
    """Run an Xvfb on a display number that nobody has."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-fbdir", str(folder)]
    command += ["-screen", "0", f"{size[0]}x{size[1]}x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb did not start"
        yield Desktop(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(PATIENCE)
