"""The tamper-evident ledger, checked also by a verifier that knows only its documented form."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import ledger
from queue_server.domain.ledger import GENESIS, Broken, Sealed, canonical, seal, verify

WORDS = st.text(max_size=8)
PLAIN = st.one_of(WORDS, st.integers(-(2**53), 2**53), st.booleans(), st.none(), st.lists(WORDS))
EVENTS = st.dictionaries(st.text("abcdefg_", min_size=1, max_size=4), PLAIN, max_size=4)
LOGS = st.lists(EVENTS, min_size=1, max_size=5)


def chained(events, *, start: str = GENESIS) -> list[Sealed]:
    """Seal events one after the other, as the log does."""
    log: list[Sealed] = []
    for event in events:
        log.append(seal(event, len(log) + 1, log[-1].hash if log else start))
    return log


def checked(log: list[Sealed], head: Sealed | None = None) -> Broken | None:
    """Verify against the head that the untouched log had."""
    head = head or log[-1]
    return verify(log, head.seq, head.hash)


def stranger_verifies(bodies: list[bytes], head_hash: str) -> bool:
    """Follow the documented form alone: sorted keys, no spaces, no escapes, prev, SHA-256."""
    before = "0" * 64
    for seq, body in enumerate(bodies, start=1):
        event = json.loads(body.decode("utf-8"))
        form = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if form.encode("utf-8") != body or event["seq"] != seq or event["prev"] != before:
            return False
        before = hashlib.sha256(body).hexdigest()
    return before == head_hash


def test_the_canonical_form_is_the_documented_one() -> None:
    """UTF-8, keys sorted, no spaces, no escapes for what is not ASCII, no fractions."""
    assert canonical({"b": [1, None], "a": "oʻ «Ц»", "c": {"z": True, "y": ""}}) == (
        '{"a":"oʻ «Ц»","b":[1,null],"c":{"y":"","z":true}}'.encode()
    )


def test_a_sealed_event_is_pinned() -> None:
    """The bytes and the hash of an event are for ever: an old log must verify for ever."""
    sealed = seal({"type": "ticket_issued", "v": 1}, 1, GENESIS)
    assert sealed.body == b'{"prev":"%s","seq":1,"type":"ticket_issued","v":1}' % (b"0" * 64)
    assert sealed.hash == "84fb9d3837454e6b57f62d8eadf0d159c033a0c82bbe0f1e36bc5dd9de0b621b"


def test_seq_and_prev_are_the_log_s_own() -> None:
    """An event cannot bring its own place in the chain."""
    sealed = seal({"seq": 77, "prev": "mine", "a": 1}, 2, "f" * 64)
    assert json.loads(sealed.body) == {"a": 1, "seq": 2, "prev": "f" * 64}


def test_an_empty_log_holds() -> None:
    """Before the first event the head is the zeros."""
    assert verify([], 0, GENESIS) is None


@given(LOGS)
def test_a_log_that_nobody_touched_holds(events) -> None:
    """Here and by the stranger's reading of the documentation."""
    log = chained(events)
    assert checked(log) is None
    assert stranger_verifies([sealed.body for sealed in log], log[-1].hash)


@given(st.data(), LOGS)
def test_any_byte_that_changed_is_found_where_it_changed(data, events) -> None:
    """One bit of one event: the event is named, and the stranger finds it too."""
    log = chained(events)
    place = data.draw(st.integers(0, len(log) - 1))
    body = bytearray(log[place].body)
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    changed = [*log[:place], replace(log[place], body=bytes(body)), *log[place + 1 :]]
    assert checked(changed, log[-1]) == Broken(place + 1, "the event does not match its hash")


@given(st.data(), LOGS)
def test_an_event_with_a_new_hash_breaks_the_next(data, events) -> None:
    """Whoever writes an event anew, hash and all, breaks the chain right behind it."""
    log = chained(events)
    place = data.draw(st.integers(0, len(log) - 1))
    forged = seal({"forged": True}, place + 1, log[place - 1].hash if place else GENESIS)
    broken = checked([*log[:place], forged, *log[place + 1 :]], log[-1])
    assert broken is not None
    assert broken.seq == min(place + 2, len(log))


@given(LOGS, st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_whole_chain_written_anew_does_not_fit_the_head(events, start) -> None:
    """The head is kept apart: even a perfect other chain is found."""
    log, other = chained(events), chained([*events[:-1], {"forged": True}])
    assert checked(other, log[-1]) == Broken(len(log), "the head has another event at the end")
    assert checked(chained(events, start=start), log[-1]) is not None or start == GENESIS


@given(st.data(), LOGS)
def test_a_missing_event_is_named(data, events) -> None:
    """What is gone from the middle or the end is missed."""
    log = chained(events)
    place = data.draw(st.integers(0, len(log) - 1))
    broken = checked([*log[:place], *log[place + 1 :]], log[-1])
    assert broken is not None
    assert broken.seq == place + 1


@given(st.data(), LOGS)
def test_a_log_cut_short_is_missed_from_its_cut(data, events) -> None:
    """Without its tail every event holds, but the head knows that there were more."""
    log = chained(events)
    kept = data.draw(st.integers(0, len(log) - 1))
    broken = verify(log[:kept], len(log), log[-1].hash)
    assert broken == Broken(kept + 1, f"the log ends at {kept}, its head says {len(log)}")


@given(st.data(), LOGS)
def test_events_beyond_the_head_are_named(data, events) -> None:
    """What stands behind the head's event was never acknowledged as the end."""
    log = chained(events)
    known = data.draw(st.integers(0, len(log) - 1))
    head_hash = log[known - 1].hash if known else GENESIS
    broken = verify(log, known, head_hash)
    assert broken is not None
    assert broken.seq == known + 1


@given(st.data(), st.lists(EVENTS, min_size=2, max_size=5))
def test_events_that_changed_places_are_found(data, events) -> None:
    """Two neighbours swapped break the chain at the first of them."""
    log = chained(events)
    place = data.draw(st.integers(0, len(log) - 2))
    log[place], log[place + 1] = log[place + 1], log[place]
    broken = checked(log, max(log, key=lambda sealed: sealed.seq))
    assert broken is not None
    assert broken.seq == place + 1


def test_swapped_bodies_under_right_seqs_are_found() -> None:
    """Renumbering does not hide that two events changed places."""
    one, two = chained([{"a": 1}, {"a": 2}])
    log = [replace(two, seq=1), replace(one, seq=2)]
    assert checked(log, two) == Broken(1, "the event is not chained to the one before")


def test_a_hash_that_changed_is_found() -> None:
    """The stored hash is checked against the bytes, not believed."""
    one, two = chained([{"a": 1}, {"a": 2}])
    assert checked([replace(one, hash="0" * 64), two], two) == Broken(
        1, "the event does not match its hash"
    )


@pytest.mark.parametrize("body", [b"", b"not json", b"\xff\xfe", b"[]", b"7", b"null"])
def test_what_is_no_event_at_all_is_named(body: bytes) -> None:
    """Bytes with a right hash that are no JSON object are a broken event, not a crash."""
    sealed = Sealed(1, body, hashlib.sha256(body).hexdigest())
    assert checked([sealed]) == Broken(1, "the event is not chained to the one before")


def test_the_documented_genesis_is_64_zeros() -> None:
    """The first event's `prev` is what the documentation says."""
    assert GENESIS == "0" * 64
    assert "64 zeros" in (ledger.__doc__ or "")
