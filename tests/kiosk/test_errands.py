from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.wording import Wording
from kiosk.errands import issuer, link
from kiosk.errands.workers import Errands, failed
from kiosk.events import (
    CatalogueCame,
    CheckedIn,
    HelpChanged,
    Issued,
    ListFared,
    NotCheckedIn,
    NotIssued,
    Paper,
    PinJudged,
    Rated,
    ServerLost,
    SlipFared,
    StaffTold,
)
from kiosk.means import Means
from kiosk.memory import Menu
from kiosk.offline import OwnNumbers
from kiosk.state import (
    CheckIn,
    Divert,
    Do,
    Help,
    Issue,
    JudgePin,
    Print,
    PrintPapers,
    Rating,
    Wish,
)
from kiosk.trail import Trail
from kiosk.true_time import TrueTime
from printer.address import open_printer
from printer.spool import Spool
from queue_server.client.http import Client, ServerAway, Timeout
from queue_server.contracts.asks import IssueTicket
from tests.kiosk.fake_server import HANGS, TOKEN, FakeServer, serving
from tests.kiosk.tickets import ticket

PATIENCE = 20.0
ORDER = Issue("run-1", IssueTicket(service="A01", language="ru", paper="own"))
RATING = "/api/v1/windows/3/rating"


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
    trail = Trail(mail.put, lambda: 7.0)
    made = Spool(tmp_path / "queue", printer, listener=trail.heard)
    made.start()
    yield made
    assert made.close(PATIENCE)


@pytest.fixture
def means(server, mail, spool, tmp_path) -> Iterator[Means]:
    """All that an errand needs, as a kiosk has it."""
    true_time = TrueTime(tmp_path)
    client = Client(server.url, TOKEN, Timeout(5.0, 5.0), true_time.heard)
    own = OwnNumbers(tmp_path, true_time)
    own.open()
    wording, now = Wording.load(), lambda: 7.0
    yield Means(client, Menu(tmp_path), wording, now, mail.put, spool, own, 3)
    own.close()
    client.hang_up()


def heard(mail: queue.SimpleQueue) -> list:
    """Return all that has come."""
    found = []
    while not mail.empty():
        found.append(mail.get())
    return found


def slips(folder: Path) -> list[str]:
    """Return the names of the drawn slips."""
    return sorted(file.stem for file in (folder / "slips").glob("*.png"))


def test_a_ticket_that_was_wished_for_is_issued(means, server, catalogue):
    """The answer carries its key."""
    event = Errands(means).fulfil(ORDER, catalogue)
    assert isinstance(event, Issued)
    assert (event.key, event.ticket.number) == ("run-1", "A042")
    assert server.posts == [("run-1", {**ORDER.request.model_dump(exclude_none=True)})]


def test_without_numbers_of_its_own_a_kiosk_can_only_wait(means, server, catalogue):
    """The same request may be asked again under the same key; a refusal is final."""
    server.trouble = 503
    errands = Errands(means)
    assert errands.fulfil(ORDER, catalogue) == NotIssued(7.0, "run-1")
    server.trouble = 409
    assert errands.fulfil(ORDER, catalogue) == NotIssued(7.0, "run-1", "other")


@pytest.mark.parametrize("trouble", [0, 503, HANGS])
def test_a_kiosk_that_has_numbers_issues_at_once(means, server, catalogue, mail, trouble):
    """Hanging up, failing or hanging: the visitor gets the kiosk's own number."""
    errands = Errands(means)
    errands.link.look()
    server.trouble = trouble
    event = errands.fulfil(ORDER, catalogue)
    assert isinstance(event, Issued)
    assert (event.ticket.number, event.ticket.ahead, event.ticket.estimate) == ("A500", None, None)
    assert event.ticket.url == f"{server.url}/t/{event.ticket.id}?key={event.ticket.key}"
    assert ServerLost(7.0, own_numbers=True) in heard(mail)
    (pending,) = means.own.pending
    assert pending.ticket.instead_of == "run-1"


def test_a_lost_server_is_not_waited_for_again(means, server, catalogue):
    """Once it hung, the next visitors' requests do not go out; their keys replace nothing."""
    errands = Errands(means)
    errands.link.look()
    server.trouble = HANGS
    errands.fulfil(ORDER, catalogue)
    server.trouble = None
    second = errands.fulfil(replace(ORDER, key="run-2"), catalogue)
    assert second.ticket.number == "A501"
    assert server.posts == []
    assert [one.ticket.instead_of for one in means.own.pending] == ["run-1", None]


def test_a_visitor_s_loss_sends_the_line_for_the_way_back(means, server, mail, catalogue):
    """At once, not when the next look is due."""
    errands = Errands(means)
    errands.start()
    while not isinstance(mail.get(timeout=PATIENCE), CatalogueCame):
        pass
    server.trouble, server.troubled = 0, {"/api/v1/tickets"}
    errands.take(ORDER, catalogue)
    while not isinstance(mail.get(timeout=PATIENCE), CatalogueCame):
        pass
    assert [one["number"] for one in server.handed.values()] in ([], ["A500"])
    errands.stop()


def test_the_way_back_hands_over_before_the_next_visitor(means, server, catalogue, mail):
    """Numbers, tickets, catalogue, in this order; then the server issues again."""
    errands = Errands(means)
    errands.link.look()
    server.trouble = 0
    for key in ("run-1", "run-2"):
        errands.fulfil(replace(ORDER, key=key), catalogue)
    errands.link.look()
    assert len(means.own.pending) == 2
    server.trouble = None
    heard(mail)
    errands.link.look()
    assert [one["number"] for one in server.handed.values()] == ["A500", "A501"]
    assert means.own.pending == ()
    (came,) = heard(mail)
    assert isinstance(came, CatalogueCame)
    third = errands.fulfil(replace(ORDER, key="run-3"), catalogue)
    assert third.ticket.number == "A042"


def test_an_answer_that_was_lost_is_named_to_the_server(means, server, catalogue):
    """The server has obeyed, nobody heard it: its ticket is to be voided, and is no second one."""
    errands = Errands(means)
    errands.link.look()
    server.mumbles = True
    event = errands.fulfil(ORDER, catalogue)
    assert event.ticket.number == "A500"
    assert "run-1" in server.tickets
    server.mumbles = False
    errands.link.look()
    (handed,) = server.handed.values()
    assert handed["instead_of"] == "run-1"


def test_a_hand_over_whose_answer_was_lost_is_repeated(means, server, catalogue):
    """The second time the server knows them all."""
    errands = Errands(means)
    errands.link.look()
    server.trouble = 0
    errands.fulfil(ORDER, catalogue)
    server.trouble, server.mumbles = None, True
    errands.link.look()
    assert len(means.own.pending) == 1
    server.mumbles = False
    errands.link.look()
    assert (len(server.handed), means.own.pending) == (1, ())


def test_a_kiosk_that_the_server_does_not_know_issues_nothing(means, server, catalogue, mail):
    """A token that was taken back is no lost server: the kiosk's own numbers end with it."""
    errands = Errands(means)
    errands.link.look()
    means.client._token = "taken-back"
    means.client.hang_up()
    heard(mail)
    link_again = link.Link(means)
    link_again.look()
    assert heard(mail) == [ServerLost(7.0, own_numbers=False)]
    assert errands.fulfil(ORDER, catalogue) == NotIssued(7.0, "run-1", "x")


def test_a_number_s_end_is_told(means, server, catalogue):
    """All numbers given out: the visitor is sent to the reception."""
    server.last = 500
    errands = Errands(means)
    errands.link.look()
    server.trouble = 0
    assert isinstance(errands.fulfil(ORDER, catalogue), Issued)
    again = errands.fulfil(replace(ORDER, key="run-2"), catalogue)
    assert again == NotIssued(7.0, "run-2", "numbers_used_up")
    other = replace(ORDER, key="run-3", request=IssueTicket(service="E01", language="ru"))
    assert errands.fulfil(other, catalogue).ticket.number == "E500"


def test_a_slip_is_printed_and_told(means, mail, catalogue, tmp_path):
    """The print queue's own news say when it is done."""
    errands = Errands(means)
    assert errands.fulfil(Print(ticket()), catalogue) is None
    while mail.get(timeout=PATIENCE).paper is not Paper.DONE:
        pass
    assert slips(tmp_path) == ["A042"]
    again = errands.fulfil(Print(ticket()), catalogue)
    assert again == SlipFared(7.0, ticket().id, Paper.DONE)


def test_a_closed_print_queue_is_told(means, spool, catalogue):
    """The ticket is valid, the slip is not there: the screen says so."""
    spool.close(PATIENCE)
    errands = Errands(means)
    told = errands.fulfil(Print(ticket()), catalogue)
    assert told == SlipFared(7.0, ticket().id, Paper.FAILED)
    assert errands.fulfil(PrintPapers("A01", "ru"), catalogue) == ListFared(7.0, Paper.FAILED)


def test_a_device_without_a_printer_prints_nothing(means, catalogue):
    """A pad says so, and goes on."""
    bare = Errands(replace(means, spool=None))
    assert bare.fulfil(Print(ticket()), catalogue) == SlipFared(7.0, ticket().id, Paper.FAILED)


def test_a_list_of_papers_is_printed_and_told(means, mail, catalogue, tmp_path):
    """As often as it is asked for; a service that is gone has none."""
    errands = Errands(means)
    for _ in range(2):
        assert errands.fulfil(PrintPapers("A01", "ru"), catalogue) is None
        while mail.get(timeout=PATIENCE) != ListFared(7.0, Paper.DONE):
            pass
    assert len(slips(tmp_path)) == 2
    assert errands.fulfil(PrintPapers("Z99", "ru"), catalogue) == ListFared(7.0, Paper.FAILED)


def test_an_appointment_is_checked_in(means, server, catalogue):
    """Or refused, or the server is away."""
    errands, wish = Errands(means), CheckIn("run-1", "ABCD12")
    event = errands.fulfil(wish, catalogue)
    assert isinstance(event, CheckedIn)
    assert (event.key, event.ticket.number) == ("run-1", "A007")
    assert server.asked == [("/api/v1/check-in", {"code": "ABCD12"})]
    server.trouble = 404
    assert errands.fulfil(wish, catalogue) == NotCheckedIn(7.0, "run-1", "other")
    server.trouble = 503
    assert errands.fulfil(wish, catalogue) == NotCheckedIn(7.0, "run-1")


def test_who_calls_for_help_hears_that_somebody_comes(means, mail, server, catalogue, monkeypatch):
    """Called at once, answered as soon as somebody has."""
    monkeypatch.setattr("kiosk.errands.calls.LOOK", 0.01)
    server.answered_at = "2026-11-23T05:01:00Z"
    errands = Errands(means)
    wish = Help("run-1", "sign_language", "ru")
    assert errands.fulfil(wish, catalogue) == HelpChanged(7.0, "called")
    assert mail.get(timeout=PATIENCE) == HelpChanged(7.0, "answered")
    assert server.asked == [("/api/v1/help", {"reason": "sign_language", "language": "ru"})]
    server.trouble = 503
    assert errands.fulfil(wish, catalogue) == HelpChanged(7.0, "failed")


def test_who_does_it_online_is_counted(means, server, catalogue):
    """With a server that is away one is missing, and nobody is told."""
    errands = Errands(means)
    assert errands.fulfil(Divert("run-1", "A01"), catalogue) is None
    assert server.asked == [("/api/v1/diversions", {"service": "A01"})]
    server.trouble = 503
    assert errands.fulfil(Divert("run-2", "A01"), catalogue) is None


def test_a_rating_reaches_its_window(means, server, catalogue):
    """A document that may not be demanded is more than an opinion."""
    errands = Errands(means)
    assert errands.fulfil(Rating("run-1", 2, "waited"), catalogue) == Rated(7.0)
    assert errands.fulfil(Rating("run-2", 1, "demanded"), catalogue) == Rated(7.0)
    assert server.asked == [
        (RATING, {"stars": 2, "reason": "waited", "demanded": False}),
        (RATING, {"stars": 1, "demanded": True}),
    ]
    server.trouble = 409
    assert errands.fulfil(Rating("run-3", 5), catalogue) == Rated(7.0, "other")
    server.trouble = 503
    assert errands.fulfil(Rating("run-4", 5), catalogue) == Rated(7.0, "server_away")


def test_without_a_kit_there_is_no_service_menu(means, catalogue):
    """A wish that nobody could have made is not obeyed."""
    errands = Errands(means)
    assert errands.fulfil(JudgePin("123456"), catalogue) is None
    assert errands.fulfil(Do("restart"), catalogue) is None


def test_news_of_the_catalogue_are_kept(means, server, catalogue, mail):
    """A look at the catalogue remembers it for a start without a server."""
    looks = link.Link(means)
    looks.look()
    assert heard(mail) == [CatalogueCame(7.0, catalogue)]
    assert means.menu.recall() == catalogue
    server.trouble = 503
    looks.look()
    assert (heard(mail), looks.up) == ([ServerLost(7.0, own_numbers=True)], False)


def test_the_threads_tell_what_comes(means, mail, catalogue):
    """First what is remembered, then what the server says, and each wish's answer."""
    means.menu.keep(catalogue)
    errands = Errands(means)
    errands.start()
    first, second = mail.get(timeout=PATIENCE), mail.get(timeout=PATIENCE)
    assert (first.fresh, second.fresh) == (False, True)
    errands.take(ORDER, catalogue)
    assert isinstance(mail.get(timeout=PATIENCE), Issued)
    errands.stop()


def test_a_visitor_waits_behind_nobody_s_help(means, server, mail, catalogue):
    """A call that hangs does not keep the next ticket."""
    server.trouble, server.troubled = HANGS, {"/api/v1/help"}
    errands = Errands(means)
    errands.start()
    errands.take(Help("run-1", "assistance", "ru"), catalogue)
    errands.take(ORDER, catalogue)
    while not isinstance(mail.get(timeout=PATIENCE), Issued):
        pass
    errands.stop()


def test_a_lost_server_is_told_and_logged_once(means, server, mail, caplog, monkeypatch):
    """Whatever the reason, the screen knows; the log is not filled."""
    monkeypatch.setattr(link, "RETRY", 0.01)
    server.trouble = 401
    errands = Errands(means)
    errands.start()
    assert [mail.get(timeout=PATIENCE) for _ in range(3)] == [ServerLost(7.0)] * 3
    errands.stop()
    assert [record.levelname for record in caplog.records].count("WARNING") == 1


def test_a_fault_of_our_own_does_not_stop_the_next_visitor(means, mail, catalogue):
    """A wish that fails in an unforeseen way is told as failed, and the thread lives on."""
    errands = Errands(means)
    errands.take(Print(ticket(issued_at="yesterday")), catalogue)
    errands.take(ORDER, catalogue)
    errands.start()
    events = [mail.get(timeout=PATIENCE) for _ in range(3)]
    errands.stop()
    assert SlipFared(7.0, ticket().id, Paper.FAILED) in events
    assert any(isinstance(event, Issued) for event in events)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (ORDER, NotIssued(1.0, "run-1")),
        (Print(ticket()), SlipFared(1.0, ticket().id, Paper.FAILED)),
        (PrintPapers("A01", "ru"), ListFared(1.0, Paper.FAILED)),
        (CheckIn("k", "c"), NotCheckedIn(1.0, "k")),
        (Help("k", "corner", "ru"), HelpChanged(1.0, "failed")),
        (Rating("k", 5), Rated(1.0, "fault")),
        (JudgePin("1"), PinJudged(1.0, right=False)),
        (Do("status"), StaffTold(1.0, ())),
        (Divert("k", "A01"), None),
    ],
)
def test_every_wish_that_fails_is_told_as_failed(wish: Wish, told):
    """No screen waits for ever."""
    assert failed(wish, 1.0) == told


def test_a_question_is_in_time_or_left_behind(means, server, catalogue):
    """Whoever waits has an answer within the kiosk's patience, not the socket's."""
    assert issuer.HURRY < 1.0
    server.trouble = HANGS
    errands = Errands(means)
    with pytest.raises(ServerAway, match="within"):
        errands._issuer._courier.ask(means.client.catalogue, 0.05)
    server.trouble = None
    assert errands._issuer._courier.ask(means.client.catalogue, PATIENCE) == catalogue
    errands._issuer.close()
