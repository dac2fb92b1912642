"""Integrity: the rules look at each day after its close, and controllers at what they find.

Nothing follows from an alert by itself. Whoever it is about does not settle it, and does not see
it without the right to settle the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from queue_server.contracts.integrity import AlertOut, AlertsOut, CheckedOut, State
from queue_server.contracts.messages import CenterEventType
from queue_server.domain.errors import Invalid
from queue_server.domain.integrity import alert as alerts
from queue_server.domain.integrity import digesting, registry
from queue_server.domain.integrity.alert import AlertState, Wanted, Word
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.digest import DAYS
from queue_server.domain.integrity.errors import UnknownAlert
from queue_server.domain.integrity.finding import Finding
from queue_server.usecases import alert_shapes, recording
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.records import ServiceDay
from queue_server.usecases.rights import right

#: an answer holds at most so many alerts
MOST: Final = 200
_DAY: Final = timedelta(days=1)
#: how far back the day before is looked for
_LONG_AGO: Final = timedelta(days=400)
_SAID: Final[dict[AlertState, CenterEventType]] = {
    AlertState.EXPLAINED: "alert_explained",
    AlertState.CONFIRMED: "alert_confirmed",
    AlertState.DISMISSED: "alert_dismissed",
}


def listed(center: Center, actor: Actor, state: str = "", rule: str = "") -> AlertsOut:
    """Return alerts; who may only read is not shown those about the own person.

    Raises Invalid naming `state` or `rule`.
    """
    actor.must("integrity:read")
    wanted = _wanted(actor, state, rule)
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        found = work.alerts.find(wanted, MOST + 1)
        counts = work.alerts.counts(wanted.hidden_from)
        return AlertsOut(
            alerts=list(alert_shapes.shown(act, found[:MOST])),
            more=len(found) > MOST,
            counts=_by_state(counts),
            rules=_of_state(counts, state),
        )


@right("integrity:settle")
def settle(act: Act, alert_id: str, to: AlertState, text: str) -> AlertOut:
    """Say what an alert was; the log keeps who did it and when, the text stands beside it.

    Raises UnknownAlert, OwnAlert for one about the own person, AlertSettled.
    """
    known = act.work.alerts.get(alert_id)
    if known is None:
        raise UnknownAlert
    after = alerts.settled(known, to, act.actor.name)
    act.work.alerts.put(after)
    word = act.work.alerts.add_word(Word(after.id, to, act.now, act.actor.name, text.strip()))
    recording.noted(act, _SAID[to], after.id, str(word.id))
    return next(alert_shapes.shown(act, [after]))


def found_today(center: Center, actor: Actor) -> tuple[Finding, ...]:
    """Return what the rules find in the open day so far; reads only, so nobody waits for it."""
    actor.must("integrity:settle")
    with center.read() as work:
        today = work.days.get(work.day) if work.day else None
        return registry.findings(_book(work, today, work.seq)) if today else ()


@right("integrity:settle")
def keep(act: Act, found: Iterable[Finding]) -> CheckedOut:
    """Keep what was found; what is known already is no second alert."""
    return CheckedOut(day=act.day.isoformat(), raised=_raise(act, found))


def is_due(center: Center) -> bool:
    """Return whether a day has ended that the rules have not looked at; reads only."""
    with center.read() as work:
        return work.catalogue_version > 0 and next(_unseen(work), None) is not None


def look_back(act: Act) -> None:
    """Look at the oldest day that has ended and was not looked at yet."""
    day = next(_unseen(act.work), None)
    if day is None or day.closed_seq is None:
        return
    book = _book(act.work, day, day.closed_seq)
    _raise(act, registry.findings(book))
    act.work.alerts.put_digest(day.day, day.closed_seq, digesting.digest(book))


def _wanted(actor: Actor, state: str, rule: str) -> Wanted:
    if state and state not in tuple(AlertState):
        known = ", ".join(AlertState)
        raise Invalid(f"There is no state {state!r}; there are: {known}.", field="state")
    if rule and rule not in (each.id for each in registry.RULES):
        raise Invalid(f"There is no rule {rule!r}; there are R1 to R19.", field="rule")
    return Wanted(state, rule, "" if actor.may("integrity:settle") else actor.name)


def _raise(act: Act, found: Iterable[Finding]) -> int:
    """Keep what findings make of alerts; return how many are new or open again."""
    count = 0
    for each in found:
        known = act.work.alerts.get(each.id)
        after = alerts.raised(each, known, act.now)
        if after is None:
            continue
        act.work.alerts.put(after)
        if known is None or after.state is not known.state:
            recording.noted(act, "alert_raised", after.id, each.rule)
            count += 1
    return count


def _unseen(work: UnitOfWork) -> Iterator[ServiceDay]:
    """Yield the days that have ended, or ended again, since the rules looked, the oldest first."""
    if work.day is None:
        return
    first = work.day - DAYS * _DAY
    seen = work.alerts.looked_at(first, work.day)
    for day in work.days.between(first, work.day):
        if day.closed_seq is not None and seen.get(day.day) != day.closed_seq:
            yield day


def _book(work: UnitOfWork, day: ServiceDay, last: int) -> DayBook:
    """Return a day for the rules, from the end of the day before: no event is looked at by none."""
    first = _after_the_day_before(work, day)
    earlier = work.alerts.digests(day.day - (DAYS - 1) * _DAY, day.day - _DAY)
    return DayBook(
        day=day.day.isoformat(),
        events=tuple(work.log.between(first, last)),
        catalogue=work.catalogues.current(),
        earlier=tuple(earlier),
        hash_before=work.log.hash_at(first - 1),
        hash_after=work.log.hash_at(last),
    )


def _after_the_day_before(work: UnitOfWork, day: ServiceDay) -> int:
    before = work.days.between(day.day - _LONG_AGO, day.day - _DAY)
    ended = before[-1].closed_seq if before else None
    return day.first_seq if ended is None else ended + 1


def _by_state(counts: alert_shapes.Counts) -> dict[State, int]:
    found: dict[State, int] = dict.fromkeys(alert_shapes.STATES, 0)
    for (state, _), count in counts.items():
        found[alert_shapes.state(AlertState(state))] += count
    return found


def _of_state(counts: alert_shapes.Counts, wanted: str) -> dict[str, int]:
    """Return rule → how many alerts in the state asked for, in the order of the rules."""
    found = dict.fromkeys((rule.id for rule in registry.RULES), 0)
    for (state, rule), count in counts.items():
        if wanted in ("", state):
            found[rule] = found.get(rule, 0) + count
    return {rule: count for rule, count in found.items() if count}
