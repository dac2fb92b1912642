from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pygame
import pytest
from PIL import Image, ImageChops

from config import theming, tokens
from config.languages import LANGUAGES
from display_board import bulletin, view
from display_board.layout import newest_capital
from display_board.memory import Memory
from display_board.painter import paint
from display_board.plan import Format
from display_board.scene import CAPITAL, Card, Screen, Words
from display_board.show import Moment, Show, Style, rfc3339
from display_board.state import Message
from display_board.typeface import measure
from tests.display_board.conftest import SCRIPTS
from tests.display_board.scenes import (
    FIGURES,
    FORMATS,
    LONG,
    VOICE,
    WALL,
    board,
    ink,
    lost,
    scene,
)
from tests.socket_hall import call

#: A1: a number that is read from 10 m, 0.7° high; 30 minutes of arc are 87 mm
COMFORTABLE_MM, READABLE_MM = 122, 87
#: A2: any capital, by ADA 707.7.2
LEAST_MM = 4.8
FULL = board(12, 2, windows=(*range(1, 13), 40), figures=FIGURES)
SIZES = ((1920, 1080), (1080, 1920), (1920, 360))


def painted(found, size, palette=None):
    """Return what a scene looks like."""
    surface = pygame.Surface(size)
    paint(surface, found, palette)
    return Image.frombytes("RGB", size, pygame.image.tobytes(surface, "RGB"))


def luminance(pixel):
    """Return WCAG's relative luminance of a pixel."""
    return tokens._luminance("#{:02X}{:02X}{:02X}".format(*pixel))


def test_a1_height_of_the_newest_call():
    """A1: measured on the picture, the newest number is 122 mm high on 55 inches, for 10 m."""
    screen = Screen(1920, 1080, 55)
    found = scene(board(5), (1920, 1080))
    words = next(s for s in found if isinstance(s, Words) and s.text == "A042")
    image = painted((replace(words, text="E"),), (1920, 1080)).convert("L")
    drawn = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    height = (drawn[3] - drawn[1]) * screen.mm_per_pixel
    assert height >= COMFORTABLE_MM
    assert abs(height - words.face.size * CAPITAL * screen.mm_per_pixel) < 3


@pytest.mark.parametrize("layout", ["calls", "windows", "columns", "portrait"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
def test_a1_in_every_layout(layout, size):
    """A1: in every layout the newest number is at least 87 mm high on 55 inches."""
    screen = Screen(*size, diagonal_inches=55)
    assert newest_capital(screen, measure, Format(layout)) * screen.mm_per_pixel >= READABLE_MM


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a2_no_text_is_tiny(size):
    """A2: on a screen of 32 inches no capital of any text is below 4.8 mm, long names included."""
    screen = Screen(*size, diagonal_inches=32)
    for form in FORMATS:
        for language in LANGUAGES:
            for shown in (FULL, lost(6), board(0)):
                found = scene(shown, size, language, replace(VOICE, center=LONG), form=form)
                for words in (shape for shape in found if isinstance(shape, Words)):
                    high = words.face.size * CAPITAL * screen.mm_per_pixel
                    assert high >= LEAST_MM, (words.text, form, high)


@pytest.mark.parametrize("name", theming.shipped())
def test_a3_contrast_of_pixels(name):
    """A3: in each theme every text is seen at its contrast, measured on the picture."""
    theme = theming.find(name)
    for size in SIZES:
        for form in (Format("calls", figures=True), Format("windows"), Format("columns")):
            for shown in (FULL, lost(6), board(0)):
                found = scene(shown, size, "ru", form=form)
                image = painted(found, size, theme.palette)
                for words in (shape for shape in found if isinstance(shape, Words)):
                    seen = contrast_in(image, ink(words))
                    assert seen >= theme.contrast - 0.1, (name, words.text, seen)


def contrast_in(image, place):
    """Return the contrast of the ground in a place and the ink that differs most from it."""
    box = (place.x - 2, place.y - 2, place.right + 2, place.bottom + 2)
    ground = luminance(image.getpixel((box[0], box[1])))
    found = sorted(image.crop(box).getcolors(1 << 20), reverse=True)[:60]
    others = [luminance(colour) for _, colour in found]
    return max((max(ground, o) + 0.05) / (min(ground, o) + 0.05) for o in others)


@pytest.mark.parametrize("name", theming.shipped())
def test_a14_without_colours(name):
    """A14: in grey a new call, an old one, a free window and an empty place are told apart."""
    theme = theming.find(name)
    grey = {
        state: painted(scene(shown, (1280, 720), form=form), (1280, 720), theme.palette).convert(
            "L"
        )
        for state, shown, form in (
            ("new", board(5, 5), Format()),
            ("old", board(5), Format()),
            ("gone", board(1), Format()),
            ("busy", board(2, windows=(1, 2)), Format("windows")),
            ("free", board(1, windows=(1, 2, 12)), Format("windows")),
            ("lost", lost(5), Format()),
        )
    }
    for one, other in (("new", "old"), ("old", "gone"), ("busy", "free"), ("old", "lost")):
        plain = sum(ImageChops.difference(grey[one], grey[other]).histogram()[61:])
        assert plain > 500, (one, other, plain)


def test_a14_a_new_earlier_call_has_a_border():
    """A14: among the earlier calls a new one has a border besides its colour."""
    cards = {
        lit: next(
            s for s in scene(board(5, lit), (1920, 1080)) if isinstance(s, Card) and s.rect.y > 500
        )
        for lit in (0, 2)
    }
    assert cards[2].width > 2 * cards[0].width
    assert (cards[0].border, cards[2].border) == ("line", "accent")


class Stage:
    """A board whose frames are taken at any rate."""

    def __init__(self, folder, style):
        self.show = Show(1, ("uz-Latn",), Memory(folder, 1), lambda *_: None, style)
        self.surface = pygame.Surface((640, 360))
        self.now = Moment(1000.0, WALL)
        self.hear("snapshot", seq=1, calls=[], windows=[1, 2, 3])

    def hear(self, kind, **body):
        """Give the board a message now."""
        self.show.hear(Message(kind, self.now.steady, rfc3339(self.now.wall), body))

    def pass_(self, seconds):
        """Let time pass."""
        self.now = Moment(self.now.steady + seconds, self.now.wall + timedelta(seconds=seconds))

    def shade(self):
        """Draw, and return the newest call's card's luminance."""
        self.show.draw(self.surface, Screen(640, 360), self.now)
        return luminance(self.surface.get_at((330, 60))[:3])


@pytest.mark.parametrize("name", theming.shipped())
def test_a13_blinks_once_a_second(tmp_path, name):
    """A13: sampled at 60 frames a second for 10 s, a new call glows once a second, for 5 to 8 s."""
    stage = Stage(tmp_path, Style(theme=theming.find(name)))
    stage.hear("event", **call("A042", 3), seq=2)
    shades = []
    for _ in range(600):
        shades.append(stage.shade())
        stage.pass_(1 / 60)
    turns = [n for n in range(1, 600) if shades[n] != shades[n - 1]]
    lows_and_highs = {min(shades[:340]), max(shades[:340])}
    extremes = [n for n in turns if shades[n] in lows_and_highs]
    assert 5 <= turns[-1] / 60 <= 8.1
    for start in range(0, 540, 10):
        inside = [n for n in extremes if start <= n < start + 60]
        # there and back once: each of the two shades is reached at most once in a second
        assert len(inside) <= 3
    assert shades[400:] == [shades[-1]] * 200


def test_a13_the_web_board_too():
    """A13: the style sheet's glow takes a second, and stands still for who wants no motion."""
    style = (SCRIPTS / "board" / "board.css").read_text()
    assert re.findall(r"animation: glow ([\d.]+)s", style) == ["1"]
    assert style.count("@keyframes") == 1
    reduced = style[style.index("prefers-reduced-motion") :]
    assert "animation: none" in reduced


def test_nothing_moves_but_that():
    """No text runs: what changes by itself changes in steps of five seconds and more."""
    assert view.PAGE >= 5
    assert view.LANGUAGE >= 5
    assert bulletin.seconds("") >= 5
    assert bulletin.seconds("x" * 64) > bulletin.seconds("x" * 36)


def test_notices_are_readable():
    """A line of a notice stays long enough to be read at twelve letters a second, twice over."""
    lines = bulletin.lines(FIGURES.notices, ("uz-Latn", "ru", "en"), bulletin.LINE)
    assert [language for language, _ in lines] == ["uz-Latn", "ru", "en"]
    seen = {}
    for tenth in range(1200):
        line = bulletin.shown(lines, tenth / 10)
        seen[line] = seen.get(line, 0) + 0.1
    assert set(seen) == set(lines)
    assert all(seconds >= len(line) / 12 for (_, line), seconds in seen.items())
