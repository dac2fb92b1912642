"""What there is to know: a service's papers, the center, the way online."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.acts import Act, DivertOnline, OpenCenter, OpenInfo, PrintList, ShowPage, TakeTicket
from kiosk.events import DayTold, Event, ListFared, Paper
from kiosk.state import Divert, Flow, PrintPapers, Step
from kiosk.steps.choosing import chosen, to_groups
from kiosk.steps.issuing import issue
from kiosk.steps.moves import Keys, News, aside, at_step, next_key, noted

#: what can be told about the center, in the order of its tabs
TOPICS: Final = ("hours", "plan", "facilities", "law", "sign_language", "notices")
#: steps from which a visitor may look around
ASKING: Final = frozenset(
    {
        Step.GROUP,
        Step.SERVICE,
        Step.CONFIRM,
        Step.FIND,
        Step.EVENTS,
        Step.EVENT,
        Step.INFO,
        Step.CENTER,
        Step.CODE,
        Step.ONLINE,
    }
)
#: what `Visit.topic` holds once the visitor said to do it online
THANKED: Final = "thanked"


def anywhere(flow: Flow, at: float, act: Act) -> Flow | None:
    """Do what this act means on every step; None leaves it to the step's own keys."""
    if flow.step not in ASKING:
        return None
    match act:
        case OpenCenter(topic) if topic in TOPICS:
            if flow.step is Step.CENTER:
                return noted(flow, topic=topic, page=0)
            return aside(flow, Step.CENTER, at, topic=topic)
        case OpenInfo(service) if flow.step is not Step.INFO:
            asked = chosen(flow, service) if service else flow
            known = asked.service is not None
            return aside(asked, Step.INFO, at, list_paper=None) if known else flow
    return None


def _at_info(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case PrintList():
            wish = PrintPapers(flow.visit.service, flow.visit.language)
            return noted(replace(flow, wish=wish), list_paper=Paper.PRINTING)
        case DivertOnline() if flow.service and "online" in flow.service.flags:
            return aside(flow, Step.ONLINE, at, topic="")
        case TakeTicket():
            return issue(flow, at)
    return flow


def _at_center(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case TakeTicket():
            return to_groups(flow, at)
    return flow


def _at_online(flow: Flow, at: float, act: Act) -> Flow:
    if flow.visit.topic == THANKED:
        return flow
    match act:
        case DivertOnline():
            counted, key = next_key(flow)
            wished = replace(counted, wish=Divert(key, flow.visit.service))
            return at_step(noted(wished, topic=THANKED, trail=()), Step.ONLINE, at)
        case TakeTicket():
            return issue(flow, at)
    return flow


def _list_fared(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, ListFared)
    if flow.step is not Step.INFO or flow.visit.list_paper is None:
        return flow
    told = noted(flow, list_paper=event.paper)
    return replace(told, wish=None) if isinstance(flow.wish, PrintPapers) else told


def _day_told(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, DayTold)
    return flow if flow.weekday == event.weekday else replace(flow, weekday=event.weekday)


KEYS: Keys = {Step.INFO: _at_info, Step.CENTER: _at_center, Step.ONLINE: _at_online}
NEWS: News = {ListFared: _list_fared, DayTold: _day_told}
