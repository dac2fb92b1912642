"""Fira Sans in pygame: loaded, measured and drawn, each size once."""

from __future__ import annotations

from functools import lru_cache

import pygame

from config import fonts
from display_board.scene import Face


@lru_cache(maxsize=12)
def font(face: Face) -> pygame.font.Font:
    """Return the loaded face."""
    return pygame.font.Font(fonts.path(face.weight), face.size)


@lru_cache(maxsize=1024)
def measure(text: str, face: Face) -> int:
    """Return the width of a text in pixels."""
    return font(face).size(text)[0]
