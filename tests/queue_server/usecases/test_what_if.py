"""Questions that are put to a center: nothing changes, one at a time, bad ones say why."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from queue_server.contracts.asks import SuspendHall
from queue_server.contracts.what_if import AskWhatIf, EffectRowOut, WhatIfOut
from queue_server.domain.beliefs import Arrivals
from queue_server.domain.errors import Forbidden, HallSuspended, TryLater
from queue_server.domain.hall_changes import ChangeImpossible
from queue_server.domain.what_if import LEAST
from queue_server.usecases import floor, foresight, standstill, what_if
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.foreseen import Learned
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant
from queue_server.usecases.what_if import Questions
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)

RECEPTIONIST = Actor("person", "receptionist", "receptionist")


def hurried() -> Questions:
    """Return questions whose time is always over: they make the least pairs."""
    return Questions(itertools.count(step=3600).__next__)


def ask(center: Center, *changes: dict[str, Any], actor: Actor = SUPERVISOR) -> WhatIfOut:
    """Ask what these changes would do."""
    wish = AskWhatIf.model_validate({"changes": list(changes)})
    return hurried().ask(center, actor, wish)


def fault(center: Center, *changes: dict[str, Any]) -> tuple[str | None, object]:
    """Return the field and the reason of a refusal."""
    with pytest.raises(ChangeImpossible) as refused:
        ask(center, *changes)
    return refused.value.field, refused.value.facts["why"]


def row(answer: WhatIfOut, who: str, group: str | None = None) -> EffectRowOut:
    """Return one row of an answer."""
    return next(each for each in answer.rows if (each.who, each.group) == (who, group))


@pytest.fixture
def crowded(center: Center, clock: HandClock) -> Center:
    """Window 3 alone for eight visitors of group E."""
    open_window(center, 3)
    for _ in range(9):
        issue(center, "E01")
    call_next(center, 3)
    clock.pass_(minutes=5)
    return center


def test_a_second_window_shortens_the_waits(crowded: Center) -> None:
    """The answer has the hall's log position, its rows by group, and both courses."""
    answer = ask(crowded, {"kind": "open", "window": 4})
    seen = do(crowded, SUPERVISOR, floor.picture)
    assert (answer.seq, answer.at, answer.norm) == (seen.seq, seen.at, seen.norm)
    assert answer.pairs == LEAST
    assert [row.group for row in answer.rows] == [None, "E"]
    all_ = row(answer, "waiting")
    assert all_.people == 8
    assert all_.mean.change.clear
    assert all_.mean.then < all_.mean.now
    assert all_.mean.change.low <= all_.mean.change.mean <= all_.mean.change.high < 0
    assert answer.now.waiting[0].middle == answer.then.waiting[0].middle == 8
    assert len(answer.points) == len(answer.then.waiting) == len(answer.then.newcomer) == 19
    assert answer.served == []


def test_what_is_believed_is_learned_at_the_question(crowded: Center) -> None:
    """Also while nothing was foreseen: whoever has just begun to come goes on coming."""

    def learn(act: Act) -> Learned:
        arrivals = Arrivals((20.0,) * 48, {"E01": 1.0})
        return Learned(replace(foresight.by_plan(act).beliefs, arrivals=arrivals))

    resting = foresight.Foresight(cpu=lambda: 0.0, learn=learn)
    assert resting.newest() is None
    answer = ask(replace(crowded, foresight=resting), {"kind": "open", "window": 4})
    assert row(answer, "coming", "E").people == pytest.approx(40, abs=8)


def test_asking_leaves_no_trace(crowded: Center) -> None:
    """No event, no window, no ticket changes."""
    seen = events(crowded), do(crowded, SUPERVISOR, floor.picture)
    ask(crowded, {"kind": "close", "window": 3}, {"kind": "open", "window": 4})
    hurried().advise(crowded, SUPERVISOR)
    assert (events(crowded), do(crowded, SUPERVISOR, floor.picture)) == seen


def test_the_same_question_has_the_same_answer(crowded: Center) -> None:
    """The log position is the seed: who asks again of the same hall hears the same."""
    wish = {"kind": "take", "window": 3, "groups": ["A"]}
    assert ask(crowded, wish) == ask(crowded, wish)


def test_closing_the_last_window_is_said(crowded: Center) -> None:
    """It is allowed; the services that nobody would take are named."""
    answer = ask(crowded, {"kind": "close", "window": 3})
    assert {"E01", "E02", "T01"} <= set(answer.unserved)
    again = ask(crowded, {"kind": "close", "window": 3}, {"kind": "open", "window": 6})
    assert not {each for each in again.unserved if each.startswith("E")}
    assert {each[0] for each in again.served} == {"F"}


def test_what_begins_later_is_looked_at_for_longer(crowded: Center, clock: HandClock) -> None:
    """A window that opens in two hours: the courses go on beyond that."""
    at = clock.at + timedelta(minutes=120)
    answer = ask(crowded, {"kind": "open", "window": 4, "at": instant(at)})
    assert answer.points[-1] == 180
    assert answer.coming == 150


def test_before_any_window_is_open_nobody_is_called(center: Center) -> None:
    """Then opening the first one is the whole difference."""
    issue(center, "E01")
    answer = ask(center, {"kind": "open", "window": 3})
    assert answer.now.waiting[-1].middle == 1
    assert answer.then.waiting[-1].middle == 0
    assert "E01" in answer.served


def test_a_window_opens_with_its_own_clerk_where_he_is_free(
    crowded: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else with whoever is told; a clerk who works elsewhere is refused, and an unknown one."""
    told: list[Any] = []
    changed = what_if.hall_changes.changed
    monkeypatch.setattr(
        what_if.hall_changes,
        "changed",
        lambda scene, changes, catalogue: (
            told.append(changes[0].clerk) or changed(scene, changes, catalogue)
        ),
    )
    ask(crowded, {"kind": "open", "window": 4})
    ask(crowded, {"kind": "open", "window": 4, "clerk": "clerk6"})
    assert told == ["clerk4", "clerk6"]
    busy = fault(crowded, {"kind": "open", "window": 4, "clerk": "clerk3"})
    assert busy == ("changes.0.clerk", "elsewhere")
    nobody = fault(crowded, {"kind": "open", "window": 4, "clerk": "nobody"})
    assert nobody == ("changes.0.clerk", "unknown_clerk")


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"kind": "open", "window": 99}, "window", "unknown_window"),
        ({"kind": "open", "window": 3}, "window", "open"),
        ({"kind": "close", "window": 4}, "window", "closed"),
        ({"kind": "open", "window": 4, "at": "ten"}, "at", "no_time"),
        ({"kind": "open", "window": 4, "at": "2026-11-23T10:00:00"}, "at", "no_time"),
        ({"kind": "open", "window": 4, "at": "2026-11-23T04:00:00Z"}, "at", "past"),
        ({"kind": "lunch", "window": 3, "at": "2026-11-24T04:00:00Z"}, "at", "far"),
        ({"kind": "take", "window": 3, "groups": ["Q"]}, "groups", "unknown_group"),
        ({"kind": "take", "window": 3, "services": ["Q01"]}, "services", "unknown_service"),
        ({"kind": "take", "window": 3}, "services", "nothing"),
        ({"kind": "take", "window": 3, "groups": ["E"]}, "services", "as_it_is"),
        ({"kind": "head_start", "category": "vip", "minutes": 5}, "category", "unknown_category"),
    ],
)
def test_a_bad_question_is_answered_at_its_field(
    crowded: Center, change: dict[str, Any], field: str, why: str
) -> None:
    """The place in the list, the field, a sentence, and a stable word."""
    assert fault(crowded, change) == (f"changes.0.{field}", why)


def test_whoever_may_not_see_the_floor_may_not_ask(crowded: Center) -> None:
    """Neither a plan nor advice."""
    with pytest.raises(Forbidden):
        ask(crowded, {"kind": "open", "window": 4}, actor=RECEPTIONIST)
    with pytest.raises(Forbidden):
        hurried().advise(crowded, clerk(3))


def test_a_hall_that_stands_still_has_no_future(crowded: Center) -> None:
    """While it is suspended there is nothing to ask."""
    wish = SuspendHall(reason="fire alarm")
    do(crowded, SUPERVISOR, lambda act: standstill.suspend(act, wish))
    with pytest.raises(HallSuspended):
        ask(crowded, {"kind": "open", "window": 4})


def test_one_question_at_a_time(crowded: Center) -> None:
    """While one is looked at another is refused, and after it the next one is taken."""
    reached, go_on = threading.Event(), threading.Event()
    ticks = itertools.count(step=3600)

    def elapsed() -> float:
        reached.set()
        assert go_on.wait(30)
        return next(ticks)

    questions = Questions(elapsed)
    wish = AskWhatIf.model_validate({"changes": [{"kind": "open", "window": 4}]})
    first = threading.Thread(target=questions.ask, args=(crowded, SUPERVISOR, wish))
    first.start()
    assert reached.wait(30)
    with pytest.raises(TryLater) as refused:
        questions.advise(crowded, SUPERVISOR)
    assert refused.value.facts == {"seconds": 3}
    go_on.set()
    first.join(30)
    assert questions.advise(crowded, SUPERVISOR).windows


def test_a_bad_question_does_not_block_the_next(crowded: Center) -> None:
    """What was refused is over."""
    questions = hurried()
    bad = AskWhatIf.model_validate({"changes": [{"kind": "open", "window": 99}]})
    for _ in range(2):
        with pytest.raises(ChangeImpossible):
            questions.ask(crowded, SUPERVISOR, bad)


def test_the_best_windows_are_advised(crowded: Center) -> None:
    """Of the closed windows those that take E, with their own clerks, the best first."""
    found = hurried().advise(crowded, SUPERVISOR)
    assert found.tried == 11
    assert {each.window for each in found.windows[:2]} <= {4, 5, 6}
    best = found.windows[0]
    assert best.clerk == f"clerk{best.window}"
    assert best.saved.clear
    assert best.saved.mean >= found.windows[1].saved.mean
    assert {each.who for each in best.rows} == {"waiting"}
