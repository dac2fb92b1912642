"""What keeps the outlook fresh, and what it costs."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import Any, Self

import pytest

from queue_server.domain.waiting import LEAST, Outlook
from queue_server.usecases import foresight as module
from queue_server.usecases.foreseen import Foreseen
from queue_server.usecases.foresight import BUDGET, REST, Foresight, by_history, by_plan, learned
from queue_server.usecases.ports import Center
from queue_server.usecases.remembering import Memory
from tests.conftest import HandClock
from tests.queue_server.usecases.foretelling import Cost, Teller, foreseeing, look
from tests.queue_server.usecases.people import SUPERVISOR, call_next, do, issue, open_window


def newest(center: Center) -> Foreseen:
    """Return what was foreseen last."""
    found = center.foresight.newest()
    assert found is not None
    return found


def test_nothing_is_foreseen_before_the_first_look(center: Center) -> None:
    """The command line and the tests get along without."""
    assert center.foresight.newest() is None
    assert center.foresight.doings().refreshes == 0


def test_a_look_keeps_the_outlook_and_where_everybody_stood(center: Center) -> None:
    """Its day and catalogue, the lines by letter, and that the hall is busy."""
    ticket = issue(center, "A02")
    seen = newest(foreseeing(center))
    with center.read() as work:
        assert (seen.day, seen.version, seen.seq) == (work.day, work.catalogue_version, work.seq)
    assert [id_ for _, id_ in seen.lines["A"]] == [ticket.id]
    assert seen.seen[ticket.id].service == "A02"
    assert seen.busy
    assert seen.outlook.newcomers["E01"] is not None


def test_an_idle_hall_is_known_to_be_idle(center: Center) -> None:
    """Open windows alone are no reason to look again and again."""
    open_window(center, 1)
    assert not newest(foreseeing(center)).busy
    issue(center, "A02")
    call_next(center, 1)
    assert newest(foreseeing(center)).busy


def test_what_it_costs_is_counted(center: Center) -> None:
    """Refreshes, processor time, runs, and when."""
    seeing = foreseeing(center, Teller(runs=33), cpu=Cost(0.01))
    look(seeing)
    done = seeing.foresight.doings()
    assert (done.refreshes, done.runs, done.at) == (2, 33, center.clock.now())
    assert done.last_seconds == pytest.approx(0.02)
    assert done.seconds == pytest.approx(0.04)
    assert done.fallbacks == {}


def test_it_is_enough_once_the_budget_is_spent(center: Center) -> None:
    """What predicts is told so by the processor's clock, not by the wall's."""
    teller = Teller()
    seeing = foreseeing(center, teller, cpu=Cost(BUDGET / 2))
    assert teller.enough == [False]
    dear = Teller()
    foreseeing(seeing, dear, cpu=Cost(BUDGET * 1.01))
    assert dear.enough == [True]


def test_three_times_too_dear_is_too_dear(
    center: Center, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Then waits are reckoned the quick way for a while, which is said once and counted."""
    teller = Teller(runs=LEAST)
    seeing = foreseeing(center, teller, cpu=Cost(BUDGET))
    look(seeing)
    assert seeing.foresight.newest() is not None
    with caplog.at_level(logging.WARNING):
        look(seeing)
        look(seeing)
    assert seeing.foresight.newest() is None
    assert seeing.foresight.doings().fallbacks == {"budget": 1}
    assert (len(teller.halls), len(caplog.records)) == (3, 1)
    clock.at += REST
    look(seeing)
    assert len(teller.halls) == 4


def test_many_runs_may_take_long(center: Center) -> None:
    """Beyond the least number they end with the budget: that is how it is meant."""
    seeing = foreseeing(center, Teller(runs=LEAST + 1), cpu=Cost(BUDGET))
    for _ in range(5):
        look(seeing)
    assert seeing.foresight.newest() is not None


def test_a_fault_costs_the_outlook_and_no_more(
    center: Center, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    """One line without a traceback; after a while it is tried again."""
    broken = [ZeroDivisionError("nobody")]

    def predict(*_: Any, **__: Any) -> Outlook:
        if broken:
            raise broken.pop()
        return Outlook(clock.now(), 40)

    with caplog.at_level(logging.WARNING):
        seeing = foreseeing(center, predict=predict)
    assert seeing.foresight.newest() is None
    assert seeing.foresight.doings().fallbacks == {"error": 1}
    (line,) = caplog.records
    assert (line.exc_info, "nobody" in line.getMessage()) == (None, True)
    look(seeing)
    assert seeing.foresight.newest() is None
    clock.at += REST
    look(seeing)
    assert seeing.foresight.newest() is not None


def test_a_clock_that_goes_back_ends_the_rest(center: Center, clock: HandClock) -> None:
    """A rest that would last for a day is none."""

    def predict(*_: Any, **__: Any) -> Outlook:
        raise ZeroDivisionError

    seeing = foreseeing(center, predict=predict)
    clock.pass_(days=-1)
    look(seeing)
    assert seeing.foresight.doings().fallbacks == {"error": 2}


def test_the_days_before_are_asked_now_and_then(center: Center, clock: HandClock) -> None:
    """Every ten minutes, and at once for a new catalogue or a new day."""
    asked: list[object] = []

    def learn(act: Any) -> Any:
        asked.append(act.now)
        return by_plan(act)

    seeing = foreseeing(center, learn=learn)
    look(seeing)
    assert len(asked) == 1
    clock.pass_(minutes=10)
    look(seeing)
    assert len(asked) == 2
    with center.write() as work:
        work.catalogues.add(work.catalogues.document(), "test", clock.now())
    look(seeing)
    assert len(asked) == 3
    clock.pass_(days=1)
    issue(center)
    look(seeing)
    assert len(asked) == 4


def test_a_center_without_a_catalogue_is_not_looked_at(center: Center) -> None:
    """There is nothing to foresee, and nothing breaks."""

    class Empty:
        day = None
        catalogue_version = 0

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

    seeing = foreseeing(replace(center, read=Empty))
    assert seeing.foresight.newest() is None
    assert seeing.foresight.doings().fallbacks == {}


def test_the_thread_looks_when_something_happens(center: Center) -> None:
    """Once when it begins, then after what is stirred; it ends at once."""
    looks = threading.Semaphore(0)
    foresight = Foresight(Cost(), predict=Teller(), told=looks.release)
    seeing = replace(center, foresight=foresight)
    thread = threading.Thread(target=foresight.run, args=(seeing,))
    thread.start()
    try:
        assert looks.acquire(timeout=20)
        issue(center, "A02")
        foresight.stirred.set()
        assert looks.acquire(timeout=20)
    finally:
        foresight.stop()
        thread.join(20)
    assert not thread.is_alive()
    assert newest(seeing).busy


def test_an_idle_hall_is_let_sleep(center: Center) -> None:
    """A busy one is looked at again by itself, an idle one only when something happens."""
    seeing = foreseeing(center)
    assert isinstance(seeing.foresight, Foresight)
    assert seeing.foresight._pause() is None
    issue(center, "A02")
    look(seeing)
    assert seeing.foresight._pause() == module.LOOK


def test_the_real_prediction_tells_a_hall_with_history(center: Center) -> None:
    """From the books to minutes, through everything that a running center has."""
    for _ in range(3):
        issue(center, "A02")
    open_window(center, 1)
    seeing = replace(center, foresight=Foresight(Cost(), by_history(Memory())))
    look(seeing)
    wait = newest(seeing).outlook.newcomers["A02"]
    assert wait is not None
    assert (wait.by, 0 <= wait.low <= wait.minutes <= wait.high) == ("simulated", True)
    assert newest(seeing).outlook.newcomers["E01"] is None or open_elsewhere(center)


def open_elsewhere(center: Center) -> bool:
    """Return whether window 1 takes E01."""
    with center.read() as work:
        return "E01" in work.catalogues.current().window(1).takes


def test_what_is_learned_may_be_read_by_others(center: Center) -> None:
    """What-ifs use the beliefs in force, and the plan before there are any."""
    seeing = foreseeing(center)
    found = do(seeing, SUPERVISOR, learned)
    assert found is newest(seeing).learned
    assert do(center, SUPERVISOR, learned).beliefs.means
