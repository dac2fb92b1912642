"""Pictures and videos beside the calls: a folder's files in turn, prepared on a thread of its own.

A file that cannot be shown is passed over and named once in the log; the board goes on. Videos
need ffmpeg and have no sound here, so none can drown a call.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from display_board.film import NoFilm, frames

_log = logging.getLogger(__name__)
PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
FILMS: Final = frozenset({".mp4", ".webm", ".mkv", ".mov", ".avi"})
#: a larger picture is no picture for a television, in bytes
LARGEST: Final = 40_000_000
#: seconds before a folder without anything to show is looked into again
AGAIN: Final = 15.0

Size = tuple[int, int]
#: makes a film's frames for a size, until it ends or the event is set; raises NoFilm
Opener = Callable[[Path, Size, threading.Event], Iterator[pygame.Surface]]


@dataclass(frozen=True, slots=True)
class Slide:
    """What is seen now; `serial` tells one from another."""

    serial: int
    surface: pygame.Surface


class Projector:
    """Prepares what is shown; the board only takes the present slide."""

    def __init__(self, folder: Path, seconds: float, opener: Opener = frames) -> None:
        """Show a folder's files; `seconds` is how long a picture stays."""
        self._folder, self._seconds, self._opener = folder, seconds, opener
        self._size: Size | None = None
        self._sized = threading.Event()
        self._stopping = threading.Event()
        self._slide: Slide | None = None
        self._serial = 0
        self._any = False
        self._broken: dict[Path, float] = {}
        self._thread = threading.Thread(target=self._run, name="media", daemon=True)

    @property
    def slide(self) -> Slide | None:
        """Return what is to be seen now, if anything."""
        return self._slide

    def any(self) -> bool:
        """Whether the folder has something that can be shown, as it was last looked into."""
        return self._any

    def start(self) -> None:
        """Begin, once a size is known."""
        self._thread.start()

    def fit(self, size: Size) -> None:
        """Prepare for a place of so many pixels."""
        if size != self._size:
            self._size = size
            self._sized.set()

    def stop(self) -> None:
        """End; a film that runs is ended too."""
        self._stopping.set()
        self._sized.set()
        if self._thread.is_alive():
            self._thread.join(2.0)

    def _run(self) -> None:
        while not self._stopping.is_set():
            found = playable(self._folder, self._broken)
            self._any = bool(found)
            if not found:
                self._slide = None
                self._stopping.wait(AGAIN)
            elif self._size is None:
                self._sized.wait(AGAIN)
            else:
                self._show_all(found, self._size)

    def _show_all(self, found: list[Path], size: Size) -> None:
        for path in found:
            if not self._stopping.is_set():
                self._show(path, size)

    def _show(self, path: Path, size: Size) -> None:
        """Show a file for its time, or pass it over."""
        try:
            if path.suffix.lower() in FILMS:
                for frame in self._opener(path, size, self._stopping):
                    self._tell(frame)
            else:
                self._tell(fitted(path, size))
                self._stopping.wait(self._seconds)
        except (pygame.error, OSError, ValueError, NoFilm) as error:
            self._broken[path] = modified(path)
            _log.warning(
                "%s is passed over: %s",
                path.name,
                error,
                extra={"action": "media", "file": path.name},
            )

    def _tell(self, surface: pygame.Surface) -> None:
        self._serial += 1
        self._slide = Slide(self._serial, surface)


def playable(folder: Path, broken: dict[Path, float]) -> list[Path]:
    """Return the folder's pictures and videos in the order of their names, without broken ones.

    A broken file that was changed since then has another chance.
    """
    try:
        found = sorted(path for path in folder.iterdir() if _is_media(path))
    except OSError:
        return []
    return [path for path in found if broken.get(path) != modified(path)]


def modified(path: Path) -> float:
    """Return when a file was last changed; -1 where that cannot be told."""
    try:
        return path.stat().st_mtime
    except OSError:
        return -1.0


def fitted(path: Path, size: Size) -> pygame.Surface:
    """Return a picture as large as fits a size; raises pygame.error, OSError or ValueError."""
    if path.stat().st_size > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1_000_000} MB")
    image = pygame.image.load(path)
    if image.get_bitsize() not in (24, 32):
        image = image.convert_alpha() if pygame.display.get_surface() else _true_colour(image)
    wide, high = image.get_size()
    share = min(size[0] / wide, size[1] / high)
    return pygame.transform.smoothscale(
        image, (max(1, int(wide * share)), max(1, int(high * share)))
    )


def _true_colour(image: pygame.Surface) -> pygame.Surface:
    plain = pygame.Surface(image.get_size(), depth=24)
    plain.blit(image, (0, 0))
    return plain


def _is_media(path: Path) -> bool:
    known = path.suffix.lower() in PICTURES | FILMS
    return known and not path.name.startswith(".") and path.is_file()
