"""Fira Sans, measured and loaded: the one type of kiosk, board, pages and paper."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import fontpkg_fira_sans
from PIL import ImageFont

Weight = Literal["Regular", "Medium", "SemiBold", "Bold"]

#: Heights over and under the baseline in parts of the size: a capital, an accent on one (Ǵ), a g.
CAPITAL = 0.69
ASCENDER = 0.93
DESCENDER = 0.22


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the type at one size in dots."""

    weight: Weight
    size: int

    @property
    def capital(self) -> int:
        """Return the height of a capital in dots."""
        return math.ceil(self.size * CAPITAL)

    @property
    def ascender(self) -> int:
        """Return the height of an accented capital in dots."""
        return math.ceil(self.size * ASCENDER)

    @property
    def descender(self) -> int:
        """Return the depth below the baseline in dots."""
        return math.ceil(self.size * DESCENDER)


#: How wide a text is in a face, in dots.
Measure = Callable[[str, Face], int]


@lru_cache(maxsize=64)
def font(face: Face) -> ImageFont.FreeTypeFont:
    """Load a face; the BASIC layout needs no shaping library and is enough for these scripts."""
    path = fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{face.weight}.ttf"
    return ImageFont.truetype(str(path), face.size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def measure(text: str, face: Face) -> int:
    """Return how far `text` advances in dots; ink may stand out by less than a paper's margin."""
    return math.ceil(font(face).getlength(text))
