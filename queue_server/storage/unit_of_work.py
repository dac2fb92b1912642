"""One transaction with its repositories: all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime

from queue_server.storage.access import SqlAccess
from queue_server.storage.alerts import SqlAlerts
from queue_server.storage.catalogues import ParsedCatalogues, SqlCatalogues
from queue_server.storage.checkpoints import SqlCheckpoints
from queue_server.storage.contacts import SqlContacts
from queue_server.storage.cursors import SqlCursors
from queue_server.storage.days import SqlDays
from queue_server.storage.devices import SqlDevices
from queue_server.storage.errors import StorageError
from queue_server.storage.event_log import SqlLog
from queue_server.storage.figure_rows import SqlFigureRows
from queue_server.storage.head import KEEP, Head
from queue_server.storage.helps import SqlHelps
from queue_server.storage.messages import SqlMessages
from queue_server.storage.notes import SqlNotes
from queue_server.storage.numbers import SqlNumbers
from queue_server.storage.observations import SqlObserved
from queue_server.storage.pairings import SqlPairings
from queue_server.storage.replies import SqlReplies
from queue_server.storage.shifts import SqlShifts
from queue_server.storage.statements import Statement
from queue_server.storage.tallies import SqlTallies
from queue_server.storage.tickets import SqlTickets
from queue_server.storage.transaction import Transaction
from queue_server.usecases import stores


class SqlUnitOfWork(Head):
    """The port `UnitOfWork` on a database."""

    def __init__(self, transaction: Transaction, how: Statement, parsed: ParsedCatalogues) -> None:
        row = transaction.one(how, {})
        if row is None:
            raise StorageError("The database has lost its center's row; restore a backup.")
        head = Head.of(row)
        super().__init__(head.seq, head.head_hash, head.day, head.catalogue_version, head.halted)
        self._transaction = transaction
        self._began = head
        self.tickets: stores.Tickets = SqlTickets(transaction, self)
        self.numbers: stores.Numbers = SqlNumbers(transaction)
        self.shifts: stores.Shifts = SqlShifts(transaction)
        self.log: stores.Log = SqlLog(transaction, self)
        self.catalogues: stores.Catalogues = SqlCatalogues(transaction, self, parsed)
        self.replies: stores.Replies = SqlReplies(transaction)
        self.access: stores.Access = SqlAccess(transaction)
        self.devices: stores.Devices = SqlDevices(transaction)
        self.helps: stores.Helps = SqlHelps(transaction)
        self.tallies: stores.Tallies = SqlTallies(transaction)
        self.pairings: stores.Pairings = SqlPairings(transaction)
        self.messages: stores.Messages = SqlMessages(transaction)
        self.notes: stores.Notes = SqlNotes(transaction)
        self.contacts: stores.Contacts = SqlContacts(transaction)
        self.cursors: stores.Cursors = SqlCursors(transaction)
        self.figure_rows: stores.FigureRows = SqlFigureRows(transaction)
        self.observations: stores.Observed = SqlObserved(transaction)
        self.days: stores.Days = SqlDays(transaction)
        self.alerts: stores.Alerts = SqlAlerts(transaction)
        self.checkpoints: stores.Checkpoints = SqlCheckpoints(transaction)

    @property
    def appended(self) -> bool:
        """Whether the log has grown in this transaction."""
        return self.seq > self._began.seq

    def open_day(self, day: date) -> None:
        """Make `day` the open service day."""
        self.day = day

    def purge_replies(self, before: datetime) -> int:
        """Forget answers to idempotency keys given before this time; return how many."""
        return SqlReplies(self._transaction).purge(before)

    def end(self) -> None:
        """Let go of the repositories: they refer to this, and to a connection now lent on."""
        vars(self).clear()

    def keep(self) -> None:
        """Write the center's row if it changed: the last thing before the commit."""
        now = Head(self.seq, self.head_hash, self.day, self.catalogue_version, self.halted)
        if now != self._began:
            self._transaction.run(KEEP, now.values())
