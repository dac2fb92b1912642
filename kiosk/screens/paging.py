"""The keys that turn pages, on screens that have no room for them in the bar below."""

from __future__ import annotations

from kiosk.elements import Element
from kiosk.geometry import Rect
from kiosk.screens.frame import Pager, Part, heading, pager, pager_width, pages_below
from kiosk.screens.glass import Glass


def beside(glass: Glass) -> int:
    """Return the width that a title leaves to the keys for pages."""
    return 0 if pages_below(glass) else pager_width(glass) + glass.gap


def headed(glass: Glass, area: Rect, title: str, hint: str = "") -> Part:
    """Return a title, with room beside it for the keys for pages where they stand there."""
    top = heading(glass, area, title, hint, beside(glass))
    if pages_below(glass):
        return top
    least = glass.key + 2 * glass.pt(8)
    return Part(top.elements, area.below(max(least, top.rest.y - area.y)))


def beside_title(glass: Glass, area: Rect, top: Part, shown: Pager) -> tuple[Element, ...]:
    """Return the keys for pages beside the title at the top of an area, where they are needed."""
    if shown.pages < 2 or pages_below(glass):  # noqa: PLR2004
        return ()
    band = Rect(area.x, area.y, area.w, top.rest.y - area.y).inset(glass.margin, 0)
    return pager(glass, band.middle(band.w, glass.key), shown)
