"""The self-service corner: sessions with an end, and what is done online instead of queueing."""

from __future__ import annotations

from dataclasses import replace

from queue_server.contracts.devices import CornerOut, DiversionOut, DivertOnline
from queue_server.domain.errors import Refused
from queue_server.usecases import recording
from queue_server.usecases.act import Act
from queue_server.usecases.records import CornerSession
from queue_server.usecases.rights import right


@right("corner:work")
def now(act: Act) -> CornerOut:
    """Return the session at this PC, if one has not run out."""
    return _out(act, _running(act))


@right("corner:work")
def begin(act: Act) -> CornerOut:
    """Begin a session, or return the one that runs."""
    running = _running(act)
    if running is None:
        length = act.catalogue.rules.corner_session
        running = CornerSession(act.actor.name, act.now, act.now + length)
        act.work.devices.put_corner(running)
        recording.noted(act, "corner_began", act.actor.name)
    return _out(act, running)


@right("corner:work")
def extend(act: Act) -> CornerOut:
    """Let the session go on for as long again, as often as the center allows."""
    running, rules = _running(act), act.catalogue.rules
    if running is None:
        raise Refused("Nobody sits at this PC; begin a session.")
    if running.extensions >= rules.corner_extensions:
        raise Refused("This session has been extended as often as it may.")
    longer = replace(
        running,
        ends_at=running.ends_at + rules.corner_session,
        extensions=running.extensions + 1,
    )
    act.work.devices.put_corner(longer)
    return _out(act, longer)


@right("corner:work")
def end(act: Act) -> CornerOut:
    """End the session."""
    if _running(act) is not None:
        act.work.devices.end_corner(act.actor.name)
        recording.noted(act, "corner_ended", act.actor.name)
    return _out(act, None)


@right("online:divert")
def divert(act: Act, wish: DivertOnline) -> DiversionOut:
    """Count that a visitor does this service online instead of queueing for it."""
    service = act.catalogue.service(wish.service)
    count = act.work.tallies.add(act.day, f"online:{service.id}")
    recording.noted(act, "online_diverted", service.id, act.actor.name)
    return DiversionOut(service=service.id, count=count)


def _running(act: Act) -> CornerSession | None:
    session = act.work.devices.corner(act.actor.name)
    return session if session and act.now < session.ends_at else None


def _out(act: Act, session: CornerSession | None) -> CornerOut:
    most = act.catalogue.rules.corner_extensions
    return CornerOut(
        began_at=recording.instant(session.began_at) if session else None,
        ends_at=recording.instant(session.ends_at) if session else None,
        now=recording.instant(act.now),
        extensions_left=most - session.extensions if session else most,
    )
