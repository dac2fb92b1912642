"""A pad at a window: how was the service, and if the visitor likes, why."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.acts import Act, GiveReason, Rate, Submit
from kiosk.events import Event, Rated
from kiosk.state import Flow, Rating, Step
from kiosk.steps.moves import Keys, News, at_step, next_key, noted, start

BEST: Final = 5
#: stars from which a rating praises
GOOD: Final = 4
#: what may be wrong, and what may be right; names in the texts `rating.reason_<name>`
BLAMES: Final = ("waited", "impolite", "unclear", "unsolved", "demanded")
PRAISES: Final = ("quick", "polite", "clear", "demanded")
#: seconds for a reason, and that the thanks stay
WHY: Final = 12.0
THANKS: Final = 4.0


def reasons(stars: int) -> tuple[str, ...]:
    """Return the reasons on offer beside so many stars."""
    return PRAISES if stars >= GOOD else BLAMES


def tick(flow: Flow, at: float) -> Flow:
    """Send a rating that gets no reason, end the thanks, forget a visitor who went away."""
    quiet = at - max(flow.touched_at, flow.since)
    if flow.step is Step.RATE:
        changed = flow.visit.language != flow.languages[0]
        return start(flow, at) if changed and quiet >= flow.habits.idle else flow
    if flow.visit.stars:
        return _sent(flow, at, "") if quiet >= WHY else flow
    return start(flow, at) if at - flow.since >= THANKS else flow


def _at_rate(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case Rate(stars) if 1 <= stars <= BEST:
            return at_step(noted(flow, stars=stars), Step.RATED, at)
    return flow


def _at_rated(flow: Flow, at: float, act: Act) -> Flow:
    if not flow.visit.stars:
        return flow
    match act:
        case Submit():
            return _sent(flow, at, "")
        case GiveReason(name) if name in reasons(flow.visit.stars):
            return _sent(flow, at, name)
    return flow


def _sent(flow: Flow, at: float, reason: str) -> Flow:
    """Wish the rating noted, and say thank you."""
    counted, key = next_key(flow)
    wish = Rating(key, flow.visit.stars, reason)
    return at_step(replace(noted(counted, stars=0), wish=wish), Step.RATED, at)


def _rated(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, Rated)
    if flow.step is not Step.RATED or flow.visit.stars or event.code is None:
        return flow
    return noted(flow, refusal=event.code)


KEYS: Keys = {Step.RATE: _at_rate, Step.RATED: _at_rated}
NEWS: News = {Rated: _rated}
