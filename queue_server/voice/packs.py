"""A voice pack: a folder with a WAV file for each clip of a language, and `pack.toml`."""

from __future__ import annotations

import os
import tomllib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from config import toml_text
from queue_server.voice import sound, wav
from queue_server.voice.phrases import clip_names

MANIFEST: Final = "pack.toml"
#: where packs lie, if not in the usual places
VARIABLE: Final = "NAVBAT_VOICE"
#: where a machine keeps its packs, for server and boards, which run as users of their own
SYSTEM_FOLDER: Final = Path("/var/lib/navbat-voice")
#: a clip that is longer is not a word or a phrase, seconds
LONGEST: Final = 6.0
SHORTEST: Final = 0.08


class BrokenPack(Exception):
    """A pack, or a clip in it, is missing or cannot be used."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What `pack.toml` says."""

    language: str
    #: the edition of the words that it was made from
    version: str
    #: what made the clips that nobody recorded
    source: str
    #: decibels by which the whole pack is louder or softer than it lies there
    gain: float = 0.0
    #: clips that are a person's recordings
    recorded: tuple[str, ...] = ()
    #: clip → what it says
    clips: Mapping[str, str] = field(default_factory=dict)


def folder(environment: Mapping[str, str]) -> Path:
    """Return where packs lie: as NAVBAT_VOICE says, else the system's folder, else the user's."""
    if environment.get(VARIABLE):
        return Path(environment[VARIABLE])
    if any(SYSTEM_FOLDER.glob(f"*/{MANIFEST}")) or os.access(_above(), os.W_OK | os.X_OK):
        return SYSTEM_FOLDER
    data = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME", "."), ".local/share")
    return Path(data, "navbat", "voice")


def read(place: Path) -> Pack:
    """Return the pack of a folder; raises BrokenPack."""
    try:
        facts: dict[str, Any] = tomllib.loads((place / MANIFEST).read_text("utf-8"))
        pack = Pack(**{**facts, "recorded": tuple(facts.get("recorded", ()))})
        return _sane(pack)
    except OSError as error:
        raise BrokenPack(f"there is no voice pack in {place}: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise BrokenPack(f"{place / MANIFEST} is damaged: {error}") from error


def write(place: Path, pack: Pack) -> None:
    """Write a pack's `pack.toml`."""
    facts = {**asdict(pack), "recorded": list(pack.recorded)}
    (place / MANIFEST).write_text(toml_text.dumps(facts), "utf-8")


def clip(place: Path, name: str) -> array[int]:
    """Return a clip's samples; raises BrokenPack."""
    try:
        return wav.read_clip((place / f"{name}.wav").read_bytes())
    except OSError as error:
        raise BrokenPack(f"the clip {name} is not in {place}: {error.strerror}") from error
    except wav.NotWav as error:
        raise BrokenPack(f"the clip {name} in {place} cannot be used: {error}") from error


def faults(place: Path) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with a pack; of a good one nothing."""
    try:
        pack = read(place)
    except BrokenPack as error:
        yield f"{error}."
        return
    for name in clip_names(pack.language):
        try:
            found = _fault(clip(place, name))
        except BrokenPack as error:
            found = str(error)
        if found:
            yield f"{name}: {found}."


def _above() -> Path:
    """Return where one must be able to write to make the system's packs."""
    return SYSTEM_FOLDER if SYSTEM_FOLDER.is_dir() else SYSTEM_FOLDER.parent


def _fault(samples: array[int]) -> str:
    """Return what is wrong with a clip, or nothing."""
    level = sound.loudness(samples)
    if level == sound.SILENCE:
        return "it is silent"
    if not SHORTEST <= sound.seconds(samples) <= LONGEST:
        return f"it lasts {sound.seconds(samples):.2f} s"
    if abs(level - sound.LEVEL) > sound.TOLERANCE:
        return f"its level is {level:.1f} dB, not {sound.LEVEL:.0f}"
    return ""


def _sane(pack: Pack) -> Pack:
    clip_names(pack.language)
    if not isinstance(pack.gain, float | int) or not -40 <= pack.gain <= 20:  # noqa: PLR2004 - dB
        raise ValueError(f"gain is {pack.gain}, not a number of decibels")
    return pack
