from __future__ import annotations

import logging
import os
from array import array
from dataclasses import replace

import pytest

from queue_server.voice import joining, sound
from queue_server.voice import packs as voice_packs
from queue_server.voice.phrases import Sentence, Unspeakable
from queue_server.voice.voicebox import Voicebox


def test_joined():
    """A pause of a breath between words, of a comma before where to go."""
    clips = {name: array("h", [n] * 10) for n, name in enumerate("abcd", 1)}
    made = joining.joined(Sentence(("a", "b"), ("c", "d")), clips.__getitem__)
    word, comma = round(joining.WORD * sound.RATE), round(joining.COMMA * sound.RATE)
    assert len(made) == 40 + 2 * word + comma
    assert made[10 : 10 + word] == array("h", bytes(2 * word))
    assert made[-10:] == clips["d"]


def test_our_language_then_the_ticket_s(packs):
    """Uzbek always; then the ticket's language if it is another; an unknown one adds none."""
    box = Voicebox(packs)
    uz, ru = Voicebox(packs, []).say("A042", 3, "uz-Cyrl"), Voicebox(packs, []).say("A042", 3, "ru")
    assert box.say("A042", 3, "uz-Latn") == uz
    assert box.say("A042", 3, "tlh") == uz
    both = box.say("A042", 3, "ru")
    assert both[: len(uz)] == uz
    assert both[-len(ru) :] == ru
    assert len(both) == len(uz) + len(ru) + round(joining.LANGUAGE * sound.RATE)


def test_a_length_that_a_hall_can_bear(packs):
    """The longest number takes less than six seconds in Uzbek, a usual one less than four."""
    box = Voicebox(packs)
    assert sound.seconds(box.say("V999", 40, "uz-Latn")) < 6
    assert 1.5 < sound.seconds(box.say("A042", 3, "uz-Latn")) < 4


def test_a_broken_clip_costs_its_language_only(own_packs, caplog):
    """What is broken in one pack is noted once; the other language is still spoken."""
    (own_packs / "uz" / "number-42.wav").write_bytes(b"no sound")
    box = Voicebox(own_packs)
    ru = Voicebox(own_packs, []).say("A042", 3, "ru")
    with caplog.at_level(logging.WARNING):
        assert box.say("A042", 3, "ru") == ru
        assert box.say("A042", 3, "uz-Latn") == array("h")
    assert len(caplog.records) == 1
    assert "number-42" in caplog.text


def test_no_pack_at_all(tmp_path):
    """Where there is no pack there is nothing to say, and no error."""
    assert Voicebox(tmp_path / "voice").say("A042", 3, "ru") == array("h")
    assert Voicebox(tmp_path / "voice").version("ru") == "none-none"


@pytest.mark.parametrize(("number", "window"), [("garbage", 1), ("A042", 0), ("A042", 100)])
def test_garbage(packs, number, window):
    """What has no words is refused, also where nobody would speak."""
    for box in (Voicebox(packs), Voicebox(packs, [])):
        with pytest.raises(Unspeakable):
            box.say(number, window, "")


def test_gain(own_packs):
    """A pack's gain makes all its clips louder or softer."""
    plain = sound.loudness(Voicebox(own_packs).say("A042", 3, ""))
    pack = voice_packs.read(own_packs / "uz")
    voice_packs.write(own_packs / "uz", replace(pack, gain=-6.0))
    softer = sound.loudness(Voicebox(own_packs).say("A042", 3, ""))
    assert softer == pytest.approx(plain - 6, abs=0.3)


def test_a_new_recording_is_heard_without_a_restart(own_packs):
    """As soon as pack.toml is written anew, the clips are read anew."""
    box = Voicebox(own_packs)
    before, version = box.say("A042", 3, ""), box.version("")
    place = own_packs / "uz"
    (place / "number-42.wav").write_bytes((place / "number-43.wav").read_bytes())
    voice_packs.write(place, replace(voice_packs.read(place), recorded=("number-42",)))
    os.utime(place / "pack.toml", ns=(1, 1))
    assert box.say("A042", 3, "") != before
    assert box.version("") != version
