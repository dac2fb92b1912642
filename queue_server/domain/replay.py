"""The hall as it was: a fold over the log to any minute of any past day.

Nobody's name is in it: windows, numbers, services and times are all that it keeps. Every few
minutes a key frame is kept, so any minute is a short way off.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from queue_server.domain.measures_facts import MINUTE, Wire, instant

#: minutes between two key frames
KEY: Final = 5
#: a day that nobody has closed is shown so far, milliseconds
LONGEST: Final = 24 * 60 * MINUTE
#: calls that a board shows
CALLS: Final = 6
WAITING: Final = "waiting"
AT_WINDOW: Final = frozenset({"called", "serving"})
PARKED: Final = frozenset({"on_hold", "no_show"})
_SHOWN: Final = AT_WINDOW | PARKED | {WAITING}
_SHIFTS: Final[Mapping[str, str]] = {
    "window_opened": "open",
    "window_resumed": "open",
    "window_wrap_up_ended": "open",
    "window_paused": "paused",
    "window_wrap_up_began": "wrap_up",
    "window_closed": "closed",
}
#: event → what it counts as; undo takes the last two back
_COUNTED: Final[Mapping[str, str]] = {
    "ticket_issued": "issued",
    "ticket_checked_in": "issued",
    "ticket_finished": "served",
    "ticket_missed": "missed",
}
_UNDONE: Final[Mapping[str, str]] = {"finished": "served", "no_show": "missed"}
#: events by which a board calls
_CALLS: Final = frozenset({"ticket_called", "ticket_recalled", "ticket_resumed"})


class Seen(NamedTuple):
    """A ticket as the hall sees it."""

    number: str
    service: str
    state: str
    place: str
    order_key: str
    serial: int
    window: int | None
    #: milliseconds since 1970: the issue, and when the present state began
    issued_at: int
    since: int
    #: whether it has ever been called
    called: bool

    @property
    def waits_since(self) -> int:
        """When its present wait began."""
        return self.since if self.called else self.issued_at


class Desk(NamedTuple):
    """A window that somebody has opened."""

    number: int
    hall: int
    state: str
    since: int


class Call(NamedTuple):
    """A number that was called to a window."""

    at: int
    number: str
    window: int


class Step(NamedTuple):
    """An event of the log, as far as the hall sees it."""

    at: int
    kind: str
    ticket: str | None = None
    seen: Seen | None = None
    desk: Desk | None = None
    was: str | None = None
    #: done by the center when it closed a day behind everybody's back
    sweeping: bool = False


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall at an instant."""

    #: milliseconds since 1970
    at: int = 0
    #: id → ticket, of those that wait, are at a window or are set aside
    tickets: Mapping[str, Seen] | None = None
    desks: Mapping[int, Desk] | None = None
    #: the newest first
    calls: tuple[Call, ...] = ()
    #: issued, served, missed: how many since the day began
    counts: Mapping[str, int] | None = None

    def in_state(self, *states: str) -> list[Seen]:
        """Return the tickets in these states, in the order of the queue."""
        found = (each for each in (self.tickets or {}).values() if each.state in states)
        return sorted(found, key=lambda each: (each.order_key, each.issued_at, each.serial))

    def longest_wait(self) -> int:
        """Return how long the one who has waited longest has waited, milliseconds."""
        waits = (self.at - each.waits_since for each in self.in_state(WAITING))
        return max(0, max(waits, default=0))


class Sample(NamedTuple):
    """A minute of the day's course."""

    waiting: int
    at_windows: int
    open_windows: int
    #: begun minutes
    longest: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A day that can be looked at."""

    #: the first minute
    begin: int
    steps: Sequence[Step]
    #: one every KEY minutes
    frames: Sequence[Hall]
    #: one every minute
    course: Sequence[Sample]

    @property
    def end(self) -> int:
        """The last minute."""
        return self.begin + max(0, len(self.course) - 1) * MINUTE


def step_of(event: Wire) -> Step | None:
    """Return what the hall sees of an event; None for nothing."""
    kind = event["type"]
    if "ticket" in event:
        at = instant(event["at"])
        ticket = event["ticket"]
        sweeping = kind == "ticket_expired"
        return Step(at, kind, ticket["id"], _seen(ticket, at), None, event.get("was"), sweeping)
    if kind in _SHIFTS:
        at = instant(event["at"])
        desk = Desk(event["window"], event["hall"], _SHIFTS[kind], at)
        sweeping = kind == "window_closed" and event["actor"]["kind"] == "system"
        return Step(at, kind, desk=desk, sweeping=sweeping)
    return None


def fold(hall: Hall, steps: Iterable[Step], at: int) -> Hall:
    """Return the hall after these steps, as it stands at an instant."""
    pen = _Pen(hall)
    for step in steps:
        pen.note(step)
    return pen.hall(at)


def timeline(kept: Hall | None, steps: Sequence[Step], until: int | None = None) -> Timeline:
    """Return a day; `kept` is the evening before if its queue was kept, `until` the present.

    It ends with the last thing that somebody did, however much later the center swept up.
    """
    if not steps:
        return Timeline(0, (), (), ())
    begin = steps[0].at // MINUTE * MINUTE
    done = next((step.at for step in reversed(steps) if not step.sweeping), begin)
    end = min(max(done, until or 0), begin + LONGEST)
    pen = _Pen(Hall(begin, tickets=kept.tickets) if kept else Hall(begin))
    frames: list[Hall] = []
    course: list[Sample] = []
    for minute, part in _minutes(steps, begin, end):
        if len(course) % KEY == 0:
            frames.append(pen.hall(minute))
        for step in part:
            pen.note(step)
        course.append(pen.sample(minute + MINUTE))
    return Timeline(begin, tuple(steps), frames, course)


def at(day: Timeline, instant_ms: int) -> Hall:
    """Return the hall at an instant of the day, by the nearest key frame before it."""
    if not day.frames:
        return Hall(instant_ms)
    place = max(0, min((instant_ms - day.begin) // (KEY * MINUTE), len(day.frames) - 1))
    frame = day.frames[place]
    first = _first_from(day.steps, frame.at)
    last = bisect_right(day.steps, instant_ms, key=lambda step: step.at)
    return fold(frame, day.steps[first:last], instant_ms)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Return steps whose times never run back: a clock that was set back stands still instead."""
    ordered: list[Step] = []
    for step in steps:
        late = ordered and step.at < ordered[-1].at
        ordered.append(step._replace(at=ordered[-1].at) if late else step)
    return ordered


class _Pen:
    """Writes a copy of a hall, step by step."""

    def __init__(self, hall: Hall) -> None:
        self._tickets = dict(hall.tickets or {})
        self._desks = dict(hall.desks or {})
        self._calls = hall.calls
        self._counts = dict(hall.counts or {"issued": 0, "served": 0, "missed": 0})
        #: since when each of those waits that do, and who is at a window
        self._waits = {k: v.waits_since for k, v in self._tickets.items() if v.state == WAITING}
        self._busy = {name for name, seen in self._tickets.items() if seen.state in AT_WINDOW}

    def note(self, step: Step) -> None:
        """Take one step."""
        if step.desk is not None:
            self._window(step.desk)
        if step.ticket is not None and step.seen is not None:
            self._ticket(step, step.ticket, step.seen)

    def hall(self, at: int) -> Hall:
        """Return the hall as it stands."""
        return Hall(at, dict(self._tickets), dict(self._desks), self._calls, dict(self._counts))

    def sample(self, at: int) -> Sample:
        """Return what the day's course shows of this minute."""
        longest = max(0, at - min(self._waits.values(), default=at))
        return Sample(
            len(self._waits),
            len(self._busy),
            sum(desk.state != "paused" for desk in self._desks.values()),
            -(-longest // MINUTE),
        )

    def _window(self, desk: Desk) -> None:
        if desk.state == "closed":
            self._desks.pop(desk.number, None)
        else:
            self._desks[desk.number] = desk

    def _ticket(self, step: Step, name: str, seen: Seen) -> None:
        before = self._tickets.get(name)
        if before is not None and _same_stay(before, seen):
            seen = seen._replace(since=before.since)
        self._tickets.pop(name, None)
        self._waits.pop(name, None)
        self._busy.discard(name)
        if seen.state in _SHOWN:
            self._tickets[name] = seen
        if seen.state == WAITING:
            self._waits[name] = seen.waits_since
        elif seen.state in AT_WINDOW:
            self._busy.add(name)
        if step.kind in _CALLS and seen.window is not None:
            others = (each for each in self._calls if each.number != seen.number)
            self._calls = (Call(step.at, seen.number, seen.window), *others)[:CALLS]
        self._count(step)

    def _count(self, step: Step) -> None:
        if (name := _COUNTED.get(step.kind)) is not None:
            self._counts[name] += 1
        elif step.kind == "ticket_undone" and (name := _UNDONE.get(step.was or "")) is not None:
            self._counts[name] -= 1


def _seen(ticket: Mapping[str, object], at: int) -> Seen:
    window, serial = ticket.get("window"), ticket["serial"]
    return Seen(
        number=str(ticket["number"]),
        service=str(ticket["service"]),
        state=str(ticket["state"]),
        place=str(ticket.get("place", "queue")),
        order_key=str(ticket["order_key"]),
        serial=serial if isinstance(serial, int) else 0,
        window=window if isinstance(window, int) else None,
        issued_at=instant(str(ticket["issued_at"])),
        since=at,
        called=ticket.get("called_at") is not None,
    )


def _same_stay(before: Seen, after: Seen) -> bool:
    return (before.state, before.window, before.service, before.place) == (
        after.state, after.window, after.service, after.place,
    )  # fmt: skip


def _minutes(steps: Sequence[Step], begin: int, end: int) -> Iterator[tuple[int, Sequence[Step]]]:
    """Yield each minute with the steps in it."""
    first = 0
    for minute in range(begin, end + 1, MINUTE):
        last = _first_from(steps, minute + MINUTE)
        yield minute, steps[first:last]
        first = last


def _first_from(steps: Sequence[Step], at: int) -> int:
    """Return the place of the first step at or after an instant."""
    return bisect_right(steps, at - 1, key=lambda step: step.at)
