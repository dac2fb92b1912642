"""People, devices and sessions; of a token only its hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Select, Table, Text, delete, select

from queue_server.storage.access_tables import devices, failures, people, web_sessions
from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put
from queue_server.usecases.records import Device, Failure, Person, WebSession


def _with_key(table: Table, key: str) -> Select[tuple[object, ...]]:
    return select(*table.columns).where(table.c[key] == argument(key, Text()))


PERSON: Final = Statement(_with_key(people, "login"))
PEOPLE: Final = Statement(select(*people.columns).order_by(people.c.login))
PUT_PERSON: Final = put(people, "login")
DEVICE: Final = Statement(_with_key(devices, "token_hash"))
PUT_DEVICE: Final = put(devices, "name")
SESSION: Final = Statement(_with_key(web_sessions, "token_hash"))
PUT_SESSION: Final = put(web_sessions, "token_hash")
END_SESSION: Final = Statement(
    delete(web_sessions).where(web_sessions.c.token_hash == argument("token_hash", Text()))
)
END_SESSIONS: Final = Statement(
    delete(web_sessions).where(web_sessions.c.login == argument("login", Text()))
)
SESSIONS: Final = Statement(
    select(*web_sessions.columns).order_by(web_sessions.c.began_at, web_sessions.c.token_hash)
)
PURGE_SESSIONS: Final = Statement(
    delete(web_sessions).where(web_sessions.c.began_at < argument("before", BigInteger()))
)
BY_SUBJECT: Final = Statement(_with_key(people, "subject"))
_FROM: Final = failures.c.address == argument("address", Text())
_OF_LOGIN: Final = failures.c.login == argument("login", Text())
FAILURE: Final = Statement(
    select(failures.c.count, failures.c.last_at).where(_OF_LOGIN).where(_FROM)
)
PUT_FAILURE: Final = put(failures, "login", "address")
FORGET: Final = Statement(delete(failures).where(_OF_LOGIN))
FORGET_FROM: Final = Statement(delete(failures).where(_OF_LOGIN).where(_FROM))
PURGE_FAILURES: Final = Statement(
    delete(failures).where(failures.c.last_at < argument("before", BigInteger()))
)


class SqlAccess:
    """The port `Access` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def person(self, login: str) -> Person | None:
        """Return the person."""
        row = self._transaction.one(PERSON, {"login": login})
        return None if row is None else _person(row)

    def people(self) -> Sequence[Person]:
        """Return all people, by login."""
        return [_person(row) for row in self._transaction.all(PEOPLE, {})]

    def put_person(self, person: Person) -> None:
        """Add or replace a person."""
        self._transaction.run(PUT_PERSON, {c.name: getattr(person, c.name) for c in people.columns})

    def device_by_token(self, token_hash: str) -> Device | None:
        """Return the device that holds this token, also a revoked one."""
        row = self._transaction.one(DEVICE, {"token_hash": token_hash})
        if row is None:
            return None
        name, kind, _, hall, revoked, window = row
        return Device(name, kind, token_hash, hall, bool(revoked), window)

    def put_device(self, device: Device) -> None:
        """Add or replace a device."""
        values = {c.name: getattr(device, c.name) for c in devices.columns}
        self._transaction.run(PUT_DEVICE, values)

    def session(self, token_hash: str) -> WebSession | None:
        """Return the session."""
        row = self._transaction.one(SESSION, {"token_hash": token_hash})
        return None if row is None else _session(row)

    def sessions(self) -> Sequence[WebSession]:
        """Return every session that is kept, the oldest first."""
        return [_session(row) for row in self._transaction.all(SESSIONS, {})]

    def put_session(self, session: WebSession) -> None:
        """Add or replace a session."""
        values = {c.name: getattr(session, c.name) for c in web_sessions.columns}
        times = {"began_at": to_ms(session.began_at), "seen_at": to_ms(session.seen_at)}
        self._transaction.run(PUT_SESSION, values | times)

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        self._transaction.run(END_SESSION, {"token_hash": token_hash})

    def end_sessions(self, login: str) -> int:
        """Forget all sessions of a person and return how many they were."""
        return self._transaction.run(END_SESSIONS, {"login": login})

    def purge_sessions(self, before: datetime) -> None:
        """Forget the sessions that began before this time."""
        self._transaction.run(PURGE_SESSIONS, {"before": to_ms(before)})

    def by_subject(self, subject: str) -> Person | None:
        """Return whom the sign-in service means."""
        row = self._transaction.one(BY_SUBJECT, {"subject": subject})
        return None if row is None else _person(row)

    def failure(self, login: str, address: str) -> Failure | None:
        """Return the wrong tries for a login from an address."""
        row = self._transaction.one(FAILURE, {"login": login, "address": address})
        return None if row is None else Failure(login, address, row[0], from_ms(row[1]))

    def put_failure(self, failure: Failure) -> None:
        """Keep how many wrong tries there were."""
        values = {c.name: getattr(failure, c.name) for c in failures.columns}
        self._transaction.run(PUT_FAILURE, values | {"last_at": to_ms(failure.last_at)})

    def forget_failures(self, login: str, address: str | None = None) -> None:
        """Forget a login's wrong tries; with an address, only those from there."""
        if address is None:
            self._transaction.run(FORGET, {"login": login})
        else:
            self._transaction.run(FORGET_FROM, {"login": login, "address": address})

    def purge_failures(self, before: datetime) -> None:
        """Forget the counts whose last wrong try was before this time."""
        self._transaction.run(PURGE_FAILURES, {"before": to_ms(before)})


def _session(row: Row) -> WebSession:
    token_hash, login, csrf_token, began_at, seen_at, pending = row
    began, seen = from_ms(began_at), from_ms(seen_at)
    return WebSession(token_hash, login, csrf_token, began, seen, pending)


def _person(row: Row) -> Person:
    login, name, role, password_hash, window, disabled, must_change, totp, step, subject = row
    return Person(
        login,
        name,
        role,
        password_hash,
        window,
        bool(disabled),
        bool(must_change),
        totp,
        step,
        subject,
    )
