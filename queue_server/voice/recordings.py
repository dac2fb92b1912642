"""A person instead of the synthesizer: the script to read, and the recordings brought in."""

from __future__ import annotations

import difflib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from queue_server.voice import packs, resampling, sound, wav, words
from queue_server.voice.packs import Pack


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    taken: tuple[str, ...]
    #: a sentence for each file that was not taken
    refused: tuple[str, ...]


class Refused(Exception):
    """A recording cannot be used, and why."""


def script(language: str) -> Iterator[str]:
    """Yield the lines that an announcer reads: number, file's name, text."""
    for number, line in enumerate(words.lines(words.load(language)), 1):
        yield f"{number:3}  {line.name + '.wav':<16} {line.text}"


def bring(recordings: Path, place: Path) -> Brought:
    """Replace a pack's clips by the recordings of a folder, file by file.

    Each is mixed to one channel, brought to the pack's rate, trimmed and levelled. Raises
    BrokenPack where there is no pack yet, OSError where a folder cannot be read or written.
    """
    pack = packs.read(place)
    taken: list[str] = []
    refused: list[str] = []
    for file in sorted(path for path in recordings.iterdir() if path.suffix.lower() == ".wav"):
        try:
            samples = _clip(file, pack)
        except Refused as reason:
            refused.append(f"{file.name}: {reason}.")
        else:
            (place / f"{file.stem}.wav").write_bytes(wav.write(sound.levelled(samples)))
            taken.append(file.stem)
    recorded = tuple(name for name in pack.clips if name in {*pack.recorded, *taken})
    packs.write(place, replace(pack, recorded=recorded))
    return Brought(tuple(taken), tuple(refused))


def _clip(file: Path, pack: Pack) -> array[int]:
    if file.stem not in pack.clips:
        near = difflib.get_close_matches(file.stem, pack.clips, n=1)
        hint = f"; did you mean {near[0]}.wav?" if near else ""
        raise Refused(f"the script has no such file{hint}")
    try:
        samples = sound.trimmed(resampling.resampled(wav.read(file.read_bytes())))
    except (wav.NotWav, ValueError) as error:
        raise Refused(str(error)) from error
    length = sound.seconds(samples)
    if not packs.SHORTEST <= length <= packs.LONGEST:
        raise Refused(f"what sounds in it lasts {length:.2f} s; record it again")
    return samples
