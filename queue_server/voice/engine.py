"""Finds espeak-ng on this machine and has it speak, always as a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from queue_server.voice import synthesizer

PROGRAM: Final = "espeak-ng"
WHEEL: Final = "espeakng_loader"
#: seconds that one clip, and that a whole language may take
_CLIP, _LANGUAGE = 30, 300


class NoEngine(Exception):
    """There is no espeak-ng here, or it does not do its work."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A text to be spoken into a WAV file."""

    file: Path
    voice: str
    #: words a minute; from 0 to 99
    speed: int
    pitch: int
    text: str


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to speak."""

    #: as a pack names its source
    name: str
    speak: Callable[[Sequence[Wish]], None]


def find() -> Engine:
    """Return Debian's program where it is installed, else the wheel's library; raises NoEngine."""
    program = shutil.which(PROGRAM)
    if program:
        return Engine(PROGRAM, partial(_by_program, program))
    spec = find_spec(WHEEL)
    if spec and spec.origin:
        return Engine(WHEEL, partial(_by_library, Path(spec.origin).parent))
    raise NoEngine(
        "There is no espeak-ng to speak with: install Debian's package espeak-ng, "
        "or Navbat with its extra [voice]."
    )


def _by_program(program: str, wishes: Sequence[Wish]) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(partial(_run_program, program), wishes))


def _run_program(program: str, wish: Wish) -> None:
    voice = ["-v", wish.voice, "-s", str(wish.speed), "-p", str(wish.pitch)]
    _run([program, *voice, "-b", "1", "-w", str(wish.file), "--", wish.text], "", _CLIP)


def _by_library(folder: Path, wishes: Sequence[Wish]) -> None:
    lines = [
        json.dumps({**_plain(wish), "file": str(wish.file)}, ensure_ascii=False) for wish in wishes
    ]
    library, data = folder / "libespeak-ng.so", folder / "espeak-ng-data"
    # by its path and isolated: it needs nothing of ours, and none of our modules may hide its own
    command = [sys.executable, "-I", str(synthesizer.__file__), str(library), str(data)]
    _run(command, "\n".join(lines), _LANGUAGE)


def _plain(wish: Wish) -> dict[str, object]:
    return {"voice": wish.voice, "speed": wish.speed, "pitch": wish.pitch, "text": wish.text}


def _run(command: Sequence[str], told: str, limit: float) -> None:
    try:
        answer = subprocess.run(  # noqa: S603 - our own program or the one on PATH, no shell
            command,
            input=told,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoEngine(f"espeak-ng does not work here: {error}.") from error
    if answer.returncode != 0:
        last = (answer.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise NoEngine(f"espeak-ng does not work here: {last}.")
