"""Speaking through processes of its own: in order, interrupted at once, at the wanted volume."""

from __future__ import annotations

import io
import os
import queue
import sys
import threading
import wave
from array import array

import pytest

from kiosk import speaker
from kiosk.speaker import Mute, Scribe, Voice, louder, open_speaker, tone
from kiosk.utterance import Utterance
from queue_server.voice import engine

#: seconds after which what should have happened will not
PATIENCE = 30.0
#: copies what it is to play into a numbered file, then plays until it is killed or let go
PLAYER = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
data = sys.stdin.buffer.read()
fresh = folder / f"{os.getpid()}.new"
fresh.write_bytes(data)
fresh.rename(folder / f"{time.monotonic_ns()}.wav")
with open(folder / "go", "rb") as gate:
    gate.read()
"""


def wav(*samples: int) -> bytes:
    """Return a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(array("h", samples).tobytes())
    return made.getvalue()


def samples(file: bytes) -> list[int]:
    """Return a WAV file's samples."""
    with wave.open(io.BytesIO(file)) as heard:
        return list(array("h", heard.readframes(heard.getnframes())))


class Hall:
    """A synthesizer that notes its texts, and players that wait."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.spoken: queue.SimpleQueue = queue.SimpleQueue()
        script = folder / "player.py"
        script.write_text(PLAYER)
        os.mkfifo(folder / "go")
        self.player = (sys.executable, str(script), str(folder))

    def speak(self, wishes) -> None:
        """Note the text and write a sound."""
        for wish in wishes:
            wish.file.write_bytes(wav(10_000))
            self.spoken.put(wish.text)

    def open(self) -> Voice:
        """Return a voice in this hall."""
        return Voice(engine.Engine("fake", self.speak), self.player)

    def played(self, count: int) -> list[bytes]:
        """Wait until so many players have begun, and return what they were given."""
        never = threading.Event()
        for _ in range(int(PATIENCE / 0.02)):
            files = sorted(self.folder.glob("*.wav"))
            if len(files) >= count:
                return [file.read_bytes() for file in files]
            never.wait(0.02)
        raise AssertionError("nothing is played")

    def let_go(self) -> None:
        """Let the player that is playing come to its end."""
        with (self.folder / "go").open("wb"):
            pass


@pytest.fixture
def hall(tmp_path):
    """A place to speak in."""
    return Hall(tmp_path)


def test_texts_are_said_one_after_another(hall):
    """The next one begins when the player of the first has ended."""
    voice = hall.open()
    voice.say((Utterance("One", "en"), Utterance("Two", "en")), 5)
    assert hall.spoken.get(timeout=PATIENCE) == "One"
    hall.played(1)
    assert hall.spoken.empty()
    hall.let_go()
    assert hall.spoken.get(timeout=PATIENCE) == "Two"
    hall.played(2)
    voice.close()


def test_a_new_text_interrupts_the_old_one(hall):
    """Its player is ended at once, and what was to follow is not said."""
    voice = hall.open()
    voice.say((Utterance("One", "en"), Utterance("Two", "en")), 5)
    hall.played(1)
    voice.say((Utterance("Three", "en"),), 5)
    hall.played(2)
    assert [hall.spoken.get(timeout=PATIENCE) for _ in range(2)] == ["One", "Three"]
    voice.close()
    assert hall.spoken.empty()


def test_news_follow_what_is_being_said(hall):
    """They do not interrupt."""
    voice = hall.open()
    voice.say((Utterance("One", "en"),), 5)
    hall.played(1)
    voice.add((Utterance("Two", "en"),), 5)
    assert [hall.spoken.get(timeout=PATIENCE)] == ["One"]
    hall.let_go()
    hall.played(2)
    assert hall.spoken.get(timeout=PATIENCE) == "Two"
    voice.close()


def test_it_falls_silent_at_once_and_for_good(hall):
    """Hushed, it speaks again when told to; closed, its thread and player are gone."""
    voice = hall.open()
    voice.say((Utterance("One", "en"), Utterance("Two", "en")), 5)
    hall.played(1)
    voice.hush()
    voice.say((Utterance("Three", "en"),), 5)
    hall.played(2)
    voice.close()
    names = {thread.name for thread in threading.enumerate() if thread.is_alive()}
    assert "speaker" not in names


def test_the_volume_is_in_what_is_played(hall):
    """Each of the five steps is louder than the one before."""
    peaks = []
    for volume in range(1, 6):
        voice = hall.open()
        voice.say((Utterance("One", "en"),), volume)
        peaks.append(samples(hall.played(volume)[-1])[0])
        voice.close()
    assert peaks == sorted(set(peaks))
    assert peaks[-1] == 10_000


def test_a_tick_is_heard_in_silence_only(hall):
    """While something is said the words are the second sense."""
    voice = hall.open()
    voice.tick()
    assert hall.played(1) == [tone()]
    voice.say((Utterance("One", "en"),), 5)
    hall.played(2)
    voice.tick()
    voice.close()
    assert len(hall.played(2)) == 2


def test_a_synthesizer_that_fails_costs_the_words_only(hall):
    """The next text is said."""

    def fail_first(wishes) -> None:
        if wishes[0].text == "One":
            raise engine.NoEngine("espeak-ng does not work here.")
        hall.speak(wishes)

    voice = Voice(engine.Engine("fake", fail_first), hall.player)
    voice.say((Utterance("One", "en"), Utterance("Two", "en")), 3)
    assert hall.spoken.get(timeout=PATIENCE) == "Two"
    hall.played(1)
    voice.close()


def test_what_would_be_said_can_be_written(tmp_path):
    """A line each: language, tab, text; a silence and a tick have marks of their own."""
    file = tmp_path / "said.txt"
    scribe = open_speaker(file.as_uri())
    assert isinstance(scribe, Scribe)
    scribe.hush()
    scribe.say((Utterance("Talon olish", "uz-Latn"), Utterance("1, jami 5", "uz-Latn")), 3)
    scribe.hush()
    scribe.hush()
    scribe.tick()
    scribe.close()
    assert file.read_text("utf-8").splitlines() == [
        "uz-Latn\tTalon olish",
        "uz-Latn\t1, jami 5",
        "[hush]\t",
        "[tick]\t",
    ]


def test_a_file_that_cannot_be_written_costs_nothing_else(tmp_path):
    """The kiosk goes on."""
    Scribe(tmp_path / "none" / "said.txt").say((Utterance("One", "en"),), 3)


def test_a_kiosk_that_is_not_to_speak_is_mute():
    """Switched off, or without a player or a synthesizer on this machine."""
    assert isinstance(open_speaker("off"), Mute)
    mute = Mute()
    mute.say((), 3)
    mute.add((), 3)
    mute.hush()
    mute.tick()
    mute.close()


@pytest.mark.parametrize("tools", [(), ("aplay",), ("aplay", "espeak-ng")])
def test_it_speaks_where_the_machine_can(tmp_path, monkeypatch, tools):
    """With a player and a synthesizer on its path."""
    for name in tools:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    opened = open_speaker("auto")
    assert isinstance(opened, Voice if len(tools) == 2 else Mute)
    opened.close()


def test_loudness_and_tone():
    """A share of the loudness is a share of each sample; the tick begins and ends softly."""
    assert samples(louder(wav(1000, -1000, 0), 0.5)) == [500, -500, 0]
    heard = samples(tone())
    assert abs(heard[0]) < 100
    assert abs(heard[-1]) < 500
    assert max(heard) > 5000
    assert set(speaker.LOUDNESS) == {1, 2, 3, 4, 5}
