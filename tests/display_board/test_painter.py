from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pygame
import pytest
from PIL import Image, ImageChops

from config import theming, tokens
from display_board import icons
from display_board.painter import paint
from display_board.plan import Format
from display_board.scene import Card, Rect
from tests.display_board.scenes import FIGURES, board, lost, scene

#: letters drawn by another version of the same library may differ in so many pixels
FAR = 0.0008
PICTURES = Path(__file__).parents[1] / "snapshots" / "board"
LOOKS = {
    "empty": (board(0), (1280, 720), "uz-Latn"),
    "one": (board(1, 1), (1280, 720), "uz-Cyrl"),
    "three": (board(3), (1280, 720), "ru"),
    "six": (board(6, 2), (1280, 720), "kaa"),
    "twelve": (board(12), (1280, 720), "en"),
    "lost": (lost(6), (1280, 720), "ru"),
    "upright": (board(12, 2), (720, 1280), "uz-Latn"),
    "upright-empty": (lost(0), (720, 1280), "en"),
}
FULL = board(12, 1, windows=tuple(range(1, 13)), figures=FIGURES)
#: every layout, each with something beside it, in some theme
LAYOUTS = {
    "calls-figures": (Format("calls", figures=True), (1280, 720), "uz-Latn", "light"),
    "windows": (Format("windows"), (1280, 720), "ru", "light"),
    "windows-figures": (Format("windows", figures=True), (1280, 720), "kaa", "center-green"),
    "columns": (Format("columns"), (1280, 720), "en", "high-contrast"),
    "columns-dark": (Format("columns", figures=True), (1280, 720), "ru", "dark"),
    "media": (Format("calls", figures=True, media=True), (1280, 720), "uz-Cyrl", "light"),
    "portrait": (Format("portrait"), (1280, 720), "uz-Latn", "light"),
    "portrait-figures": (Format("portrait", figures=True), (720, 1280), "ru", "dark"),
    "upright-windows": (Format("windows", media=True), (720, 1280), "uz-Latn", "light"),
    "bar": (Format("bar"), (1920, 360), "uz-Latn", "light"),
    "bar-figures": (Format("bar", figures=True), (1920, 270), "ru", "light"),
    "bar-windows": (Format("windows"), (1920, 540), "en", "dark"),
}


def painted(shapes, size, palette=None):
    """Return what a scene looks like."""
    surface = pygame.Surface(size)
    paint(surface, shapes, palette)
    return Image.frombytes("RGB", size, pygame.image.tobytes(surface, "RGB"))


def far(one, other):
    """Return the share of pixels that are plainly not the same."""
    difference = ImageChops.difference(one, other).convert("L")
    return sum(difference.histogram()[64:]) / (one.width * one.height)


@pytest.mark.parametrize("name", LOOKS)
def test_picture(name):
    """The board looks as it did when somebody last looked at it; `./run snapshots` renews it."""
    shown, size, language = LOOKS[name]
    same(painted(scene(shown, size, language), size), name)


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name):
    """Each layout looks as it did when somebody last looked at it."""
    form, size, language, theme = LAYOUTS[name]
    shown = scene(FULL, size, language, form=form)
    same(painted(shown, size, theming.find(theme).palette), name)


@pytest.mark.parametrize("theme", theming.shipped())
def test_empty_bar(theme):
    """A bar where nobody is called looks as it did, in each theme."""
    size = (1920, 360)
    shown = scene(board(0), size, "uz-Latn", form=Format("bar"))
    same(painted(shown, size, theming.find(theme).palette), f"bar-empty-{theme}")


def same(fresh, name):
    """Compare a picture with the one that is kept."""
    kept = PICTURES / f"{name}.png"
    if os.environ.get("NAVBAT_SNAPSHOTS") == "renew":
        PICTURES.mkdir(parents=True, exist_ok=True)
        fresh.quantize(64).save(kept, optimize=True)
    assert far(fresh, Image.open(kept).convert("RGB")) < FAR


def test_pictures_tell_a_difference():
    """The tolerance is smaller than one changed digit of the smallest number."""
    shown = board(6)
    wrong = replace(shown.rows[4], number=shown.rows[4].number[:-1] + "8")
    other = replace(shown, rows=(*shown.rows[:4], wrong, *shown.rows[5:]))
    assert far(*(painted(scene(each, (1280, 720)), (1280, 720)) for each in (shown, other))) > FAR


def test_round_corners_are_smooth():
    """A round corner goes from the card's colour to the page's in steps, not in stairs."""
    image = painted((Card(Rect(10, 10, 80, 80), "accent", 24),), (100, 100))
    page, accent = tokens.load().rgb("page"), tokens.load().rgb("accent")
    corner = {image.getpixel((x, y)) for x in range(10, 34) for y in range(10, 34)}
    assert {page, accent} < corner
    assert len(corner) > 10
    assert image.getpixel((10, 10)) == page
    assert image.getpixel((50, 10)) == accent


def test_every_drawing_is_one():
    """Every drawing has strokes of its colour inside its frame."""
    for name in icons.DRAWINGS:
        file = BytesIO(icons.svg(name, 120, round(120 * icons.ratio(name)), "#0B5CAB"))
        drawn = pygame.image.load(file, f"{name}.svg")
        strokes = drawn.get_bounding_rect()
        assert max(strokes.w, strokes.h) > 60, name
        assert drawn.get_rect().contains(strokes), name
        assert drawn.get_at((0, 0)).a == 0, name
