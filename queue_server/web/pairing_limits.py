"""How often one may ask to be let in, and guess the code of a device that waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, cast

from flask import current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from queue_server.domain.errors import TryLater, UnknownPairing
from queue_server.web.auth import current_actor

#: wishes a minute from one address: a hall's devices may all be behind one
ASKED: Final = RateLimitItemPerMinute(10)
#: wrong codes a minute of one administrator
WRONG: Final = RateLimitItemPerMinute(5)
#: seconds after which one may try again, as people are told
WAIT: Final = 60
#: the name under which the app keeps what it has counted
EXTENSION: Final = "pairing_limits"


def may_ask() -> None:
    """Count a wish from this address; raises TryLater when there were too many."""
    if not _limiter().hit(ASKED, "ask", request.remote_addr or ""):
        raise TryLater("Too many devices ask from this address; wait a minute.", seconds=WAIT)


@contextmanager
def guessing() -> Iterator[None]:
    """Count a wrong code of whoever is asking; raises TryLater when there were too many."""
    who = "guess", current_actor().ref
    if not _limiter().test(WRONG, *who):
        raise TryLater("Too many wrong codes; wait a minute.", seconds=WAIT)
    try:
        yield
    except UnknownPairing:
        _limiter().hit(WRONG, *who)
        raise


def _limiter() -> MovingWindowRateLimiter:
    made = current_app.extensions.get(EXTENSION)
    if made is None:
        fresh = MovingWindowRateLimiter(MemoryStorage())
        made = current_app.extensions.setdefault(EXTENSION, fresh)
    return cast("MovingWindowRateLimiter", made)
