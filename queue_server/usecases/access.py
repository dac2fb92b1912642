"""Who may do what, and how people and devices show who they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal

from queue_server.domain.errors import Forbidden, NotSignedIn, WrongCredentials
from queue_server.usecases import rights
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Device, Person, WebSession

#: a session ends after so long without use, and after so long altogether
IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
#: a session's last use is noted at most this often, to spare the disk
TOUCH_EVERY: Final = timedelta(minutes=5)


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

    @property
    def actor(self) -> Actor:
        """The person as one who acts."""
        return Actor("person", self.login, self.role, self.window)


def secret_hash(secret: str) -> str:
    """Return what is kept of a token: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_in(center: Center, login: str, password: str) -> tuple[str, SignedIn]:
    """Begin a session and return its token; raises WrongCredentials."""
    with center.read() as work:
        person = work.access.person(login)
    kept = person.password_hash if person and not person.disabled else ""
    if not center.passwords.verify(password, kept) or person is None:
        raise WrongCredentials
    token, now = center.names.token(), center.clock.now()
    session = WebSession(secret_hash(token), login, center.names.token(), now, now)
    with center.write() as work:
        work.access.put_session(session)
    return token, _signed_in(person, session)


def sign_out(center: Center, token: str) -> None:
    """End a session; an unknown one is no error."""
    with center.write() as work:
        work.access.end_session(secret_hash(token))


def by_session(center: Center, token: str) -> SignedIn:
    """Return whose session this is; raises NotSignedIn when it has ended."""
    with center.read() as work:
        session = work.access.session(secret_hash(token))
        person = work.access.person(session.login) if session else None
    now = center.clock.now()
    if session is None or person is None or person.disabled:
        raise NotSignedIn
    if now - session.seen_at > IDLE or now - session.began_at > ABSOLUTE:
        raise NotSignedIn("Your session has ended; sign in again.")
    if now - session.seen_at > TOUCH_EVERY:
        with center.write() as work:
            work.access.put_session(replace(session, seen_at=now))
    return _signed_in(person, session)


def by_token(center: Center, token: str) -> Actor:
    """Return the device that holds this token; raises NotSignedIn."""
    with center.read() as work:
        device = work.access.device_by_token(secret_hash(token))
    if device is None or device.revoked:
        raise NotSignedIn("This device token is not valid.")
    return Actor("device", device.name, device.kind, device.window, device.hall)


def add_person(center: Center, person: Person, password: str) -> None:
    """Add or replace a person with a new password."""
    kept = replace(person, password_hash=center.passwords.hash(password))
    with center.write() as work:
        work.access.put_person(kept)


def enrol_device(center: Center, device: Device, token: str) -> None:
    """Add or replace a device that will show this token."""
    with center.write() as work:
        work.access.put_device(replace(device, token_hash=secret_hash(token)))


def _signed_in(person: Person, session: WebSession) -> SignedIn:
    return SignedIn(person.login, person.name, person.role, person.window, session.csrf_token)
