from __future__ import annotations

import math
import struct

import pytest

from queue_server.voice import packs as voice_packs
from queue_server.voice import recordings, sound
from queue_server.voice.packs import BrokenPack
from queue_server.voice.sound import LEVEL, RATE
from tests.queue_server.voice.test_wav import riff


def recorded(rate=44100, channels=2, length=0.6, loud=0.1):
    """Return what an announcer's recorder might have written: a tone between silences."""
    quiet = [0.0] * round(rate * 0.5)
    tone = [loud * math.sin(2 * math.pi * 300 * n / rate) for n in range(round(rate * length))]
    whole = [round(32767 * s) for s in quiet + tone + quiet for _ in range(channels)]
    return riff(1, 16, struct.pack(f"<{len(whole)}h", *whole), channels, rate)


@pytest.fixture
def folder(tmp_path):
    """A folder for recordings."""
    made = tmp_path / "recorded"
    made.mkdir()
    return made


def test_script():
    """The announcer's script numbers every clip and names its file."""
    lines = list(recordings.script("uz"))
    assert lines[0].split() == ["1", "letter-a.wav", "a"]
    assert lines[-1].split() == ["149", "go.wav", "oynaga", "marhamat"]


def test_brought(own_packs, folder):
    """A stereo recording of 44.1 kHz becomes a clip of the pack; the others stay as they were."""
    place = own_packs / "uz"
    other = (place / "number-41.wav").read_bytes()
    (folder / "number-42.wav").write_bytes(recorded())
    (folder / "GO.txt").write_text("no recording")
    brought = recordings.bring(folder, place)
    assert brought == recordings.Brought(("number-42",), ())
    clip = voice_packs.clip(place, "number-42")
    assert sound.seconds(clip) == pytest.approx(0.6, abs=0.08)
    assert sound.loudness(clip) == pytest.approx(LEVEL, abs=0.5)
    assert (place / "number-41.wav").read_bytes() == other
    assert voice_packs.read(place).recorded == ("number-42",)
    assert list(voice_packs.faults(place)) == []


def test_refused(own_packs, folder):
    """A wrong name, a file that is no WAV, silence and a lecture are each refused in a sentence."""
    (folder / "number-042.wav").write_bytes(recorded())
    (folder / "go.wav").write_bytes(b"ID3" + bytes(100))
    (folder / "letter-a.wav").write_bytes(recorded(loud=0))
    (folder / "letter-e.wav").write_bytes(recorded(rate=8000, channels=1, length=9))
    (folder / "letter-f.wav").write_bytes(recorded(rate=7, channels=1, length=9))
    before = (own_packs / "uz" / "go.wav").read_bytes()
    brought = recordings.bring(folder, own_packs / "uz")
    assert brought.taken == ()
    assert len(brought.refused) == 5
    by_name = {sentence.partition(":")[0]: sentence for sentence in brought.refused}
    assert "did you mean number-42.wav?" in by_name["number-042.wav"]
    assert "is not a WAV" in by_name["go.wav"]
    assert "0.00 s" in by_name["letter-a.wav"]
    assert "9.0" in by_name["letter-e.wav"]
    assert "7 samples a second" in by_name["letter-f.wav"]
    assert (own_packs / "uz" / "go.wav").read_bytes() == before


def test_without_a_pack(folder, tmp_path):
    """Recordings need a pack to go into, for what is not recorded."""
    with pytest.raises(BrokenPack):
        recordings.bring(folder, tmp_path / "voice" / "uz")


def test_the_pack_s_own_rate(own_packs, folder):
    """A recording that needs no conversion is taken as it is, trimmed and levelled."""
    (folder / "go.wav").write_bytes(recorded(rate=RATE, channels=1))
    assert recordings.bring(folder, own_packs / "uz").taken == ("go",)
