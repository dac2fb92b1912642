"""Line icons as SVG: a grid of 24, strokes of 1.75 with round ends, one colour."""

from __future__ import annotations

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 24 24" '
    'fill="none" stroke="#000" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
)

#: name → what stands on the grid
DRAWINGS = {
    # service groups
    "family": (
        '<circle cx="8" cy="6.5" r="2.75"/><circle cx="16.5" cy="8" r="2.25"/>'
        '<path d="M3 20v-3.5a5 5 0 0 1 8.6-3.5"/><path d="M21 20v-3a4.4 4.4 0 0 0-5-4.4"/>'
        '<circle cx="12.25" cy="15" r="1.75"/><path d="M9 20.5a3.25 3.25 0 0 1 6.5 0"/>'
    ),
    "id-card": (
        '<rect x="2.5" y="4.5" width="19" height="15" rx="2.5"/><circle cx="8.25" cy="10.25" r="2"/>'
        '<path d="M5.25 15.75a3 3 0 0 1 6 0"/><path d="M14.5 9.5h4"/><path d="M14.5 13h4"/>'
        '<path d="M14.5 16.25h2"/>'
    ),
    "car": (
        '<path d="M4 11.5l1.6-4.6A2.5 2.5 0 0 1 8 5.25h8a2.5 2.5 0 0 1 2.4 1.65L20 11.5"/>'
        '<path d="M4.5 11.5h15a2 2 0 0 1 2 2V17h-19v-3.5a2 2 0 0 1 2-2z"/>'
        '<path d="M5 17v2"/><path d="M19 17v2"/><path d="M6.25 14.25h1.5"/><path d="M16.25 14.25h1.5"/>'
    ),
    "house": (
        '<path d="M3 11.25L12 3.75l9 7.5"/><path d="M5.25 9.5V20.25h13.5V9.5"/>'
        '<path d="M9.75 20.25v-6h4.5v6"/>'
    ),
    "briefcase": (
        '<rect x="2.75" y="7.25" width="18.5" height="12.5" rx="2.25"/>'
        '<path d="M8.5 7.25V5.5a1.75 1.75 0 0 1 1.75-1.75h3.5A1.75 1.75 0 0 1 15.5 5.5v1.75"/>'
        '<path d="M2.75 12.5c5.5 2.4 13 2.4 18.5 0"/><path d="M12 13v2"/>'
    ),
    "stamp": (
        '<path d="M9.5 13.5c.9-2.2-1.25-3.75-1.25-6.25a3.75 3.75 0 0 1 7.5 0c0 2.5-2.15 4.05-1.25 6.25"/>'
        '<path d="M6 13.5h12a2 2 0 0 1 2 2v1.75H4V15.5a2 2 0 0 1 2-2z"/><path d="M5 20.5h14"/>'
    ),
    "tap": (
        '<path d="M3 11h4.5a3.6 3.6 0 0 1 6 0H16a4.5 4.5 0 0 1 4.5 4.5H16.5a1.25 1.25 0 0 0-1.25-1.25H13.5'
        'a3.6 3.6 0 0 1-6 0H3z"/><path d="M10.5 9.25V5.5"/><path d="M7.25 5.25h6.5"/>'
        '<path d="M18.5 18.25c.9 1.05 1.25 1.5 1.25 2a1.25 1.25 0 0 1-2.5 0c0-.5.35-.95 1.25-2z"/>'
    ),
    "school": (
        '<path d="M12 5L1.75 9.75 12 14.5l10.25-4.75z"/>'
        '<path d="M6 11.9v4.35c0 1.4 2.7 2.75 6 2.75s6-1.35 6-2.75V11.9"/><path d="M21.5 10.25v5.5"/>'
    ),
    "hands": (
        '<path d="M12 10.75c-2.2-1.5-3.5-2.75-3.5-4.35A1.9 1.9 0 0 1 12 5.3a1.9 1.9 0 0 1 3.5 1.1'
        'c0 1.6-1.3 2.85-3.5 4.35z"/><path d="M2.5 13.25h3.25c1.5 0 2.3.5 3.2 1.25h2.8a1.5 1.5 0 0 1 0 3H9"/>'
        '<path d="M12.9 16.9l5.1-2.6a1.6 1.6 0 0 1 1.6 2.75l-5.35 3.4a4 4 0 0 1-3.4.4L6.5 19.5h-4"/>'
    ),
    "archive": (
        '<rect x="2.75" y="4" width="18.5" height="5" rx="1.5"/>'
        '<path d="M4.5 9v8.75a2.25 2.25 0 0 0 2.25 2.25h10.5a2.25 2.25 0 0 0 2.25-2.25V9"/>'
        '<path d="M9.75 12.75h4.5"/>'
    ),
    "inbox": (
        '<path d="M3 13.5l2.6-7.6a2 2 0 0 1 1.9-1.4h9a2 2 0 0 1 1.9 1.4L21 13.5v4.25a2 2 0 0 1-2 2H5'
        'a2 2 0 0 1-2-2z"/><path d="M3 13.5h5l1.25 2.5h5.5L16 13.5h5"/>'
    ),
    "help": (
        '<circle cx="12" cy="12" r="9.25"/><path d="M9.4 9.4a2.7 2.7 0 0 1 5.25.9c0 1.75-2.65 2.15-2.65 3.7"/>'
        '<path d="M12 17.1v.05"/>'
    ),
    # people
    "sign-language": (
        '<path d="M8.25 12.5V6.75a1.4 1.4 0 0 1 2.8 0V11"/>'
        '<path d="M11.05 10.75V4.9a1.4 1.4 0 0 1 2.8 0v5.85"/>'
        '<path d="M13.85 11V6a1.4 1.4 0 0 1 2.8 0v7.5c0 4.2-2.1 7.25-5.6 7.25-2.6 0-4.05-1.2-5.3-3.4'
        'L3.4 13.1a1.4 1.4 0 0 1 2.35-1.5l2.5 2.9"/>'
        '<path d="M19.25 4.25c1.1 1 1.75 2.45 1.75 4"/><path d="M4.9 3.75C3.8 4.65 3 6 2.8 7.5"/>'
    ),
    "right": (
        '<circle cx="10" cy="4.25" r="1.75"/><path d="M10 8.25v5.5h5.25l2.5 5 2-.9"/>'
        '<path d="M10 10.75h4.5"/><path d="M7.4 11.9a4.75 4.75 0 1 0 6.75 5.85"/>'
    ),
    "people": (
        '<circle cx="9" cy="7.75" r="3.25"/><path d="M2.75 19.5a6.25 6.25 0 0 1 12.5 0"/>'
        '<path d="M15.5 4.9a3.25 3.25 0 0 1 0 5.7"/><path d="M17.75 14a6.2 6.2 0 0 1 3.5 5.5"/>'
    ),
    # moves
    "back": '<path d="M20 12H4.5"/><path d="M11 5l-7 7 7 7"/>',
    "next": '<path d="M9 5l7 7-7 7"/>',
    "previous": '<path d="M15 5l-7 7 7 7"/>',
    "home": (
        '<path d="M3.25 11L12 3.75 20.75 11"/><path d="M5.5 9.25v11h4.75V14.5h3.5v5.75h4.75v-11"/>'
    ),
    "again": '<path d="M20 11.5a8 8 0 1 0-2.3 6.2"/><path d="M20.25 5.5v6h-6"/>',
    "check": '<path d="M4.5 12.75l5 5 10-11"/>',
    # things
    "ticket": (
        '<path d="M3 9.25V7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v2.25a2.75 2.75 0 0 0 0 5.5V17a2 2 0 0 1-2 2H5'
        'a2 2 0 0 1-2-2v-2.25a2.75 2.75 0 0 0 0-5.5z"/><path d="M14.5 8.5v1"/><path d="M14.5 11.5v1"/>'
        '<path d="M14.5 14.5v1"/>'
    ),
    "printer": (
        '<path d="M6.5 8.75V3.5h11v5.25"/>'
        '<path d="M6.5 17.5H5a2.25 2.25 0 0 1-2.25-2.25V11A2.25 2.25 0 0 1 5 8.75h14A2.25 2.25 0 0 1 21.25 11'
        'v4.25A2.25 2.25 0 0 1 19 17.5h-1.5"/><path d="M6.5 14h11v6.5h-11z"/><path d="M17.5 11.5v.05"/>'
    ),
    "document": (
        '<path d="M13.75 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.25z"/>'
        '<path d="M13.75 3v5.25H19"/><path d="M8.75 12.75h6.5"/><path d="M8.75 16.5h6.5"/>'
    ),
    "globe": (
        '<circle cx="12" cy="12" r="9.25"/><path d="M2.75 12h18.5"/>'
        '<path d="M12 2.75c5 5.4 5 13.1 0 18.5c-5-5.4-5-13.1 0-18.5z"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="9.25"/><path d="M12 6.75V12l3.5 2.25"/>',
    "warning": (
        '<path d="M12 3.75L2.25 20.25h19.5z"/><path d="M12 10v4.5"/><path d="M12 17.35v.05"/>'
    ),
    "offline": (
        '<path d="M4.5 12.5a11 11 0 0 1 4.25-2.65"/><path d="M12 9.25a11 11 0 0 1 7.5 3.25"/>'
        '<path d="M1.75 9.25a15 15 0 0 1 4.5-3"/><path d="M10.5 4.85a15 15 0 0 1 11.75 4.4"/>'
        '<path d="M8 16a6 6 0 0 1 8 0"/><path d="M12 19.75v.05"/><path d="M3.5 3l17 18"/>'
    ),
    "hourglass": (
        '<path d="M6 3h12"/><path d="M6 21h12"/>'
        '<path d="M7.5 3v3.75c0 2.5 4.5 3.5 4.5 5.25s-4.5 2.75-4.5 5.25V21"/>'
        '<path d="M16.5 3v3.75c0 2.5-4.5 3.5-4.5 5.25s4.5 2.75 4.5 5.25V21"/>'
    ),
}


def svg(name: str, size: int) -> str:
    """Return a black icon of `size` pixels; an unknown name gives the general document."""
    return _HEAD.format(size=size) + DRAWINGS.get(name, DRAWINGS["document"]) + "</svg>"
