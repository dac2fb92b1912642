"""Which announcement has its turn: a frozen queue, and pure functions to its next value.

The web board's `queue_server/web/static/board/voice.js` is the same in the browser;
`tests/queue_server/voice/announcement_cases.json` holds both to one behaviour.

A board that has been in touch with the server all the time believes what it hears: a call that
arrives is new, whatever its clock says. One that has just come back, or has just woken up, is
told of the past as well: for a while it compares each call's time with its own clock, and is
silent about what is too old. So a wrong clock never silences a board for long, and a right one
lets nothing old be spoken.

Times called `now` are seconds of the board's steady clock.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

#: an announcement older than this is never spoken, seconds
LIMIT: Final = 60.0
#: so many wait; the oldest gives way
MOST: Final = 6
#: seconds without a look at the queue after which the board must have been asleep
ASLEEP: Final = 5.0
#: seconds after coming back in which calls are compared with the clock
UNSURE: Final = 10.0
#: an announcement that has not ended after this has lost its sound device, seconds
LONGEST: Final = 40.0
#: seconds of quiet between two announcements
REST: Final = 0.5
#: so many announcements are remembered, so that none is made twice
MEMORY: Final = 300


@dataclass(frozen=True, slots=True)
class Call:
    """What is announced."""

    number: str
    window: int
    #: the ticket's language tag
    language: str
    #: seconds since 1970 by the server's clock: when the ticket was called first
    called_at: float
    recalls: int

    @property
    def key(self) -> tuple[str, int, float, int]:
        """Return what tells one announcement from another."""
        return self.number, self.window, self.called_at, self.recalls


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call whose turn has not come."""

    call: Call
    #: since when the visitor has been called, as far as this board knows
    since: float


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that decides what is spoken next."""

    waiting: tuple[Waiting, ...] = ()
    #: since when something is being spoken; None: nothing
    speaking_since: float | None = None
    #: nothing begins before this
    quiet_until: float = 0.0
    #: keys of what was announced, or was not on purpose
    known: tuple[tuple[str, int, float, int], ...] = ()
    looked_at: float | None = None
    unsure_until: float = 0.0


def look(queue: Queue, now: float, *, live: bool) -> Queue:
    """Take note of the time and of whether the server is in touch; often, also before `hear`."""
    asleep = queue.looked_at is None or now - queue.looked_at > ASLEEP
    unsure = now + UNSURE if asleep or not live else queue.unsure_until
    return replace(queue, looked_at=now, unsure_until=unsure)


def hear(queue: Queue, call: Call, now: float, age: float) -> Queue:
    """Let a call wait for its turn; `age` is how long ago it was by the board's wall clock."""
    if call.key in queue.known:
        return queue
    queue = replace(queue, known=(*queue.known, call.key)[-MEMORY:])
    unsure = now < queue.unsure_until
    if unsure and abs(age) > LIMIT:
        return queue
    since = now - max(0.0, age) if unsure else now
    others = tuple(one for one in queue.waiting if one.call.number != call.number)
    return replace(queue, waiting=(*others, Waiting(call, since))[-MOST:])


def stay(queue: Queue, present: Collection[tuple[str, int]]) -> Queue:
    """Forget the calls whose tickets have left; `present` are the (number, window) on the board."""
    waiting = tuple(one for one in queue.waiting if (one.call.number, one.call.window) in present)
    return replace(queue, waiting=waiting)


def hush(queue: Queue) -> Queue:
    """Forget all that waits: a chime without words is for all of them."""
    return replace(queue, waiting=())


def begin(queue: Queue, now: float) -> tuple[Queue, Call | None]:
    """Return the queue with the next announcement begun, and that, if it is time for one."""
    waiting = tuple(one for one in queue.waiting if now - one.since <= LIMIT)
    queue = replace(queue, waiting=waiting)
    if not waiting or is_speaking(queue, now) or now < queue.quiet_until:
        return queue, None
    return replace(queue, waiting=waiting[1:], speaking_since=now), waiting[0].call


def end(queue: Queue, now: float) -> Queue:
    """Note that what was spoken has ended."""
    return replace(queue, speaking_since=None, quiet_until=now + REST)


def is_speaking(queue: Queue, now: float) -> bool:
    """Whether something is being spoken."""
    return queue.speaking_since is not None and now - queue.speaking_since < LONGEST
