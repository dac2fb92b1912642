from __future__ import annotations

import logging
import os
import stat
import sys
import threading
from functools import partial

import pygame
import pytest
from PIL import Image

from display_board import film
from display_board.layout import media_place
from display_board.media import FILMS, Projector, fitted, playable
from display_board.memory import Memory
from display_board.plan import Format
from display_board.scene import Screen
from display_board.show import Moment, Show, Style, rfc3339
from display_board.state import Message
from display_board.typeface import measure
from tests.display_board.scenes import WALL
from tests.socket_hall import call

SIZE = (160, 90)
#: a decoder that is none: five frames of one colour, then its end
DECODER = """#!{python}
import sys
arguments = sys.argv[1:]
assert "-an" in arguments
wide, high = arguments[arguments.index("-vf") + 1].split("=")[1].split(":")[:2]
path = arguments[arguments.index("-i") + 1]
if "nothing" in path:
    sys.exit(1)
for shade in range(5):
    sys.stdout.buffer.write(bytes([shade * 40, 0, 0]) * (int(wide) * int(high)))
    sys.stdout.buffer.flush()
if "endless" in path:
    sys.stdin.read()
    import signal
    signal.pause()
"""


@pytest.fixture
def decoder(tmp_path):
    """Return a program that decodes as ffmpeg would."""
    program = tmp_path / "decoder"
    program.write_text(DECODER.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.fixture
def folder(tmp_path):
    """Return an empty folder for media."""
    made = tmp_path / "media"
    made.mkdir()
    return made


def picture(folder, name, size=(320, 180), colour=(200, 30, 90)):
    """Put a picture into the folder."""
    Image.new("RGB", size, colour).save(folder / name)


def wait_for(come):
    """Wait till something holds."""
    pause = threading.Event()
    for _ in range(600):
        if come():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come")


def test_what_can_be_shown(folder):
    """Pictures and films are taken in the order of their names; all else is left alone."""
    for name in ("b.PNG", "a.jpg", ".c.png", "notes.txt", "film.mp4"):
        (folder / name).write_text("")
    (folder / "deep.png").mkdir()
    assert [path.name for path in playable(folder, {})] == ["a.jpg", "b.PNG", "film.mp4"]
    assert playable(folder / "none", {}) == []
    assert ".mp4" in FILMS


@pytest.mark.parametrize(
    ("size", "shown"), [((320, 180), (160, 90)), ((100, 400), (22, 90)), ((4000, 10), (160, 1))]
)
def test_fitted(folder, size, shown):
    """A picture is shown whole, as large as its place allows."""
    picture(folder, "a.png", size)
    assert fitted(folder / "a.png", SIZE).get_size() == shown


@pytest.mark.parametrize("mode", ["P", "L", "RGBA", "1", "CMYK"])
def test_any_kind_of_picture(folder, mode):
    """Pictures of few colours, grey, seen through or made for print are shown too."""
    suffix = "jpg" if mode == "CMYK" else "png"
    Image.new(mode, (40, 40), 0).save(folder / f"a.{suffix}")
    assert fitted(folder / f"a.{suffix}", SIZE).get_size() == (90, 90)


def test_broken_is_passed_over(folder, caplog):
    """A file that is no picture is named once in the log, and the next one is shown."""
    (folder / "a.png").write_bytes(b"no picture at all")
    (folder / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)
    picture(folder, "c.png")
    projector = Projector(folder, 0.01)
    projector.fit(SIZE)
    projector.start()
    try:
        wait_for(lambda: projector.slide is not None and projector.slide.serial > 3)
    finally:
        projector.stop()
    assert projector.any()
    assert caplog.text.count("a.png is passed over") == 1
    assert caplog.text.count("b.png is passed over") == 1
    assert projector.slide.surface.get_size() == SIZE


def test_a_changed_file_has_another_chance(folder):
    """A broken file that somebody replaced is tried again."""
    picture(folder, "a.png")
    path = folder / "a.png"
    broken = {path: path.stat().st_mtime}
    assert playable(folder, broken) == []
    os.utime(path, (1, 1))
    assert playable(folder, broken) == [path]


def test_nothing_left(folder):
    """When every file is broken there is nothing to show, and the calls have the screen."""
    (folder / "a.png").write_text("")
    projector = Projector(folder, 0.01)
    projector.fit(SIZE)
    projector.start()
    try:
        wait_for(lambda: projector._broken)
        wait_for(lambda: not projector.any())
    finally:
        projector.stop()
    assert projector.slide is None


def test_film(folder, decoder):
    """A film's frames come one after the other, each as large as the place."""
    (folder / "a.mp4").write_text("film")
    found = list(film.frames(folder / "a.mp4", SIZE, threading.Event(), decoder))
    assert [frame.get_size() for frame in found] == [SIZE] * 5
    assert [frame.get_at((80, 45))[0] for frame in found] == [0, 40, 80, 120, 160]


def test_film_without_a_decoder(folder, caplog):
    """Without ffmpeg a film is passed over, and the log says what is missing."""
    (folder / "a.mp4").write_text("film")
    picture(folder, "b.png")
    projector = Projector(folder, 0.01, partial(film.frames, program="no-such-ffmpeg"))
    projector.fit(SIZE)
    projector.start()
    try:
        wait_for(lambda: projector.slide is not None)
    finally:
        projector.stop()
    assert "no-such-ffmpeg is not installed, so only pictures are shown" in caplog.text


def test_film_that_is_none(folder, decoder):
    """A film without a frame is no film."""
    (folder / "nothing.mp4").write_text("film")
    with pytest.raises(film.NoFilm, match="no frame"):
        list(film.frames(folder / "nothing.mp4", SIZE, threading.Event(), decoder))


def test_film_is_left(folder, decoder):
    """A film that is left in its middle leaves no decoder behind."""
    (folder / "endless.mp4").write_text("film")
    frames = film.frames(folder / "endless.mp4", SIZE, threading.Event(), decoder)
    for _ in range(5):
        next(frames)
    frames.close()


def test_decoder_is_told_to_be_silent(folder):
    """The decoder reads files only, in real time, and plays no sound."""
    told = film._arguments(folder / "-i.mp4", SIZE)
    assert "-an" in told
    assert "-re" in told
    assert told[told.index("-protocol_whitelist") + 1] == "file,pipe"
    assert told[told.index("-i") + 1].startswith("/")


class Slides:
    """A projector in a test's hand."""

    def __init__(self):
        self.slide, self.size = None, None

    def any(self):
        """There is always something."""
        return True

    def fit(self, size):
        """Take note of the size."""
        self.size = size


def test_beside_the_calls(tmp_path, caplog):
    """The present slide is drawn in its place and nowhere else, also while a call stands out."""
    caplog.set_level(logging.WARNING)
    screen, slides = Screen(640, 360), Slides()
    style = Style(Format("calls", media=True))
    show = Show(1, ("uz-Latn",), Memory(tmp_path, 1), lambda *_: None, style, slides)
    surface, now = pygame.Surface((640, 360)), Moment(100.0, WALL)
    show.hear(Message("snapshot", 100.0, rfc3339(WALL), {"seq": 1, "calls": [], "windows": []}))
    show.hear(Message("event", 100.0, rfc3339(WALL), {**call("A042", 3), "seq": 2}))
    assert show.draw(surface, screen, now)
    plain = surface.copy()
    place = media_place(screen, measure, style.form)
    assert slides.size == (place.w, place.h)
    slides.slide = type("Slide", (), {"surface": pygame.Surface((place.w * 3, place.h * 3))})()
    slides.slide.surface.fill((1, 2, 3))
    assert show.draw(surface, screen, now)
    assert not show.draw(surface, screen, now)
    for x in range(0, 640, 4):
        for y in range(0, 360, 4):
            inside = place.x <= x < place.right and place.y <= y < place.bottom
            wanted = (1, 2, 3) if inside else plain.get_at((x, y))[:3]
            assert surface.get_at((x, y))[:3] == wanted
