"""Which step of a visit follows which: `apply(flow, event) -> flow`, and nothing else.

    closed ─► language ─► group ─► service ─► confirm ─► issuing ─► slip ─► language …
                 │           │                │     ▲       └─► away, refused ─► issuing
                 │           └─► find, events └ category ┘
                 └─► from anywhere and back: info, center, code, comfort, online

What each step's keys do stands in `kiosk/steps/`. What is to be done outside (issue a ticket,
print a slip) is the flow's `wish`: whoever carries the flow fulfils each new wish once and reports
with an event.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from kiosk.acts import Act, ChooseLanguage, GoBack, StartAgain
from kiosk.events import CatalogueCame, Event, Paper, ServerLost, Tick, Touched
from kiosk.state import Flow, Step, Visit
from kiosk.steps import check_in, choosing, comfort, finding, informing, issuing, rating, staff
from kiosk.steps.moves import Keys, News, at_step, back_along_trail, noted, start
from queue_server.contracts.catalogue import CatalogueOut

#: seconds in which the glass is deaf after a touch and after a new screen: no double taps
DEAF: Final = 0.5
#: seconds after which an issue counts as unanswered, whatever its worker does
ISSUE_DEADLINE: Final = 20.0
#: steps on which the language cannot be changed
MUTE: Final = frozenset({Step.CLOSED, Step.ISSUING, Step.PIN, Step.STAFF})
#: seconds that the number stays on the screen
SHOWN: Final = {Paper.PRINTING: 30.0, Paper.DONE: 12.0, Paper.FAILED: 40.0, Paper.NO_PAPER: 40.0}
#: seconds that a word of thanks stays on the screen
THANKED: Final = 6.0

#: step → what its own keys do
KEYS: Final[Keys] = {
    **choosing.KEYS,
    **finding.KEYS,
    **informing.KEYS,
    **check_in.KEYS,
    **comfort.KEYS,
    **rating.KEYS,
    **staff.KEYS,
}
#: event from outside → what it does
NEWS: Final[News] = {
    **issuing.NEWS,
    **finding.NEWS,
    **informing.NEWS,
    **check_in.NEWS,
    **comfort.NEWS,
    **rating.NEWS,
    **staff.NEWS,
}
#: steps that GoBack leaves by the menu's order; all others by the trail that led to them
IN_MENU: Final = frozenset(choosing.KEYS) | {Step.SLIP}


def apply(flow: Flow, event: Event) -> Flow:
    """Return the flow after the event; the same object where nothing has changed."""
    match event:
        case Tick(at):
            return rating.tick(flow, at) if flow.step in rating.KEYS else _tick(flow, at)
        case Touched():
            return _touched(flow, event)
        case CatalogueCame(at, catalogue, fresh):
            return _catalogue_came(flow, at, catalogue, fresh=fresh)
        case ServerLost(_, own_numbers):
            return _server_lost(flow, own_numbers=own_numbers)
    return NEWS[type(event)](flow, event) if type(event) in NEWS else flow


# --- time ----------------------------------------------------------------------------------------


def _tick(flow: Flow, at: float) -> Flow:
    if flow.step is Step.CLOSED or _untouched(flow):
        return flow
    if flow.step is Step.ISSUING:
        late = at - flow.since >= ISSUE_DEADLINE
        return issuing.unanswered(flow, at) if late else flow
    if flow.step is Step.SLIP:
        shown = SHOWN[flow.visit.paper] * comfort.patience(flow)
        return _counted(flow, at, max(flow.since, flow.touched_at) + shown, asking=False)
    if flow.step is Step.ONLINE and flow.visit.topic == informing.THANKED:
        return _counted(flow, at, flow.since + THANKED, asking=False)
    idle_from = max(flow.touched_at, flow.since)
    asked_at = idle_from + flow.habits.idle * comfort.patience(flow)
    if at < asked_at:
        return flow
    return _counted(flow, at, asked_at + comfort.answer_seconds(flow), asking=True)


def _counted(flow: Flow, at: float, end: float, *, asking: bool) -> Flow:
    """Count down to `end`, then start again."""
    left = math.ceil(end - at)
    if left <= 0:
        return start(flow, at)
    if (flow.left, flow.asking) == (left, asking):
        return flow
    return replace(flow, left=left, asking=asking)


def _untouched(flow: Flow) -> bool:
    fresh = flow.visit == Visit(flow.languages[0])
    return flow.step in (Step.LANGUAGE, Step.RATE) and fresh


# --- touches -------------------------------------------------------------------------------------


def _touched(flow: Flow, event: Touched) -> Flow:
    at, act = event.at, event.act
    touched = replace(flow, touched_at=at)
    if not event.typed and at - max(flow.acted_at, flow.since) < DEAF:
        return touched
    if flow.asking:
        awake = replace(touched, acted_at=at, asking=False, left=None)
        if isinstance(act, StartAgain):
            return start(awake, at)
        return awake if act is None else comfort.anywhere(awake, at, act) or awake
    return touched if act is None else _act(replace(touched, acted_at=at), at, act)


def _act(flow: Flow, at: float, act: Act) -> Flow:
    """Do what a key means; what the step does not offer changes nothing."""
    if flow.step in (Step.CLOSED, Step.ISSUING):
        return flow
    if isinstance(act, StartAgain):
        return start(flow, at)
    if isinstance(act, GoBack):
        return _back(flow, at)
    if isinstance(act, ChooseLanguage):
        return _choose_language(flow, at, act.tag)
    for offered in (comfort.anywhere, informing.anywhere, staff.anywhere):
        after = offered(flow, at, act)
        if after is not None:
            return after
    return KEYS[flow.step](flow, at, act) if flow.step in KEYS else flow


def _back(flow: Flow, at: float) -> Flow:
    along = flow.visit.trail or flow.step not in IN_MENU
    return back_along_trail(flow, at) if along else choosing.back(flow, at)


def _choose_language(flow: Flow, at: float, tag: str) -> Flow:
    if flow.step in MUTE or flow.step is Step.SLIP or tag not in flow.languages:
        return flow
    spoken = noted(flow, language=tag)
    return at_step(spoken, Step.GROUP, at) if flow.step is Step.LANGUAGE else spoken


# --- the catalogue -------------------------------------------------------------------------------


def _catalogue_came(flow: Flow, at: float, catalogue: CatalogueOut, *, fresh: bool) -> Flow:
    away = flow.server_away and not fresh
    if catalogue == flow.catalogue and away == flow.server_away:
        return flow
    known = replace(flow, catalogue=catalogue, server_away=away)
    if flow.step is Step.CLOSED or flow.visit.language not in known.languages:
        return known if _has_ticket(flow) else start(known, at)
    return _mended(known, at)


def _server_lost(flow: Flow, *, own_numbers: bool) -> Flow:
    if (flow.server_away, flow.own_numbers) == (True, own_numbers):
        return flow
    return replace(flow, server_away=True, own_numbers=own_numbers)


def _mended(flow: Flow, at: float) -> Flow:
    """Lead back to where the new catalogue still has what was chosen."""
    if flow.step is Step.EVENT and flow.event is None:
        return choosing.to_groups(flow, at)
    if flow.step not in choosing.NEEDS_GROUP or _has_ticket(flow):
        return flow
    if flow.group is None:
        return at_step(noted(flow, group="", service="", page=0, trail=()), Step.GROUP, at)
    if flow.step is not Step.SERVICE and flow.service is None:
        return at_step(noted(flow, service="", page=0, trail=()), Step.SERVICE, at)
    return flow if choosing.known(flow, flow.visit.category) else noted(flow, category=None)


def _has_ticket(flow: Flow) -> bool:
    return flow.visit.ticket is not None or flow.step is Step.ISSUING
