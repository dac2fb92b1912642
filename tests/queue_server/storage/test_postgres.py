from contextlib import closing, suppress

import pytest

from queue_server.domain.errors import WindowTaken
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from tests.factories import a_shift, a_ticket
from tests.queue_server.storage.conftest import parse


@pytest.fixture
def server(postgresql_url):
    """An open database in a server."""
    with closing(Database(postgresql_url, parse=parse)) as database:
        yield database


def test_a_restart_of_the_server_is_survived(server, postgres):
    """After every connection is cut, the next transaction and the next look just work."""
    with server.write() as work:
        work.tickets.add(a_ticket())
    with server.read():
        pass
    postgres.crash()
    with server.write() as work:
        work.tickets.add(a_ticket(serial=2))
    with server.read() as work:
        assert work.tickets.get("t2") is not None


def test_a_transaction_cut_off_is_not_kept(server, postgres):
    """When the connection breaks within a transaction nothing of it is kept, and one is told."""
    with pytest.raises(StorageError, match="does not answer"):
        issue_with_a_crash(server, postgres)
    with server.read() as work:
        assert work.tickets.get("t1") is None


def test_a_refusal_that_is_swallowed_cannot_lose_the_rest(server):
    """After a refused statement a transaction cannot pretend to have been kept."""
    with server.write() as work:
        work.shifts.add(a_shift())
    with pytest.raises(StorageError, match="nothing is kept"), server.write() as work:
        swallow_a_refusal(work)


def test_a_commit_is_acknowledged_when_it_is_on_the_disk(server):
    """Every connection waits for the disk, whatever the server's own setting."""
    with server._backend.snapshot() as reader:
        for connection in (server._backend._writer, reader):
            assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def issue_with_a_crash(database, server):
    """Issue two tickets in one transaction, with a cut between."""
    with database.write() as work:
        work.tickets.add(a_ticket())
        server.crash()
        work.tickets.add(a_ticket(serial=2))


def swallow_a_refusal(work):
    """Issue a ticket, and go on after a refusal as if nothing had been."""
    work.tickets.add(a_ticket())
    with suppress(WindowTaken):
        work.shifts.add(a_shift(clerk="bek"))
