"""Line drawings as SVG: a grid of 24, strokes with round ends, one colour.

The web board draws the same ones in its template.
"""

from __future__ import annotations

from typing import Final

#: name → (width and height of its grid, width of its stroke, what stands on it)
DRAWINGS: Final = {
    "mark": (
        (24, 24),
        1.75,
        (
            '<path d="M6 3.5h12v17l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5z"/>'
            '<path d="M9.5 8h5M9.5 12h5"/>'
        ),
    ),
    "arrow": ((32, 22), 4, '<path d="M2.5 11h26M20 2.5l8.75 8.5L20 19.5"/>'),
    "next": ((24, 24), 1.75, '<path d="M9 5l7 7-7 7"/>'),
    "screen": (
        (24, 24),
        1.5,
        (
            '<rect x="2.5" y="4" width="19" height="12.5" rx="2"/><path d="M8.5 20.5h7M12 16.5v4"/>'
            '<path d="M6.25 10.25h4.25M13.25 10.25h4.5M15.75 8.25l2 2-2 2"/>'
        ),
    ),
    "ticket": (
        (24, 24),
        1.5,
        (
            '<path d="M6 2.75h12v18.5l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5z"/>'
            '<path d="M9.25 11.5h5.5M9.25 14.75h5.5M9.25 7h2.5"/>'
        ),
    ),
    "counter": (
        (24, 24),
        1.5,
        (
            '<circle cx="12" cy="6" r="2.75"/>'
            '<path d="M6.75 15v-.75A5.25 5.25 0 0 1 12 9a5.25 5.25 0 0 1 5.25 5.25V15"/>'
            '<path d="M2.5 15h19M4.25 15v5.75M19.75 15v5.75"/>'
        ),
    ),
    "notice": (
        (24, 24),
        1.75,
        '<circle cx="12" cy="12" r="8.5"/><path d="M12 11.25v5M12 7.75v.05"/>',
    ),
    "person": (
        (24, 24),
        2,
        '<circle cx="12" cy="7.5" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>',
    ),
    "offline": (
        (24, 24),
        1.75,
        (
            '<path d="M3.5 9.5a13 13 0 0 1 17 0M6.75 13a8.3 8.3 0 0 1 10.5 0"/>'
            '<path d="M10 16.4a3.4 3.4 0 0 1 4 0M12 19.5v.05"/><path d="M4 4l16 16"/>'
        ),
    ),
}


def svg(name: str, width: int, height: int, colour: str) -> bytes:
    """Return a drawing as an SVG file of so many pixels; the colour is written `#RRGGBB`."""
    (across, down), stroke, content = DRAWINGS[name]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {across} {down}" fill="none" stroke="{colour}" stroke-width="{stroke}" '
        f'stroke-linecap="round" stroke-linejoin="round">{content}</svg>'
    ).encode()


def ratio(name: str) -> float:
    """Return a drawing's height as a part of its width."""
    (across, down), _, _ = DRAWINGS[name]
    return down / across
