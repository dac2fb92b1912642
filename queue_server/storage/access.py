"""People, devices and sessions; of a token only its hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Select, Table, Text, delete, select

from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import devices, people, web_sessions
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put
from queue_server.usecases.records import Device, Person, WebSession


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
        if row is None:
            return None
        _, login, csrf_token, began_at, seen_at, pending = row
        began, seen = from_ms(began_at), from_ms(seen_at)
        return WebSession(token_hash, login, csrf_token, began, seen, pending)

    def put_session(self, session: WebSession) -> None:
        """Add or replace a session."""
        values = {c.name: getattr(session, c.name) for c in web_sessions.columns}
        times = {"began_at": to_ms(session.began_at), "seen_at": to_ms(session.seen_at)}
        self._transaction.run(PUT_SESSION, values | times)

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        self._transaction.run(END_SESSION, {"token_hash": token_hash})


def _person(row: Row) -> Person:
    login, name, role, password_hash, window, disabled, must_change, *rest = row
    return Person(
        login, name, role, password_hash, window, bool(disabled), bool(must_change), *rest
    )
