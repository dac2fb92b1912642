"""Pictures of screens, and how alike two of them are."""

from __future__ import annotations

import pygame
from PIL import Image, ImageChops

from config.wording import Wording
from kiosk import theme
from kiosk.acts import Act
from kiosk.geometry import Screen
from kiosk.layout import lay_out
from kiosk.painter import paint
from kiosk.state import Flow

#: levels of a colour that another renderer of letters may differ by
NOISE = 24


def drawn(
    flow: Flow,
    screen: Screen,
    wording: Wording,
    pressed: Act | None = None,
    focus: Act | None = None,
) -> Image.Image:
    """Return a flow's screen as the kiosk draws it, at 10:42."""
    surface = pygame.Surface((screen.width, screen.height))
    layout = lay_out(flow, screen, "10:42", wording, theme.measure)
    paint(surface, screen, layout, pressed, focus)
    data = pygame.image.tobytes(surface, "RGB")
    return Image.frombytes("RGB", surface.get_size(), data)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels, 0 to 1, in which two pictures differ beyond noise."""
    if one.size != other.size:
        return 1.0
    red, green, blue = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    loud = sum(largest.histogram()[NOISE:])
    return loud / (one.width * one.height)
