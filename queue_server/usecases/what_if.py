"""What if a window opened, a lunch moved, a window took more: asked of the hall as it stands.

Nothing changes and nothing is logged. The hall is read once; looking ahead then takes a processor
for a moment, so one question is looked at at a time.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from queue_server.contracts.what_if import (
    AdviceOut,
    AdvicesOut,
    AskWhatIf,
    ChangeAsk,
    ChangeHeadStartAsk,
    ChangeTakingAsk,
    CloseWindowAsk,
    MoveLunchAsk,
    OpenWindowAsk,
    WhatIfOut,
)
from queue_server.domain import hall_changes, what_if
from queue_server.domain.beliefs import Beliefs
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import TryLater
from queue_server.domain.hall_changes import (
    Change,
    ChangeHeadStart,
    ChangeImpossible,
    ChangeTaking,
    CloseWindow,
    MoveLunch,
    OpenWindow,
    Scene,
)
from queue_server.domain.hall_watch import Look
from queue_server.usecases import expecting, foresight, what_if_shapes
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.foresight import Foresight
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant

#: pairs of courses, where the time allows
PAIRS: Final = 200
#: a question is looked at for so long, seconds; the least pairs may take longer
BUDGET: Final = 2.2
#: between two pairs others have the processor, seconds
BREATH: Final = 0.001
#: courses are drawn so far at least, and at most; so far beyond the last change, minutes
NEAR, FAR, BEYOND = 90.0, 240.0, 45.0
#: those who come count unless they come in the last minutes that are looked at
LATE: Final = 30.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """The hall as it was read, once."""

    scene: Scene
    catalogue: Catalogue
    seq: int
    #: number → the clerk who has this window as the own one, and works at no other now
    clerks: dict[int, str]
    #: the logins of all clerks
    logins: frozenset[str]

    @property
    def groups(self) -> dict[str, str]:
        return {service.id: service.group for service in self.catalogue.services}

    @property
    def norm(self) -> float:
        return self.catalogue.rules.wait_norm.total_seconds() / 60


@dataclass(frozen=True)
class Questions:
    """The questions that are put to a center; any thread may put one."""

    #: seconds of a clock that never jumps
    elapsed: Callable[[], float]
    _one: threading.Lock = field(default_factory=threading.Lock)
    _calm: threading.Event = field(default_factory=threading.Event)

    def ask(self, center: Center, actor: Actor, wish: AskWhatIf) -> WhatIfOut:
        """Return what a plan would do; raises ChangeImpossible, or TryLater while one is asked."""
        actor.must("floor:read")
        with self._alone():
            seen = _seen(center, actor)
            changes = [_change(ask, place, seen) for place, ask in enumerate(wish.changes)]
            then = hall_changes.changed(seen.scene, changes, seen.catalogue)
            look = _look(seen, changes)
            found = what_if.compare(
                seen.scene, then, look, pairs=PAIRS, seed=seen.seq, enough=self._enough()
            )
        return what_if_shapes.answer(found, look, seen.seq, seen.scene.hall, then.hall)

    def advise(self, center: Center, actor: Actor) -> AdvicesOut:
        """Return which closed windows would help most; raises TryLater while one is asked."""
        actor.must("floor:read")
        with self._alone():
            seen = _seen(center, actor)
            scenes = dict(_openings(seen))
            look = _look(seen, ())
            found = what_if.advise(
                seen.scene, scenes, look, pairs=PAIRS, seed=seen.seq, enough=self._enough()
            )
        hall = seen.scene.hall
        return AdvicesOut(
            seq=seen.seq,
            at=instant(hall.at),
            span=look.span,
            tried=len(scenes),
            windows=[_advice(each, seen, scenes[each.window]) for each in found],
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one question be looked at; raises TryLater meanwhile."""
        if not self._one.acquire(blocking=False):
            raise TryLater("Another question is being looked at; ask again.", seconds=3)
        try:
            yield
        finally:
            self._one.release()

    def _enough(self) -> Callable[[], bool]:
        """Return what tells that the time is over; asking it lets others work for a moment."""
        began = self.elapsed()

        def enough() -> bool:
            self._calm.wait(BREATH)
            return self.elapsed() - began > BUDGET

        return enough


def _seen(center: Center, actor: Actor) -> _Seen:
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        act.must_work()
        hall = replace(expecting.hall_now(act), asked=())
        if not work.shifts.open():
            # a prediction takes the plan's windows to open; here it is asked what opening does
            hall = replace(hall, desks=())
        scene = Scene(hall, _beliefs(act))
        clerks = [p for p in work.access.people() if p.role == "clerk" and not p.disabled]
        working = {shift.clerk for shift in work.shifts.open()}
        free = {p.window: p.login for p in clerks if p.window and p.login not in working}
        logins = frozenset(person.login for person in clerks)
        return _Seen(scene, act.catalogue, work.seq, free, logins)


def _beliefs(act: Act) -> Beliefs:
    """Return what is believed of the hall at this minute.

    What was foreseen last may be minutes old, or be missing while foreseeing is too dear; a
    question is rare enough to learn anew for it.
    """
    keeper = act.center.foresight
    known = keeper.learn(act) if isinstance(keeper, Foresight) else foresight.learned(act)
    return known.beliefs


def _openings(seen: _Seen) -> Iterator[tuple[int, Scene]]:
    """Yield each closed window, with the hall as it would be if it opened now."""
    opened = {each.desk.number for each in seen.scene.hall.desks}
    for window in seen.catalogue.windows:
        if window.number not in opened and window.takes:
            wish = OpenWindow(window.number, clerk=seen.clerks.get(window.number, ""))
            yield window.number, hall_changes.changed(seen.scene, [wish], seen.catalogue)


def _look(seen: _Seen, changes: Sequence[Change]) -> Look:
    """Return how far to look: beyond the last change."""
    last = hall_changes.last_moment(seen.scene, changes, seen.catalogue)
    ahead = (last - seen.scene.hall.at).total_seconds() / 60 + BEYOND
    span = min(max(NEAR, 30.0 * math.ceil(ahead / 30)), FAR)
    return Look(seen.norm, seen.groups, span, span - LATE)


def _change(ask: ChangeAsk, place: int, seen: _Seen) -> Change:
    """Return what is asked as a change; raises ChangeImpossible naming the field."""
    match ask:
        case OpenWindowAsk():
            if ask.clerk and ask.clerk not in seen.logins:
                raise _fault(place, "clerk", "unknown_clerk", f"There is no clerk {ask.clerk!r}.")
            clerk = ask.clerk or seen.clerks.get(ask.window, "")
            return OpenWindow(ask.window, _moment(ask.at, place), clerk)
        case CloseWindowAsk():
            return CloseWindow(ask.window, _moment(ask.at, place))
        case MoveLunchAsk():
            return MoveLunch(ask.window, _moment(ask.at, place) or seen.scene.hall.at)
        case ChangeTakingAsk():
            after = ask.help_after_minutes
            help_after = None if after is None or ask.level == 1 else timedelta(minutes=after)
            services = (*_members(ask.groups, place, seen.catalogue), *ask.services)
            return ChangeTaking(ask.window, services, ask.level, help_after)
        case ChangeHeadStartAsk():
            return ChangeHeadStart(ask.category, timedelta(minutes=ask.minutes))


def _moment(text: str | None, place: int) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        sentence = f"{text!r} is no time; write RFC 3339 with an offset."
        raise _fault(place, "at", "no_time", sentence)
    return at


def _members(groups: Sequence[str], place: int, catalogue: Catalogue) -> Iterator[str]:
    """Yield the services of groups; raises ChangeImpossible for an unknown letter."""
    for prefix in groups:
        if prefix not in catalogue.services_by_group:
            raise _fault(place, "groups", "unknown_group", f"There is no group {prefix!r}.")
        yield from catalogue.services_by_group[prefix]


def _fault(place: int, name: str, why: str, sentence: str) -> ChangeImpossible:
    return ChangeImpossible(sentence, field=f"changes.{place}.{name}", why=why)


def _advice(found: what_if.Advice, seen: _Seen, then: Scene) -> AdviceOut:
    return AdviceOut(
        window=found.window,
        clerk=seen.clerks.get(found.window),
        pairs=found.pairs,
        saved=what_if_shapes.difference(found.saved),
        rows=[what_if_shapes.row(each) for each in found.rows],
        serves=list(hall_changes.unserved(then.hall, seen.scene.hall)),
    )
