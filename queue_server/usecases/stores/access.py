"""Who is let in: people with their sessions, devices with their pairings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from queue_server.usecases.records import (
    CornerSession,
    Device,
    Failure,
    Lease,
    Pairing,
    Person,
    Reported,
    WebSession,
)


class Access(Protocol):
    """People, devices and sessions."""

    def person(self, login: str) -> Person | None:
        """Return the person."""
        ...

    def people(self) -> Sequence[Person]:
        """Return all people."""
        ...

    def put_person(self, person: Person) -> None:
        """Add or replace a person."""
        ...

    def device_by_token(self, token_hash: str) -> Device | None:
        """Return the device that holds this token."""
        ...

    def put_device(self, device: Device) -> None:
        """Add or replace a device."""
        ...

    def session(self, token_hash: str) -> WebSession | None:
        """Return the session."""
        ...

    def put_session(self, session: WebSession) -> None:
        """Add or replace a session."""
        ...

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        ...

    def end_sessions(self, login: str) -> int:
        """Forget all sessions of a person and return how many they were."""
        ...

    def sessions(self) -> Sequence[WebSession]:
        """Return every session that is kept."""
        ...

    def by_subject(self, subject: str) -> Person | None:
        """Return whom the sign-in service means."""
        ...

    def failure(self, login: str, address: str) -> Failure | None:
        """Return the wrong tries for a login from an address."""
        ...

    def put_failure(self, failure: Failure) -> None:
        """Keep how many wrong tries there were."""
        ...

    def forget_failures(self, login: str, address: str | None = None) -> None:
        """Forget a login's wrong tries; with an address, only those from there."""
        ...

    def purge_failures(self, before: datetime) -> None:
        """Forget wrong tries of which the last was before this time."""
        ...

    def purge_sessions(self, before: datetime) -> None:
        """Forget sessions that began before this time."""
        ...


class Devices(Protocol):
    """What the center knows of its devices beside their tokens."""

    def all(self) -> Sequence[Device]:
        """Return every device that is not revoked, by name."""
        ...

    def get(self, name: str) -> Device | None:
        """Return a device, also a revoked one."""
        ...

    def lease(self, device: str) -> Lease | None:
        """Return the counts that a kiosk has of its own."""
        ...

    def leases(self) -> Sequence[Lease]:
        """Return the own counts of all kiosks."""
        ...

    def add_lease(self, lease: Lease) -> None:
        """Keep what a kiosk was granted."""
        ...

    def reports(self) -> Mapping[str, Reported]:
        """Return the last report of each device."""
        ...

    def put_report(self, reported: Reported) -> None:
        """Keep a device's last report."""
        ...

    def corner(self, device: str) -> CornerSession | None:
        """Return the session at a PC of the corner."""
        ...

    def put_corner(self, session: CornerSession) -> None:
        """Begin or extend a session."""
        ...

    def end_corner(self, device: str) -> None:
        """Forget a session."""
        ...


class Pairings(Protocol):
    """Devices that show a code and wait to be let in."""

    def add(self, pairing: Pairing) -> None:
        """Keep a pairing."""
        ...

    def by_code(self, code: str) -> Pairing | None:
        """Return the pairing with this code."""
        ...

    def by_secret(self, secret_hash: str) -> Pairing | None:
        """Return the pairing of the device that holds this secret."""
        ...

    def waiting(self, now: datetime) -> Sequence[Pairing]:
        """Return the pairings that wait and have not run out, the oldest first."""
        ...

    def save(self, pairing: Pairing) -> None:
        """Keep a pairing's next value."""
        ...

    def purge(self, before: datetime) -> None:
        """Forget pairings that ran out before this time."""
        ...
