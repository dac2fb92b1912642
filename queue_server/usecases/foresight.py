"""Keeps an outlook on the hall fresh, off the path of the requests and within a budget.

Where it gets too dear, or fails, waits are reckoned the quick way for a while, and that is counted.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal, Protocol, get_args

from queue_server.domain import learning, waiting
from queue_server.domain.beliefs import Beliefs
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.hall_now import HallNow
from queue_server.domain.observations import Observations
from queue_server.domain.routing import Arrival, arrival
from queue_server.domain.ticket import QUEUE
from queue_server.domain.waiting import LEAST, Outlook
from queue_server.usecases import checking, expecting
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.foreseen import Doings, Foreseen, KeptWord, Learned, Seen
from queue_server.usecases.ports import Center
from queue_server.usecases.remembering import Memory

_log = logging.getLogger(__name__)
#: courses of the hall that an outlook is made of, where the budget allows
RUNS: Final = 60
#: processor time of one refresh, seconds
BUDGET: Final = 0.150
#: the least courses may cost so many times the budget; after so many such refreshes it is too dear
DEAR, STRIKES = 1.5, 3
#: how long waits are then reckoned the quick way
REST: Final = timedelta(minutes=2)
#: why waits are reckoned the quick way for a while
Reason = Literal["budget", "error"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
#: refreshes are so far apart at least, and at most while somebody waits or is served, seconds
CALM: Final = 2.0
LOOK: Final = 20.0
#: what the days before have taught is asked for again after so long
LEARN_AGAIN: Final = timedelta(minutes=2)


class Predict(Protocol):
    """Lets a hall go on; `waiting.predict` is one."""

    def __call__(
        self,
        hall: HallNow,
        beliefs: Beliefs,
        *,
        runs: int,
        seed: int,
        enough: Callable[[], bool],
    ) -> Outlook:
        """Return an outlook out of so many runs, or of fewer once it is enough."""
        ...


def by_plan(act: Act) -> Learned:
    """Return what the catalogue alone says of visits."""
    today = Observations(act.catalogue.calendar.day_of(act.now).isoformat())
    return Learned(learning.believe(act.catalogue, (), today, act.now))


def by_history(memory: Memory) -> Callable[[Act], Learned]:
    """Return what tells of visits by the days before, and how well their waits were told."""

    def learn(act: Act) -> Learned:
        today = act.catalogue.calendar.day_of(act.now)
        kept, percent = checking.last_kept(act.work, today), checking.public_line(act)
        return Learned(
            memory.beliefs(act.work, act.catalogue, act.now),
            checking.stretch(act.work, today),
            KeptWord(kept.day, percent) if kept and percent is not None else None,
        )

    return learn


def learned(act: Act, learn: Callable[[Act], Learned] = by_plan) -> Learned:
    """Return what is known already of this day and catalogue, else what `learn` says."""
    newest = act.center.foresight.newest()
    if newest and (newest.day, newest.version) == _about(act):
        return newest.learned
    return learn(act)


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What was learned, of which day and catalogue, and when."""

    learned: Learned
    of: tuple[date, int]
    at: datetime


@dataclass
class Foresight:
    """The newest outlook of a center, and the thread that keeps it; any thread may ask."""

    #: processor time of the calling thread, seconds
    cpu: Callable[[], float]
    learn: Callable[[Act], Learned] = by_plan
    predict: Predict = waiting.predict
    #: is told of each new outlook
    told: Callable[[], None] = lambda: None
    #: set whenever something happened in the hall
    stirred: threading.Event = field(default_factory=threading.Event)
    _newest: Foreseen | None = None
    _doings: Doings = field(default_factory=Doings)
    _lesson: _Lesson | None = None
    _strikes: int = 0
    _rests_until: datetime | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)

    def newest(self) -> Foreseen | None:
        """Return what was foreseen last."""
        return self._newest

    def doings(self) -> Doings:
        """Return what foreseeing has cost."""
        return self._doings

    def stop(self) -> None:
        """End `run` at once."""
        self._stopped.set()
        self.stirred.set()

    def run(self, center: Center) -> None:
        """Keep the outlook fresh until stopped; sleeps while the hall is idle."""
        self.stirred.set()
        while not self._stopped.is_set():
            self.stirred.wait(self._pause())
            self.stirred.clear()
            if not self._stopped.is_set():
                self.attend(center)
            self._stopped.wait(CALM)

    def attend(self, center: Center) -> None:
        """Refresh unless it is too dear just now; a fault costs the outlook, nothing else."""
        now = center.clock.now()
        if self._rests_until is not None and now < self._rests_until <= now + REST:
            return
        self._rests_until = None
        try:
            self.refresh(center)
        except Exception as fault:  # noqa: BLE001 - whatever it is, tickets are still given out
            # at the end the database closes under it
            if not self._stopped.is_set():
                self._rest(now, "error", f"{type(fault).__name__}: {fault}")

    def refresh(self, center: Center) -> None:
        """Look at the hall, let it go on, and keep what is seen."""
        with center.read() as work:
            if work.catalogue_version == 0:
                return
            act = Act(center, work, SYSTEM, center.clock.now())
            lesson = self._learned(act, _about(act))
            began, seq, hall = self.cpu(), work.seq, expecting.hall_now(act)
            catalogue = act.catalogue
        outlook = self.predict(
            hall,
            lesson.learned.beliefs,
            runs=RUNS,
            seed=seq,
            enough=lambda: self.cpu() - began > BUDGET,
        )
        self._newest = _foreseen(hall, outlook, lesson, catalogue, seq)
        self._counted(outlook, self.cpu() - began)
        self.told()

    def _pause(self) -> float | None:
        """Return how long nothing may happen before the hall is looked at again; None: for ever."""
        busy = self._newest is None or self._newest.busy
        return LOOK if busy or self._rests_until is not None else None

    def _learned(self, act: Act, of: tuple[date, int]) -> _Lesson:
        """Return what the days before have taught, asked anew from time to time."""
        kept = self._lesson
        if kept is None or kept.of != of or abs(act.now - kept.at) >= LEARN_AGAIN:
            kept = self._lesson = _Lesson(self.learn(act), of, act.now)
        return kept

    def _counted(self, outlook: Outlook, seconds: float) -> None:
        """Note what a refresh has cost, and rest when it costs too much again and again."""
        done = self._doings
        self._doings = replace(
            done,
            refreshes=done.refreshes + 1,
            last_seconds=seconds,
            seconds=done.seconds + seconds,
            runs=outlook.runs,
            at=outlook.at,
        )
        dear = outlook.runs <= LEAST and seconds > DEAR * BUDGET
        self._strikes = self._strikes + 1 if dear else 0
        if self._strikes >= STRIKES:
            self._rest(outlook.at, "budget", f"{outlook.runs} runs took {seconds:.2f} s")

    def _rest(self, now: datetime, reason: Reason, why: str) -> None:
        """Foresee nothing for a while."""
        fallbacks = Counter(self._doings.fallbacks) + Counter({reason: 1})
        self._doings = replace(self._doings, fallbacks=dict(fallbacks), at=None)
        self._newest, self._strikes, self._rests_until = None, 0, now + REST
        _log.warning("waits are reckoned the quick way: %s", why, extra={"action": "forecast"})
        self.told()


def _about(act: Act) -> tuple[date, int]:
    """Return the day that a command would come on, and the version of the catalogue."""
    day = service_day(act.work.day, act.now, act.catalogue.timezone)
    return day, act.work.catalogue_version


def _foreseen(
    hall: HallNow, outlook: Outlook, lesson: _Lesson, catalogue: Catalogue, seq: int
) -> Foreseen:
    """Return an outlook with where everybody stood."""
    day, version = lesson.of
    lines: dict[str, list[tuple[Arrival, str]]] = defaultdict(list)
    for who in hall.waiting:
        if who.place == QUEUE and who.service in catalogue.service_by_id:
            lines[catalogue.service(who.service).group].append((arrival(who), who.id))
    return Foreseen(
        outlook,
        lesson.learned,
        day,
        version,
        seq,
        busy=bool(hall.waiting) or any(each.hand for each in hall.desks),
        seen={who.id: Seen(who.service, arrival(who)) for who in hall.waiting},
        lines={prefix: tuple(sorted(line)) for prefix, line in lines.items()},
    )
