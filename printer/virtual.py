"""A printer into pictures: each slip becomes a PNG, for the demo, for tests and for development."""

from pathlib import Path

from printer.deadline import Deadline
from printer.decode import decode
from printer.errors import PrinterAway, PrinterStalled
from printer.paper import Paper
from printer.transport import Whole


class PngPrinter(Whole):
    """A printer that decodes the bytes it gets and keeps `<title>.png` in a folder.

    A slip of the same title takes the place of the one before.
    """

    proves = True

    def __init__(self, folder: Path, paper: Paper) -> None:
        super().__init__()
        self._folder = folder
        self._paper = paper

    def open(self, title: str, deadline: Deadline) -> None:
        """Begin a slip; the folder is made if it is not there."""
        super().open(title, deadline)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PrinterAway(f"{self._folder} cannot be made: {error.strerror}") from error

    def flush(self, deadline: Deadline) -> None:  # noqa: ARG002  (a disk has no deadline)
        """Decode the slip and put its picture in place, whole or not at all."""
        (picture,) = decode(bytes(self._data), self._paper.width_dots)
        target = self._folder / f"{self._title or 'slip'}.png"
        unfinished = target.with_suffix(".png.part")
        try:
            picture.save(unfinished, format="PNG")
            unfinished.replace(target)
        except OSError as error:
            raise PrinterStalled(f"{target} cannot be written: {error.strerror}") from error
