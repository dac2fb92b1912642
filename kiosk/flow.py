"""Which step of a visit follows which: `apply(flow, event) -> flow`, and nothing else.

    closed ─► language ─► group ─► service ─► confirm ─► issuing ─► slip ─► language …
                                              │     ▲       └─► away, refused ─► issuing
                                              └ category ┘

What is to be done outside (issue a ticket, print a slip) is the flow's `wish`: whoever carries the
flow fulfils each new wish once and reports with an event.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from kiosk.events import (
    Act,
    AskCategory,
    CatalogueCame,
    ChooseCategory,
    ChooseGroup,
    ChooseLanguage,
    ChooseService,
    Event,
    GoBack,
    Issued,
    NotIssued,
    Paper,
    ServerLost,
    ShowPage,
    SlipFared,
    StartAgain,
    SwitchSignLanguage,
    TakeTicket,
    Tick,
    Touched,
    TryAgain,
)
from kiosk.state import Flow, Issue, Print, Step, Visit
from queue_server.contracts.api import CatalogueOut, IssueTicket, TicketOut

#: seconds in which the glass is deaf after a touch and after a new screen: no double taps
DEAF = 0.5
#: seconds after which an issue counts as unanswered, whatever its worker does
ISSUE_DEADLINE = 20.0
#: steps on which the language can be changed
SPOKEN = frozenset({Step.LANGUAGE, Step.GROUP, Step.SERVICE, Step.CONFIRM, Step.CATEGORY})
#: seconds that the number stays on the screen
SHOWN = {Paper.PRINTING: 30.0, Paper.DONE: 12.0, Paper.FAILED: 40.0, Paper.NO_PAPER: 40.0}


def apply(flow: Flow, event: Event) -> Flow:
    """Return the flow after the event; the same object where nothing has changed."""
    match event:
        case Tick(at):
            after = _tick(flow, at)
        case Touched():
            after = _touched(flow, event)
        case CatalogueCame(at, catalogue, fresh):
            after = _catalogue_came(flow, at, catalogue, fresh=fresh)
        case ServerLost():
            after = flow if flow.server_away else replace(flow, server_away=True)
        case Issued(at, key, ticket):
            after = _issued(flow, at, key, ticket)
        case NotIssued(at, key, code):
            after = _not_issued(flow, at, key, code)
        case SlipFared(at, ticket_id, paper):
            after = _slip_fared(flow, at, ticket_id, paper)
    return after


# --- time ----------------------------------------------------------------------------------------


def _tick(flow: Flow, at: float) -> Flow:
    if flow.step is Step.CLOSED or _untouched(flow):
        return flow
    if flow.step is Step.ISSUING:
        return _unanswered(flow, at) if at - flow.since >= ISSUE_DEADLINE else flow
    if flow.step is Step.SLIP:
        return _counted(flow, at, flow.since + SHOWN[flow.visit.paper], asking=False)
    idle_from = max(flow.touched_at, flow.since)
    if at - idle_from < flow.habits.idle:
        return flow
    return _counted(flow, at, idle_from + flow.habits.idle + flow.habits.answer, asking=True)


def _counted(flow: Flow, at: float, end: float, *, asking: bool) -> Flow:
    """Count down to `end`, then start again."""
    left = math.ceil(end - at)
    if left <= 0:
        return _start(flow, at)
    if (flow.left, flow.asking) == (left, asking):
        return flow
    return replace(flow, left=left, asking=asking)


def _untouched(flow: Flow) -> bool:
    return flow.step is Step.LANGUAGE and flow.visit == Visit(flow.languages[0])


# --- touches -------------------------------------------------------------------------------------


def _touched(flow: Flow, event: Touched) -> Flow:
    at, act = event.at, event.act
    touched = replace(flow, touched_at=at)
    if not event.typed and at - max(flow.acted_at, flow.since) < DEAF:
        return touched
    if flow.asking:
        awake = replace(touched, acted_at=at, asking=False, left=None)
        return _start(awake, at) if isinstance(act, StartAgain) else awake
    return touched if act is None else _act(replace(touched, acted_at=at), at, act)


def _act(flow: Flow, at: float, act: Act) -> Flow:
    """Do what a key means; what the step does not offer changes nothing."""
    if flow.step in (Step.CLOSED, Step.ISSUING):
        return flow
    if isinstance(act, StartAgain):
        return _start(flow, at)
    if isinstance(act, GoBack):
        return _back(flow, at)
    if isinstance(act, ChooseLanguage):
        return _choose_language(flow, at, act.tag)
    return _KEYS[flow.step](flow, at, act) if flow.step in _KEYS else flow


def _choose_language(flow: Flow, at: float, tag: str) -> Flow:
    if flow.step not in SPOKEN or tag not in flow.languages:
        return flow
    spoken = _noted(flow, language=tag)
    return _at_step(spoken, Step.GROUP, at) if flow.step is Step.LANGUAGE else spoken


def _at_language(flow: Flow, _at: float, act: Act) -> Flow:
    return _signing(flow) if isinstance(act, SwitchSignLanguage) else flow


def _at_group(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return _noted(flow, page=max(0, page))
        case ChooseGroup(prefix) if flow.find_group(prefix):
            chosen = _noted(flow, group=prefix, group_page=flow.visit.page, page=0)
            return _at_step(chosen, Step.SERVICE, at)
    return flow


def _at_service(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return _noted(flow, page=max(0, page))
        case ChooseService(service):
            chosen = _noted(flow, service=service)
            return _at_step(chosen, Step.CONFIRM, at) if chosen.service else flow
    return flow


def _at_confirm(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case SwitchSignLanguage():
            return _signing(flow)
        case AskCategory() if flow.categories:
            asked = _noted(flow, service_page=flow.visit.page, page=0)
            return _at_step(asked, Step.CATEGORY, at)
        case TakeTicket():
            return _issue(flow, at)
    return flow


def _at_category(flow: Flow, at: float, act: Act) -> Flow:
    match act:
        case ShowPage(page):
            return _noted(flow, page=max(0, page))
        case ChooseCategory(category) if _known(flow, category):
            return _back(_noted(flow, category=category), at)
    return flow


def _at_trouble(flow: Flow, at: float, act: Act) -> Flow:
    return _issue(flow, at) if isinstance(act, TryAgain) else flow


#: step → what its own keys do
_KEYS: dict[Step, Callable[[Flow, float, Act], Flow]] = {
    Step.LANGUAGE: _at_language,
    Step.GROUP: _at_group,
    Step.SERVICE: _at_service,
    Step.CONFIRM: _at_confirm,
    Step.CATEGORY: _at_category,
    Step.AWAY: _at_trouble,
    Step.REFUSED: _at_trouble,
}


def _back(flow: Flow, at: float) -> Flow:
    match flow.step:
        case Step.SERVICE:
            back = _noted(flow, group="", page=flow.visit.group_page)
            return _at_step(back, Step.GROUP, at)
        case Step.CONFIRM:
            return _at_step(_noted(flow, service=""), Step.SERVICE, at)
        case Step.CATEGORY:
            return _at_step(_noted(flow, page=flow.visit.service_page), Step.CONFIRM, at)
        case Step.AWAY | Step.REFUSED:
            return _at_step(flow, Step.CONFIRM, at)
        case Step.LANGUAGE:
            return flow
    return _start(flow, at)


def _signing(flow: Flow) -> Flow:
    return _noted(flow, sign_language=not flow.visit.sign_language)


# --- the ticket and its slip ---------------------------------------------------------------------


def _issue(flow: Flow, at: float) -> Flow:
    """Wish for the ticket: under the old key if the very same request had no answer."""
    request = IssueTicket(
        service=flow.visit.service,
        category=flow.visit.category,
        language=flow.visit.language,
        needs=["sign_language"] if flow.visit.sign_language else [],
        paper="own",
    )
    if flow.unanswered and flow.unanswered.request == request:
        return _at_step(replace(flow, wish=flow.unanswered), Step.ISSUING, at)
    keys = flow.keys + 1
    issue = Issue(f"{flow.run}-{keys}", request)
    return _at_step(replace(flow, keys=keys, wish=issue, unanswered=issue), Step.ISSUING, at)


def _issued(flow: Flow, at: float, key: str, ticket: TicketOut) -> Flow:
    """Show the number; also when the answer came only after the flow had given up."""
    if flow.step not in (Step.ISSUING, Step.AWAY) or not _is_for(flow, key):
        return flow
    visit = replace(flow.visit, ticket=ticket, paper=Paper.PRINTING)
    told = replace(flow, visit=visit, wish=Print(ticket), unanswered=None, server_away=False)
    return _at_step(told, Step.SLIP, at)


def _not_issued(flow: Flow, at: float, key: str, code: str | None) -> Flow:
    if flow.step is not Step.ISSUING or not _is_for(flow, key):
        return flow
    if code is None:
        return _unanswered(flow, at)
    return _at_step(replace(flow, wish=None, unanswered=None), Step.REFUSED, at)


def _unanswered(flow: Flow, at: float) -> Flow:
    return _at_step(replace(flow, wish=None, server_away=True), Step.AWAY, at)


def _slip_fared(flow: Flow, at: float, ticket_id: str, paper: Paper) -> Flow:
    ticket = flow.visit.ticket
    if flow.step is not Step.SLIP or ticket is None or ticket.id != ticket_id:
        return flow
    visit = replace(flow.visit, paper=paper)
    return replace(flow, visit=visit, wish=None, since=at, left=None)


def _is_for(flow: Flow, key: str) -> bool:
    return flow.unanswered is not None and flow.unanswered.key == key


# --- the catalogue -------------------------------------------------------------------------------


def _catalogue_came(flow: Flow, at: float, catalogue: CatalogueOut, *, fresh: bool) -> Flow:
    away = flow.server_away and not fresh
    if catalogue == flow.catalogue and away == flow.server_away:
        return flow
    known = replace(flow, catalogue=catalogue, server_away=away)
    if flow.step is Step.CLOSED or flow.visit.language not in known.languages:
        return known if _has_ticket(flow) else _start(known, at)
    return _mended(known, at)


def _mended(flow: Flow, at: float) -> Flow:
    """Lead back to where the new catalogue still has what was chosen."""
    if flow.step in (Step.LANGUAGE, Step.GROUP, Step.ISSUING) or _has_ticket(flow):
        return flow
    if flow.group is None:
        return _at_step(_noted(flow, group="", service="", page=0), Step.GROUP, at)
    if flow.step is not Step.SERVICE and flow.service is None:
        return _at_step(_noted(flow, service="", page=0), Step.SERVICE, at)
    return flow if _known(flow, flow.visit.category) else _noted(flow, category=None)


def _has_ticket(flow: Flow) -> bool:
    return flow.visit.ticket is not None or flow.step is Step.ISSUING


def _known(flow: Flow, category: str | None) -> bool:
    return category is None or any(one.id == category for one in flow.categories)


# --- steps ---------------------------------------------------------------------------------------


def _start(flow: Flow, at: float) -> Flow:
    """Forget the visitor."""
    clean = replace(flow, visit=Visit(flow.languages[0]), wish=None, unanswered=None)
    return _at_step(clean, Step.LANGUAGE, at)


def _at_step(flow: Flow, step: Step, at: float) -> Flow:
    return replace(flow, step=step, since=at, asking=False, left=None)


def _noted(flow: Flow, **chosen: object) -> Flow:
    return replace(flow, visit=replace(flow.visit, **chosen))  # type: ignore[arg-type]
