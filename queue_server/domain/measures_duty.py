"""A clerk's time at a window, followed through the log: logged in, on a break, wrapping up.

What has not ended, and what the system ended, counts to the clerk's last act: nobody works through
the night because a window was left open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from queue_server.domain.measures_facts import Span, Spot, Wire, instant


class Duty(NamedTuple):
    """One clerk at one window, from opening to closing."""

    window: int
    clerk: str
    opened_at: int
    #: the newest act at this window
    acted_at: int
    paused_at: int | None = None
    wrapping_at: int | None = None
    #: where the last service ended: a wrap-up belongs to it
    served: Spot | None = None
    ended_at: int | None = None
    spans: tuple[Span, ...] = ()


def begin(event: Wire) -> Duty:
    """Return the duty that an opening begins."""
    at = instant(event["at"])
    return Duty(event["window"], event["clerk"], at, at)


def follow(duty: Duty, event: Wire) -> Duty:
    """Return the duty after an event of its window."""
    kind, at = event["type"], instant(event["at"])
    step = _STEPS.get(kind)
    return step(acted(duty, event, at), event, at) if step else duty


def acted(duty: Duty, event: Wire, at: int) -> Duty:
    """Return the duty with its newest act, if somebody did this."""
    if event["actor"]["kind"] in ("system", "visitor"):
        return duty
    return duty._replace(acted_at=max(at, duty.acted_at))


def spans(duty: Duty) -> Iterator[Span]:
    """Return all its times; what has not ended lasts to the last act."""
    end = duty.acted_at if duty.ended_at is None else duty.ended_at
    yield Span(_spot(duty, duty.opened_at), "login_ms", end)
    yield from duty.spans
    if duty.paused_at is not None:
        yield Span(_spot(duty, duty.paused_at), "pause_ms", end)
    if duty.wrapping_at is not None:
        yield Span(_at_service(duty, duty.wrapping_at), "wrap_ms", end)


def _paused(duty: Duty, event: Wire, at: int) -> Duty:  # noqa: ARG001 - a step
    return duty._replace(paused_at=duty.paused_at or at)


def _wrapping(duty: Duty, event: Wire, at: int) -> Duty:  # noqa: ARG001 - a step
    return duty._replace(wrapping_at=duty.wrapping_at or at)


def _ended(duty: Duty, event: Wire, at: int) -> Duty:
    by_system = event["actor"]["kind"] == "system"
    return duty._replace(ended_at=duty.acted_at if by_system else max(at, duty.opened_at))


def _resumed(duty: Duty, event: Wire, at: int) -> Duty:  # noqa: ARG001 - a step
    if duty.paused_at is None:
        return duty
    pause = Span(_spot(duty, duty.paused_at), "pause_ms", at)
    return duty._replace(paused_at=None, spans=(*duty.spans, pause))


def _wrapped_up(duty: Duty, event: Wire, at: int) -> Duty:  # noqa: ARG001 - a step
    if duty.wrapping_at is None:
        return duty
    span = Span(_at_service(duty, duty.wrapping_at), "wrap_ms", at)
    return duty._replace(wrapping_at=None, spans=(*duty.spans, span))


def _spot(duty: Duty, at: int) -> Spot:
    return Spot(at=at, window=duty.window, clerk=duty.clerk)


def _at_service(duty: Duty, at: int) -> Spot:
    """Return the spot of the service that is wrapped up."""
    if duty.served is None:
        return _spot(duty, at)
    return duty.served._replace(at=at, window=duty.window, clerk=duty.clerk)


_STEPS: Final[Mapping[str, Callable[[Duty, Wire, int], Duty]]] = {
    "window_paused": _paused,
    "window_resumed": _resumed,
    "window_wrap_up_began": _wrapping,
    "window_wrap_up_ended": _wrapped_up,
    "window_closed": _ended,
}
