"""Where the fake printer's paper falls: each piece a picture, a torn one with its jagged edge."""

from pathlib import Path

from PIL import Image, ImageDraw

from printer.decode import picture
from printer.fake.paper_path import Piece

#: The teeth of a torn edge, in dots.
_TOOTH = 12
_BLACK, _WHITE = 0, 1


def draw_piece(piece: Piece, width: int) -> Image.Image:
    """Return the piece as a 1-bit picture; below its last row a torn one has a jagged edge."""
    rows = [row[: width // 8] for row in piece.rows]
    whole = picture(rows, width)
    if not piece.torn:
        return whole
    torn = Image.new("1", (width, whole.height + 2 * _TOOTH), _WHITE)
    torn.paste(whole, (0, 0))
    edge = [
        (x, whole.height + _TOOTH * (1 + at % 2))
        for at, x in enumerate(range(0, width + 1, _TOOTH))
    ]
    ImageDraw.Draw(torn).line(edge, fill=_BLACK, width=2)
    return torn


class Tray:
    """A folder of pictures, numbered as they fall: `0001.png`, `0002-torn.png`."""

    def __init__(self, folder: Path, width: int) -> None:
        self._folder, self._width = folder, width
        folder.mkdir(parents=True, exist_ok=True)
        self._count = max((int(name) for name in _numbers(folder)), default=0)

    def drop(self, piece: Piece) -> Path:
        """Keep a piece and return its picture's path."""
        self._count += 1
        name = f"{self._count:04d}{'-torn' if piece.torn else ''}.png"
        target = self._folder / name
        unfinished = target.with_suffix(".part")
        draw_piece(piece, self._width).save(unfinished, format="PNG")
        unfinished.replace(target)
        return target


def _numbers(folder: Path) -> list[str]:
    names = (path.stem.partition("-")[0] for path in folder.glob("*.png"))
    return [name for name in names if name.isdecimal()]
