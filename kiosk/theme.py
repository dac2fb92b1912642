"""How it looks: tokens as pixels and colours, Fira Sans, rounded shapes, shadows and icons.

Everything made here is kept: a second screen of the same kind draws in a few milliseconds. What is
kept is keyed by the colour itself, so that the two palettes never meet in one drawing.
Edges are drawn three times as large and scaled down, since pygame's own round corners are jagged.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache

import pygame

from config import fonts, tokens
from kiosk import icons
from kiosk.elements import Face
from kiosk.geometry import Screen

FINE = 3
Colour = tuple[int, int, int]


def colour(name: str, *, contrast: bool = False) -> Colour:
    """Return a token's colour, in the plain or in the high-contrast palette."""
    return tokens.load().rgb(name, high_contrast=contrast)


@lru_cache(maxsize=256)
def font(face: Face) -> pygame.font.Font:
    """Return the font of a face."""
    return pygame.font.Font(str(fonts.path(face.weight)), face.size)


@lru_cache(maxsize=8192)
def measure(text: str, face: Face) -> int:
    """Return a line's width in pixels."""
    return font(face).size(text)[0]


@lru_cache(maxsize=512)
def line(text: str, face: Face, tint: str, *, contrast: bool = False) -> pygame.Surface:
    """Return a line of text in a token's colour."""
    return font(face).render(text, True, colour(tint, contrast=contrast))


@lru_cache(maxsize=256)
def icon(name: str, pixels: int, tint: str, *, contrast: bool = False) -> pygame.Surface:
    """Return an icon in a token's colour."""
    black = pygame.image.load(io.BytesIO(icons.svg(name, 2 * pixels).encode()), f"{name}.svg")
    drawn = pygame.transform.smoothscale(black, (pixels, pixels))
    return tinted(drawn, colour(tint, contrast=contrast))


def tinted(shape: pygame.Surface, tint: Colour) -> pygame.Surface:
    """Return a shape's opacity in one colour, so that scaled edges show no fringe."""
    whole = shape.copy()
    whole.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
    whole.fill((*tint, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return whole


@lru_cache(maxsize=256)
def corners(round_by: int, tint: Colour) -> pygame.Surface:
    """Return a disc of a radius in pixels: its quarters are the corners of a rounded shape."""
    fine = 2 * round_by * FINE
    disc = pygame.Surface((fine, fine), pygame.SRCALPHA)
    pygame.draw.circle(disc, (*tint, 255), (fine // 2, fine // 2), fine // 2)
    return tinted(pygame.transform.smoothscale(disc, (2 * round_by, 2 * round_by)), tint)


@lru_cache(maxsize=32)
def shadow(screen: Screen, name: str, round_by: int) -> pygame.Surface:
    """Return the shadow of a square whose sides are its two corners; its middle pixels repeat.

    The square's corner stands `reach` pixels inside the surface, see `shadow_reach`.
    """
    level = tokens.load().elevations[name]
    reach = shadow_reach(screen, name)
    side = 2 * (reach + _bend(screen, name, round_by)) + 1
    half = side // 2
    ink = bytes(colour("ink"))
    rows = [
        [_shade(half - reach, round_by, reach, abs(x - half), abs(y - half)) for x in range(side)]
        for y in range(side)
    ]
    pixels = b"".join(
        ink + bytes([round(255 * level.opacity * shade)]) for row in rows for shade in row
    )
    return pygame.image.frombuffer(pixels, (side, side), "RGBA")


def shadow_reach(screen: Screen, name: str) -> int:
    """Return how far a shadow stands out beyond its shape, in pixels."""
    return max(1, screen.pt(tokens.load().elevations[name].blur))


def shadow_drop(screen: Screen, name: str) -> int:
    """Return how far a shadow hangs below its shape, in pixels."""
    return screen.pt(tokens.load().elevations[name].offset)


def _bend(screen: Screen, name: str, round_by: int) -> int:
    """Return the pixels inside the shape in which its shadow still changes."""
    return max(round_by, shadow_reach(screen, name)) + 1


def _shade(half: int, round_by: int, reach: int, x: int, y: int) -> float:
    """Return the shade, 0 to 1, at a distance from the middle of a rounded square."""
    out_x, out_y = x - (half - round_by), y - (half - round_by)
    outside = math.hypot(max(out_x, 0), max(out_y, 0)) + min(max(out_x, out_y), 0) - round_by
    share = min(1.0, max(0.0, 0.5 - outside / (2 * reach)))
    return share * share * (3 - 2 * share)
