"""One possible course of a hall from now on: chance says how long, the rule says who is next.

A discrete-event simulation over plain values. Time is minutes since the snapshot. Everybody's luck
is drawn when they come, whatever the hall does with them: two halls that are let go on by the same
seed meet the same people, so their courses may be compared.
"""

from __future__ import annotations

import heapq
import itertools
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.coming import Luck, draw, later, since
from queue_server.domain.estimate import LONGEST
from queue_server.domain.hall_now import LAST, DeskNow, HallNow, Hand, Waiting
from queue_server.domain.lines import Lines
from queue_server.domain.routing import pick_next

#: visitors are expected for so long, and a run looks no further than its horizon, minutes
COMING: Final = 6 * 60.0
HORIZON: Final = float(LONGEST)
#: share of appointments whose holders come, and how long before and after the slot, minutes
COME, EARLY, LATE = 0.85, 10.0, 5.0
#: how far a whole hall may be faster or slower than it has been: one standard deviation
TEMPO: Final = 0.1
#: minutes of a service of which nothing is known
ANY: Final = (3.0, 6.0, 9.0, 12.0, 20.0)


@dataclass(frozen=True, slots=True)
class Course:
    """What one run has seen, in minutes since the snapshot."""

    #: who was called, and when; of a visit with several services, the first of them
    called: dict[str, float] = field(default_factory=dict)
    #: who came later → the service, and when
    later: dict[str, tuple[str, float]] = field(default_factory=dict)


def run(
    hall: HallNow,
    beliefs: Beliefs,
    chance: random.Random,
    *,
    come_until: float = COMING,
    until: float | None = None,
) -> Course:
    """Let the hall go on until all who wait or are asked for have been called, or for `until`.

    Visitors go on coming for `come_until` minutes. Whom `called` does not name was not called.
    """
    return _Run(hall, beliefs, chance, come_until).course(until)


class _Run:
    """A hall on its way; events are (minute, order, desk number or who comes)."""

    def __init__(
        self, hall: HallNow, beliefs: Beliefs, chance: random.Random, come_until: float
    ) -> None:
        self._at, self._cap, self._beliefs = hall.at, hall.cap, beliefs
        self._tempo = chance.lognormvariate(0.0, TEMPO)
        self._desks = {each.desk.number: each.desk for each in hall.desks}
        self._away = {each.desk.number: _minutes_away(each, hall.at) for each in hall.desks}
        self._busy_until = dict.fromkeys(self._desks, 0.0)
        self._idle: dict[int, float] = {}
        self._events: list[tuple[float, int, int | Waiting]] = []
        self._order = itertools.count()
        self._lines: Lines[Waiting] = Lines(self._desks.values())
        self._asked = {who.id for who in hall.asked}
        # whom no window calls is not waited for: the run would go on to its horizon
        self._watched = {who.id for who in (*hall.waiting, *hall.asked) if self._lines.callers(who)}
        self._luck: dict[str, Luck] = {}
        self._course = Course()
        newcomers = random.Random(chance.random())  # noqa: S311 - a stream of their own
        self._let_in(hall, chance)
        self._arrivals = later(hall, beliefs.arrivals, newcomers, come_until)
        self._expect()

    def course(self, until: float | None) -> Course:
        """Let events happen, each at its time."""
        end = HORIZON if until is None else until
        while self._events and (until is not None or self._watched):
            now, _, what = heapq.heappop(self._events)
            if now > end:
                break
            if isinstance(what, int):
                self._free(what, now)
            else:
                self._comes(what, now)
        return self._course

    def _let_in(self, hall: HallNow, chance: random.Random) -> None:
        """Take over who waits, who has an appointment, and who is at the windows."""
        for who in (*hall.waiting, *hall.asked):
            self._luck[who.id] = draw(chance)
            if who.not_before is not None and who.not_before > hall.at:
                self._push(since(hall.at, who.not_before), replace(who, not_before=None))
            else:
                self._lines.add(who)
        for who in hall.booked:
            self._luck[who.id], comes = draw(chance), chance.random() < COME
            slot = since(hall.at, who.not_before or hall.at) + chance.uniform(-EARLY, LATE)
            if comes:
                self._push(max(slot, 0.0), replace(who, not_before=None))
        for each in hall.desks:
            self._take_over(each, draw(chance))

    def _take_over(self, each: DeskNow, luck: Luck) -> None:
        """Let a window go on with what it is at."""
        number = each.desk.number
        self._push_free(number, self._left(each, luck))
        for _, end in self._away[number]:
            self._push(end, number)
        if each.hand is not None and each.hand.then is not None:
            self._luck[each.hand.then.id] = luck
            self._push(self._busy_until[number], each.hand.then)

    def _left(self, each: DeskNow, luck: Luck) -> float:
        """Return after how many minutes a window is free."""
        if each.paused_at is not None:
            return _rest(self._beliefs.pauses, since(each.paused_at, self._at), luck)
        return 0.0 if each.hand is None else self._still(each.hand, each.desk.clerk, luck)

    def _still(self, hand: Hand, clerk: str, luck: Luck) -> float:
        """Return how long a visitor at a window still takes, knowing how long it was so far."""
        gone = max(since(hand.called_at, self._at), 0.0)
        beliefs = self._beliefs
        if not hand.came and luck.comes < beliefs.no_show:
            return _rest(beliefs.absent, gone, luck)
        factor = self._factor(clerk)
        minutes = beliefs.minutes.get(hand.service) or ANY
        return factor * _rest(minutes, gone / factor, luck) + beliefs.between

    def _free(self, number: int, now: float) -> bool:
        """Let a free window call, unless its clerk is away; returns whether somebody came."""
        if self._busy_until[number] > now:
            return False
        self._idle.pop(number, None)
        if any(begin <= now < end for begin, end in self._away[number]):
            return False
        chosen = self._call(number, now)
        if chosen is None:
            self._idle[number] = now
            return False
        self._serve(chosen, number, now)
        return True

    def _call(self, number: int, now: float) -> Waiting | None:
        """Call by the rule; who was only asked for is noted, and does not hold the window up."""
        desk, at = self._desks[number], self._at + timedelta(minutes=now)
        while True:
            chosen = pick_next(self._lines.heads(number), desk, at, self._cap)
            if chosen is None:
                return None
            self._lines.remove(chosen)
            self._course.called.setdefault(chosen.id, now)
            self._watched.discard(chosen.id)
            if chosen.id not in self._asked:
                break
        if self._cap is not None:
            streak = desk.streak + 1 if chosen.statutory else 0
            self._desks[number] = replace(desk, streak=streak)
        return chosen

    def _serve(self, who: Waiting, number: int, now: float) -> None:
        luck, beliefs = self._luck[who.id], self._beliefs
        if luck.comes < beliefs.no_show:
            self._push_free(number, now + _pick(beliefs.absent, luck.minutes))
            return
        minutes = beliefs.minutes.get(who.service) or ANY
        end = now + _pick(minutes, luck.minutes) * self._factor(self._desks[number].clerk)
        if who.legs:
            self._push(end, replace(who, service=who.legs[0], legs=who.legs[1:]))
        end += beliefs.between
        if luck.pause < beliefs.pause_after:
            end += _pick(beliefs.pauses, luck.pause_minutes)
        self._push_free(number, end)

    def _comes(self, who: Waiting, now: float) -> None:
        """Let somebody wait, and be called at once where a window has nothing to do."""
        if who.serial == LAST and who.id not in self._course.later:
            self._course.later[who.id] = (who.service, now)
            self._expect()
        self._lines.add(who)
        idle = [number for number in self._lines.callers(who) if number in self._idle]
        # whoever has had nothing to do for longest takes the newcomer
        any(self._free(number, now) for number in sorted(idle, key=self._idle.__getitem__))

    def _expect(self) -> None:
        """Let the next of those who come later be on the way."""
        coming = next(self._arrivals, None)
        if coming is not None:
            at, who, luck = coming
            self._push(at, who)
            self._luck[who.id] = luck

    def _factor(self, clerk: str) -> float:
        return self._tempo * self._beliefs.clerks.get(clerk, 1.0)

    def _push_free(self, number: int, at: float) -> None:
        self._busy_until[number] = at
        self._push(at, number)

    def _push(self, at: float, what: int | Waiting) -> None:
        heapq.heappush(self._events, (at, next(self._order), what))


def _minutes_away(each: DeskNow, at: datetime) -> list[tuple[float, float]]:
    return [(since(at, one.begins), since(at, one.ends)) for one in each.away if one.ends > at]


def _pick(minutes: Sequence[float], luck: float) -> float:
    return minutes[int(luck * len(minutes))]


def _rest(minutes: Sequence[float], gone: float, luck: Luck) -> float:
    """Return what is left of a stretch that has lasted `gone` minutes.

    What has lasted longer than any ever did may end at any moment, or was forgotten.
    """
    longer = bisect_right(minutes, gone)
    if longer < len(minutes):
        return minutes[longer + int(luck.minutes * (len(minutes) - longer))] - gone
    return luck.pause_minutes * _pick(minutes, luck.minutes)
