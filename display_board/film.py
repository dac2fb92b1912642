"""A video as frames for pygame, which has none of its own: ffmpeg decodes, where there is one."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import pygame

#: frames a second: what the board's own loop shows
RATE: Final = 10
#: a video is ended after so many seconds, or when no frame comes
LONGEST: Final = 600.0


class NoFilm(Exception):
    """The video cannot be shown."""


def frames(
    path: Path, size: tuple[int, int], stopping: threading.Event, program: str = "ffmpeg"
) -> Iterator[pygame.Surface]:
    """Yield a video's frames in their time, fitted into a size, until it ends; raises NoFilm."""
    found = shutil.which(program)
    if found is None:
        raise NoFilm(f"{program} is not installed, so only pictures are shown")
    process = subprocess.Popen(  # noqa: S603 - a fixed program, and its argument is a path
        [found, *_arguments(path, size)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    late = threading.Timer(LONGEST, process.kill)
    late.daemon = True
    late.start()
    try:
        yield from _read(process, size, stopping)
    finally:
        late.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _read(
    process: subprocess.Popen[bytes], size: tuple[int, int], stopping: threading.Event
) -> Iterator[pygame.Surface]:
    if process.stdout is None:
        raise NoFilm("its decoder has no output")
    many = 0
    while not stopping.is_set():
        frame = _whole(process.stdout, size[0] * size[1] * 3)
        if frame is None:
            break
        many += 1
        yield pygame.image.frombuffer(frame, size, "RGB")
    if not many and not stopping.is_set():
        raise NoFilm("it holds no frame that can be decoded")


def _whole(source: IO[bytes], many: int) -> bytes | None:
    """Return so many bytes, or None where the source ends before."""
    found = source.read(many)
    return found if len(found) == many else None


def _arguments(path: Path, size: tuple[int, int]) -> list[str]:
    """Return what ffmpeg is told: in real time, silent, from files only, raw frames."""
    wide, high = size
    fit = f"scale={wide}:{high}:force_original_aspect_ratio=decrease"
    pad = f"pad={wide}:{high}:(ow-iw)/2:(oh-ih)/2"
    return [
        *("-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-re"),
        *("-i", str(path.resolve()), "-an", "-vf", f"{fit},{pad}", "-r", str(RATE)),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
    ]
