"""The supervisor's floor: the whole hall in one picture, its figures, and the watch on the norm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Literal

from queue_server.contracts.floor import (
    ClosureOut,
    FloorAlertOut,
    FloorClerkOut,
    FloorDayOut,
    FloorFiguresOut,
    FloorGroupOut,
    FloorOut,
    FloorTicketOut,
    FloorWindowOut,
    TakingOut,
)
from queue_server.domain import alerting
from queue_server.domain.alerting import Alert, Hall, Line, Place
from queue_server.domain.catalogue import Window
from queue_server.domain.ticket import State, Ticket
from queue_server.domain.window import Shift
from queue_server.usecases import recording, waits
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant
from queue_server.usecases.rights import right
from queue_server.usecases.waits import Prospect

#: a hall holds fewer than so many who wait
MOST: Final = 2000
#: the tally of a group's crossings of the norm today: odd while its longest wait is beyond
CROSSINGS: Final = "norm:"


@right("floor:read")
def picture(act: Act, figures: FloorFiguresOut | None = None) -> FloorOut:
    """Return the whole hall; `figures` spares counting to whoever has just counted."""
    hall = _hall(act)
    rules = act.catalogue.rules
    return FloorOut(
        seq=act.work.seq,
        at=instant(act.now),
        halted=act.work.halted,
        norm=rules.wait_norm.total_seconds() / 60,
        windows=[_window(place) for place in hall.places],
        waiting=[_ticket(ticket) for ticket in hall.waiting],
        parked=[_ticket(ticket) for ticket in act.work.tickets.parked()],
        clerks=[
            FloorClerkOut(login=person.login, name=person.name, window=person.window)
            for person in act.work.access.people()
            if person.role == "clerk" and not person.disabled
        ],
        closures=[
            ClosureOut(service=service, reason=why)
            for service, why in sorted(act.catalogue.closures.items())
        ],
        figures=figures or _figures(act, hall),
    )


@right("floor:read")
def figures(act: Act) -> FloorFiguresOut:
    """Return what follows from the state of the hall at this moment."""
    return _figures(act, _hall(act))


@right("floor:read")
def watch_norm(act: Act) -> None:
    """Write down each group whose longest wait has gone beyond the norm, or come back within it.

    The crossings are counted, so that a restart neither doubles nor forgets one.
    """
    found = _lines(act)
    for prefix in sorted(_crossed(act, found)):
        count = act.work.tallies.add(act.day, CROSSINGS + prefix)
        exceeded = count % 2 == 1
        waited = int(found[prefix].waited(act.now).total_seconds() // 60)
        recording.noted(act, "norm_exceeded" if exceeded else "norm_kept", prefix, str(waited))


def norm_crossed(center: Center) -> bool:
    """Return whether `watch_norm` would write something; reads only."""
    with center.read() as work:
        if work.catalogue_version == 0 or work.day is None:
            return False
        act = Act(center, work, SYSTEM, center.clock.now())
        return bool(_crossed(act, _lines(act)))


def window(act: Act, plan: Window) -> FloorWindowOut:
    """Return one window as the floor shows it, by a plan that may have just changed."""
    number = plan.number
    return _window(Place(plan, act.work.shifts.at(number), act.work.tickets.in_hand(number)))


def _lines(act: Act) -> Mapping[str, Line]:
    return alerting.lines(act.catalogue, act.work.tickets.waiting_all(MOST), act.now)


def _crossed(act: Act, found: Mapping[str, Line]) -> frozenset[str]:
    """Return the groups that stand on the other side of the norm than was written down."""
    counts = act.work.tallies.counts(act.day, CROSSINGS)
    known = {name.removeprefix(CROSSINGS) for name, count in counts.items() if count % 2}
    return (alerting.beyond(found, act.catalogue.rules.wait_norm, act.now) ^ known) & found.keys()


def _hall(act: Act) -> Hall:
    work = act.work
    shifts = {shift.window: shift for shift in work.shifts.open()}
    hands = {ticket.window: ticket for ticket in work.tickets.at_windows()}
    moves = work.tickets.last_moves(work.day) if work.day else {}
    places = []
    for plan in act.catalogue.windows:
        shift = shifts.get(plan.number)
        last = moves.get(shift.clerk) if shift else None
        places.append(Place(plan, shift, hands.get(plan.number), last))
    return Hall(act.catalogue, work.tickets.waiting_all(MOST), places)


def _figures(act: Act, hall: Hall) -> FloorFiguresOut:
    found = alerting.lines(act.catalogue, hall.waiting, act.now)
    prospect = waits.prospect(act)
    return FloorFiguresOut(
        groups=[_group(prospect, hall, found[group.prefix]) for group in act.catalogue.groups],
        alerts=[_alert(alert) for alert in alerting.alerts(hall, act.now)],
        day=_day(act),
        expected=_expected(prospect, hall.waiting),
    )


def _expected(prospect: Prospect, waiting: Iterable[Ticket]) -> dict[str, int]:
    """Return in how many minutes each ticket is likely to be called, where a window serves it."""
    foreseen = prospect.foreseen
    if foreseen is None:
        return {}
    served = (ticket for ticket in waiting if prospect.serves(ticket))
    found = ((ticket.id, foreseen.of(ticket, prospect.now)) for ticket in served)
    return {id_: round(wait.minutes) for id_, wait in found if wait is not None}


def _group(prospect: Prospect, hall: Hall, line: Line) -> FloorGroupOut:
    wait = prospect.group(line.prefix, line.waiting)
    services = set(hall.catalogue.services_by_group[line.prefix])
    return FloorGroupOut(
        prefix=line.prefix,
        waiting=line.waiting,
        since=_or_none(line.since),
        low=wait.low if wait.served else None,
        high=wait.high if wait.served else None,
        windows=[p.plan.number for p in hall.places if p.shift and services & p.plan.takes.keys()],
    )


def _alert(alert: Alert) -> FloorAlertOut:
    return FloorAlertOut(
        kind=alert.kind,
        subject=alert.subject,
        count=alert.count,
        since=instant(alert.since),
        lack=alert.lack,
    )


def _day(act: Act) -> FloorDayOut:
    if act.work.day is None:
        return _day_of({}, alerting.Answers())
    norm = act.catalogue.rules.wait_norm
    totals = act.work.tickets.totals(act.work.day)
    return _day_of(totals, act.work.tickets.answers(act.work.day, norm))


def _day_of(totals: Mapping[str, int], answers: alerting.Answers) -> FloorDayOut:
    called = answers.called
    return FloorDayOut(
        issued=sum(totals.values()) - totals.get(State.BOOKED, 0),
        waiting=totals.get(State.WAITING, 0),
        at_windows=totals.get(State.CALLED, 0) + totals.get(State.SERVING, 0),
        served=totals.get(State.FINISHED, 0),
        booked=totals.get(State.BOOKED, 0),
        no_shows=totals.get(State.NO_SHOW, 0),
        cancelled=totals.get(State.CANCELLED, 0),
        called=called,
        mean_wait=round(answers.waited.total_seconds() / 60 / called, 1) if called else None,
        within_norm=round(answers.within / called, 3) if called else None,
    )


def _window(place: Place) -> FloorWindowOut:
    plan, shift = place.plan, place.shift
    return FloorWindowOut(
        number=plan.number,
        hall=plan.hall,
        label=plan.label,
        state=_state(shift),
        clerk=shift.clerk if shift else None,
        opened_at=instant(shift.opened_at) if shift else None,
        since=_or_none(_since(place)),
        reason=shift.pause_reason if shift else None,
        ticket=_ticket(place.hand) if place.hand else None,
        takes={
            service: TakingOut(
                level=taking.level,
                help_after=taking.help_after.total_seconds() if taking.help_after else None,
            )
            for service, taking in plan.takes.items()
        },
        skills=sorted(plan.skills),
        languages=sorted(plan.languages),
        duty=plan.duty,
    )


def _state(shift: Shift | None) -> Literal["closed", "open", "paused", "wrap_up"]:
    if shift is None:
        return "closed"
    if shift.paused_at is not None:
        return "paused"
    return "wrap_up" if shift.wrapping_at is not None else "open"


def _since(place: Place) -> datetime | None:
    """Return when the window's present state began; with a visitor, the visitor's own."""
    shift = place.shift
    if shift is None:
        return None
    if place.hand is not None:
        return place.hand.since
    return shift.paused_at or shift.wrapping_at or place.idle_since


def _ticket(ticket: Ticket) -> FloorTicketOut:
    return FloorTicketOut(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        language=ticket.language,
        needs=sorted(ticket.needs),
        category=ticket.category,
        claimed=ticket.claimed,
        statutory=ticket.statutory,
        issued_at=instant(ticket.issued_at),
        since=instant(ticket.since),
        order_key=instant(ticket.order_key),
        serial=ticket.serial,
        place=ticket.place,
        not_before=_or_none(ticket.not_before),
        hold_until=_or_none(ticket.hold_until),
        slot=_or_none(ticket.slot),
        window=ticket.window,
        clerk=ticket.clerk,
        called_at=_or_none(ticket.called_at),
        recalls=ticket.recalls,
        overtaken=ticket.overtaken,
        reason=ticket.reason,
        version=ticket.version,
        promised=ticket.promised,
    )


def _or_none(at: datetime | None) -> str | None:
    return instant(at) if at else None
