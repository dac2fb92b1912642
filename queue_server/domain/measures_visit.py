"""One visit, followed through the log: `follow(visit, event) -> visit`.

Undo restores the visit's former course, so what was counted since is not. Calls were heard in the
hall and time has passed: both stay. (The values are tuples: a day replaces tens of thousands, and
tuples are replaced five times as fast as dataclasses.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from queue_server.domain import honesty
from queue_server.domain.honesty import Said
from queue_server.domain.measures_facts import (
    NO_CATEGORY,
    Counts,
    Fact,
    Span,
    Spot,
    Wire,
    instant,
)

#: these change nothing that undo would take back
_NO_MOVES: Final = frozenset({"ticket_rated", "ticket_noted", "slip_requested"})
#: what is merely counted
_COUNTED: Final[Mapping[str, str]] = {
    "ticket_recalled": "recalls",
    "ticket_returned": "returned",
    "ticket_held": "held",
    "ticket_transferred": "transferred",
    "ticket_revived": "revived",
}
#: the state of a ticket that its issuer replaced before anyone had it: no visitor
VOID: Final = "void"
#: how a call ends, where it tells how long one takes
_ENDS: Final[Mapping[str, Literal["served", "missed"]]] = {
    "ticket_finished": "served",
    "ticket_leg_finished": "served",
    "ticket_missed": "missed",
}


class Turn(NamedTuple):
    """What a window had to do with a visit: `called`, `served` or `missed` it."""

    kind: Literal["called", "served", "missed"]
    window: int
    clerk: str
    service: str
    #: when the wait that the call ended began; of the others, the call. Milliseconds
    begin: int
    end: int


class Course(NamedTuple):
    """How a visit stands: all that undo takes back."""

    state: str
    service: str
    category: str
    window: int | None = None
    clerk: str | None = None
    called_at: str = ""
    #: whether a call was answered: the visitor has been at a window
    served: bool = False
    #: milliseconds that a clerk has given to a service which is not finished yet
    given: Mapping[tuple[str, str | None], int] = MappingProxyType({})
    facts: tuple[Fact, ...] = ()
    turns: tuple[Turn, ...] = ()
    #: the state before the last one, and where that one began
    left: str = ""
    ended: Spot | None = None


class Visit(NamedTuple):
    """A visitor's way from the slip to the end."""

    group: str
    #: what the visitor came for
    service: str
    channel: str
    issued_at: int
    #: the wait said at the issue, and what was reckoned
    said: Said | None
    #: milliseconds of head start; None: an unlimited one
    head: int | None
    begun: Counts
    course: Course
    #: when its present state began
    since: int
    before: Course | None = None
    #: what undo does not take back
    heard: tuple[Fact, ...] = ()
    spans: tuple[Span, ...] = ()


def begin(event: Wire) -> Visit:
    """Return the visit that an issue, or the check-in of an appointment, begins."""
    ticket = event["ticket"]
    issued, channel = instant(ticket["issued_at"]), _channel(event)
    begun = {"visitors": 1}
    if channel == "kiosk" or ticket.get("online"):
        begun["self_service"] = 1
    if event["type"] == "ticket_issued" and issued < instant(event["at"]):
        begun["handed_over"] = 1
    return Visit(
        group=ticket["number"].rstrip("0123456789"),
        service=ticket["service"],
        channel=channel,
        issued_at=issued,
        said=honesty.said(ticket.get("promised"), event.get("reckoned")),
        head=None if ticket.get("statutory") else issued - instant(ticket["order_key"]),
        begun=begun,
        course=_synced(Course("", "", ""), ticket),
        since=issued,
    )


def follow(visit: Visit, event: Wire) -> Visit:
    """Return the visit after an event of its ticket."""
    kind, ticket, at = event["type"], event["ticket"], instant(event["at"])
    since, visit = visit.since, _rested(visit, event, at)
    was = visit.course
    if kind == "ticket_undone":
        return visit._replace(course=_synced(visit.before or was, ticket), before=None)
    if kind == "ticket_called":
        call = _call(visit, event, at)
        visit = visit._replace(heard=(*visit.heard, call))
    step = _STEPS.get(kind)
    course = _synced(step(visit, was, event, at) if step else was, ticket)
    if kind in _NO_MOVES:
        return visit._replace(course=course)
    course = _turned(kind, was, course, since, at)
    return visit._replace(course=_passed(visit, was, course, event, at), before=was)


def facts(visit: Visit) -> Iterator[Fact]:
    """Return what counts of a visit as it stands."""
    course = visit.course
    if course.state == VOID:
        return
    came = Course(course.state, visit.service, course.category)
    begun = _spot(visit, came, visit.issued_at)
    yield Fact(begun, visit.begun)
    yield from visit.heard
    yield from course.facts
    if not course.served:
        yield _fate(course, begun)


def _fate(course: Course, begun: Spot) -> Fact:
    """Return what became of a visitor who never was at a window."""
    last, ended = course.state, course.ended or begun
    over = last in ("cancelled", "expired")
    if last == "no_show" or (over and course.left == "no_show"):
        return Fact(ended, {"no_shows": 1})
    if last == "cancelled":
        return Fact(ended, {"abandoned": 1})
    # the day's end is no hour of the hall's: these count when they came
    return Fact(begun, {"unserved" if last == "expired" else "present": 1})


def _rested(visit: Visit, event: Wire, at: int) -> Visit:
    """Return the visit with the stay that the event ends."""
    course, ticket = visit.course, event["ticket"]
    if (ticket["state"], ticket.get("window")) == (course.state, course.window):
        return visit
    # whom the day's end cuts off went before it, and nobody knows when
    cut = event["actor"]["kind"] == "system" or ticket["state"] == "expired"
    if course.state != "serving" or cut:
        return visit._replace(since=at)
    end = max(at, visit.since)
    key = (course.service, course.clerk)
    given = {**course.given, key: course.given.get(key, 0) + end - visit.since}
    span = Span(_spot(visit, course, visit.since), "serving_ms", end)
    course = course._replace(given=given)
    return visit._replace(since=at, course=course, spans=(*visit.spans, span))


def _call(visit: Visit, event: Wire, at: int) -> Fact:
    """Return a call; it was made where the ticket is now."""
    counts = {"calls": 1, "overtakings": len(event.get("overtook", ()))}
    if (event.get("rule_rank") or 1) > 1:
        counts |= {"out_of_order": 1, f"why:{event.get('reason') or ''}": 1}
    return Fact(_spot(visit, _synced(visit.course, event["ticket"]), at), counts)


def _turned(kind: str, was: Course, course: Course, since: int, at: int) -> Course:
    """Return the course with what a window has just had to do with it."""
    if kind == "ticket_called" and course.window and course.clerk:
        turn = Turn("called", course.window, course.clerk, course.service, since, at)
    elif was.window and was.clerk and was.called_at and kind in _ENDS:
        called = instant(was.called_at)
        turn = Turn(_ENDS[kind], was.window, was.clerk, was.service, called, at)
    else:
        return course
    return course._replace(turns=(*course.turns, turn))


def _counted(visit: Visit, course: Course, event: Wire, at: int) -> Course:
    if event["actor"]["kind"] == "system":
        return course
    return _with(course, _spot(visit, course, at), {_COUNTED[event["type"]]: 1})


def _started(visit: Visit, course: Course, event: Wire, at: int) -> Course:  # noqa: ARG001 - a step
    return _answered(visit, course)


def _finished(visit: Visit, course: Course, event: Wire, at: int) -> Course:
    """Count the service that ended, and with the last one the visit."""
    course = _answered(visit, course)
    given = dict(course.given)
    took = given.pop((course.service, course.clerk), None)
    counts = {"transactions": 1}
    if took is not None:
        counts |= {"timed": 1, "work_ms": took, "work_s2": (took // 1000) ** 2}
    if event.get("outcome") == "turned_away":
        counts |= {"turned_away": 1, "prohibited": int(bool(event.get("demanded")))}
        if event.get("document"):
            counts[f"away:{event['document']}"] = 1
    if event["type"] == "ticket_finished":
        counts |= {"finished": 1, "visit_ms": max(at - visit.issued_at, 0)}
    return _with(course, _spot(visit, course, at), counts)._replace(given=given)


def _answered(visit: Visit, course: Course) -> Course:
    """Count the wait, which the first call that brings the visitor to a window has ended."""
    if course.served:
        return course
    called = instant(course.called_at)
    wait = max(called - visit.issued_at, 0)
    counts = {"served": 1, "wait_ms": wait, "longest": wait}
    if visit.said:
        counts |= honesty.compared(wait, visit.said)
    return _with(course, _spot(visit, course, called), counts)._replace(served=True)


def _rated(visit: Visit, course: Course, event: Wire, at: int) -> Course:
    """Count a rating where the visit ended."""
    counts = {
        "rated": 1,
        f"stars:{event['stars']}": 1,
        "prohibited": int(bool(event.get("demanded"))),
    }
    spot = course.facts[-1].spot if course.facts else _spot(visit, course, at)
    return _with(course, spot._replace(at=at), counts)


def _passed(visit: Visit, was: Course, course: Course, event: Wire, at: int) -> Course:
    """Return the course with the state that it left, where it left one."""
    if event["type"] == "ticket_cancelled" and event["actor"]["kind"] == "device":
        return course._replace(state=VOID)
    if course.state == was.state:
        return course
    spot = course.ended if was.state == "no_show" else _spot(visit, was, at)
    return course._replace(left=was.state, ended=spot)


def _synced(course: Course, ticket: Mapping[str, Any]) -> Course:
    return course._replace(
        state=ticket["state"],
        service=ticket["service"],
        category=ticket.get("category") or NO_CATEGORY,
        window=ticket.get("window"),
        clerk=ticket.get("clerk"),
        called_at=ticket.get("called_at") or "",
    )


def _with(course: Course, spot: Spot, counts: Counts) -> Course:
    return course._replace(facts=(*course.facts, Fact(spot, counts)))


def _spot(visit: Visit, course: Course, at: int) -> Spot:
    return Spot(
        at=at,
        window=course.window,
        clerk=course.clerk if course.window else None,
        service=course.service,
        group=visit.group,
        category=course.category,
        channel=visit.channel,
    )


def _channel(event: Wire) -> str:
    """Return how a visitor came by the ticket."""
    if event["type"] == "ticket_checked_in":
        return "booking"
    actor = event["actor"]
    if actor["kind"] == "person":
        return "reception"
    return "kiosk" if actor["role"] == "kiosk" else "mobile"


_STEPS: Final[Mapping[str, Callable[[Visit, Course, Wire, int], Course]]] = {
    **dict.fromkeys(_COUNTED, _counted),
    "ticket_started": _started,
    "ticket_finished": _finished,
    "ticket_leg_finished": _finished,
    "ticket_rated": _rated,
}
