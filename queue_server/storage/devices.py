"""What the center knows of its devices beside their tokens: own counts, reports, the corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Table, Text, delete, insert, select

from queue_server.domain.numbering import Block
from queue_server.storage.access_tables import corner_sessions, device_reports, devices, leases
from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put
from queue_server.usecases.records import CornerSession, Device, Lease, Reported


def _of_device(table: Table) -> Statement:
    return Statement(select(*table.columns).where(table.c.device == argument("device", Text())))


ALL: Final = Statement(
    select(*devices.columns).where(devices.c.revoked.is_(False)).order_by(devices.c.name)
)
NAMED: Final = Statement(select(*devices.columns).where(devices.c.name == argument("name", Text())))
LEASE: Final = _of_device(leases)
LEASES: Final = Statement(select(*leases.columns).order_by(leases.c.first))
ADD_LEASE: Final = Statement(
    insert(leases).values({column.name: argument(column.name) for column in leases.columns})
)
REPORTS: Final = Statement(select(*device_reports.columns))
PUT_REPORT: Final = put(device_reports, "device")
CORNER: Final = _of_device(corner_sessions)
PUT_CORNER: Final = put(corner_sessions, "device")
END_CORNER: Final = Statement(
    delete(corner_sessions).where(corner_sessions.c.device == argument("device", Text()))
)


class SqlDevices:
    """The port `Devices` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Device]:
        """Return every device that is not revoked, by name."""
        return [_device(row) for row in self._transaction.all(ALL, {})]

    def get(self, name: str) -> Device | None:
        """Return the device with this name, also a revoked one."""
        row = self._transaction.one(NAMED, {"name": name})
        return None if row is None else _device(row)

    def lease(self, device: str) -> Lease | None:
        """Return the counts that a kiosk has of its own."""
        row = self._transaction.one(LEASE, {"device": device})
        return None if row is None else _lease(row)

    def leases(self) -> Sequence[Lease]:
        """Return the own counts of all kiosks."""
        return [_lease(row) for row in self._transaction.all(LEASES, {})]

    def add_lease(self, lease: Lease) -> None:
        """Keep what a kiosk was granted."""
        values = {"id": lease.id, "device": lease.device, "granted_at": to_ms(lease.granted_at)}
        block = {"first": lease.block.first, "last": lease.block.last}
        self._transaction.run(ADD_LEASE, values | block)

    def reports(self) -> Mapping[str, Reported]:
        """Return the last report of each device."""
        rows = self._transaction.all(REPORTS, {})
        return {
            device: Reported(device, from_ms(at), _words(alerts), report)
            for device, at, alerts, report in rows
        }

    def put_report(self, reported: Reported) -> None:
        """Keep a device's last report."""
        values = {
            "device": reported.device,
            "at": to_ms(reported.at),
            "alerts": ",".join(sorted(reported.alerts)),
            "report": reported.report,
        }
        self._transaction.run(PUT_REPORT, values)

    def corner(self, device: str) -> CornerSession | None:
        """Return the session at a PC of the corner."""
        row = self._transaction.one(CORNER, {"device": device})
        if row is None:
            return None
        name, began_at, ends_at, extensions = row
        return CornerSession(name, from_ms(began_at), from_ms(ends_at), extensions)

    def put_corner(self, session: CornerSession) -> None:
        """Begin or extend a session."""
        times = {"began_at": to_ms(session.began_at), "ends_at": to_ms(session.ends_at)}
        values = {"device": session.device, "extensions": session.extensions}
        self._transaction.run(PUT_CORNER, values | times)

    def end_corner(self, device: str) -> None:
        """Forget a session."""
        self._transaction.run(END_CORNER, {"device": device})


def _device(row: Row) -> Device:
    name, kind, token_hash, hall, revoked, window = row
    return Device(name, kind, token_hash, hall, bool(revoked), window)


def _lease(row: Row) -> Lease:
    id_, device, first, last, granted_at = row
    return Lease(id_, device, Block(first, last), from_ms(granted_at))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
