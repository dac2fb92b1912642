"""Draws a scene on a surface, shape by shape, in its order; knows nothing of its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

import pygame

from config import tokens
from display_board import icons
from display_board.scene import Card, Face, Picture, Rect, Scene, Words
from display_board.typeface import font

Colour = tuple[int, int, int]
#: name of a design token → its colour as `#RRGGBB`
Palette = Mapping[str, str]
#: drawn so many times larger and then scaled down: SDL's own round corners are jagged
_FINE = 4
#: drawings that are kept: what one screen shows; on a 4K television each takes megabytes
_KEPT = 60


def paint(surface: pygame.Surface, scene: Scene, palette: Palette | None = None) -> None:
    """Draw the scene over whatever the surface held; without a palette in the shipped colours."""
    palette = palette or tokens.load().colours
    surface.fill(rgb(palette["page"]))
    for shape in scene:
        match shape:
            case Card():
                _card(surface, shape, palette)
            case Words():
                _words(surface, shape, palette[shape.colour])
            case Picture():
                place = shape.rect
                image = _picture(shape.name, place.w, place.h, palette[shape.colour])
                surface.blit(image, (place.x, place.y))


def rgb(written: str) -> Colour:
    """Return the red, green and blue of a colour that is written `#RRGGBB`."""
    red, green, blue = bytes.fromhex(written[1:])
    return red, green, blue


def _card(surface: pygame.Surface, card: Card, palette: Palette) -> None:
    fill = _mixed(rgb(palette[card.fill]), rgb(palette["accent_press"]), card.pulse)
    if card.border:
        _rounded(surface, card.rect, card.radius, rgb(palette[card.border]))
        _rounded(surface, card.rect.inset(card.width), max(0, card.radius - card.width), fill)
    else:
        _rounded(surface, card.rect, card.radius, fill)


def _rounded(surface: pygame.Surface, rect: Rect, radius: int, tint: Colour) -> None:
    """Fill a rounded rectangle: three bars, and four quarters of a smooth disc."""
    r = max(0, min(radius, rect.w // 2, rect.h // 2))
    surface.fill(tint, (rect.x + r, rect.y, rect.w - 2 * r, rect.h))
    surface.fill(tint, (rect.x, rect.y + r, r, rect.h - 2 * r))
    surface.fill(tint, (rect.right - r, rect.y + r, r, rect.h - 2 * r))
    if r:
        disc = _disc(r, tint)
        for x, part_x in ((rect.x, 0), (rect.right - r, r)):
            for y, part_y in ((rect.y, 0), (rect.bottom - r, r)):
                surface.blit(disc, (x, y), (part_x, part_y, r, r))


def _words(surface: pygame.Surface, words: Words, tint: str) -> None:
    image = _line(words.text, words.face, tint)
    x = (
        words.x
        - {"left": 0, "centre": image.get_width() // 2, "right": image.get_width()}[words.align]
    )
    surface.blit(image, (x, words.baseline - font(words.face).get_ascent()))


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


@lru_cache(maxsize=_KEPT)
def _line(text: str, face: Face, tint: str) -> pygame.Surface:
    return font(face).render(text, True, rgb(tint))


@lru_cache(maxsize=64)
def _disc(radius: int, tint: Colour) -> pygame.Surface:
    """Return a smooth disc; its corners are its own colour, seen through."""
    fine = pygame.Surface((2 * radius * _FINE, 2 * radius * _FINE), pygame.SRCALPHA)
    fine.fill((*tint, 0))
    pygame.draw.circle(fine, tint, (radius * _FINE, radius * _FINE), radius * _FINE)
    return pygame.transform.smoothscale(fine, (2 * radius, 2 * radius))


@lru_cache(maxsize=_KEPT)
def _picture(name: str, width: int, height: int, tint: str) -> pygame.Surface:
    file = icons.svg(name, width, height, tint)
    return pygame.image.load(BytesIO(file), f"{name}.svg")
