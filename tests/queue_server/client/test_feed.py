from __future__ import annotations

import queue
import threading

import pytest

from queue_server.client.feed import Feed, Patience, backoff
from tests.socket_hall import TOKEN, TOPIC, call

#: the real deadlines in quick motion
QUICK = Patience(connect=2.0, answer=1.0, quiet=0.5, overtaken=0.1, retry=0.2)
PATIENT = Patience(connect=30.0, answer=30.0, quiet=600.0, overtaken=0.2, retry=0.2)
DEADLINE = 60


class Owner:
    """Hears a feed and lets a test wait for what it needs to hear."""

    def __init__(self, hall, patience=PATIENT, token=TOKEN, topic=TOPIC):
        self.heard = []
        self.threads = set()
        self._new = threading.Condition()
        self.feed = Feed(
            hall.url,
            token,
            topic,
            on_snapshot=lambda body: self._hear("snapshot", body["seq"]),
            on_event=lambda body: self._hear("event", body["seq"]),
            on_state=lambda state: self._hear("state", state),
            patience=patience,
        )

    def _hear(self, kind, what):
        with self._new:
            self.heard.append((kind, what))
            self.threads.add(threading.current_thread())
            self._new.notify_all()

    def wait(self, *heard):
        """Wait till this was heard."""
        with self._new:
            assert self._new.wait_for(lambda: set(heard) <= set(self.heard), DEADLINE), self.heard

    def wait_for_times(self, many, heard):
        """Wait till this was heard so many times."""
        with self._new:
            assert self._new.wait_for(lambda: self.heard.count(heard) >= many, DEADLINE), self.heard

    def wait_for_seq(self, seq):
        """Wait till this event, or a snapshot that holds it, was delivered."""
        with self._new:
            assert self._new.wait_for(lambda: self.reached >= seq, DEADLINE), self.heard

    @property
    def reached(self):
        """Return the seq that the owner has got to."""
        return max((what for kind, what in self.heard if kind != "state"), default=-1)

    @property
    def events(self):
        """Return the seqs of all events, as they came."""
        return [what for kind, what in self.heard if kind == "event"]

    def __enter__(self):
        self.feed.start()
        return self

    def __exit__(self, *_):
        self.feed.stop()


@pytest.fixture
def hall(socket_hall):
    """A hall that serves, in which nothing has happened yet."""
    socket_hall.forget()
    return socket_hall


def test_snapshot_then_events(hall):
    """A new feed gets a snapshot, is connected, and then gets each event once and in order."""
    hall.publish(call("A001", 1), call("A002", 2))
    with Owner(hall) as owner:
        owner.wait(("state", "connected"))
        hall.publish(*[call(f"A{n:03}", 1) for n in range(3, 40)])
        owner.wait_for_seq(39)
    assert owner.heard[0] == ("snapshot", 2)
    assert owner.events == list(range(3, 40))
    assert len(owner.threads) == 1


def test_kills(hall):
    """Over kills of the server the feed resumes without a gap and without a double."""
    with Owner(hall) as owner:
        owner.wait(("state", "connected"))
        for round_ in range(1, 4):
            hall.publish(*[call(f"A{n:03}", n) for n in range(1, 6)])
            owner.wait_for_seq(round_ * 10 - 5)
            hall.publish(*[call(f"B{n:03}", n) for n in range(1, 6)], drop=True)
            hall.kill()
            owner.wait_for_times(round_, ("state", "lost"))
            hall.start()
            owner.wait_for_seq(round_ * 10)
    assert owner.events == list(range(1, 31))
    assert [kind for kind, _ in owner.heard].count("snapshot") == 1


def test_gap(hall):
    """Events lost on the way are asked for as soon as a later one shows that they are missing."""
    with Owner(hall) as owner:
        owner.wait(("state", "connected"))
        hall.publish(call("A001", 1))
        hall.publish(call("A002", 2), call("A003", 3), drop=True)
        hall.publish(call("A004", 4))
        owner.wait_for_seq(4)
    assert owner.events == [1, 2, 3, 4]
    assert ("state", "lost") not in owner.heard


def test_lost_tail(hall):
    """The last event of the day, lost on the way, comes by itself: a quiet line is asked again."""
    with Owner(hall, QUICK) as owner:
        owner.wait(("state", "connected"))
        hall.publish(call("A001", 1), drop=True)
        owner.wait_for_seq(1)
    assert owner.events == [1]


def test_freeze(hall):
    """A server that stands still is noticed though its connection is open; then it goes on."""
    with Owner(hall, QUICK) as owner:
        owner.wait(("state", "connected"))
        hall.freeze()
        owner.wait(("state", "lost"))
        hall.thaw()
        owner.wait_for_times(2, ("state", "connected"))
        owner.wait_for_seq(hall.publish(call("A001", 1)))
    assert owner.events == [1]


def test_frozen_for_twenty_seconds_at_most():
    """With the deadlines as shipped, a frozen server is known within 20 s."""
    patience = Patience()
    assert patience.quiet + patience.answer <= 20


def test_restored_backup(hall):
    """After a restore the log is shorter: the feed takes the snapshot and follows on."""
    with Owner(hall) as owner:
        owner.wait(("state", "connected"))
        owner.wait_for_seq(hall.publish(*[call(f"A{n:03}", n) for n in range(1, 9)]))
        hall.kill()
        hall.restore(3)
        hall.start()
        owner.wait(("snapshot", 3))
        hall.publish(call("B001", 1))
        owner.wait_for_times(2, ("event", 4))
    assert owner.events == [*range(1, 9), 4]


def test_refusals(hall):
    """A wrong token, an unknown topic and no server at all are `lost`, never an error."""
    with Owner(hall, token="wrong") as stranger, Owner(hall, topic="hall.9") as elsewhere:
        stranger.wait(("state", "lost"))
        elsewhere.wait(("state", "lost"))
    hall.kill()
    with Owner(hall) as nobody:
        nobody.wait(("state", "lost"))
    assert stranger.heard == elsewhere.heard == nobody.heard == [("state", "lost")]


def test_stop(hall):
    """`stop` ends the thread even while the server is frozen, and nothing is heard any more."""
    owner = Owner(hall, QUICK)
    with owner:
        owner.wait(("state", "connected"))
        hall.freeze()
    heard = list(owner.heard)
    hall.thaw()
    hall.publish(call("A001", 1))
    assert owner.heard == heard


def test_failing_owner(hall):
    """An owner whose callback fails loses that event, not the feed."""
    heard, connected = queue.Queue(), threading.Event()

    def fail_once(body):
        if body["seq"] == 1:
            raise ValueError
        heard.put(body["seq"])

    feed = Feed(
        hall.url,
        TOKEN,
        TOPIC,
        on_snapshot=lambda body: heard.put("ready"),
        on_event=fail_once,
        on_state=lambda state: connected.set(),
        patience=PATIENT,
    )
    feed.start()
    assert connected.wait(DEADLINE)
    hall.publish(call("A001", 1), drop=True)
    hall.publish(call("A002", 2), call("A003", 3))
    assert [heard.get(timeout=DEADLINE) for _ in range(3)] == ["ready", 2, 3]
    feed.stop()


def test_backoff():
    """Tries come less and less often, never rarer than the limit, and spread over half of it."""
    assert [backoff(n, 5.0, 1.0) for n in range(6)] == [0.5, 1, 2, 4, 5, 5]
    assert backoff(1000, 5.0, 0.0) == 2.5
