from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.client.inbox import ROOM, Inbox, take


def event(seq, prev=None):
    """Return an event that follows on the one before, or on `prev`."""
    return {"seq": seq, "prev": seq - 1 if prev is None else prev}


def deliver(messages, inbox=None):
    """Return what an owner is told of the messages, as (kind, seq), and the inbox after them."""
    told, inbox = [], inbox or Inbox()
    for kind, payload in messages:
        inbox, deliveries = take(inbox, kind, payload)
        told += [(delivery.kind, delivery.payload["seq"]) for delivery in deliveries]
    return told, inbox


@settings(deadline=None)
@given(st.permutations(range(1, 9)))
def test_overtaken(order):
    """In whatever order events arrive, each is delivered once and in the order of the log."""
    told, inbox = deliver([("event", event(seq)) for seq in order], Inbox(last=0))
    assert told == [("event", seq) for seq in range(1, 9)]
    assert inbox.early == ()


@settings(deadline=None)
@given(st.permutations(["snapshot", 4, 5, 6, 7, 8]))
def test_overtaken_snapshot(order):
    """Events that overtake the first snapshot wait for it; those in it already are dropped."""
    messages = [
        ("snapshot", {"seq": 5}) if what == "snapshot" else ("event", event(what)) for what in order
    ]
    told, _ = deliver(messages)
    assert told == [("snapshot", 5), ("event", 6), ("event", 7), ("event", 8)]


@settings(deadline=None)
@given(st.lists(st.integers(1, 6)))
def test_never_double(seqs):
    """However often an event comes, it is delivered at most once."""
    told, _ = deliver([("event", event(seq)) for seq in seqs], Inbox(last=0))
    assert len(told) == len(set(told))


def test_gap():
    """After a lost event nothing is delivered till it comes."""
    told, inbox = deliver([("event", event(1)), ("event", event(3))], Inbox(last=0))
    assert told == [("event", 1)]
    assert [early["seq"] for early in inbox.early] == [3]
    told, inbox = deliver([("event", event(2))], inbox)
    assert told == [("event", 2), ("event", 3)]


def test_numbers_of_other_topics():
    """Numbers that were given to other topics are no gap: `prev` names this topic's last event."""
    told, _ = deliver([("event", event(9, prev=4)), ("event", event(20, prev=9))], Inbox(last=7))
    assert told == [("event", 9), ("event", 20)]


def test_snapshot_of_a_restored_log():
    """A snapshot is believed even when it is older than what was delivered."""
    told, inbox = deliver([("snapshot", {"seq": 3}), ("event", event(4))], Inbox(last=90))
    assert told == [("snapshot", 3), ("event", 4)]
    assert inbox.last == 4


def test_bounded():
    """A flood behind a gap is not kept for ever."""
    _, inbox = deliver([("event", event(seq)) for seq in range(2, ROOM + 3)], Inbox(last=0))
    assert len(inbox.early) <= ROOM


def test_unreadable():
    """A message without a seq changes nothing."""
    assert deliver([("event", {}), ("snapshot", {"seq": "4"})], Inbox(last=2)) == (
        [],
        Inbox(last=2),
    )
