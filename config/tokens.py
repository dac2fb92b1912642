"""Design tokens: colours, sizes, spaces, radii, motion and shadows, from `tokens.toml`.

pygame reads the values (`tokens.rgb("ink")`, `tokens.sizes["lead"] * pixels_per_point`), a page
includes `css(tokens)` and writes `var(--colour-ink)`, `var(--size-lead)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config import loader

Hex = Annotated[str, loader.like("#[0-9A-F]{6}", "'#0B5CAB'")]
Length = Annotated[float, Field(gt=0)]

#: points of one rem: the height of body text
REM = 16


class Elevation(loader.Settings):
    """A shadow in the ink's colour: offset and blur in points, opacity from 0 to 1."""

    offset: Length
    blur: Length
    opacity: Annotated[float, Field(gt=0, lt=1)]


class Tokens(loader.Settings):
    """How Navbat looks; lengths in points, motion in milliseconds."""

    colours: Mapping[str, Hex]
    #: the kiosk's other palette: the same names
    high_contrast: Mapping[str, Hex]
    sizes: Mapping[str, Length]
    weights: Mapping[str, int]
    leading: Mapping[str, Length]
    spaces: Mapping[str, Length]
    radii: Mapping[str, Length]
    motion: Mapping[str, int]
    elevations: Mapping[str, Elevation]

    def rgb(self, colour: str, *, high_contrast: bool = False) -> tuple[int, int, int]:
        """Return a colour's red, green and blue, each 0 to 255, in one of the two palettes."""
        palette = self.high_contrast if high_contrast else self.colours
        red, green, blue = bytes.fromhex(palette[colour][1:])
        return red, green, blue


@cache
def load(path: Path = loader.FOLDER / "tokens.toml") -> Tokens:
    """Return the shipped tokens; read once per process."""
    return loader.load(path, Tokens)


def css(tokens: Tokens) -> str:
    """Return the tokens as custom properties: `:root{--colour-ink:#0F1B2D;…}`."""
    return ":root{" + "".join(f"--{name}:{value};" for name, value in _properties(tokens)) + "}"


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast of two `#RRGGBB` colours, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _properties(tokens: Tokens) -> Iterator[tuple[str, str]]:
    yield from _named("colour", tokens.colours)
    yield from _named("size", _rems(tokens.sizes))
    yield from _named("weight", tokens.weights)
    yield from _named("leading", tokens.leading)
    yield from _named("space", _rems(tokens.spaces))
    yield from _named("radius", _rems(tokens.radii))
    yield from _named("motion", {name: f"{ms}ms" for name, ms in tokens.motion.items()})
    yield from _named("shadow", {n: _shadow(e, tokens) for n, e in tokens.elevations.items()})


def _named(kind: str, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        yield f"{kind}-{name.replace('_', '-')}", str(value)


def _rems(points: Mapping[str, float]) -> dict[str, str]:
    return {name: f"{value / REM:g}rem" for name, value in points.items()}


def _shadow(elevation: Elevation, tokens: Tokens) -> str:
    red, green, blue = tokens.rgb("ink")
    offset, blur = elevation.offset / REM, elevation.blur / REM
    return f"0 {offset:g}rem {blur:g}rem rgba({red},{green},{blue},{elevation.opacity:g})"


def _luminance(colour: str) -> float:
    linear = [_linear(part / 255) for part in bytes.fromhex(colour[1:])]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(part: float) -> float:
    """Undo sRGB's gamma, as WCAG defines relative luminance."""
    dark = 0.04045
    return part / 12.92 if part <= dark else ((part + 0.055) / 1.055) ** 2.4
