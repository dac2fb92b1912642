"""Checkpoints: a line that says itself, a short form for fingers, and when one is due."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import checkpoint
from queue_server.domain.checkpoint import EVERY, Checkpoint, NoCheckpoint, is_due, parse
from queue_server.domain.ledger import Broken, verify
from tests.queue_server.domain.test_ledger import LOGS, chained

HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
SIGNED = st.builds(
    Checkpoint,
    st.integers(1, 10**12),
    HEX,
    st.text(min_size=1, max_size=12),
    st.just("2026-11-23T13:00:00.000Z"),
    st.text("abcXYZ019-_", min_size=8, max_size=86),
)


@given(SIGNED)
def test_a_line_says_the_whole_checkpoint(place) -> None:
    """Whatever the center is called, the line is read as it was written."""
    assert parse(str(place)) == place
    assert str(place).startswith(place.signed_bytes.decode() + " ")


def test_the_line_is_for_ever() -> None:
    """A paper of today is read by the program of ten years hence: the form is pinned."""
    place = Checkpoint(4711, "ab" * 32, "TAS 1", "2026-11-23T13:00:00.000Z", "c2ln")
    assert str(place) == (
        f"navbat-checkpoint 1 TAS%201 4711 2026-11-23T13:00:00.000Z {'ab' * 32} c2ln"
    )
    assert place.short == "4711-abababababababab"


@given(SIGNED)
def test_the_short_form_is_found_by_its_beginning(place) -> None:
    """Fingers give the seq and sixteen digits of the hash, blanks or not."""
    typed = parse(place.short.replace("-", " - "))
    assert (typed.seq, typed.signature) == (place.seq, "")
    assert place.hash.startswith(typed.hash)


@pytest.mark.parametrize(
    "text", ["", "4711", "4711-abc", "x-" + "a" * 16, "navbat-checkpoint 1 A 2"]
)
def test_what_is_no_checkpoint_is_said(text) -> None:
    """In one sentence."""
    with pytest.raises(NoCheckpoint, match="is no checkpoint"):
        parse(text)


def test_checkpoints_are_found_in_a_file() -> None:
    """A mail, an export or a list: lines of other kinds are passed over."""
    place = Checkpoint(9, "0f" * 32, "C", "now", "sig")
    found = checkpoint.in_text(f"Dear colleague,\n#{place}\n  {place.short}\n\nregards")
    assert [each.seq for each in found] == [9, 9]


def test_one_is_due_every_so_often_and_at_the_days_close() -> None:
    """Also the very first one; an empty log has nothing to sign."""
    assert not is_due(0, None, None)
    assert is_due(1, None, None)
    assert not is_due(EVERY, 1, None)
    assert is_due(EVERY + 1, 1, None)
    assert is_due(20, 10, 15)
    assert not is_due(20, 15, 15)


@given(st.data(), LOGS)
def test_a_log_written_anew_is_named(data, events) -> None:
    """Head and hashes all new: the checkpoint that somebody kept says between where and where."""
    log = chained(events)
    place = data.draw(st.integers(1, len(log)))
    kept = Checkpoint(place, log[place - 1].hash)
    assert verify(log, len(log), log[-1].hash, [kept]) is None
    other = chained([{"forged": True}, *events[1:]])
    broken = verify(other, len(other), other[-1].hash, [kept])
    assert broken == Broken(
        1, f"the log was written anew: the checkpoint at {place} has another hash"
    )


@given(st.data(), LOGS)
def test_a_tail_that_was_cut_with_its_head_is_named(data, events) -> None:
    """The head may lie, the checkpoint does not."""
    log = chained(events)
    left = data.draw(st.integers(0, len(log) - 1))
    head = log[left - 1].hash if left else "0" * 64
    kept = Checkpoint(len(log), log[-1].hash[:16])
    broken = verify(log[:left], left, head, [kept])
    assert broken == Broken(left + 1, f"the log ends at {left}, a checkpoint says {len(log)}")


def test_the_fault_lies_past_the_last_checkpoint_that_holds() -> None:
    """So the controller knows which stretch to look at."""
    log = chained([{"n": n} for n in range(6)])
    other = [*log[:3], *chained([{"n": n} for n in range(9, 15)])[3:]]
    places = [Checkpoint(2, log[1].hash), Checkpoint(3, "f" * 64)]
    assert verify(log, 6, log[5].hash, places).seq == 3
    assert verify(other, 9, "", places[:1]) is not None
    assert replace(places[0], signature="x") != places[0]
