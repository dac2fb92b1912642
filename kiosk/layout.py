"""From a flow to a layout: pure, and the same for drawing, touching and testing."""

from __future__ import annotations

from collections.abc import Callable

from config.wording import Wording
from kiosk.elements import Element, Layout
from kiosk.geometry import Rect, Screen
from kiosk.screens import (
    check_in,
    comfort,
    confirm,
    finding,
    informing,
    menu,
    notices,
    rating,
    slip,
    staff,
    start,
)
from kiosk.screens.frame import banner, comfort_key, header
from kiosk.screens.glass import Glass, magnified
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
    Step.FIND: finding.find,
    Step.EVENTS: finding.events,
    Step.EVENT: finding.event,
    Step.INFO: informing.info,
    Step.CENTER: informing.center,
    Step.ONLINE: informing.online,
    Step.CODE: check_in.code,
    Step.COMFORT: comfort.comfort,
    Step.RATE: rating.rate,
    Step.RATED: rating.rated,
    Step.PIN: staff.pin,
    Step.STAFF: staff.staff,
}
#: steps that would end at a server that is away: they say so before
WARNED = frozenset({Step.LANGUAGE, Step.GROUP, Step.SERVICE, Step.CONFIRM, Step.CATEGORY})


def lay_out(flow: Flow, screen: Screen, clock: str, wording: Wording, measure: Measure) -> Layout:
    """Return the layout of the flow's step; `clock` is the time of day as it is shown."""
    glass = _glass(flow, screen, wording, measure)
    top = header(flow, glass, clock)
    elements, area = top.elements, top.rest
    if flow.server_away and flow.step in WARNED:
        said = glass.say("offline.banner" if flow.own_numbers else "kiosk.server_away")
        warning = banner(glass, area, said, calm=flow.own_numbers)
        elements, area = elements + warning.elements, warning.rest
    if glass.low:
        area = area.below(glass.reach.y - area.y)
    elements += PLACES[flow.step](flow, glass, area) + comfort_key(flow, glass)
    asked = notices.question(flow, glass) if flow.asking else ()
    return Layout(elements, asked, flow.visit.comfort.contrast, len(top.elements))


def _glass(flow: Flow, screen: Screen, wording: Wording, measure: Measure) -> Glass:
    """Return the glass as this visitor wants it; only a tall screen has a lower half to reach."""
    wanted = flow.visit.comfort
    seen = magnified(screen) if wanted.large else screen
    return Glass(seen, measure, wording, flow.visit.language, wanted.low and screen.tall)
