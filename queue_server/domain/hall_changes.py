"""What might be changed in a hall: windows, lunches, what a window takes, a head start.

A change is a value; `changed` tells the hall as it would then be, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import singledispatch
from typing import Final

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.catalogue import Catalogue, Taking, Window
from queue_server.domain.errors import Invalid
from queue_server.domain.hall_now import DeskNow, HallNow
from queue_server.domain.opening import Opening
from queue_server.domain.routing import Desk

#: a closed window stays so for the rest of the day
REST_OF_DAY: Final = timedelta(days=1)
#: who asks about "now" a little late means now
JUST_NOW: Final = timedelta(minutes=2)
#: nothing can be said of what begins later than this
FURTHEST: Final = timedelta(hours=3)
#: the head start of appointments, beside the categories'
APPOINTMENT: Final = "appointment"


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A window opens, or its clerk comes back from a break; `at` None is now."""

    window: int
    at: datetime | None = None
    #: login; "" is somebody of usual speed
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class CloseWindow:
    """A window closes once it has finished with its visitor; `at` None is now."""

    window: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MoveLunch:
    """The lunch of a window's clerk begins at another time, and lasts as long."""

    window: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangeTaking:
    """A window takes services (level 1), helps with them (2), or no longer does (0)."""

    window: int
    services: tuple[str, ...]
    level: int = 1
    help_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ChangeHeadStart:
    """A category's head start, for those who come from now on."""

    category: str
    head_start: timedelta


Change = OpenWindow | CloseWindow | MoveLunch | ChangeTaking | ChangeHeadStart


@dataclass(frozen=True, slots=True)
class Scene:
    """What a look ahead begins with: the hall, and what is believed of its people."""

    hall: HallNow
    beliefs: Beliefs


class ChangeImpossible(Invalid):
    """This cannot be changed so."""

    def __init__(self, message: str, *, field: str, why: str) -> None:
        """Hold the sentence, the field at fault, and a stable word for why."""
        super().__init__(message, field=field)
        self.facts = {"why": why}


def changed(scene: Scene, changes: Sequence[Change], catalogue: Catalogue) -> Scene:
    """Return the scene after the changes, one after another; raises ChangeImpossible.

    The field at fault is named `changes.<place>.<name>`.
    """
    plan = _Plan(scene, catalogue, {each.desk.number: each for each in scene.hall.desks})
    for place, change in enumerate(changes):
        plan = _made(change, replace(plan, place=place))
    for place, change in enumerate(changes):
        if isinstance(change, ChangeTaking) and change.window not in plan.desks:
            raise replace(plan, place=place).fault(
                "window", "closed", f"Window {change.window} is closed: open it, too."
            )
    # what opens stands last: whoever was there keeps his luck in a run of the same seed
    return replace(plan.scene, hall=replace(plan.scene.hall, desks=tuple(plan.desks.values())))


def last_moment(scene: Scene, changes: Sequence[Change], catalogue: Catalogue) -> datetime:
    """Return when the last of the changes begins, or a moved lunch ends, by either plan."""
    moments = [scene.hall.at]
    for change in changes:
        if isinstance(change, OpenWindow | CloseWindow) and change.at:
            moments.append(change.at)
        elif isinstance(change, MoveLunch):
            lunch = lunch_of(catalogue, change.window, scene.hall.at)
            length = lunch.ends - lunch.begins if lunch else timedelta()
            moments += [change.at + length, lunch.ends if lunch else change.at]
    return max(moments)


def unserved(before: HallNow, after: HallNow) -> tuple[str, ...]:
    """Return the services that some window takes, and that none would take to the end."""
    return tuple(sorted(_taken(before) - _taken(after)))


def stays(desk: DeskNow, at: datetime) -> bool:
    """Whether a window works to the end of the day, as far as is known at a moment."""
    return _closing(desk, at) is None


def lunch_of(catalogue: Catalogue, number: int, at: datetime) -> Opening | None:
    """Return the planned lunch of a window on the day of a moment."""
    shifts, which = catalogue.facts.lunch, catalogue.window(number).lunch
    if not 0 < which <= len(shifts):
        return None
    calendar = catalogue.calendar
    begins, ends = (calendar.instant(calendar.day_of(at), clock) for clock in shifts[which - 1])
    return Opening(begins, ends)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The hall while one change after another is made."""

    scene: Scene
    catalogue: Catalogue
    desks: Mapping[int, DeskNow]
    #: windows that take something else, once they open
    windows: Mapping[int, Window] = field(default_factory=dict)
    #: of the change that is being made
    place: int = 0

    @property
    def at(self) -> datetime:
        return self.scene.hall.at

    def fault(self, name: str, why: str, sentence: str) -> ChangeImpossible:
        return ChangeImpossible(sentence, field=f"changes.{self.place}.{name}", why=why)

    def window(self, number: int) -> Window:
        found = self.windows.get(number) or self.catalogue.windows_by_number.get(number)
        if found is None:
            raise self.fault("window", "unknown_window", f"There is no window {number}.")
        return found

    def moment(self, at: datetime | None) -> datetime:
        """Return when a change begins; raises ChangeImpossible for the past and the far future."""
        wanted = at or self.at
        if wanted < self.at - JUST_NOW:
            raise self.fault("at", "past", "This time has passed.")
        if wanted > self.at + FURTHEST:
            raise self.fault("at", "far", "Nothing can be said of a time so far ahead.")
        return max(wanted, self.at)

    def with_desk(self, desk: DeskNow) -> _Plan:
        return replace(self, desks={**self.desks, desk.desk.number: desk})


@singledispatch
def _made(change: Change, plan: _Plan) -> _Plan:
    """Return the plan with one more change made."""
    raise TypeError(change, plan)


@_made.register
def _open(change: OpenWindow, plan: _Plan) -> _Plan:
    window, at = plan.window(change.window), plan.moment(change.at)
    there = plan.desks.get(window.number)
    if there is None:
        _must_be_free(change.clerk, plan)
        desk = Desk(window.number, change.clerk, window.takes, window.skills, window.languages)
        lunch = lunch_of(plan.catalogue, window.number, plan.at)
        away = (lunch,) if lunch and lunch.begins > at else ()
        return plan.with_desk(DeskNow(desk, away=_until(at, plan) + away))
    if there.paused_at is not None:
        back = replace(there, paused_at=None, away=_until(at, plan) + there.away)
        return plan.with_desk(back)
    closing = _closing(there, plan.at)
    if closing is None or closing.begins > at:
        sentence = f"Window {window.number} is open already."
        raise plan.fault("window", "open", sentence)
    kept = tuple(each for each in there.away if each is not closing)
    return plan.with_desk(replace(there, away=(*kept, Opening(closing.begins, at))))


@_made.register
def _close(change: CloseWindow, plan: _Plan) -> _Plan:
    window, at = plan.window(change.window), plan.moment(change.at)
    there = plan.desks.get(window.number)
    if there is None or _closing(there, plan.at) is not None:
        raise plan.fault("window", "closed", f"Window {window.number} is closed already.")
    away = tuple(each for each in there.away if each.begins < at)
    shut = Opening(at, plan.at + REST_OF_DAY)
    return plan.with_desk(replace(there, away=(*away, shut)))


@_made.register
def _move_lunch(change: MoveLunch, plan: _Plan) -> _Plan:
    window, begins = plan.window(change.window), plan.moment(change.at)
    there, lunch = plan.desks.get(window.number), None
    if there is None:
        raise plan.fault("window", "closed", f"Window {window.number} is closed.")
    lunch = lunch_of(plan.catalogue, window.number, plan.at)
    if lunch is None:
        raise plan.fault("window", "no_lunch", f"Window {window.number} has no lunch in its plan.")
    if lunch.begins <= plan.at:
        raise plan.fault("window", "lunch_over", f"The lunch of window {window.number} has begun.")
    kept = tuple(each for each in there.away if each != lunch)
    moved = Opening(begins, begins + (lunch.ends - lunch.begins))
    return plan.with_desk(replace(there, away=(*kept, moved)))


@_made.register
def _take(change: ChangeTaking, plan: _Plan) -> _Plan:
    window = plan.window(change.window)
    if not change.services:
        raise plan.fault("services", "nothing", "Name a service or a group.")
    for service in change.services:
        if service not in plan.catalogue.service_by_id:
            raise plan.fault("services", "unknown_service", f"There is no service {service!r}.")
    taking = Taking(change.level, change.help_after)
    wanted = dict.fromkeys(change.services, taking) if change.level else {}
    there = plan.desks.get(window.number)
    now = there.desk.takes if there else window.takes
    takes = {id_: each for id_, each in now.items() if id_ not in change.services} | wanted
    if takes == dict(now):
        raise plan.fault("services", "as_it_is", f"Window {window.number} does so already.")
    kept = {**plan.windows, window.number: replace(window, takes=takes)}
    plan = replace(plan, windows=kept)
    if there is None:
        return plan
    return plan.with_desk(replace(there, desk=replace(there.desk, takes=takes)))


@_made.register
def _head_start(change: ChangeHeadStart, plan: _Plan) -> _Plan:
    hall, beliefs = plan.scene.hall, plan.scene.beliefs
    if change.category == APPOINTMENT:
        earlier = change.head_start - plan.catalogue.rules.appointment_head_start
        booked = tuple(replace(who, order_key=who.order_key - earlier) for who in hall.booked)
        return replace(plan, scene=Scene(replace(hall, booked=booked), beliefs))
    found = next((c for c in plan.catalogue.categories if c.id == change.category), None)
    if found is None:
        sentence = f"There is no category {change.category!r}."
        raise plan.fault("category", "unknown_category", sentence)
    if found.head_start is None:
        raise plan.fault("category", "statutory", "The law gives this head start, without a limit.")
    heads = _moved(beliefs.arrivals.heads, found.head_start, change.head_start, plan.catalogue)
    arrivals = replace(beliefs.arrivals, heads=heads)
    return replace(plan, scene=Scene(hall, replace(beliefs, arrivals=arrivals)))


def _moved(
    heads: Mapping[float, float], old: timedelta, new: timedelta, catalogue: Catalogue
) -> Mapping[float, float]:
    """Return head starts → shares of visitors once one category has another head start.

    Categories with the same head start are taken to come equally often.
    """
    before, after = _minutes(old), _minutes(new)
    alike = sum(category.head_start == old for category in catalogue.categories)
    share = heads.get(before, 0.0) / max(alike, 1)
    if before == after or not share:
        return heads
    rest = {**heads, before: heads[before] - share}
    return {**rest, after: rest.get(after, 0.0) + share}


def _must_be_free(clerk: str, plan: _Plan) -> None:
    """Raise ChangeImpossible where a clerk works at another window that stays open."""
    for number, each in plan.desks.items():
        if clerk and each.desk.clerk == clerk and _closing(each, plan.at) is None:
            sentence = f"{clerk} works at window {number}: close it, too."
            raise plan.fault("clerk", "elsewhere", sentence)


def _until(at: datetime, plan: _Plan) -> tuple[Opening, ...]:
    return (Opening(plan.at, at),) if at > plan.at else ()


def _closing(desk: DeskNow, at: datetime) -> Opening | None:
    """Return the absence after which a window does not open again today."""
    return next((each for each in desk.away if each.ends >= at + REST_OF_DAY), None)


def _taken(hall: HallNow) -> set[str]:
    staying = (each for each in hall.desks if stays(each, hall.at))
    return {service for each in staying for service in each.desk.takes}


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / 60
