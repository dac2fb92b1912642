"""The ways to see, hear and reach better, and a call for help.

They mean the same on every step, and none of them outlives the visitor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.acts import (
    Act,
    CallHelp,
    ChangeVolume,
    OpenComfort,
    SayAgain,
    SwitchComfort,
    SwitchSignLanguage,
)
from kiosk.events import Event, HeadphonesChanged, HelpChanged
from kiosk.state import Comfort, Flow, Help, Step
from kiosk.steps.moves import Keys, News, aside, back_along_trail, next_key, noted

#: what can be turned on and off
SWITCHES: Final = ("large", "contrast", "low", "spoken")
#: of the voice
QUIETEST, LOUDEST = 1, 5
#: who uses one of the switches has so many times as long for everything …
PATIENCE: Final = 3.0
#: … and at least so many seconds to answer whether somebody is there
LEAST_ANSWER: Final = 30.0
#: how a call for help stands while nobody has said how it fares
CALLING: Final = "calling"
#: calls that are not made twice
UNDER_WAY: Final = frozenset({CALLING, "called", "answered"})


def anywhere(flow: Flow, at: float, act: Act) -> Flow | None:
    """Do what this act means on every step; None leaves it to the step's own keys."""
    match act:
        case OpenComfort():
            return _opened(flow, at)
        case SwitchComfort(name) if name in SWITCHES:
            return _switched(flow, name)
        case ChangeVolume(by):
            volume = flow.visit.comfort.volume + by
            return _changed(flow, volume=min(LOUDEST, max(QUIETEST, volume)))
        case SayAgain():
            return _changed(flow, again=flow.visit.comfort.again + 1)
        case CallHelp():
            return _called(flow, "help")
    return None


def patience(flow: Flow) -> float:
    """Return how many times as long as usual this visitor has for everything."""
    return PATIENCE if served(flow.visit.comfort) else 1.0


def answer_seconds(flow: Flow) -> float:
    """Return how long this visitor has to answer whether somebody is there."""
    usual = flow.habits.answer
    return max(LEAST_ANSWER, usual * PATIENCE) if served(flow.visit.comfort) else usual


def served(comfort: Comfort) -> bool:
    """Whether any of the switches is on."""
    return any(getattr(comfort, name) for name in SWITCHES)


def _opened(flow: Flow, at: float) -> Flow:
    """Show the panel, or what was before it."""
    if flow.step is Step.COMFORT:
        return back_along_trail(flow, at)
    return aside(flow, Step.COMFORT, at)


def _switched(flow: Flow, name: str) -> Flow:
    """Turn one of the switches; a kiosk that cannot be heard does not speak."""
    if name == "spoken" and not flow.habits.speaks:
        return flow
    return _changed(flow, **{name: not getattr(flow.visit.comfort, name)})


def _changed(flow: Flow, **changes: object) -> Flow:
    return noted(flow, comfort=replace(flow.visit.comfort, **changes))  # type: ignore[arg-type]


def _called(flow: Flow, reason: str) -> Flow:
    """Wish for somebody to come, unless one is on the way."""
    if flow.visit.help in UNDER_WAY:
        return flow
    counted, key = next_key(noted(flow, help=CALLING))
    return replace(counted, wish=Help(key, reason, flow.visit.language))


def _at_comfort(flow: Flow, _at: float, act: Act) -> Flow:
    """Note that the visitor uses sign language, and tell the staff at once."""
    if not isinstance(act, SwitchSignLanguage):
        return flow
    signing = not flow.visit.sign_language
    asked = noted(flow, sign_language=signing)
    return _called(asked, "sign_language") if signing else asked


def _help_changed(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, HelpChanged)
    return noted(flow, help=event.state) if flow.visit.help else flow


def _headphones_changed(flow: Flow, event: Event) -> Flow:
    """Speak as long as headphones are plugged in: nothing is said into the hall after them."""
    assert isinstance(event, HeadphonesChanged)
    if flow.step is Step.CLOSED:
        return flow
    heard = replace(flow, touched_at=event.at, asking=False, left=None)
    return _changed(heard, spoken=event.plugged and flow.habits.speaks)


KEYS: Keys = {Step.COMFORT: _at_comfort}
NEWS: News = {HelpChanged: _help_changed, HeadphonesChanged: _headphones_changed}
