from __future__ import annotations

import logging
from array import array

import pygame
import pytest

from display_board import chime
from display_board.sound import Speaker


@pytest.fixture
def disk(monkeypatch, tmp_path):
    """A sound device that writes what it plays into a file, as fast as it is given."""
    file = tmp_path / "played.raw"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(file))
    monkeypatch.setenv("SDL_DISKAUDIODELAY", "1")
    return file


def played(file, speaker):
    """Wait till everything is played, and return what was not silence."""
    clock = pygame.time.Clock()
    while speaker.busy:
        clock.tick(100)
    speaker.close()
    samples = array("h", file.read_bytes())
    sounding = [at for at, sample in enumerate(samples) if sample]
    return samples[sounding[0] : sounding[-1] + 1]


def test_plays_what_it_is_given(disk):
    """Every sample reaches the device, at the pack's rate and unchanged."""
    speaker = Speaker(wanted=True)
    wanted = array("h", [n % 2000 + 1 for n in range(30_000)])
    speaker.play(wanted)
    assert speaker.busy
    assert played(disk, speaker) == wanted


def test_volume(disk):
    """Half the volume is half as loud."""
    speaker = Speaker(wanted=True, volume=50)
    speaker.play(array("h", [10_000] * 5000))
    assert played(disk, speaker)[2500] == pytest.approx(5000, abs=100)


def test_rate_is_the_chimes(disk):
    """The device is opened at the rate of chime and voice, whatever it would like."""
    speaker = Speaker(wanted=True)
    assert pygame.mixer.get_init() == (chime.RATE, -16, 1)
    assert not speaker.busy
    speaker.close()


def test_silent_without_a_device(monkeypatch, caplog):
    """Without a sound device, or unwanted, the board keeps silent and goes on."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    with caplog.at_level(logging.INFO):
        for wanted in (True, False):
            speaker = Speaker(wanted=wanted)
            speaker.play(array("h", [1000] * 1000))
            assert not speaker.busy
            speaker.close()
            assert pygame.mixer.get_init() is None
    assert "no sound" in caplog.text


def test_nothing_to_play(disk):
    """No samples are no sound, and no error."""
    speaker = Speaker(wanted=True)
    speaker.play(array("h"))
    assert not speaker.busy
    speaker.close()
