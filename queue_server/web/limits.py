"""Too many: wrong passwords are counted per login and address, nothing else is."""

from __future__ import annotations

from typing import Final

from flask import current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from queue_server.domain.errors import WrongCredentials
from queue_server.usecases import access
from queue_server.usecases.access import SignedIn
from queue_server.usecases.ports import Center
from queue_server.web.site import site

#: wrong passwords a minute for one login from one address
WRONG: Final = RateLimitItemPerMinute(10)


class SignInLimit:
    """Counts wrong passwords in this process's memory: there is but one."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def sign_in(self, center: Center, login: str, password: str) -> tuple[str, SignedIn]:
        """Begin a session and return its token; raises WrongCredentials.

        After too many wrong passwords it raises TooManyRequests, also for the right one.
        """
        who = request.remote_addr or "", login
        if not self._limiter.test(WRONG, *who):
            raise TooManyRequests("Too many wrong passwords; wait a minute.", retry_after=60)
        try:
            return access.sign_in(center, login, password)
        except WrongCredentials:
            self._limiter.hit(WRONG, *who)
            raise


def sign_in(login: str, password: str) -> tuple[str, SignedIn]:
    """Begin a session at this app's center; raises WrongCredentials or TooManyRequests."""
    limit: SignInLimit = current_app.extensions["sign_in_limit"]
    return limit.sign_in(site().center, login, password)
