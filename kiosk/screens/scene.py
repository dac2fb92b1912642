"""What is read and what is touched: one below the other, or far apart in the low layout."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.elements import Element
from kiosk.geometry import Rect
from kiosk.screens.frame import Part, heading
from kiosk.screens.glass import Glass
from kiosk.screens.paging import headed


@dataclass(frozen=True, slots=True)
class Scene:
    """A title, the room for what is read and the room for keys; the same room but where low."""

    top: Part
    room: Rect
    hands: Rect
    apart: bool
    gap: int

    @property
    def title(self) -> tuple[Element, ...]:
        """The title's elements."""
        return self.top.elements

    def over(self, foot: Rect) -> Rect:
        """Return the room that keys at its foot leave to what is read."""
        return self.room if self.apart else self.room.above(foot.h + self.gap)


def scene(glass: Glass, area: Rect, title: str, hint: str = "", *, pages: bool = False) -> Scene:
    """Return the scene of an area under a title, which leaves room for `pages` beside it."""
    if not glass.low:
        top = (headed if pages else heading)(glass, area, title, hint)
        room = _within(glass, top.rest)
        return Scene(top, room, room, apart=False, gap=glass.gap)
    top = heading(glass.upright, glass.stage, title, hint)
    hands = _within(glass, area.below(glass.gap))
    return Scene(top, _within(glass, top.rest), hands, apart=True, gap=glass.gap)


def _within(glass: Glass, area: Rect) -> Rect:
    return area.inset(glass.margin, 0).above(glass.gap)
