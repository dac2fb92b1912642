"""Finding a service by typing or by a life event."""

from __future__ import annotations

from typing import Final

from kiosk.acts import (
    Act,
    ChooseEvent,
    ChooseService,
    Erase,
    ShowPage,
    SwitchLeg,
    SwitchScript,
    TakeTicket,
    Type,
)
from kiosk.keyboards import SCRIPTS
from kiosk.state import Flow, Step
from kiosk.steps.choosing import chosen
from kiosk.steps.issuing import issue
from kiosk.steps.moves import Keys, News, aside, noted
from queue_server.contracts.catalogue import EventLegOut, LifeEventOut

#: letters after which nobody finds more by typing on
MOST_LETTERS: Final = 24
#: letters that are written with two signs
_DOUBLE: Final = ("oʻ", "gʻ")


def wanted(flow: Flow) -> tuple[str, ...]:
    """Return the services that the ticket would be for, in the life event's order."""
    if flow.event is None:
        return (flow.visit.service,) if flow.visit.service else ()
    taken = {flow.visit.service, *flow.visit.legs}
    return tuple(leg.service for leg in offered(flow, flow.event) if leg.service in taken)


def offered(flow: Flow, event: LifeEventOut) -> list[EventLegOut]:
    """Return the legs of a life event that the center offers."""
    return [leg for leg in event.legs if flow.find_service(leg.service)]


def typed(flow: Flow, act: Act, most: int) -> Flow | None:
    """Return the flow with a letter more or less; None where the act types nothing."""
    text = flow.visit.typed
    match act:
        case Type(letters):
            longer = (text + letters).lstrip()
            return noted(flow, typed=longer) if len(longer) <= most else flow
        case Erase():
            return noted(flow, typed=text[:-2] if text.endswith(_DOUBLE) else text[:-1])
        case SwitchScript(script) if script in SCRIPTS:
            return noted(flow, script=script)
    return None


def _at_find(flow: Flow, at: float, act: Act) -> Flow:
    if isinstance(act, ChooseService):
        found = chosen(flow, act.id)
        return flow if found is flow else aside(found, Step.CONFIRM, at)
    return typed(flow, act, MOST_LETTERS) or flow


def _at_events(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case ChooseEvent(event):
            picked = noted(flow, event=event)
            if picked.event is None:
                return flow
            services = {leg.service for leg in picked.event.legs}
            return aside(_taken(picked, services), Step.EVENT, at)
    return flow


def _at_event(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case SwitchLeg(service):
            return _taken(flow, {*wanted(flow)} ^ {service})
        case TakeTicket() if flow.visit.service:
            return issue(flow, at)
    return flow


def _taken(flow: Flow, services: set[str]) -> Flow:
    """Take these services in hand: first the one that waits for no other of them."""
    if flow.event is None:
        return flow
    legs = [leg for leg in offered(flow, flow.event) if leg.service in services]
    first = next((leg for leg in legs if not services & {*leg.after}), legs[0] if legs else None)
    found = flow.find_service(first.service) if first else None
    return noted(
        flow,
        service=found.id if found else "",
        group=found.group if found else "",
        legs=tuple(leg.service for leg in legs if leg is not first),
    )


KEYS: Keys = {Step.FIND: _at_find, Step.EVENTS: _at_events, Step.EVENT: _at_event}
NEWS: News = {}
