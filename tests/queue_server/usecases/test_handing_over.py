"""Tickets that a kiosk issued without the server take their true place."""

import pytest

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import IssueTicket
from queue_server.contracts.devices import HandedOver, HandOver, OfflineTicket
from queue_server.domain.errors import KeyReused, NotYourNumber
from queue_server.domain.ledger import verify
from queue_server.usecases import commands, handing_over, leasing, reception
from queue_server.usecases.commands import Answer, Command
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    KIOSK,
    call_next,
    do,
    events,
    issue,
    open_window,
    types,
)

NINE = "2026-11-23T09:00:00+05:00"


def offline(count: int = 500, **changes: object) -> OfflineTicket:
    """Return a ticket of the kiosk's own, made an hour before the clock of the tests."""
    facts: dict[str, object] = {
        "id": f"k1.{count:023x}",
        "number": f"A{count}",
        "service": "A02",
        "language": "ru",
        "issued_at": NINE,
    }
    return OfflineTicket.model_validate(facts | changes)


def hand_over(center: Center, *tickets: OfflineTicket) -> HandedOver:
    """Let the kiosk hand tickets over."""
    wish = HandOver(tickets=list(tickets))
    return do(center, KIOSK, lambda act: handing_over.take(act, wish))


@pytest.fixture(autouse=True)
def _leased(center: Center) -> None:
    do(center, KIOSK, leasing.lease)


def test_it_takes_the_place_of_its_time(center: Center) -> None:
    """Issued before another, it is called before it, though it came later to the server."""
    online = issue(center, "A02")
    assert hand_over(center, offline()).taken == [offline().id]
    open_window(center, 1)
    first, second = call_next(center, 1), call_next(center, 1)
    assert first is not None
    assert second is not None
    assert [first.number, second.number] == ["A500", online.number]
    assert first.issued_at == "2026-11-23T04:00:00.000Z"


def test_the_same_ticket_twice_is_one(center: Center) -> None:
    """An answer that was lost is answered the same, and nothing is doubled."""
    once, again = hand_over(center, offline()), hand_over(center, offline())
    assert once == again
    assert types(center).count("ticket_issued") == 1


def test_the_ledger_holds(center: Center) -> None:
    """The log of a day with a hand-over verifies."""
    hand_over(center, offline(500), offline(501), offline(502))
    with center.read() as work:
        assert verify(work.log.sealed(), work.seq, work.head_hash) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "A042"}, "not_your_number"),
        ({"number": "E500"}, "not_your_number"),
        ({"id": "k2.00000000000000000000000"}, "not_your_number"),
        ({"service": "XX"}, "unknown_service"),
        ({"language": "xx"}, "unknown_language"),
        ({"issued_at": "yesterday"}, "invalid"),
        ({"issued_at": "2026-11-23T09:00:00"}, "invalid"),
    ],
)
def test_what_cannot_be_taken_is_refused_alone(center: Center, changes, code) -> None:
    """The others are taken, and the refusal is written down: a visitor holds that paper."""
    answer = hand_over(center, offline(501, **changes), offline(502))
    assert [one.code for one in answer.refused] == [code]
    assert answer.taken == [offline(502).id]
    assert "hand_over_refused" in types(center)


def test_a_number_of_that_day_is_given_once(center: Center) -> None:
    """Another ticket under the same number is refused."""
    hand_over(center, offline())
    other = offline(id="k1.ffffffffffffffffffffff0")
    assert [one.code for one in hand_over(center, other).refused] == ["number_taken"]


def test_yesterday_s_ticket_is_yesterday_s(center: Center, clock: HandClock) -> None:
    """It is kept under its own day, and has expired."""
    clock.pass_(days=1)
    hand_over(center, offline())
    with center.read() as work:
        kept = work.tickets.get(offline().id)
    assert kept is not None
    assert (kept.day.isoformat(), kept.state) == ("2026-11-23", "expired")


def test_a_clock_ahead_of_the_server_s_is_cut(center: Center, clock: HandClock) -> None:
    """Nobody comes from the future."""
    hand_over(center, offline(issued_at="2031-01-01T00:00:00Z"))
    with center.read() as work:
        kept = work.tickets.get(offline().id)
    assert kept is not None
    assert kept.issued_at == clock.now()


def test_the_ticket_of_a_lost_answer_is_ended(center: Center) -> None:
    """The server issued, the answer was lost, the kiosk gave its own number: one remains."""
    ghost = answered(center, "press-1")
    hand_over(center, offline(instead_of="press-1"))
    with center.read() as work:
        ended = work.tickets.get(ghost.id)
    assert ended is not None
    assert ended.state == "cancelled"
    assert ended.reason is not None
    assert "A500" in ended.reason


def test_a_request_that_comes_after_the_hand_over_issues_nothing(center: Center) -> None:
    """What hung in the network until then is refused."""
    hand_over(center, offline(instead_of="press-1"))
    with pytest.raises(KeyReused):
        answered(center, "press-1")
    assert types(center).count("ticket_issued") == 1


def test_a_kiosk_without_own_numbers_hands_nothing_over(center: Center) -> None:
    """Only who was granted numbers can have used them."""
    stranger = KIOSK.__class__("device", "kiosk-9", "kiosk")
    with pytest.raises(NotYourNumber):
        do(center, stranger, lambda act: handing_over.take(act, HandOver(tickets=[offline()])))


def test_the_day_s_settlement_names_what_was_used(center: Center, clock: HandClock) -> None:
    """A number that was passed over is not called used, and neither is the rest of the block."""
    hand_over(center, offline(500), offline(501), offline(503))
    clock.pass_(days=1)
    issue(center)
    (settled,) = [event for event in events(center) if event["type"] == "numbers_used"]
    assert settled["detail"] == "2026-11-23: A500-A501 A503"


def answered(center: Center, key: str) -> TicketOut:
    """Issue under an idempotency key, as the HTTP call does."""

    def run(act) -> Answer:
        ticket = reception.issue(act, IssueTicket(service="A02", paper="own"))
        return Answer(201, ticket.model_dump_json())

    answer = commands.perform(center, KIOSK, Command(key, "hash"), run, lambda _: Answer(409, "{}"))
    return TicketOut.model_validate_json(answer.body)
