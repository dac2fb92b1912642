"""The moves that every step is made of: to another step, back along the trail, to the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kiosk.acts import Act
from kiosk.events import Event
from kiosk.state import Flow, Step, Visit

#: steps with pages → where their page is kept while the visitor is elsewhere
_PAGES: Final = {Step.GROUP: "group_page", Step.SERVICE: "service_page"}

#: what a step's own keys do: (flow, seconds, act) → flow
Keys = Mapping[Step, Callable[[Flow, float, Act], Flow]]
#: what an event from outside does
News = Mapping[type[Event], Callable[[Flow, Event], Flow]]


def start(flow: Flow, at: float) -> Flow:
    """Forget the visitor."""
    clean = replace(flow, visit=Visit(flow.languages[0]), wish=None, unanswered=None)
    return at_step(clean, Step.LANGUAGE if flow.habits.pad is None else Step.RATE, at)


def at_step(flow: Flow, step: Step, at: float) -> Flow:
    """Stand at a step."""
    return replace(flow, step=step, since=at, asking=False, left=None)


def noted(flow: Flow, **chosen: object) -> Flow:
    """Note what the visitor has chosen."""
    return replace(flow, visit=replace(flow.visit, **chosen))  # type: ignore[arg-type]


def aside(flow: Flow, step: Step, at: float, **chosen: object) -> Flow:
    """Go to a step from which GoBack returns to this one, and to the page that was open."""
    trail = (flow.step, *flow.visit.trail)
    pages = {kept: flow.visit.page for kept in [_PAGES.get(flow.step)] if kept}
    return at_step(noted(flow, trail=trail, page=0, **pages, **chosen), step, at)


def back_along_trail(flow: Flow, at: float) -> Flow:
    """Return to the step that led here; to the start where none did."""
    if not flow.visit.trail:
        return start(flow, at)
    first, *rest = flow.visit.trail
    page = getattr(flow.visit, _PAGES[first]) if first in _PAGES else 0
    return at_step(noted(flow, trail=tuple(rest), page=page), first, at)


def next_key(flow: Flow) -> tuple[Flow, str]:
    """Return a fresh idempotency key, and the flow that has counted it."""
    keys = flow.keys + 1
    return replace(flow, keys=keys), f"{flow.run}-{keys}"
