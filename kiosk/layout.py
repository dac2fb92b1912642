"""From a flow to a layout: pure, and the same for drawing, touching and testing."""

from __future__ import annotations

from collections.abc import Callable

from config.wording import Wording
from kiosk.elements import Element, Layout
from kiosk.geometry import Rect, Screen
from kiosk.screens import confirm, menu, notices, slip, start
from kiosk.screens.frame import banner, header
from kiosk.screens.glass import Glass
from kiosk.state import Flow, Step
from kiosk.typesetting import Measure

Place = Callable[[Flow, Glass, Rect], tuple[Element, ...]]

#: step → what places its elements in the area below the header
PLACES: dict[Step, Place] = {
    Step.CLOSED: notices.closed,
    Step.LANGUAGE: start.languages,
    Step.GROUP: menu.groups,
    Step.SERVICE: menu.services,
    Step.CONFIRM: confirm.confirm,
    Step.CATEGORY: menu.categories,
    Step.ISSUING: notices.issuing,
    Step.SLIP: slip.slip,
    Step.AWAY: notices.away,
    Step.REFUSED: notices.refused,
}
#: steps that would end at a server that is away: they say so before
WARNED = frozenset({Step.LANGUAGE, Step.GROUP, Step.SERVICE, Step.CONFIRM, Step.CATEGORY})


def lay_out(flow: Flow, screen: Screen, clock: str, wording: Wording, measure: Measure) -> Layout:
    """Return the layout of the flow's step; `clock` is the time of day as it is shown."""
    glass = Glass(screen, measure, wording, flow.visit.language)
    top = header(flow, glass, clock)
    elements, area = top.elements, top.rest
    if flow.server_away and flow.step in WARNED:
        warning = banner(glass, area, glass.say("kiosk.server_away"))
        elements, area = elements + warning.elements, warning.rest
    elements += PLACES[flow.step](flow, glass, area)
    return Layout(elements, notices.question(flow, glass) if flow.asking else ())
