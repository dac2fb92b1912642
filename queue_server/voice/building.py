"""Makes the voice packs of a machine: every clip spoken, trimmed and brought to one level."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from queue_server.voice import engine, packs, sound, wav, words
from queue_server.voice.engine import Engine, NoEngine, Wish
from queue_server.voice.packs import BrokenPack, Pack
from queue_server.voice.phrases import GRAMMARS
from queue_server.voice.words import Words

ALL: Final = tuple(GRAMMARS)


def build(
    into: Path,
    languages: Iterable[str] = ALL,
    report: Callable[[str], None] = lambda _sentence: None,
    *,
    again: bool = False,
) -> None:
    """Make the packs that are missing or out of date, or all of them `again`.

    Recordings of a person stay. `report` is told of each language in a sentence. Raises NoEngine,
    or OSError where the folder does not take it.
    """
    speaking: Engine | None = None
    with _alone(into):
        for language in languages:
            spoken, place = words.load(language), into / language
            if not again and is_current(place, spoken):
                report(f"{language}: is there already.")
                continue
            speaking = speaking or engine.find()
            pack = _make(place, spoken, speaking)
            report(f"{language}: {len(pack.clips)} clips, {len(pack.recorded)} of them recorded.")


def is_current(place: Path, spoken: Words) -> bool:
    """Whether a pack is whole and made from these words."""
    try:
        pack = packs.read(place)
    except BrokenPack:
        return False
    whole = all((place / f"{line.name}.wav").is_file() for line in words.lines(spoken))
    return whole and pack.version == words.edition(spoken)


@contextmanager
def _alone(into: Path) -> Iterator[None]:
    """Let one process at a time build there; the next one then finds it done."""
    into.mkdir(parents=True, exist_ok=True)
    with (into / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(place: Path, spoken: Words, speaking: Engine) -> Pack:
    """Make a pack beside its place and put it there at once, so that a board never sees half."""
    with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as scratch:
        fresh = Path(scratch, place.name)
        fresh.mkdir()
        gain, kept = _keep_recordings(place, fresh)
        lines = [line for line in words.lines(spoken) if line.name not in kept]
        speaking.speak(
            [
                Wish(fresh / f"{x.name}.wav", spoken.voice, x.speed, spoken.pitch, x.spoken)
                for x in lines
            ]
        )
        for line in lines:
            _finish(fresh / f"{line.name}.wav")
        texts = {line.name: line.text for line in words.lines(spoken)}
        edition = words.edition(spoken)
        pack = Pack(spoken.language, edition, speaking.name, gain, kept, texts)
        packs.write(fresh, pack)
        _open_to_all(fresh)
        _put(fresh, place, Path(scratch))
    return pack


def _keep_recordings(old: Path, fresh: Path) -> tuple[float, tuple[str, ...]]:
    """Copy what a person recorded; return the pack's gain and the copied clips."""
    try:
        pack = packs.read(old)
    except BrokenPack:
        return 0.0, ()
    kept = [name for name in pack.recorded if (old / f"{name}.wav").is_file()]
    for name in kept:
        shutil.copyfile(old / f"{name}.wav", fresh / f"{name}.wav")
    return pack.gain, tuple(kept)


def _finish(file: Path) -> None:
    """Trim and level what the synthesizer wrote."""
    try:
        samples = wav.read_clip(file.read_bytes())
    except (OSError, wav.NotWav) as error:
        raise NoEngine(f"espeak-ng did not write {file.name} as it should: {error}.") from error
    file.write_bytes(wav.write(sound.levelled(sound.trimmed(samples))))


def _open_to_all(folder: Path) -> None:
    """Let server and boards read what root has made, whatever root's umask."""
    above = folder.parent.parent
    with suppress(PermissionError):  # somebody else's, who has let us in
        above.chmod(above.stat().st_mode | 0o055)
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)


def _put(fresh: Path, place: Path, scratch: Path) -> None:
    if place.exists():
        place.rename(scratch / "old")
    fresh.rename(place)
