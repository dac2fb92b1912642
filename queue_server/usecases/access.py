"""Who may do what, and how people and devices show who they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from queue_server.domain.errors import Forbidden, NotSignedIn, SignedInElsewhere
from queue_server.usecases import rights
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Device, Person, WebSession

#: a session ends after so long without use, and after so long altogether
IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
#: a session's last use is noted at most this often, to spare the disk
TOUCH_EVERY: Final = timedelta(minutes=5)
#: what stands in the place of `pending` in a session that a newer one has ended
REPLACED: Final = "elsewhere"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, a device, a visitor with the own ticket's key, or the system."""

    kind: Literal["person", "device", "visitor", "system"]
    name: str
    role: str
    #: the clerk's or the pad's own window, where one is fixed
    window: int | None = None
    hall: int = 1

    @property
    def ref(self) -> str:
        """The actor's name, told apart from the same name of another kind."""
        return f"{self.kind}:{self.name}"

    def may(self, right: str) -> bool:
        """Whether the role has this right."""
        return rights.may(self.role, right)

    def must(self, right: str) -> None:
        """Raise Forbidden without this right."""
        if not self.may(right):
            raise Forbidden(f"Your role ({self.role}) has no right to do this.", right=right)


SYSTEM: Final = Actor("system", "system", rights.SYSTEM_ROLE)
VISITOR: Final = Actor("visitor", "visitor", "visitor")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person with a live session."""

    login: str
    name: str
    role: str
    window: int | None
    csrf_token: str
    #: what must be done before all else: `password`, `second_factor` or nothing
    pending: str | None = None
    #: which of the person's sessions this is
    session: str = ""

    @property
    def actor(self) -> Actor:
        """The person as one who acts; while something is pending, with no right but that."""
        role = rights.PENDING if self.pending else self.role
        return Actor("person", self.login, role, self.window)


def secret_hash(secret: str) -> str:
    """Return what is kept of a token: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def by_session(center: Center, token: str) -> SignedIn:
    """Return whose session this is; raises NotSignedIn when it has ended.

    SignedInElsewhere says that a newer sign-in has ended it.
    """
    with center.read() as work:
        session = work.access.session(secret_hash(token))
        person = work.access.person(session.login) if session else None
    now = center.clock.now()
    if session is None or person is None or person.disabled:
        raise NotSignedIn
    if session.pending == REPLACED:
        raise SignedInElsewhere
    if not alive(session, now):
        raise NotSignedIn("Your session has ended; sign in again.")
    if now - session.seen_at > TOUCH_EVERY:
        _touch(center, session.token_hash, now)
    return signed_in(person, session)


def alive(session: WebSession, now: datetime) -> bool:
    """Return whether a session still opens anything."""
    fresh = now - session.seen_at <= IDLE and now - session.began_at <= ABSOLUTE
    return fresh and session.pending != REPLACED


def signed_in(person: Person, session: WebSession) -> SignedIn:
    """Return a person as this session shows one."""
    return SignedIn(
        person.login,
        person.name,
        person.role,
        person.window,
        session.csrf_token,
        session.pending,
        session.token_hash,
    )


def by_token(center: Center, token: str) -> Actor:
    """Return the device that holds this token; raises NotSignedIn."""
    with center.read() as work:
        device = work.access.device_by_token(secret_hash(token))
    if device is None or device.revoked:
        raise NotSignedIn("This device token is not valid.")
    return Actor("device", device.name, device.kind, device.window, device.hall)


def enrol_device(center: Center, device: Device, token: str) -> None:
    """Add or replace a device that will show this token."""
    with center.write() as work:
        work.access.put_device(replace(device, token_hash=secret_hash(token)))


def _touch(center: Center, token_hash: str, now: datetime) -> None:
    """Note a session's use; one that has ended meanwhile stays ended."""
    with center.write() as work:
        session = work.access.session(token_hash)
        if session is not None:
            work.access.put_session(replace(session, seen_at=now))
