"""News are carried on in order, once each, and wait for a sink that is away."""

import threading
from datetime import timedelta

from queue_server.contracts.asks import SuspendHall
from queue_server.hooks.forwarding import Forwarder
from queue_server.usecases import standstill
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.hooks.receivers import Listener
from tests.queue_server.usecases.people import SUPERVISOR, do, issue


def forwarder(center: Center, listener: Listener) -> Forwarder:
    """Return a forwarder that has begun."""
    made = Forwarder(center, listener, threading.Event(), threading.Event())
    made._begin()
    return made


def stop_and_go(center: Center, reason: str = "fire alarm") -> None:
    """Let two things happen that are news."""
    do(center, SUPERVISOR, lambda act: standstill.suspend(act, SuspendHall(reason=reason)))
    do(center, SUPERVISOR, standstill.resume)


def told(listener: Listener) -> list[str]:
    """Return the types of what was taken."""
    return [one.type for one in listener.taken]


def test_what_is_news_is_told_in_order(center: Center) -> None:
    """Tickets are no news; an emergency is, with its reason and the center's name."""
    listener = Listener()
    carried = forwarder(center, listener)
    issue(center)
    stop_and_go(center)
    assert carried.forward()
    assert told(listener) == ["day_opened", "hall_suspended", "hall_resumed"]
    assert listener.taken[1].body()["reason"] == "fire alarm"
    assert listener.taken[1].id.startswith("DEMO:")


def test_nothing_is_told_twice(center: Center) -> None:
    """The cursor outlives the process: another forwarder goes on where the first one was."""
    listener = Listener()
    forwarder(center, listener).forward()
    stop_and_go(center)
    forwarder(center, listener).forward()
    forwarder(center, listener).forward()
    assert told(listener).count("hall_suspended") == 1


def test_a_new_sink_hears_of_what_happens_from_now_on(center: Center) -> None:
    """Nobody wants the alarms of last year."""
    stop_and_go(center)
    listener = Listener()
    forwarder(center, listener).forward()
    assert listener.taken == []


def test_a_sink_that_is_away_delays_only_itself(center: Center) -> None:
    """The news wait, in order, and the id stays the same for every try."""
    listener, other = Listener(away=3), Listener("other")
    carried, prompt = forwarder(center, listener), forwarder(center, other)
    stop_and_go(center)
    assert [carried.forward() for _ in range(4)] == [False, False, False, True]
    assert prompt.forward()
    assert told(listener) == told(other)


def test_a_refusal_is_left_out(center: Center) -> None:
    """What the receiver will never take does not stop what follows."""
    listener = Listener(refuses=1)
    carried = forwarder(center, listener)
    stop_and_go(center)
    assert carried.forward()
    assert told(listener) == ["hall_suspended", "hall_resumed"]


def test_old_news_are_given_up(center: Center, clock: HandClock) -> None:
    """After a day of trying the alarm is no news any more."""
    listener = Listener(away=2)
    carried = forwarder(center, listener)
    stop_and_go(center)
    assert not carried.forward()
    clock.pass_(hours=25)
    carried.forward()
    assert listener.tried >= 2
    assert "day_opened" not in told(listener)


def test_the_waits_grow_and_end(center: Center) -> None:
    """Each further try comes later, but within five minutes; the end is not waited for."""
    waits: list[float] = []
    listener = Listener(away=12)
    carried = forwarder(center, listener)
    stop_and_go(center)

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 11:
            carried.ended.set()

    carried.wait = wait
    carried.run()
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1.0, 300.0)
    assert timedelta(seconds=waits[-1]) <= timedelta(minutes=5)
