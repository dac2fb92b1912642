"""The service menu behind its PIN; without a PIN there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.acts import Act, Erase, OpenStaff, StaffDo, Submit, Type
from kiosk.events import Event, PinJudged, StaffTold
from kiosk.state import Do, Flow, JudgePin, Step
from kiosk.steps.moves import Keys, News, aside, at_step, noted

#: digits that a PIN may have
LONGEST: Final = 12
#: how an answer to "did it come out?" begins; the slip's title follows
CAME, LOST = "came:", "lost:"
#: what the menu shows first
STATUS: Final = "status"
#: why the PIN was not right: words of our own in `visit.refusal`
WRONG, WAIT = "pin_wrong", "pin_wait"


def anywhere(flow: Flow, at: float, act: Act) -> Flow | None:
    """Ask for the PIN on every step; None leaves an act to the step's own keys."""
    if not isinstance(act, OpenStaff):
        return None
    if not flow.habits.staff or flow.step in (Step.PIN, Step.STAFF):
        return flow
    return aside(flow, Step.PIN, at, typed="", refusal="")


def _at_pin(flow: Flow, at: float, act: Act) -> Flow:
    typed = flow.visit.typed
    match act:
        case Type(text) if text.isdigit() and len(typed) < LONGEST:
            return noted(flow, typed=typed + text, refusal="")
        case Erase():
            return noted(flow, typed=typed[:-1])
        case Submit() if typed and at >= flow.pin_after:
            return replace(noted(flow, typed="", refusal=""), wish=JudgePin(typed))
    return flow


def _pin_judged(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, PinJudged)
    if flow.step is not Step.PIN:
        return flow
    if not event.right:
        after = replace(flow, wish=None, pin_after=event.at + event.wait)
        return noted(after, typed="", refusal=WAIT if event.wait else WRONG)
    opened = replace(flow, staff_lines=(), staff_answer="", staff_questions=())
    return _wished(at_step(noted(opened, typed="", refusal=""), Step.STAFF, event.at), STATUS)


def _at_staff(flow: Flow, _at: float, act: Act) -> Flow:
    return _wished(flow, act.name) if isinstance(act, StaffDo) else flow


def _staff_told(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, StaffTold)
    return replace(
        flow,
        staff_lines=event.lines,
        staff_answer=event.answer,
        staff_questions=event.questions,
    )


def _wished(flow: Flow, name: str) -> Flow:
    return replace(flow, wish=Do(name, flow.visit.language))


KEYS: Keys = {Step.PIN: _at_pin, Step.STAFF: _at_staff}
NEWS: News = {PinJudged: _pin_judged, StaffTold: _staff_told}
