"""From the language to the service: the steps of the menu."""

from __future__ import annotations

from typing import Final

from kiosk.acts import (
    Act,
    AskCategory,
    ChooseCategory,
    ChooseGroup,
    ChooseService,
    DivertOnline,
    OpenCode,
    OpenEvents,
    OpenSearch,
    ShowPage,
    SwitchSignLanguage,
    TakeTicket,
    TryAgain,
)
from kiosk.state import Flow, Step
from kiosk.steps.issuing import issue
from kiosk.steps.moves import Keys, aside, at_step, back_along_trail, noted, start

#: steps that make no sense once the group, or the service, in hand is gone
NEEDS_GROUP: Final = frozenset(
    {Step.SERVICE, Step.CONFIRM, Step.CATEGORY, Step.AWAY, Step.REFUSED, Step.INFO, Step.ONLINE}
)


def back(flow: Flow, at: float) -> Flow:
    """Go one step back in the menu."""
    match flow.step:
        case Step.SERVICE:
            return at_step(noted(flow, group="", page=flow.visit.group_page), Step.GROUP, at)
        case Step.CONFIRM:
            return at_step(noted(flow, service="", page=flow.visit.service_page), Step.SERVICE, at)
        case Step.AWAY | Step.REFUSED:
            return at_step(flow, Step.CONFIRM, at)
        case Step.LANGUAGE:
            return flow
    return start(flow, at)


def to_groups(flow: Flow, at: float) -> Flow:
    """Begin to choose anew, in the language and with the needs that are known."""
    visit = flow.visit
    clean = noted(
        flow, group="", service="", event="", legs=(), trail=(), typed="", page=visit.group_page
    )
    return at_step(clean, Step.GROUP, at)


def chosen(flow: Flow, service: str) -> Flow:
    """Take a service of any group in hand, alone; one that is not offered changes nothing."""
    found = flow.find_service(service)
    if found is None:
        return flow
    return noted(flow, group=found.group, service=found.id, event="", legs=())


def known(flow: Flow, category: str | None) -> bool:
    """Whether a visitor may declare this category here; None is none."""
    return category is None or any(one.id == category for one in flow.categories)


def _at_language(flow: Flow, _at: float, act: Act) -> Flow:
    return _signing(flow) if isinstance(act, SwitchSignLanguage) else flow


def _at_group(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case ChooseGroup(prefix) if flow.find_group(prefix):
            alone = noted(flow, group=prefix, group_page=flow.visit.page, page=0, event="", legs=())
            return at_step(alone, Step.SERVICE, at)
        case OpenSearch():
            return aside(flow, Step.FIND, at, typed="", script="")
        case OpenEvents() if flow.catalogue and flow.catalogue.events:
            return aside(flow, Step.EVENTS, at)
        case OpenCode():
            return aside(flow, Step.CODE, at, typed="", refusal="")
    return flow


def _at_service(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case ChooseService(service):
            picked = noted(flow, service=service, service_page=flow.visit.page, page=0)
            return at_step(picked, Step.CONFIRM, at) if picked.service else flow
    return flow


def _at_confirm(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case SwitchSignLanguage():
            return _signing(flow)
        case AskCategory() if flow.categories:
            return aside(flow, Step.CATEGORY, at)
        case DivertOnline() if flow.service and "online" in flow.service.flags:
            return aside(flow, Step.ONLINE, at, topic="")
        case TakeTicket():
            return issue(flow, at)
    return flow


def _at_category(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return noted(flow, page=max(0, page))
        case ChooseCategory(category) if known(flow, category):
            return back_along_trail(noted(flow, category=category), at)
    return flow


def _at_trouble(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case TryAgain():
            return issue(flow, at)
        case ChooseGroup(""):
            return to_groups(flow, at)
    return flow


def _signing(flow: Flow) -> Flow:
    return noted(flow, sign_language=not flow.visit.sign_language)


KEYS: Keys = {
    Step.LANGUAGE: _at_language,
    Step.GROUP: _at_group,
    Step.SERVICE: _at_service,
    Step.CONFIRM: _at_confirm,
    Step.CATEGORY: _at_category,
    Step.AWAY: _at_trouble,
    Step.REFUSED: _at_trouble,
}
