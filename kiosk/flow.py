"""Which step of a visit follows which: `apply(flow, event) -> flow`, and nothing else.

    closed ─► language ─► group ─► service ─► confirm ─► issuing ─► slip ─► language …
                                              │     ▲       └─► away, refused ─► issuing
                                              └ category ┘

What is to be done outside (issue a ticket, print a slip) is the flow's `wish`: whoever carries the
flow fulfils each new wish once and reports with an event.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum

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
    StillHere,
    SwitchSignLanguage,
    TakeTicket,
    Tick,
    Touched,
    TryAgain,
)
from queue_server.contracts.api import (
    CatalogueOut,
    CategoryOut,
    GroupOut,
    IssueTicket,
    ServiceOut,
    TicketOut,
)

#: seconds in which the glass is deaf after a touch and after a new screen: no double taps
DEAF = 0.5
#: seconds without a touch before the question, and for its answer
IDLE, ANSWER = 30.0, 15.0
#: seconds after which an issue counts as unanswered, whatever its worker does
ISSUE_DEADLINE = 20.0
#: seconds that the number stays on the screen
SHOWN = {Paper.PRINTING: 30.0, Paper.DONE: 12.0, Paper.FAILED: 40.0, Paper.NO_PAPER: 40.0}
#: categories that a booking code or an earlier ticket proves: nobody declares them at a kiosk
NOT_DECLARED = frozenset({"booked", "returned"})
DEFAULT_LANGUAGE = "uz-Latn"


class Step(StrEnum):
    """What the screen is about."""

    CLOSED = "closed"
    LANGUAGE = "language"
    GROUP = "group"
    SERVICE = "service"
    CONFIRM = "confirm"
    CATEGORY = "category"
    ISSUING = "issuing"
    SLIP = "slip"
    AWAY = "away"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Issue:
    """Ask the server for this ticket under this key."""

    key: str
    request: IssueTicket


@dataclass(frozen=True, slots=True)
class Print:
    """Print this ticket's slip."""

    ticket: TicketOut


Wish = Issue | Print


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visitor has chosen; gone when the visitor is."""

    language: str
    group: str = ""
    service: str = ""
    page: int = 0
    #: the page of groups to go back to
    group_page: int = 0
    category: str | None = None
    sign_language: bool = False
    ticket: TicketOut | None = None
    paper: Paper = Paper.PRINTING


@dataclass(frozen=True, slots=True)
class Flow:
    """All that a kiosk knows; `run` names this start of the program in idempotency keys."""

    run: str
    step: Step = Step.CLOSED
    visit: Visit = field(default_factory=lambda: Visit(DEFAULT_LANGUAGE))
    catalogue: CatalogueOut | None = None
    server_away: bool = False
    wish: Wish | None = None
    #: the last issue that had no answer: the same request again keeps its key
    unanswered: Issue | None = None
    #: how many keys were used
    keys: int = 0
    touched_at: float = -math.inf
    #: when this step began, or was last told something new
    since: float = -math.inf
    #: "are you there?" stands over the step
    asking: bool = False
    #: seconds until the step ends by itself, where the screen tells them
    left: int | None = None

    @property
    def group(self) -> GroupOut | None:
        """The group in hand."""
        return _find_group(self.catalogue, self.visit.group)

    @property
    def service(self) -> ServiceOut | None:
        """The service in hand."""
        services = self.group.services if self.group else []
        return next((one for one in services if one.id == self.visit.service), None)

    @property
    def categories(self) -> list[CategoryOut]:
        """The categories that a visitor may declare here."""
        offered = self.catalogue.categories if self.catalogue else []
        return [one for one in offered if one.id not in NOT_DECLARED]

    @property
    def languages(self) -> list[str]:
        """The languages that the center speaks, the default first."""
        return self.catalogue.languages if self.catalogue else [DEFAULT_LANGUAGE]


def apply(flow: Flow, event: Event) -> Flow:
    """Return the flow after the event; the same object where nothing has changed."""
    match event:
        case Tick(at):
            return _tick(flow, at)
        case Touched(at, act):
            return _touched(flow, at, act)
        case CatalogueCame(at, catalogue, fresh):
            return _catalogue_came(flow, at, catalogue, fresh=fresh)
        case ServerLost():
            return flow if flow.server_away else replace(flow, server_away=True)
        case Issued(at, key, ticket):
            return _issued(flow, at, key, ticket)
        case NotIssued(at, key, code):
            return _not_issued(flow, at, key, code)
        case SlipFared(at, ticket_id, paper):
            return _slip_fared(flow, at, ticket_id, paper)


# --- time ----------------------------------------------------------------------------------------


def _tick(flow: Flow, at: float) -> Flow:
    if flow.step is Step.CLOSED or _untouched(flow):
        return flow
    if flow.step is Step.ISSUING:
        return _unanswered(flow, at) if at - flow.since >= ISSUE_DEADLINE else flow
    if flow.step is Step.SLIP:
        return _counted(flow, at, flow.since + SHOWN[flow.visit.paper], asking=False)
    idle_from = max(flow.touched_at, flow.since)
    if at - idle_from < IDLE:
        return flow
    return _counted(flow, at, idle_from + IDLE + ANSWER, asking=True)


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


def _touched(flow: Flow, at: float, act: Act | None) -> Flow:
    if at - max(flow.touched_at, flow.since) < DEAF:
        return flow
    touched = replace(flow, touched_at=at)
    if flow.asking:
        awake = replace(touched, asking=False, left=None)
        return _start(awake, at) if isinstance(act, StartAgain) else awake
    return touched if act is None else _act(touched, at, act)


def _act(flow: Flow, at: float, act: Act) -> Flow:
    match flow.step, act:
        case Step.CLOSED | Step.ISSUING, _:
            return flow
        case _, StartAgain():
            return _start(flow, at)
        case _, GoBack():
            return _back(flow, at)
        case Step.SLIP, _:
            return flow
        case Step.AWAY | Step.REFUSED, TryAgain():
            return _issue(flow, at)
        case Step.AWAY | Step.REFUSED, _:
            return flow
        case _, ChooseLanguage(tag):
            return _choose_language(flow, at, tag)
        case Step.LANGUAGE | Step.CONFIRM, SwitchSignLanguage():
            return _noted(flow, sign_language=not flow.visit.sign_language)
        case _:
            return _choose(flow, at, act)


def _choose(flow: Flow, at: float, act: Act) -> Flow:
    match flow.step, act:
        case Step.GROUP | Step.SERVICE, ShowPage(page):
            return _noted(flow, page=max(0, page))
        case Step.GROUP, ChooseGroup(prefix) if _find_group(flow.catalogue, prefix):
            chosen = _noted(flow, group=prefix, group_page=flow.visit.page, page=0)
            return _at_step(chosen, Step.SERVICE, at)
        case Step.SERVICE, ChooseService(service):
            chosen = _noted(flow, service=service)
            return _at_step(chosen, Step.CONFIRM, at) if chosen.service else flow
        case Step.CONFIRM, AskCategory() if flow.categories:
            return _at_step(flow, Step.CATEGORY, at)
        case Step.CATEGORY, ChooseCategory(category) if _known(flow, category):
            return _at_step(_noted(flow, category=category), Step.CONFIRM, at)
        case Step.CONFIRM, TakeTicket():
            return _issue(flow, at)
        case _, StillHere() | _:
            return flow


def _choose_language(flow: Flow, at: float, tag: str) -> Flow:
    if tag not in flow.languages:
        return flow
    spoken = _noted(flow, language=tag)
    return _at_step(spoken, Step.GROUP, at) if flow.step is Step.LANGUAGE else spoken


def _back(flow: Flow, at: float) -> Flow:
    match flow.step:
        case Step.SERVICE:
            visit = replace(flow.visit, group="", page=flow.visit.group_page)
            return _at_step(replace(flow, visit=visit), Step.GROUP, at)
        case Step.CONFIRM:
            return _at_step(_noted(flow, service=""), Step.SERVICE, at)
        case Step.CATEGORY | Step.AWAY | Step.REFUSED:
            return _at_step(flow, Step.CONFIRM, at)
        case Step.LANGUAGE:
            return flow
        case _:
            return _start(flow, at)


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
    if flow.step is Step.CLOSED or flow.visit.language not in catalogue.languages:
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


def _find_group(catalogue: CatalogueOut | None, prefix: str) -> GroupOut | None:
    groups = catalogue.groups if catalogue else []
    return next((group for group in groups if group.prefix == prefix), None)


# --- steps ---------------------------------------------------------------------------------------


def _start(flow: Flow, at: float) -> Flow:
    """Forget the visitor."""
    clean = replace(flow, visit=Visit(flow.languages[0]), wish=None, unanswered=None)
    return _at_step(clean, Step.LANGUAGE, at)


def _at_step(flow: Flow, step: Step, at: float) -> Flow:
    return replace(flow, step=step, since=at, asking=False, left=None)


def _noted(flow: Flow, **chosen: object) -> Flow:
    return replace(flow, visit=replace(flow.visit, **chosen))  # type: ignore[arg-type]
