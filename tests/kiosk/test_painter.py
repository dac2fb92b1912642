from __future__ import annotations

import pygame
import pytest
import zxingcpp
from PIL import Image

from config import tokens
from kiosk import icons, theme
from kiosk.acts import GoBack
from kiosk.elements import Box, Code, Face, Icon, Key, Layout, Look, Text
from kiosk.geometry import Rect, screen_of
from kiosk.painter import PAINTS, paint
from kiosk.screens.keys import INK
from tests.kiosk.screens_of_all_kinds import within

SCREEN = screen_of(400, 300, 10.0)
PLACE = Rect(100, 80, 120, 90)


def picture(*elements, **how) -> pygame.Surface:
    """Return the elements as they are drawn."""
    surface = pygame.Surface((SCREEN.width, SCREEN.height))
    paint(surface, SCREEN, Layout(elements), **how)
    return surface


def at(surface: pygame.Surface, x: int, y: int) -> tuple[int, ...]:
    """Return a pixel's colour."""
    return tuple(surface.get_at((x, y)))[:3]


def test_a_box_is_filled_with_its_colour_and_round_at_its_corners():
    """The middle is filled, the corner is not, and its edge is smooth."""
    drawn = picture(Box(PLACE, "accent", 30))
    assert at(drawn, *PLACE.centre) == theme.colour("accent")
    assert at(drawn, PLACE.x, PLACE.y) == theme.colour("page")
    edge = {at(drawn, x, PLACE.y + 9) for x in range(PLACE.x, PLACE.x + 30)}
    assert len(edge) > 2


def test_a_shadow_is_light_and_lies_outside():
    """It darkens what is beside the box a little, and ends."""
    drawn = picture(Box(PLACE, "surface", 16, "", "raised"))
    page = theme.colour("page")
    below = at(drawn, PLACE.centre[0], PLACE.bottom + 1)
    assert all(0 < was - now < 30 for was, now in zip(page, below, strict=True))
    assert at(drawn, PLACE.centre[0], PLACE.bottom + 60) == page


def test_a_key_answers_the_finger():
    """Under the finger it looks different, whatever its kind."""
    for look in Look:
        key = Key(PLACE, GoBack(), look, (), 16)
        rest, pressed = picture(key), picture(key, pressed=GoBack())
        assert pygame.image.tobytes(rest, "RGB") != pygame.image.tobytes(pressed, "RGB")


def test_the_focus_ring_stands_apart_from_the_key():
    """It is drawn outside, in its own colour, and leaves the key as it is."""
    key = Key(PLACE, GoBack(), Look.PRIMARY, (), 16)
    ringed = picture(key, focus=GoBack())
    row = [at(ringed, PLACE.centre[0], y) for y in range(PLACE.y)]
    assert theme.colour("focus") in row
    assert at(ringed, *PLACE.centre) == theme.colour("accent")


def test_a_text_is_drawn_in_its_place():
    """There is ink within, and none outside."""
    text = Text(PLACE, ("Navbat", "A042"), Face("semibold", 20), "ink")
    drawn = picture(text)
    inked = pygame.mask.from_threshold(
        drawn, theme.colour("ink"), (60, 60, 60)
    ).get_bounding_rects()
    assert inked
    assert all(within(Rect(r.x, r.y, r.w, r.h), PLACE) for r in inked)


def test_a_code_can_be_read():
    """The screen's QR code holds the ticket's address."""
    drawn = picture(Code(Rect(50, 20, 240, 240), "http://192.0.2.1:8000/t/abc?key=def"))
    image = Image.frombytes("RGB", drawn.get_size(), pygame.image.tobytes(drawn, "RGB"))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [
        "http://192.0.2.1:8000/t/abc?key=def"
    ]


def test_a_dialog_dims_what_lies_below():
    """The page behind it is darker, the dialog is not."""
    surface = pygame.Surface((SCREEN.width, SCREEN.height))
    paint(surface, SCREEN, Layout((), (Box(PLACE, "surface"),)))
    assert at(surface, 5, 5) < theme.colour("page")
    assert at(surface, *PLACE.centre) == theme.colour("surface")


@pytest.mark.parametrize("look", Look)
def test_a_label_is_readable_on_its_key(look):
    """At rest and pressed, at least 4.5 to 1."""
    known = tokens.load()
    for state in PAINTS[look]:
        assert tokens.contrast(known.colours[INK[look]], known.colours[state.fill]) >= 4.5


@pytest.mark.parametrize("name", icons.DRAWINGS)
def test_an_icon_has_ink_and_stays_in_its_square(name):
    """Every icon can be drawn, and none is cut off at its edge."""
    drawn = theme.icon(name, 96, "accent")
    rects = pygame.mask.from_surface(drawn).get_bounding_rects()
    assert rects
    assert all(r.left > 0 and r.top > 0 and r.right < 96 and r.bottom < 96 for r in rects)


def test_every_group_has_an_icon(catalogue):
    """The catalogue names no icon that there is not."""
    assert {group.icon for group in catalogue.groups} <= set(icons.DRAWINGS)


def test_an_unknown_icon_is_a_document():
    """A center's own catalogue may name what we did not draw."""
    assert icons.svg("spaceship", 24) == icons.svg("document", 24)


def test_an_icon_takes_the_colour_it_is_given():
    """Its edges have no fringe of another colour."""
    drawn = theme.icon("clock", 64, "warn")
    visible = {
        tuple(drawn.get_at((x, y)))[:3]
        for x in range(64)
        for y in range(64)
        if drawn.get_at((x, y)).a
    }
    assert visible == {theme.colour("warn")}


def test_an_icon_is_drawn_at_its_place():
    """As large as its rectangle."""
    drawn = picture(Icon(Rect(10, 10, 40, 40), "clock", "accent"))
    assert at(drawn, 200, 200) == theme.colour("page")
    assert any(at(drawn, x, 30) != theme.colour("page") for x in range(10, 50))
