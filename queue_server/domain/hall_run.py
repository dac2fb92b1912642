"""One possible course of a hall from now on: chance says how long, the rule says who is next.

A discrete-event simulation over plain values. Time is minutes since the snapshot.
"""

from __future__ import annotations

import heapq
import itertools
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from queue_server.domain.beliefs import HALF_HOURS, Arrivals, Beliefs
from queue_server.domain.hall_now import LAST, DeskNow, HallNow, Hand, Waiting
from queue_server.domain.lines import Lines
from queue_server.domain.routing import pick_next
from queue_server.domain.ticket import FIRST

#: a run looks no further than this, minutes
HORIZON: Final = 6 * 60.0
#: share of appointments whose holders come, and how long before the slot they do, minutes
COME, EARLY, LATE = 0.85, 10.0, 5.0
#: how far a whole hall may be faster or slower than it has been: one standard deviation
TEMPO: Final = 0.1
_HALF_HOUR: Final = 30.0


@dataclass(slots=True)
class Course:
    """What one run has seen, in minutes since the snapshot."""

    #: who waited, or was asked for → when called
    called: dict[str, float] = field(default_factory=dict)
    #: service, when come, how long waited: of those who came later, as far as they were called
    later: list[tuple[str, float, float]] = field(default_factory=list)


def run(
    hall: HallNow, beliefs: Beliefs, chance: random.Random, until: float | None = None
) -> Course:
    """Let the hall go on until all who wait have been called, or for `until` minutes.

    Those whom the course does not name were not called within it.
    """
    return _Run(hall, beliefs, chance).course(until)


class _Run:
    """A hall on its way; events are (minute, order, desk number or who comes)."""

    def __init__(self, hall: HallNow, beliefs: Beliefs, chance: random.Random) -> None:
        self._at, self._cap, self._beliefs, self._chance = hall.at, hall.cap, beliefs, chance
        self._tempo = chance.lognormvariate(0.0, TEMPO)
        self._desks = {each.desk.number: each.desk for each in hall.desks}
        self._away = {each.desk.number: _minutes_away(each, hall.at) for each in hall.desks}
        self._busy_until = dict.fromkeys(self._desks, 0.0)
        self._idle: dict[int, float] = {}
        self._events: list[tuple[float, int, int | Waiting]] = []
        self._order = itertools.count()
        self._lines: Lines[Waiting] = Lines(self._desks.values())
        self._asked = {who.id for who in hall.asked}
        self._watched = self._asked | {who.id for who in hall.waiting}
        self._came: dict[str, float] = {}
        self._course = Course()
        self._let_in(hall)
        self._arrivals = _arrivals(hall, beliefs.arrivals, chance)
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

    def _let_in(self, hall: HallNow) -> None:
        """Take over who waits, who is at the windows, and who has an appointment."""
        for who in (*hall.waiting, *hall.asked):
            if who.not_before is not None and who.not_before > hall.at:
                self._push(_since(hall.at, who.not_before), replace(who, not_before=None))
            else:
                self._lines.add(who)
        for each in hall.desks:
            self._push_free(each.desk.number, self._left(each))
            for _, end in self._away[each.desk.number]:
                self._push(end, each.desk.number)
            if each.hand is not None and each.hand.then is not None:
                self._push(self._busy_until[each.desk.number], each.hand.then)
        for who in hall.booked:
            if who.not_before is not None and self._chance.random() < COME:
                shift = self._chance.uniform(-EARLY, LATE)
                slot = max(_since(hall.at, who.not_before) + shift, 0.0)
                self._push(slot, replace(who, not_before=None))

    def _left(self, each: DeskNow) -> float:
        """Return after how many minutes a window is free."""
        if each.paused_at is not None:
            return _rest(self._beliefs.pauses, _since(each.paused_at, self._at), self._chance)
        return 0.0 if each.hand is None else self._still(each.hand, each.desk.clerk)

    def _still(self, hand: Hand, clerk: str) -> float:
        """Return how long a visitor at a window still takes, knowing how long it was so far."""
        gone = max(_since(hand.called_at, self._at), 0.0)
        beliefs = self._beliefs
        if not hand.came and self._chance.random() < beliefs.no_show:
            return _rest(beliefs.absent, gone, self._chance)
        factor = self._factor(clerk)
        minutes = beliefs.minutes.get(hand.service) or _ANY
        return factor * _rest(minutes, gone / factor, self._chance) + beliefs.between

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
            self._note(chosen, now)
            if chosen.id not in self._asked:
                break
        if self._cap is not None:
            streak = desk.streak + 1 if chosen.statutory else 0
            self._desks[number] = replace(desk, streak=streak)
        return chosen

    def _note(self, chosen: Waiting, now: float) -> None:
        if chosen.id in self._watched:
            self._watched.remove(chosen.id)
            self._course.called[chosen.id] = now
        elif (came := self._came.pop(chosen.id, None)) is not None:
            self._course.later.append((chosen.service, came, now - came))

    def _serve(self, who: Waiting, number: int, now: float) -> None:
        chance, beliefs = self._chance, self._beliefs
        if chance.random() < beliefs.no_show:
            self._push_free(number, now + _any_of(beliefs.absent, chance))
            return
        minutes = beliefs.minutes.get(who.service) or _ANY
        end = now + _any_of(minutes, chance) * self._factor(self._desks[number].clerk)
        if who.legs:
            self._push(end, replace(who, service=who.legs[0], legs=who.legs[1:]))
        end += beliefs.between
        if chance.random() < beliefs.pause_after:
            end += _any_of(beliefs.pauses, chance)
        self._push_free(number, end)

    def _comes(self, who: Waiting, now: float) -> None:
        """Let somebody wait, and be called at once where a window has nothing to do."""
        if who.serial == LAST and who.id not in self._asked:
            self._came[who.id] = now
            self._expect()
        self._lines.add(who)
        idle = [number for number in self._lines.callers(who) if number in self._idle]
        # whoever has had nothing to do for longest takes the newcomer
        any(self._free(number, now) for number in sorted(idle, key=self._idle.__getitem__))

    def _expect(self) -> None:
        """Let the next of those who come later be on the way."""
        nxt = next(self._arrivals, None)
        if nxt is not None:
            self._push(*nxt)

    def _factor(self, clerk: str) -> float:
        return self._tempo * self._beliefs.clerks.get(clerk, 1.0)

    def _push_free(self, number: int, at: float) -> None:
        self._busy_until[number] = at
        self._push(at, number)

    def _push(self, at: float, what: int | Waiting) -> None:
        heapq.heappush(self._events, (at, next(self._order), what))


#: minutes of a service of which nothing is known
_ANY: Final = (3.0, 6.0, 9.0, 12.0, 20.0)


def _arrivals(
    hall: HallNow, expected: Arrivals, chance: random.Random
) -> Iterator[tuple[float, Waiting]]:
    """Yield who comes later and when: a Poisson stream whose rate changes each half hour."""
    end = HORIZON if hall.ends is None else min(HORIZON, _since(hall.at, hall.ends))
    services = [s for s in expected.services if any(s in d.desk.takes for d in hall.desks)]
    if not expected.rates or not services:
        return
    share = sum(map(expected.services.__getitem__, services)) / sum(expected.services.values())
    weights = list(itertools.accumulate(map(expected.services.__getitem__, services)))
    heads, shares = [0.0, *expected.heads], [1.0 - sum(expected.heads.values())]
    shares = list(itertools.accumulate([*shares, *expected.heads.values()]))
    clock = _minute_of_day(hall)
    now = 0.0
    for n in itertools.count():
        now = _next(now, clock, expected.rates, share, end, chance)
        if now >= end:
            return
        service = chance.choices(services, cum_weights=weights)[0]
        head = chance.choices(heads, cum_weights=shares)[0]
        statutory = chance.random() < expected.statutory
        at = hall.at + timedelta(minutes=now)
        key = FIRST if statutory else at - timedelta(minutes=head)
        yield now, Waiting(f"+{n}", service, at, key, LAST, statutory)


def _next(
    now: float,
    clock: float,
    rates: Sequence[float],
    share: float,
    end: float,
    chance: random.Random,
) -> float:
    """Return when the next one comes: the exponential wait begins anew with each half hour."""
    while now < end:
        half = int((clock + now) // _HALF_HOUR)
        border = (half + 1) * _HALF_HOUR - clock
        rate = rates[half % HALF_HOURS] * share / _HALF_HOUR
        gap = chance.expovariate(rate) if rate > 0 else border
        if now + gap < border:
            return now + gap
        now = border
    return end


def _minute_of_day(hall: HallNow) -> float:
    at = hall.at
    return (at.hour * 60 + at.minute + at.second / 60 + hall.offset) % (24 * 60)


def _minutes_away(each: DeskNow, at: datetime) -> list[tuple[float, float]]:
    return [(_since(at, one.begins), _since(at, one.ends)) for one in each.away if one.ends > at]


def _any_of(minutes: Sequence[float], chance: random.Random) -> float:
    return minutes[int(chance.random() * len(minutes))]


def _rest(minutes: Sequence[float], gone: float, chance: random.Random) -> float:
    """Return what is left of a stretch that has lasted `gone`; of one beyond all, a fresh half.

    What is as long as nothing ever was may end at any moment, or was forgotten.
    """
    longer = bisect_right(minutes, gone)
    if longer < len(minutes):
        return minutes[longer + int(chance.random() * (len(minutes) - longer))] - gone
    return chance.random() * _any_of(minutes, chance)


def _since(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds() / 60
