from __future__ import annotations

import math
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.voice import packs as voice_packs
from queue_server.voice import sound, wav, words
from queue_server.voice.building import ALL
from queue_server.voice.packs import BrokenPack
from queue_server.voice.phrases import clip_names
from queue_server.voice.sound import RATE


def clips(packs, language):
    """Return every clip of a pack."""
    return {
        name: voice_packs.clip(packs / language, name) for name in clip_names(language)
    }  # fmt: skip


@pytest.mark.parametrize("language", ALL)
def test_equally_loud(packs, language):
    """All clips of a real pack are within 1 dB of one level, and none is cut off at full scale."""
    levels = {name: sound.loudness(clip) for name, clip in clips(packs, language).items()}
    assert max(levels.values()) - min(levels.values()) <= 1.0
    assert all(sound.peak(clip) <= sound.PEAK for clip in clips(packs, language).values())


@pytest.mark.parametrize("language", ALL)
def test_lengths(packs, language):
    """Each clip lasts as long as its words do: none is silent, none is spelt letter by letter."""
    lines = {line.name: line for line in words.lines(words.load(language))}
    for name, clip in clips(packs, language).items():
        length = sound.seconds(clip)
        assert 0.2 <= length <= 2.0, name
        assert length <= 0.55 + 0.09 * len(lines[name].text), name


@pytest.mark.parametrize("language", ALL)
def test_different_words_sound_different(packs, language):
    """No two numbers have the same clip, as they would if the synthesizer fell silent midway."""
    sounds = [clip.tobytes() for name, clip in clips(packs, language).items() if "number" in name]
    assert len(set(sounds)) == len(sounds)


@pytest.mark.parametrize("language", ALL)
def test_a_pack_is_whole(packs, language):
    """The check finds nothing wrong with what was built, and its texts are the words' texts."""
    assert list(voice_packs.faults(packs / language)) == []
    pack = voice_packs.read(packs / language)
    assert pack.language == language
    assert pack.version == words.edition(words.load(language))
    assert pack.clips == {x.name: x.text for x in words.lines(words.load(language))}


def energy(samples, low, high):
    """Return how much of a sound lies between two frequencies."""
    total = 0.0
    for hertz in range(low, high, 50):
        turn = 2 * math.pi * hertz / RATE
        real = sum(s * math.cos(turn * n) for n, s in enumerate(samples))
        imaginary = sum(s * math.sin(turn * n) for n, s in enumerate(samples))
        total += real * real + imaginary * imaginary
    return total


def test_uzbek_i_is_not_y(packs):
    """The vowel of "bir" has its second formant at 2200 Hz; the stock voice's [y] is at 1700."""
    clip = voice_packs.clip(packs / "uz", "number-1")
    middle = clip[len(clip) // 3 : len(clip) // 3 + RATE // 12]
    assert energy(middle, 2050, 2400) > 2 * energy(middle, 1550, 1900)


def test_a_missing_clip_is_named(own_packs):
    """A lost file, a file of another format, a silent and a loud one: each is named."""
    place = own_packs / "uz"
    (place / "number-42.wav").unlink()
    (place / "number-43.wav").write_bytes(b"RIFF of nothing")
    (place / "number-44.wav").write_bytes(wav.write(sound.silence(1.0)))
    loud = sound.louder(voice_packs.clip(place, "number-45"), 4)
    (place / "number-45.wav").write_bytes(wav.write(loud))
    (place / "number-46.wav").write_bytes(wav.write(array("h", [3000] * 500)))
    found = list(voice_packs.faults(place))
    assert len(found) == 5
    for number, sentence in zip(range(42, 47), found, strict=True):
        assert sentence.startswith(f"number-{number}: ")
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["", "no toml", 'language = "xx"', 'language = "uz"\nversion = "1"\nsource = ""\ngain = "x"'],
)
def test_a_damaged_manifest(own_packs, text):
    """A pack.toml that is no such thing is one plain sentence."""
    (own_packs / "uz" / "pack.toml").write_text(text)
    with pytest.raises(BrokenPack):
        voice_packs.read(own_packs / "uz")
    assert len(list(voice_packs.faults(own_packs / "uz"))) == 1


def test_no_pack(tmp_path):
    """Where there is no folder there is no pack, and that is said."""
    assert "no voice pack" in next(voice_packs.faults(tmp_path / "uz"))


def test_manifest_there_and_back(own_packs):
    """What is written of a pack is read again."""
    pack = replace(voice_packs.read(own_packs / "uz"), gain=-3.5, recorded=("go", "number-1"))
    voice_packs.write(own_packs / "uz", pack)
    assert voice_packs.read(own_packs / "uz") == pack


def test_where_packs_lie(tmp_path, monkeypatch):
    """Where it is told; else in the machine's folder if packs are there or it may make them."""
    user = {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": "/nowhere"}
    assert voice_packs.folder({**user, "NAVBAT_VOICE": "/elsewhere"}) == Path("/elsewhere")
    system = tmp_path / "lib" / "navbat-voice"
    monkeypatch.setattr(voice_packs, "SYSTEM_FOLDER", system)
    assert voice_packs.folder(user) == tmp_path / "data" / "navbat" / "voice"
    (tmp_path / "lib").mkdir()
    assert voice_packs.folder(user) == system
    monkeypatch.setattr(voice_packs.os, "access", lambda *_: False)
    assert voice_packs.folder(user) == tmp_path / "data" / "navbat" / "voice"
    assert voice_packs.folder({"HOME": "/h"}) == Path("/h/.local/share/navbat/voice")
    (system / "uz").mkdir(parents=True)
    (system / "uz" / "pack.toml").write_text("")
    assert voice_packs.folder(user) == system
