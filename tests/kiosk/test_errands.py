from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.wording import Wording
from kiosk.errands import Errands, Means, fulfil, listener, look
from kiosk.events import CatalogueCame, Issued, NotIssued, Paper, ServerLost, SlipFared
from kiosk.memory import Menu
from kiosk.state import Issue, Print
from printer.address import open_printer
from printer.job import JobState, new_job
from printer.slip import Slip
from printer.spool import Spool
from queue_server.client.http import Client, ServerAway, Timeout
from queue_server.contracts.asks import IssueTicket
from tests.kiosk.fake_server import TOKEN, FakeServer, serving
from tests.kiosk.tickets import ticket

PATIENCE = 20.0
ORDER = Issue("run-1", IssueTicket(service="A01", language="ru", paper="own"))


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """The center's server."""
    with serving() as made:
        yield made


@pytest.fixture
def mail() -> queue.SimpleQueue:
    """Where events arrive."""
    return queue.SimpleQueue()


@pytest.fixture
def spool(tmp_path, mail) -> Iterator[Spool]:
    """A print queue that draws its slips."""
    printer = open_printer(f"png://{tmp_path}/slips")
    made = Spool(tmp_path / "queue", printer, listener=listener(mail.put, lambda: 7.0))
    made.start()
    yield made
    assert made.close(PATIENCE)


@pytest.fixture
def means(server, mail, spool, tmp_path) -> Means:
    """All that an errand needs."""
    client = Client(server.url, TOKEN, Timeout(5.0, 5.0))
    return Means(client, spool, Menu(tmp_path), Wording.load(), lambda: 7.0, mail.put)


def slips(folder: Path) -> list[str]:
    """Return the names of the drawn slips."""
    return sorted(file.stem for file in (folder / "slips").glob("*.png"))


def test_a_ticket_that_was_wished_for_is_issued(means, server, catalogue):
    """The answer carries its key."""
    event = fulfil(means, ORDER, catalogue)
    assert isinstance(event, Issued)
    assert (event.key, event.ticket.number) == ("run-1", "A042")
    assert server.posts == [("run-1", {**ORDER.request.model_dump(exclude_none=True)})]


def test_a_server_that_is_away_is_told_from_a_refusal(means, server, catalogue):
    """The one may be asked again under the same key, the other not."""
    server.trouble = 503
    assert fulfil(means, ORDER, catalogue) == NotIssued(7.0, "run-1")
    server.trouble = 409
    assert fulfil(means, ORDER, catalogue) == NotIssued(7.0, "run-1", "other")


def test_a_slip_is_printed_and_told(means, mail, catalogue, tmp_path):
    """The print queue's own news say when it is done."""
    assert fulfil(means, Print(ticket()), catalogue) is None
    while mail.get(timeout=PATIENCE).paper is not Paper.DONE:
        pass
    assert slips(tmp_path) == ["A042"]
    again = fulfil(means, Print(ticket()), catalogue)
    assert again == SlipFared(7.0, ticket().id, Paper.DONE)


def test_a_closed_print_queue_is_told(means, spool, catalogue):
    """The ticket is valid, the slip is not there: the screen says so."""
    spool.close(PATIENCE)
    assert fulfil(means, Print(ticket()), catalogue) == SlipFared(7.0, ticket().id, Paper.FAILED)


def test_news_of_the_catalogue_are_kept(means, server, catalogue):
    """A look at the catalogue remembers it for a start without a server."""
    assert look(means) == CatalogueCame(7.0, catalogue)
    assert means.menu.recall() == catalogue
    server.trouble = 503
    with pytest.raises(ServerAway):
        look(means)


def test_the_threads_tell_what_comes(means, mail, catalogue):
    """First what is remembered, then what the server says, and each wish's answer."""
    means.menu.keep(catalogue)
    wishes: queue.SimpleQueue = queue.SimpleQueue()
    errands = Errands(means, wishes)
    errands.start()
    first, second = mail.get(timeout=PATIENCE), mail.get(timeout=PATIENCE)
    assert (first.fresh, second.fresh) == (False, True)
    wishes.put((ORDER, catalogue))
    assert isinstance(mail.get(timeout=PATIENCE), Issued)
    errands.stop()


def test_a_lost_server_is_told_and_logged_once(means, server, mail, caplog, monkeypatch):
    """Whatever the reason, the screen knows; the log is not filled."""
    monkeypatch.setattr("kiosk.errands.RETRY", 0.01)
    server.trouble = 401
    errands = Errands(means, queue.SimpleQueue())
    errands.start()
    assert [mail.get(timeout=PATIENCE) for _ in range(3)] == [ServerLost(7.0)] * 3
    errands.stop()
    assert [record.levelname for record in caplog.records].count("WARNING") == 1


def test_a_fault_of_our_own_does_not_stop_the_next_visitor(means, mail, catalogue):
    """A wish that fails in an unforeseen way is told as failed, and the thread lives on."""
    wishes: queue.SimpleQueue = queue.SimpleQueue()
    errands = Errands(means, wishes)
    wishes.put((Print(ticket(issued_at="yesterday")), catalogue))
    wishes.put((ORDER, catalogue))
    errands.start()
    events = [mail.get(timeout=PATIENCE) for _ in range(3)]
    errands.stop()
    assert SlipFared(7.0, ticket().id, Paper.FAILED) in events
    assert any(isinstance(event, Issued) for event in events)


def test_the_print_queue_s_news_name_their_ticket(mail):
    """So that a slip printed late changes its own screen only."""
    slip = Slip(ref="ticket-9", number="A001", center="c", service="s")
    listener(mail.put, lambda: 7.0)(new_job(slip, 0.0).to(JobState.VOID, 1.0))
    assert mail.get_nowait() == SlipFared(7.0, "ticket-9", Paper.FAILED)
