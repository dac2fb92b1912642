from __future__ import annotations

import json
import re
from itertools import product

import pytest

from queue_server.client.inbox import Inbox, take
from tests.display_board.conftest import SCRIPTS
from tests.socket_hall import TOKEN, TOPIC, call

FOLLOW = """
([topic, token]) => {
  window.heard = [];
  const note = (what) => {
    window.heard.push(what);
    document.body.dataset.heard = JSON.stringify(window.heard);
  };
  window.feed = navbatFeed({
    topic: topic, token: token,
    onSnapshot: (body) => note(['snapshot', body.seq]),
    onEvent: (body) => { note(['event', body.seq]); if (body.fault) { throw new Error('fault'); } },
    onState: (state) => note(['state', state])
  });
}
"""


def listening(page, hall, **deadlines):
    """Open a page with the feed's script and nothing else, its deadlines in milliseconds."""
    script = (SCRIPTS / "feed.js").read_text()
    for name, milliseconds in deadlines.items():
        script, changed = re.subn(rf"var {name} = \d+;", f"var {name} = {milliseconds};", script)
        assert changed == 1
    page.route("**/feed.js", lambda route: route.fulfill(body=script))
    page.goto(f"{hall.url}/static/tokens.css")
    page.add_script_tag(url="/static/vendor/socket.io.min.js")
    page.add_script_tag(url="/static/feed.js")
    return page


@pytest.fixture
def ear(page, hall):
    """Return a page whose feed is patient: a busy machine is no lost server."""
    return listening(page, hall, ANSWER=30_000, QUIET=600_000)


def follow(page, topic=TOPIC, token=TOKEN):
    """Let the page follow a topic."""
    page.evaluate(FOLLOW, [topic, token])


def heard(page):
    """Return all that the page was told."""
    return [tuple(each) for each in page.evaluate("window.heard")]


def events(page):
    """Return the seqs of all events, as they came."""
    return [seq for kind, seq in heard(page) if kind == "event"]


def wait_for(page, what, times=1):
    """Wait till the feed has said this so many times; `evaluate` breaks no security policy."""
    wanted = json.dumps(what)
    for _ in range(1200):
        if [list(each) for each in heard(page)].count(json.loads(wanted)) >= times:
            return
        page.wait_for_timeout(50)
    raise AssertionError(heard(page))


def test_snapshot_then_events(ear, hall):
    """A page gets a snapshot, is connected, and then gets each event once and in order."""
    hall.publish(call("A001", 1), call("A002", 2))
    follow(ear)
    wait_for(ear, ["state", "connected"])
    hall.publish(*[call(f"A{n:03}", 1) for n in range(3, 30)])
    wait_for(ear, ["event", 29])
    assert heard(ear)[0] == ("snapshot", 2)
    assert events(ear) == list(range(3, 30))


def test_kills(ear, hall):
    """Over kills of the server a page resumes without a gap and without a double."""
    follow(ear)
    wait_for(ear, ["state", "connected"])
    for round_ in (1, 2):
        hall.publish(*[call(f"A{n:03}", n) for n in range(1, 6)])
        wait_for(ear, ["event", round_ * 10 - 5])
        hall.publish(*[call(f"B{n:03}", n) for n in range(1, 6)], drop=True)
        hall.kill()
        wait_for(ear, ["state", "lost"], round_)
        hall.start()
        wait_for(ear, ["event", round_ * 10])
    assert events(ear) == list(range(1, 21))


def test_gap(ear, hall):
    """Events lost on the way are asked for as soon as a later one shows that they are missing."""
    follow(ear)
    wait_for(ear, ["state", "connected"])
    hall.publish(call("A001", 1))
    hall.publish(call("A002", 2), call("A003", 3), drop=True)
    hall.publish(call("A004", 4))
    wait_for(ear, ["event", 4])
    assert events(ear) == [1, 2, 3, 4]


def test_restored_backup(ear, hall):
    """After a restore the log is shorter: the page takes the snapshot and follows on."""
    follow(ear)
    wait_for(ear, ["state", "connected"])
    hall.publish(*[call(f"A{n:03}", n) for n in range(1, 9)])
    wait_for(ear, ["event", 8])
    hall.kill()
    hall.restore(3)
    hall.start()
    wait_for(ear, ["snapshot", 3])
    hall.publish(call("B001", 1))
    wait_for(ear, ["event", 4], 2)


def test_freeze(page, hall):
    """A server that stands still is asked after a while of silence, and is lost if it is dumb."""
    listening(page, hall, ANSWER=1000, QUIET=500)
    follow(page)
    wait_for(page, ["state", "connected"])
    hall.publish(call("A001", 1), drop=True)
    wait_for(page, ["event", 1])
    hall.freeze()
    wait_for(page, ["state", "lost"])
    hall.thaw()
    wait_for(page, ["state", "connected"], 2)


def test_refused(ear, hall):
    """A wrong token and an unknown topic are `lost`; a page that stops hears nothing more."""
    follow(ear, token="wrong")
    wait_for(ear, ["state", "lost"])
    ear.evaluate("window.feed.stop()")
    follow(ear, topic="hall.9")
    wait_for(ear, ["state", "lost"])
    ear.evaluate("window.feed.stop()")
    assert heard(ear) == [("state", "lost")]


def test_failing_owner(ear, hall):
    """A callback that throws costs its own event, not the feed."""
    follow(ear)
    wait_for(ear, ["state", "connected"])
    hall.publish(call("A001", 1, fault=True), drop=True)
    hall.publish(call("A002", 2), call("A003", 3))
    wait_for(ear, ["event", 3])
    assert events(ear) == [1, 2, 3]


SEQUENCES = [
    [("event", 2, 1), ("event", 1, 0), ("event", 3, 2)],
    [("event", 6, 5), ("snapshot", 5, 0), ("event", 4, 3), ("event", 7, 6)],
    [("event", 9, 4), ("event", 20, 9), ("event", 20, 9)],
    [("snapshot", 3, 0), ("event", 5, 4), ("event", 4, 3)],
    [("event", 3, 2), ("event", 3, 2), ("snapshot", 2, 0)],
]


TAKE = """
([last, messages]) => {
  let inbox = {last: last, early: []}, told = [];
  for (const [kind, seq, prev] of messages) {
    const next = navbatFeed.take(inbox, kind, {seq: seq, prev: prev});
    inbox = next.inbox;
    told = told.concat(next.deliveries.map((d) => [d.kind, d.payload.seq]));
  }
  return [inbox.last, inbox.early.map((e) => e.seq), told];
}
"""


def test_same_order_as_the_native_feed(page):
    """Page and native board put the same messages in the same order."""
    page.add_script_tag(path=SCRIPTS / "feed.js")
    for last, messages in product([None, 0, 3, 7, 90], SEQUENCES):
        inbox, told = Inbox(last), []
        for kind, seq, prev in messages:
            inbox, deliveries = take(inbox, kind, {"seq": seq, "prev": prev})
            told += [[d.kind, d.payload["seq"]] for d in deliveries]
        found = page.evaluate(TAKE, [last, [list(message) for message in messages]])
        assert found == [inbox.last, [early["seq"] for early in inbox.early], told]
