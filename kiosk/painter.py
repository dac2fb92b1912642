"""Draws a layout on a surface, in the order of its elements; knows nothing of their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pygame

from kiosk import theme
from kiosk.acts import Act
from kiosk.elements import Align, Box, Code, Element, Icon, Key, Layout, Look, Text
from kiosk.geometry import Rect, Screen
from kiosk.theme import Colour
from kiosk.typesetting import line_height
from printer.qr import QUIET, make_code

#: opacity of the veil over what lies behind a dialog, 0 to 255
VEIL = 140
#: points between a key and its focus ring, and of the ring; never thinner than so many pixels
RING_GAP, RING, LEAST_RING = 2, 3.5, 3
#: points of an edge; in high contrast edges are to be seen, not felt
EDGE, STRONG_EDGE = 1, 2
#: shadows that keys cast
ELEVATIONS = ("card", "raised")


@dataclass(frozen=True, slots=True)
class Paint:
    """How a key is filled, and what runs around it."""

    fill: str
    line: str = ""
    elevation: str = ""


#: look → at rest, under the finger
PAINTS = {
    Look.TILE: (Paint("surface", "line", "card"), Paint("accent_soft", "accent")),
    Look.PRIMARY: (Paint("accent", "", "raised"), Paint("accent_press")),
    Look.OUTLINE: (Paint("surface", "line_strong"), Paint("accent_soft", "accent")),
    Look.PILL: (Paint("page", "line"), Paint("accent_soft", "accent")),
    Look.PILL_ON: (Paint("accent"), Paint("accent_press")),
    Look.OPTION_ON: (Paint("accent_soft", "accent"), Paint("accent_soft", "accent_press")),
}


def paint(
    surface: pygame.Surface,
    screen: Screen,
    layout: Layout,
    pressed: Act | None = None,
    focus: Act | None = None,
    region: Rect | None = None,
) -> None:
    """Draw everything, or what lies in a region; `pressed` is under the finger, `focus` is ringed.

    A region's edges must not cut through what changed: see `reach`.
    """
    area = region or screen.area
    surface.set_clip(pygame.Rect(area.x, area.y, area.w, area.h))
    surface.fill(theme.colour("page", contrast=layout.contrast))
    pen = _Pen(surface, screen, area, layout.contrast, pressed, focus)
    lower = _Pen(surface, screen, area, layout.contrast) if layout.dialog else pen
    for element in layout.elements:
        lower.draw(element)
    if layout.dialog:
        pen.veil()
        for element in layout.dialog:
            pen.draw(element)
    surface.set_clip(None)


@lru_cache(maxsize=4)
def reach(screen: Screen) -> int:
    """Return how far a key's shadow and focus ring stand out beyond it, in pixels."""
    shadows = max(
        theme.shadow_reach(screen, name) + theme.shadow_drop(screen, name) for name in ELEVATIONS
    )
    return max(shadows, screen.pt(RING_GAP) + _ring_width(screen))


def _ring_width(screen: Screen) -> int:
    return max(LEAST_RING, screen.pt(RING))


@dataclass(frozen=True, slots=True)
class _Pen:
    """What is drawn on, where, and what is pressed or has the focus."""

    surface: pygame.Surface
    screen: Screen
    area: Rect
    contrast: bool = False
    pressed: Act | None = None
    focus: Act | None = None

    def draw(self, element: Element) -> None:
        """Draw an element, unless it lies outside the area."""
        if element.rect.gap(self.area) > reach(self.screen):
            return
        match element:
            case Key():
                self._key(element)
            case Box():
                self._box(element)
            case Text():
                self._text(element)
            case Icon(rect, name, tint):
                drawn = theme.icon(name, rect.w, tint, contrast=self.contrast)
                self.surface.blit(drawn, (rect.x, rect.y))
            case Code():
                self._code(element)

    def veil(self) -> None:
        """Dim what was drawn."""
        sheet = pygame.Surface(self.surface.get_size(), pygame.SRCALPHA)
        sheet.fill((*self._tint("veil"), VEIL))
        self.surface.blit(sheet, (0, 0))

    def _key(self, key: Key) -> None:
        look = PAINTS[key.look][key.act == self.pressed]
        self._box(Box(key.rect, look.fill, key.radius, look.line, look.elevation))
        for part in key.parts:
            self.draw(part)
        if key.act == self.focus:
            self._ring(key)

    def _ring(self, key: Key) -> None:
        """Draw the focus ring: apart from the key, so that no colour hides it."""
        gap, width = self.screen.pt(RING_GAP), _ring_width(self.screen)
        outer = key.rect.inset(-gap - width)
        frame = pygame.Surface((outer.w, outer.h), pygame.SRCALPHA)
        local = Rect(0, 0, outer.w, outer.h)
        _rounded(frame, local, key.radius + gap + width, self._tint("focus"))
        _hole(frame, local.inset(width), key.radius + gap)
        self.surface.blit(frame, (outer.x, outer.y))

    def _box(self, box: Box) -> None:
        """Draw a box; in high contrast an edge stands where else a shadow would tell it apart."""
        card = bool(box.elevation) and box.fill == "surface"
        line = box.line or ("line" if self.contrast and card else "")
        if box.elevation and not self.contrast:
            self._shadow(box)
        fill = self._tint(box.fill)
        if line:
            edge = max(1, self.screen.pt(STRONG_EDGE if self.contrast else EDGE))
            _rounded(self.surface, box.rect, box.radius, self._tint(line))
            _rounded(self.surface, box.rect.inset(edge), box.radius - edge, fill)
        else:
            _rounded(self.surface, box.rect, box.radius, fill)

    def _tint(self, name: str) -> Colour:
        return theme.colour(name, contrast=self.contrast)

    def _shadow(self, box: Box) -> None:
        cast = theme.shadow(self.screen, box.elevation, box.radius)
        reach = theme.shadow_reach(self.screen, box.elevation)
        drop = theme.shadow_drop(self.screen, box.elevation)
        place = box.rect.inset(-reach)
        _stretched(self.surface, cast, Rect(place.x, place.y + drop, place.w, place.h))

    def _text(self, text: Text) -> None:
        step = line_height(text.face)
        y = text.rect.y + (text.rect.h - step * len(text.lines)) // 2
        for words in text.lines:
            drawn = theme.line(words, text.face, text.colour, contrast=self.contrast)
            slack = text.rect.w - drawn.get_width()
            x = text.rect.x + {Align.LEFT: 0, Align.CENTRE: slack // 2}.get(text.align, slack)
            self.surface.blit(drawn, (x, y + (step - drawn.get_height()) // 2))
            y += step

    def _code(self, code: Code) -> None:
        """Draw a code: dark on white in either palette, since many phones read no other."""
        made = make_code(code.url, code.rect.w, code.rect.w)
        module = code.rect.w // (len(made.rows) + 2 * QUIET)
        left = code.rect.x + (code.rect.w - module * len(made.rows)) // 2
        top = code.rect.y + (code.rect.h - module * len(made.rows)) // 2
        dark_ink = theme.colour("ink")
        paper = pygame.Rect(code.rect.x, code.rect.y, code.rect.w, code.rect.h)
        self.surface.fill(theme.colour("surface"), paper)
        for down, row in enumerate(made.rows):
            for across, dark in enumerate(row):
                if dark:
                    place = (left + across * module, top + down * module, module, module)
                    self.surface.fill(dark_ink, place)


def _rounded(surface: pygame.Surface, rect: Rect, radius: int, tint: Colour) -> None:
    """Fill a rounded rectangle: three bars, and four quarters of a smooth disc."""
    r = max(0, min(radius, rect.w // 2, rect.h // 2))
    surface.fill(tint, (rect.x + r, rect.y, rect.w - 2 * r, rect.h))
    surface.fill(tint, (rect.x, rect.y + r, r, rect.h - 2 * r))
    surface.fill(tint, (rect.right - r, rect.y + r, r, rect.h - 2 * r))
    if r:
        disc = theme.corners(r, tint)
        for right, low in ((0, 0), (1, 0), (0, 1), (1, 1)):
            place = (rect.right - r if right else rect.x, rect.bottom - r if low else rect.y)
            surface.blit(disc, place, (right * r, low * r, r, r))


def _hole(frame: pygame.Surface, rect: Rect, radius: int) -> None:
    """Take a rounded rectangle out of a frame of one colour."""
    solid = pygame.Surface(frame.get_size(), pygame.SRCALPHA)
    _rounded(solid, rect, radius, (0, 0, 0))
    frame.blit(solid, (0, 0), special_flags=pygame.BLEND_RGBA_SUB)


def _stretched(surface: pygame.Surface, cast: pygame.Surface, place: Rect) -> None:
    """Draw a square shape of corners over a rectangle: its middle row and column repeat."""
    half = cast.get_width() // 2
    across, down = min(half, place.w // 2), min(half, place.h // 2)
    wide, high = place.w - 2 * across, place.h - 2 * down
    columns = (
        (0, place.x, across, across),
        (half, place.x + across, 1, wide),
        (cast.get_width() - across, place.right - across, across, across),
    )
    rows = (
        (0, place.y, down, down),
        (half, place.y + down, 1, high),
        (cast.get_height() - down, place.bottom - down, down, down),
    )
    for from_x, x, from_w, w in columns:
        for from_y, y, from_h, h in rows:
            if (from_x, from_y) == (half, half):
                continue  # the shape itself stands there
            piece = cast.subsurface((from_x, from_y, from_w, from_h))
            if (from_w, from_h) != (w, h):
                piece = pygame.transform.scale(piece, (w, h))
            surface.blit(piece, (x, y))
