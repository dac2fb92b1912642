"""What is noted of a hall that goes on for a while: waits by group, and how many wait when."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final, Literal, NamedTuple

from queue_server.domain.coming import since
from queue_server.domain.hall_changes import Scene, stays
from queue_server.domain.hall_now import HallNow, Waiting
from queue_server.domain.hall_run import Course, run
from queue_server.domain.routing import calls_from

#: minutes between two points of a course
STEP: Final = 5
#: a run goes on for so long after the last ones have come, and a newcomer's longer wait counts as
#: this long, minutes
AFTERWARDS: Final = 120.0
Who = Literal["waiting", "coming"]
#: who, and the letter of their group; None for all
Key = tuple[Who, str | None]


@dataclass(frozen=True, slots=True)
class Look:
    """How far a comparison looks, in minutes, and what it judges by."""

    #: the norm of waiting
    norm: float
    #: service → its group's letter
    groups: Mapping[str, str]
    #: the courses are drawn so far
    span: float = 90.0
    #: whoever comes within so long counts
    coming: float = 60.0


class Stat(NamedTuple):
    """Waits of some visitors in one run, in minutes."""

    mean: float
    within: float
    longest: float
    people: int


class Seen(NamedTuple):
    """What was seen in one run."""

    stats: dict[Key, Stat]
    #: how many wait at each point
    waiting: list[int]
    #: waits of those who come between each point and the next
    newcomers: list[list[float]]


class Known(NamedTuple):
    """Whose waits can be compared: somebody serves them in both halls."""

    waiting: frozenset[str]
    services: frozenset[str]


def comparable(before: HallNow, after: HallNow) -> Known:
    """Return whose waits can be compared: those whom some window serves in both halls."""
    both = [[each.desk for each in hall.desks if stays(each, hall.at)] for hall in (before, after)]
    return Known(
        frozenset(
            who.id
            for who in before.waiting
            if all(any(calls_from(desk, who) for desk in desks) for desks in both)
        ),
        frozenset.intersection(*(frozenset[str]().union(*(d.takes for d in ds)) for ds in both)),
    )


def watched(scene: Scene, seed: int, look: Look, known: Known) -> Seen:
    """Let a hall go on once, and note what happens; the same seed brings the same visitors."""
    until = look.span + AFTERWARDS
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    course = run(scene.hall, scene.beliefs, chance, come_until=look.span, until=until)
    waits: defaultdict[Key, list[float]] = defaultdict(list)
    for who in scene.hall.waiting:
        if who.id in known.waiting:
            wait = course.called.get(who.id, until) + _waited(who, scene.hall)
            _note(waits, "waiting", look.groups.get(who.service), wait)
    newcomers: list[list[float]] = [[] for _ in range(_points(look))]
    for id_, (service, came) in course.later.items():
        if service in known.services:
            wait = min(course.called.get(id_, until) - came, AFTERWARDS)
            newcomers[int(came // STEP)].append(wait)
            if came <= look.coming:
                _note(waits, "coming", look.groups.get(service), wait)
    stats = {key: _stat(found, look.norm) for key, found in waits.items()}
    return Seen(stats, _numbers(scene.hall.waiting, course, look), newcomers)


def _note(waits: defaultdict[Key, list[float]], who: Who, group: str | None, wait: float) -> None:
    waits[who, None].append(wait)
    if group is not None:
        waits[who, group].append(wait)


def _stat(waits: Sequence[float], norm: float) -> Stat:
    within = sum(wait <= norm for wait in waits) / len(waits)
    return Stat(fmean(waits), within, max(waits), len(waits))


def _numbers(waiting: Iterable[Waiting], course: Course, look: Look) -> list[int]:
    """Return how many wait at each point."""
    points = _points(look)
    change = [0] * (points + 1)
    came = itertools.chain(
        ((who.id, 0.0) for who in waiting), ((id_, at) for id_, (_, at) in course.later.items())
    )
    for id_, at in came:
        called = course.called.get(id_)
        change[min(-int(-at // STEP), points)] += 1
        # the first point is the hall as it was found, before anybody was called
        change[points if called is None else min(max(-int(-called // STEP), 1), points)] -= 1
    return list(itertools.accumulate(change[:points]))


def _points(look: Look) -> int:
    return int(look.span // STEP) + 1


def _waited(who: Waiting, hall: HallNow) -> float:
    """Return how long somebody has waited so far; a clock that jumped makes nobody wait less."""
    return max(since(who.issued_at, hall.at), 0.0)
