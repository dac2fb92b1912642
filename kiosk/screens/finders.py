"""The other ways in, beside the groups: typing, life events, an appointment, the center itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.acts import Act, OpenCenter, OpenCode, OpenEvents, OpenSearch
from kiosk.elements import Key, Look
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import label_key
from kiosk.state import Flow

#: millimetres across that a way in needs for its words
LEAST_MM = 40.0


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to find a service, as its key shows it."""

    act: Act
    icon: str
    text: str


def finders_height(flow: Flow, glass: Glass, width: int) -> int:
    """Return the height of the ways in, in the fewest rows that they fit into."""
    rows = _rows(glass, width, len(_ways(flow)))
    return rows * (glass.key + glass.gap) - glass.gap


def finders(flow: Flow, glass: Glass, area: Rect) -> tuple[Key, ...]:
    """Return their keys: in one row, or searching alone above the others, or two by two.

    In the low layout, where every row is dear, only searching keeps its words.
    """
    ways = _ways(flow)
    rows = _rows(glass, area.w, len(ways))
    if glass.low:
        first, *others = ways
        ways = [first, *(replace(way, text="") for way in others)]
        icons = len(others) * (glass.key + glass.gap)
        row = area.top(glass.key)
        places = [row.before(icons), *cells(row.end(icons - glass.gap), len(others), 1, glass.gap)]
    elif rows == 1:
        places = cells(area.top(glass.key), len(ways), 1, glass.gap)
    elif glass.large:
        places = cells(area.top(rows * (glass.key + glass.gap) - glass.gap), 2, rows, glass.gap)
    else:
        below = area.below(glass.key + glass.gap).top(glass.key)
        places = [area.top(glass.key), *cells(below, len(ways) - 1, 1, glass.gap)]
    return tuple(
        label_key(glass, at, way.act, Look.OUTLINE, way.text and glass.say(way.text), way.icon)
        for at, way in zip(places, ways, strict=False)
    )


def _rows(glass: Glass, width: int, count: int) -> int:
    if glass.low:
        return 1
    least = max(glass.screen.mm(LEAST_MM), glass.pt(130))
    return 1 if (width + glass.gap) // count - glass.gap >= least else 2


def _ways(flow: Flow) -> list[_Way]:
    ways = [_Way(OpenSearch(), "search", "kiosk.search")]
    if flow.catalogue and flow.catalogue.events:
        ways.append(_Way(OpenEvents(), "family", "kiosk.events_key"))
    ways.append(_Way(OpenCode(), "calendar", "kiosk.code_key"))
    return [*ways, _Way(OpenCenter(), "info", "kiosk.center_key")]
