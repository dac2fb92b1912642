"""People who sign in, in the use-case tests, and their phones."""

from __future__ import annotations

from dataclasses import replace

import pyotp

from queue_server.domain.signing_in import SignInRules
from queue_server.usecases import access, account, people, sessions
from queue_server.usecases.access import SignedIn
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Person

PASSWORD = "a long enough phrase"
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


def added(center: Center, login: str, role: str = "clerk", **facts: object) -> None:
    """Add a person with the tests' password."""
    people.add_person(center, Person(login, login.title(), role, "", **facts), PASSWORD)


def signed_in(center: Center, login: str, code: str | None = None) -> tuple[str, SignedIn]:
    """Sign somebody in with the tests' password; returns the token and who it is."""
    return sessions.sign_in(center, login, PASSWORD, code, address=HERE)


def asking(center: Center, *roles: str, **rules: object) -> Center:
    """Return the center with a second factor for these roles."""
    return replace(center, sign_in=SignInRules(frozenset(roles), **rules))


class Phone:
    """An authenticator app on a person's phone."""

    def __init__(self, center: Center, token: str) -> None:
        self.center = center
        self._totp = pyotp.TOTP(account.begin_factor(center, access.by_session(center, token)))

    def code(self, steps: int = 0) -> str:
        """Return the code that it shows now, or so many steps later."""
        present = self._totp.timecode(self.center.clock.now())
        return self._totp.generate_otp(present + steps)
