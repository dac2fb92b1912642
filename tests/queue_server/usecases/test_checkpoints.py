"""Checkpoints: made in time, kept by devices, and held against the log when they come back."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from queue_server.contracts.devices import DeviceReport
from queue_server.domain import checkpoint
from queue_server.domain.checkpoint import EVERY, Checkpoint, Kept
from queue_server.domain.ledger import Broken
from queue_server.system import Ed25519Notary
from queue_server.usecases import checkpoints, chores, day, devices
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import KIOSK, SUPERVISOR, do, events, issue, types

CHORE = (chores.Chore(checkpoints.due, checkpoints.make),)


def made(center: Center) -> Checkpoint:
    """Sign where the log ends."""
    return do(center, SYSTEM, checkpoints.make)


def shown_back(center: Center, line: str) -> None:
    """Let the kiosk report, with the checkpoint that it keeps."""
    told = DeviceReport(version="1", clock="2026-11-23T05:00:00Z", checkpoint=line)
    do(center, KIOSK, lambda act: devices.report(act, told))


def forged(center_: Center, seq: int, **changes: str) -> str:
    """Return a checkpoint with the center's true signature over a log that never was."""
    bare = replace(Checkpoint(seq, "ab" * 32, "DEMO", "2026-11-23T05:00:00.000Z"), **changes)
    return str(replace(bare, signature=center_.notary.sign(bare.signed_bytes)))


def test_the_first_is_made_at_once_and_signed(center: Center) -> None:
    """It names the center, the end of the log and the time; anyone can check its signature."""
    issue(center)
    assert checkpoints.due(center)
    place = made(center)
    assert not checkpoints.due(center)
    with center.read() as work:
        assert (place.seq, place.hash) == (work.seq, work.head_hash)
    signed = center.notary.signed(place.signed_bytes, place.signature, center.notary.public_key)
    assert (place.center, signed) == ("DEMO", True)
    assert checkpoint.parse(str(place)) == place


def test_twice_at_one_place_is_once(center: Center) -> None:
    """Nothing happened in between: the same checkpoint."""
    issue(center)
    assert made(center) == made(center)


def test_one_is_made_after_so_many_events(center: Center) -> None:
    """Not one event earlier."""
    issue(center)
    first = made(center).seq
    while len(events(center)) < first + EVERY - 1 and not checkpoints.due(center):
        for _ in range(50):
            issue(center)
    with center.read() as work:
        assert first + EVERY <= work.seq < first + EVERY + 100
    chores.look_after(center, CHORE)
    with center.read() as work:
        assert [each.checkpoint.seq for each in work.checkpoints.own()][1:] == [work.seq]


def test_the_days_close_makes_one(center: Center, clock: HandClock) -> None:
    """The evening's log is signed, however few its events were."""
    issue(center)
    made(center)
    do(center, SYSTEM, lambda act: day.end_day(act, clock.at.date()))
    assert checkpoints.due(center)
    chores.look_after(center, CHORE)
    assert not checkpoints.due(center)


def test_a_device_is_given_the_newest_with_each_report(center: Center) -> None:
    """There is none before the first."""
    issue(center)
    told = DeviceReport(version="1", clock="2026-11-23T05:00:00Z")
    assert do(center, KIOSK, lambda act: devices.report(act, told)) is None
    place = made(center)
    assert do(center, KIOSK, lambda act: devices.report(act, told)) == str(place)


def test_a_checkpoint_that_holds_changes_nothing(center: Center) -> None:
    """Shown back again and again."""
    issue(center)
    place = made(center)
    before = len(events(center))
    shown_back(center, str(place))
    assert [each for each in types(center, before) if each == "ledger_contradicted"] == []


@pytest.mark.parametrize(
    ("seq", "why"), [(999, "the log ends at"), (3, "the log has another event there")]
)
def test_a_shorter_or_another_log_is_said_loudly_and_once(
    center: Center, caplog, seq: int, why: str
) -> None:
    """An event of the log, a line in the journal, a contradiction on record; not at each report."""
    issue(center)
    line = forged(center, seq)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            shown_back(center, line)
    noted = [each for each in events(center) if each["type"] == "ledger_contradicted"]
    assert [each["subject"] for each in noted] == ["kiosk-1"]
    assert f"{seq}-abababababababab · {why}" in str(noted[0]["detail"])
    assert caplog.text.count("the log is contradicted by kiosk-1") == 1
    state = checkpoints.state(center, SUPERVISOR)
    assert [(each.witness, each.seq, each.accepted) for each in state.contradictions] == [
        ("kiosk-1", seq, None)
    ]


def test_a_contradiction_stands_until_somebody_answers_for_it(center: Center) -> None:
    """Then verification holds again, and the same line does not come up anew."""
    issue(center)
    line = forged(center, 999)
    shown_back(center, line)
    broken = checkpoints.verify(center).broken
    assert broken is not None
    assert "a checkpoint says 999" in broken.why
    assert do(center, SYSTEM, lambda act: checkpoints.accept(act, "restored after the fire")) == 1
    shown_back(center, line)
    assert checkpoints.verify(center).broken is None
    last = events(center)[-1]
    assert (last["type"], last["reason"]) == ("ledger_accepted", "restored after the fire")
    assert do(center, SYSTEM, lambda act: checkpoints.accept(act, "again")) == 0


def test_another_centers_checkpoint_is_none_of_ours(center: Center) -> None:
    """A kiosk that was moved here from elsewhere raises no alarm, nor does nonsense."""
    issue(center)
    shown_back(center, forged(center, 999, center="ELSEWHERE"))
    shown_back(center, "nonsense")
    assert checkpoints.state(center, SUPERVISOR).contradictions == []


def test_one_device_cannot_fill_the_record(center: Center) -> None:
    """Whoever steals a kiosk's token raises one alarm, not a thousand."""
    issue(center)
    for seq in range(900, 920):
        shown_back(center, forged(center, seq))
    assert len(checkpoints.state(center, SUPERVISOR).contradictions) == 1


def test_a_checkpoint_kept_elsewhere_is_verified(center: Center) -> None:
    """One that holds, one of a rewritten log, one past the end: each is judged."""
    for _ in range(4):
        issue(center)
    place = made(center)
    assert checkpoints.verify(center, [place]).broken is None
    assert checkpoints.verify(center, [checkpoint.parse(place.short)]).broken is None
    other = checkpoint.parse(forged(center, 3))
    why = "the log was written anew: the checkpoint at 3 has another hash"
    assert checkpoints.verify(center, [other]).broken == Broken(1, why)


def test_a_checkpoint_signed_by_another_key_is_refused(center: Center) -> None:
    """Unless that key is named as the center's own of before."""
    issue(center)
    stranger = Ed25519Notary(b"s" * 32)
    with center.read() as work:
        bare = Checkpoint(work.seq, work.head_hash, "DEMO", "2026-11-23T05:00:00.000Z")
    with center.write() as work:
        signed = replace(bare, signature=stranger.sign(bare.signed_bytes))
        work.checkpoints.add(Kept(signed, stranger.public_key))
    broken = checkpoints.verify(center).broken
    assert broken is not None
    assert (broken.seq, "not signed with the key" in broken.why) == (bare.seq, True)
    assert checkpoints.verify(center, keys=[stranger.public_key]).broken is None


def test_what_the_start_finds_broken_is_written_down_once(center: Center) -> None:
    """The same break at the next start is no second alarm."""
    issue(center)
    for _ in range(2):
        do(center, SYSTEM, lambda act: checkpoints.broke(act, Broken(7, "the event is missing")))
    noted = [each for each in events(center) if each["type"] == "ledger_contradicted"]
    assert [(each["subject"], each["detail"]) for each in noted] == [
        ("log", "7: the event is missing")
    ]


def test_a_verification_may_be_ended_early(center: Center, monkeypatch) -> None:
    """A server that stops does not wait for a million events."""
    for _ in range(8):
        issue(center)
    monkeypatch.setattr(checkpoints, "STRETCH", 2)
    verdict = checkpoints.verify(center, pause=lambda: True)
    assert (verdict.events, verdict.broken) == (2, None)


def test_stretch_by_stretch_is_the_whole(center: Center, monkeypatch) -> None:
    """However the log is cut for reading, all of it is seen."""
    for _ in range(5):
        issue(center)
    whole = checkpoints.verify(center)
    monkeypatch.setattr(checkpoints, "STRETCH", 3)
    assert checkpoints.verify(center) == whole
    with center.read() as work:
        assert whole.events == work.seq


def test_a_mangled_signature_or_key_is_simply_wrong() -> None:
    """No text that comes from outside makes the notary stumble."""
    notary = Ed25519Notary(b"k" * 32)
    good = notary.sign(b"words")
    assert notary.signed(b"words", good, notary.public_key)
    for signature, key in ((good[:-2], notary.public_key), ("!", notary.public_key), (good, "x")):
        assert not notary.signed(b"words", signature, key)
