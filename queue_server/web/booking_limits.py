"""How often one address may look for appointments and make them: nobody takes them all."""

from __future__ import annotations

from typing import Final, cast

from flask import current_app, request
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from queue_server.domain.errors import TryLater

#: looks a minute from one address; a mobile network shows many phones as one
LOOKS: Final = RateLimitItemPerMinute(120)
#: appointments asked for from one address, so many at once and so many in an hour
AT_ONCE, IN_AN_HOUR = RateLimitItemPerMinute(12), RateLimitItemPerHour(60)
#: seconds after which one may try again, as people are told
WAIT: Final = 60
#: the name under which the app keeps what it has counted
EXTENSION: Final = "booking_limits"


def may_look() -> None:
    """Count a look for free times; raises TryLater when there were too many."""
    if not _limiter().hit(LOOKS, "look", _address()):
        raise TryLater("Too many looks from this address; wait a minute.", seconds=WAIT)


def may_book() -> None:
    """Count a wish for an appointment; raises TryLater when there were too many."""
    for limit in (AT_ONCE, IN_AN_HOUR):
        if not _limiter().hit(limit, "book", _address()):
            raise TryLater("Too many appointments from this address; wait a while.", seconds=WAIT)


def _address() -> str:
    return request.remote_addr or ""


def _limiter() -> MovingWindowRateLimiter:
    made = current_app.extensions.get(EXTENSION)
    if made is None:
        fresh = MovingWindowRateLimiter(MemoryStorage())
        made = current_app.extensions.setdefault(EXTENSION, fresh)
    return cast("MovingWindowRateLimiter", made)
