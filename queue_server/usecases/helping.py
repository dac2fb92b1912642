"""Somebody needs help at a kiosk or in the corner, and somebody comes."""

from __future__ import annotations

from dataclasses import replace

from queue_server.contracts.devices import CallHelp, HelpOut, HelpsOut
from queue_server.domain.errors import Unknown
from queue_server.usecases import recording
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.records import HelpCall
from queue_server.usecases.rights import right


@right("help:call")
def call(act: Act, wish: CallHelp) -> HelpOut:
    """Call somebody to this device; while one call waits, another changes nothing."""
    for waiting in act.work.helps.waiting():
        if (waiting.device, waiting.reason) == (act.actor.name, wish.reason):
            return _out(waiting)
    asked = HelpCall(act.actor.name, act.actor.hall, wish.reason, wish.language, act.now)
    kept = act.work.helps.add(asked)
    recording.noted(act, "help_called", act.actor.name, wish.reason)
    return _out(kept)


@right("help:answer")
def answer(act: Act, call_id: int) -> HelpOut:
    """Say that somebody is on the way; the first answer counts."""
    waiting = _known(act.work.helps.get(call_id))
    if waiting.answered_at is not None:
        return _out(waiting)
    answered = replace(waiting, answered_at=act.now, answered_by=act.actor.name)
    act.work.helps.answer(answered)
    recording.noted(act, "help_answered", waiting.device, waiting.reason)
    return _out(answered)


def waiting(center: Center) -> HelpsOut:
    """Return the calls that nobody has answered."""
    with center.read() as work:
        return HelpsOut(calls=[_out(one) for one in work.helps.waiting()])


def one(center: Center, call_id: int) -> HelpOut:
    """Return a call, so that its device can show that somebody comes."""
    with center.read() as work:
        return _out(_known(work.helps.get(call_id)))


def _known(found: HelpCall | None) -> HelpCall:
    if found is None:
        raise Unknown("There is no such call for help.")
    return found


def _out(one: HelpCall) -> HelpOut:
    return HelpOut(
        id=one.id,
        device=one.device,
        hall=one.hall,
        reason=one.reason,
        language=one.language,
        called_at=recording.instant(one.called_at),
        answered_at=recording.instant(one.answered_at) if one.answered_at else None,
    )
