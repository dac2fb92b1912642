"""Signing in: what a password must be, and how long a guesser waits.

A wrong password costs its guesser time, and more each time: counted for the login and the
address that it was tried from, so nobody at one address keeps a person out at another. A second,
gentler count over all logins slows an address that tries many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from queue_server.domain.errors import Invalid, WeakPassword

SHORTEST_PASSWORD: Final = 10
LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
#: a password made of fewer letters and figures is a pattern
FEWEST_SIGNS: Final = 4
#: of the commonest passwords, those that are long enough, in small letters
COMMON: Final = frozenset(
    {
        *("0123456789", "1234567890", "12345678910", "123456789a", "0987654321", "9876543210"),
        *("123123123123", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedcrfv"),
        *("qwertyuiop", "qwertyuiop123", "qwerty12345", "qwerty123456", "asdfghjkl1", "asdfghjkl;"),
        *("password12", "password123", "password1234", "passw0rd123", "p@ssw0rd123", "mypassword"),
        *("iloveyou12", "iloveyou123", "letmein123", "welcome123", "abcdefghij", "abc1234567"),
        *("administrator", "admin12345", "admin123456", "changeme123", "parol12345", "parol123456"),
        *("uzbekistan", "uzbekiston", "oʻzbekiston", "o'zbekiston", "toshkent123", "tashkent123"),
        *("samarqand1", "qaraqalpaqstan", "navbat1234", "navbat12345", "йцукенгшщз", "пароль12345"),
    }
)


@dataclass(frozen=True, slots=True)
class SignInRules:
    """What a center asks of its people beside a password."""

    #: roles that must have a second factor
    second_factor_for: frozenset[str] = frozenset()
    #: roles whose people come through the sign-in service, never by a password of ours
    provider_only: frozenset[str] = frozenset()
    #: whether ours is asked for besides what the sign-in service has asked
    factor_after_provider: bool = False

    def asks_code(self, *, has_factor: bool, by_provider: bool) -> bool:
        """Return whether a code of the second factor must be shown."""
        return has_factor and (self.factor_after_provider or not by_provider)

    def pending(
        self, role: str, *, must_change: bool, has_factor: bool, by_provider: bool = False
    ) -> str | None:
        """Return what must be done before all else: `password`, `second_factor` or nothing."""
        if must_change and not by_provider:
            return "password"
        if by_provider and not self.factor_after_provider:
            return None
        return "second_factor" if role in self.second_factor_for and not has_factor else None


@dataclass(frozen=True, slots=True)
class Slowing:
    """How a count of wrong tries turns into a wait: 1, 2, 4 … s after the free ones."""

    free: int
    longest: timedelta
    #: without another wrong try for so long, nothing is left of the count
    forgotten_after: timedelta

    def delay(self, failures: int) -> timedelta:
        """Return how long after so many wrong tries the next one is refused."""
        if failures <= self.free:
            return timedelta()
        # an int may grow without end, a timedelta not
        doublings = min(failures - self.free - 1, 30)
        return min(timedelta(seconds=2**doublings), self.longest)

    def left(self, failures: int, last_at: datetime, now: datetime) -> timedelta:
        """Return how much of the wait is left; never more than all of it, whatever clocks do."""
        delay = self.delay(self.counted(failures, last_at, now))
        return max(timedelta(), min(last_at + delay - now, delay))

    def counted(self, failures: int, last_at: datetime, now: datetime) -> int:
        """Return how many of the wrong tries still count."""
        return 0 if now - last_at > self.forgotten_after else failures


#: for one login from one address
ONE_LOGIN: Final = Slowing(3, timedelta(minutes=15), timedelta(hours=24))
#: for one address over all logins: a whole center may stand behind it
ONE_ADDRESS: Final = Slowing(50, timedelta(seconds=30), timedelta(minutes=15))


def delay(failures: int) -> timedelta:
    """Return how long a login is closed to an address after so many wrong tries."""
    return ONE_LOGIN.delay(failures)


def check_password(login: str, password: str, field: str = "password") -> None:
    """Raise WeakPassword for one that is short, common, a pattern, or the login."""
    folded = password.casefold()
    plain = folded in COMMON or len(set(folded)) < FEWEST_SIGNS
    if len(password) < SHORTEST_PASSWORD or plain or folded == login.casefold():
        raise WeakPassword(
            f"Take a password of at least {SHORTEST_PASSWORD} signs that is not easy to guess.",
            field=field,
        )


def check_login(login: str) -> None:
    """Raise Invalid for a login that people would mistype: capitals, blanks, foreign letters."""
    if not LOGIN.fullmatch(login):
        raise Invalid(
            "A login has small Latin letters, figures, dots, hyphens, at most 64.", field="login"
        )
