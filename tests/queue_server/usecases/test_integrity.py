"""Integrity: raised after the day's close, settled by others than whom it is about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from queue_server.contracts.asks import CallTicket, CloseDay
from queue_server.contracts.integrity import AlertOut, AlertsOut
from queue_server.domain import ledger
from queue_server.domain.errors import Forbidden, Invalid
from queue_server.domain.integrity.alert import AlertState
from queue_server.domain.integrity.errors import AlertSettled, OwnAlert, UnknownAlert
from queue_server.domain.integrity.finding import Case, Evidence, Finding, Subject
from queue_server.usecases import chores, integrity, serving, shifts, standstill
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
    types,
)

CORA = Actor("person", "controller", "controller")
ADMINISTRATOR = Actor("person", "administrator", "administrator")
TODAY = date(2026, 11, 23)


def a_finding(about: str = "clerk1", rule: str = "R1", count: int = 1) -> Finding:
    """Return something found about somebody."""
    cases = tuple(Case(n, (n,), f"A{n:03}", 1) for n in range(1, count + 1))
    return Finding(rule, TODAY.isoformat(), Subject("person", about), Evidence(count, 1), cases)


def raise_(center: Center, *found: Finding) -> int:
    """Keep findings as if the rules had found them."""
    return do(center, CORA, lambda act: integrity.keep(act, found)).raised


def listed(center: Center, actor: Actor = CORA, **wanted: str) -> AlertsOut:
    """Return what somebody is shown."""
    return integrity.listed(center, actor, **wanted)


def settle(
    center: Center, alert: str, to: str = "explained", by: Actor = CORA, text: str = "Seen."
) -> AlertOut:
    """Let somebody say what an alert was."""
    return do(center, by, lambda act: integrity.settle(act, alert, AlertState(to), text))


def pick_by_hand(center: Center, clock: HandClock, count: int) -> None:
    """Let the clerk of window 1 call so many visitors out of order, and say why."""
    open_window(center, 1)
    for _ in range(count):
        first, second = issue(center), issue(center)
        wish = CallTicket(ticket=second.id, reason="asked for")
        do(center, clerk(1), lambda act, wish=wish: serving.call_this(act, 1, wish))
        clock.pass_(minutes=3)
        do(center, clerk(1), lambda act, of=second.id: serving.start(act, of, None))
        clock.pass_(minutes=3)
        called = call_next(center, 1)
        assert called is not None
        assert called.id == first.id
        clock.pass_(minutes=3)
        do(center, clerk(1), lambda act, of=first.id: serving.start(act, of, None))
        clock.pass_(minutes=3)
        call_next(center, 1)


def close_day(center: Center) -> None:
    """End the day."""
    do(center, clerk(1), lambda act: shifts.close_window(act, 1))
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))


def test_the_rules_look_at_a_day_when_it_has_ended(center: Center, clock: HandClock) -> None:
    """Once, and never at the open day by themselves; what they find is an alert with its events."""
    pick_by_hand(center, clock, 6)
    assert not integrity.is_due(center)
    close_day(center)
    assert integrity.is_due(center)
    chores.look_after(center)
    assert not integrity.is_due(center)
    (alert,) = listed(center).alerts
    assert (alert.rule, alert.state, alert.day) == ("R2", "open", "2026-11-23")
    assert (alert.subject.kind, alert.subject.key) == ("person", "clerk1")
    assert alert.subject.name not in ("", "clerk1")
    assert alert.evidence.observed == pytest.approx(0.5)
    log = {event["seq"]: event for event in events(center)}
    assert [log[seq]["type"] for seq in alert.seqs] == ["ticket_called"] * 6
    assert types(center)[-1] == "alert_raised"


def test_looking_again_makes_no_double(center: Center, clock: HandClock) -> None:
    """On demand for the open day, as often as one likes, and at the close once more."""
    pick_by_hand(center, clock, 6)
    for expected in (1, 0):
        found = integrity.found_today(center, CORA)
        assert do(center, CORA, lambda act, f=found: integrity.keep(act, f)).raised == expected
    close_day(center)
    chores.look_after(center)
    assert len(listed(center).alerts) == 1
    assert types(center).count("alert_raised") == 1


def test_a_day_that_goes_on_is_looked_at_again(center: Center, clock: HandClock) -> None:
    """A day that was closed and opened again ends a second time."""
    pick_by_hand(center, clock, 1)
    close_day(center)
    chores.look_after(center)
    do(center, SUPERVISOR, standstill.resume)
    assert not integrity.is_due(center)
    pick_by_hand(center, clock, 6)
    close_day(center)
    assert integrity.is_due(center)
    chores.look_after(center)
    assert [alert.rule for alert in listed(center).alerts] == ["R2"]


def test_each_event_is_looked_at_by_one_day(center: Center, clock: HandClock) -> None:
    """What happens after a close belongs to the next day, so its chain holds from the first on."""
    pick_by_hand(center, clock, 1)
    close_day(center)
    chores.look_after(center)
    clock.pass_(days=1)
    pick_by_hand(center, clock, 1)
    close_day(center)
    # the first day ended a second time when the next one began
    for _ in ("the first", "the second"):
        chores.look_after(center)
    assert not integrity.is_due(center)
    assert listed(center).alerts == []
    with center.read() as work:
        seen = work.alerts.looked_at(TODAY, TODAY + timedelta(days=1))
        assert ledger.verify(work.log.sealed(), work.seq, work.head_hash) is None
        known = work.days.between(TODAY, TODAY + timedelta(days=1))
    assert seen == {day.day: day.closed_seq for day in known}
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("to", "event"),
    [
        ("explained", "alert_explained"),
        ("confirmed", "alert_confirmed"),
        ("dismissed", "alert_dismissed"),
    ],
)
def test_a_controller_says_what_an_alert_was(
    center: Center, clock: HandClock, to: str, event: str
) -> None:
    """The state follows, the text stands beside the log, and the log says who and when."""
    raise_(center, a_finding())
    clock.pass_(minutes=5)
    alert = settle(center, a_finding().id, to, text="  The visitor was ill.  ")
    assert alert.state == to
    (word,) = alert.words
    assert (word.text, word.state, word.by.login) == ("The visitor was ill.", to, "controller")
    said = events(center)[-1]
    assert (said["type"], said["subject"], said["detail"]) == (event, alert.id, str(word.id))
    assert said["actor"] == {"kind": "person", "name": "controller", "role": "controller"}
    assert "ill" not in str(events(center))


def test_an_explained_alert_may_still_be_judged_and_a_judged_one_not(center: Center) -> None:
    """Explained, then dismissed, then final; both words stay."""
    raise_(center, a_finding())
    assert settle(center, a_finding().id).steps == ["confirm", "dismiss"]
    after = settle(center, a_finding().id, "dismissed", text="There was nothing to it.")
    assert (after.steps, len(after.words)) == ([], 2)
    with pytest.raises(AlertSettled):
        settle(center, a_finding().id, "confirmed")


def test_nobody_settles_an_alert_about_themself(center: Center) -> None:
    """Not even a controller: the alert stays open, nothing is written, and the reader is told."""
    own = a_finding("controller")
    raise_(center, own)
    before = len(events(center))
    for to in ("explained", "confirmed", "dismissed"):
        with pytest.raises(OwnAlert):
            settle(center, own.id, to)
    (alert,) = listed(center).alerts
    assert (alert.own, alert.steps, alert.state, alert.words) == (True, [], "open", [])
    assert len(events(center)) == before
    other = Actor("person", "second", "controller")
    assert settle(center, own.id, by=other).state == "explained"


@pytest.mark.parametrize("role", ["supervisor", "administrator", "analyst", "clerk"])
def test_only_a_controller_settles(center: Center, role: str) -> None:
    """Whoever else reads alerts can change nothing, nor let the rules look."""
    raise_(center, a_finding())
    actor = Actor("person", role, role)
    with pytest.raises(Forbidden):
        settle(center, a_finding().id, by=actor)
    with pytest.raises(Forbidden):
        integrity.found_today(center, actor)
    with pytest.raises(Forbidden):
        do(center, actor, lambda act: integrity.keep(act, ()))


def test_who_only_reads_does_not_see_the_own_alerts(center: Center) -> None:
    """Neither listed nor counted; the others are, without a step to take."""
    raise_(center, a_finding("supervisor"), a_finding("administrator"), a_finding())
    for actor in (SUPERVISOR, ADMINISTRATOR):
        shown = listed(center, actor)
        assert {alert.subject.key for alert in shown.alerts} == {
            "supervisor",
            "administrator",
            "clerk1",
        } - {actor.name}
        assert shown.counts["open"] == 2
        assert shown.rules == {"R1": 2}
        assert all(alert.steps == [] for alert in shown.alerts)
    assert len(listed(center).alerts) == 3
    with pytest.raises(Forbidden):
        listed(center, clerk(1))


def test_alerts_are_listed_by_state_and_rule(center: Center) -> None:
    """A state or a rule that there is not is refused by name."""
    raise_(center, a_finding(), a_finding(rule="R8"))
    settle(center, a_finding().id)
    assert [alert.rule for alert in listed(center, state="open").alerts] == ["R8"]
    assert [alert.rule for alert in listed(center, rule="R1").alerts] == ["R1"]
    assert listed(center, state="explained").rules == {"R1": 1}
    assert listed(center).counts == {"open": 1, "explained": 1, "confirmed": 0, "dismissed": 0}
    for wanted in ({"state": "shut"}, {"rule": "R20"}):
        with pytest.raises(Invalid) as refused:
            listed(center, **wanted)
        assert refused.value.field in wanted


def test_more_of_the_same_opens_an_alert_again(center: Center) -> None:
    """What was said of two calls was not said of three; the words stay."""
    raise_(center, a_finding(count=2))
    settle(center, a_finding().id)
    assert raise_(center, a_finding(count=2)) == 0
    assert raise_(center, a_finding(count=3)) == 1
    (alert,) = listed(center).alerts
    assert (alert.state, alert.evidence.observed, len(alert.words)) == ("open", 3, 1)
    assert types(center).count("alert_raised") == 2


def test_what_is_not_there_is_not_settled(center: Center) -> None:
    """An unknown alert is unknown."""
    with pytest.raises(UnknownAlert):
        settle(center, "nothing")
