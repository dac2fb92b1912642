from __future__ import annotations

from collections.abc import Sequence

import pytest

from kiosk.handover import BATCH, hand_over
from queue_server.client.http import ServerAway, ServerRefused
from queue_server.contracts.api import Problem
from queue_server.contracts.devices import HandedOver, HandOver, OfflineTicket, RefusedTicket


def offline(n: int) -> OfflineTicket:
    """Return the n-th ticket."""
    return OfflineTicket(id=f"k1.{n}", number=f"A{500 + n}", service="A01", language="ru",
                         issued_at="2026-11-23T05:00:00Z")  # fmt: skip


class Owner:
    """Has some tickets."""

    def __init__(self, count: int) -> None:
        self.left = [offline(n) for n in range(count)]

    def dated(self) -> tuple[OfflineTicket, ...]:
        """Return what is left."""
        return tuple(self.left)

    def settle(self, ids: Sequence[str]) -> None:
        """Give some away."""
        self.left = [one for one in self.left if one.id not in ids]


class Server:
    """Takes tickets; falls over at some, refuses others, forgets some."""

    def __init__(self, poison=(), refused=(), forgotten=(), status=500) -> None:
        self.poison, self.refused, self.forgotten = set(poison), set(refused), set(forgotten)
        self.status = status
        self.calls: list[list[str]] = []

    def take(self, wish: HandOver) -> HandedOver:
        """Answer a call."""
        ids = [one.id for one in wish.tickets]
        self.calls.append(ids)
        if self.poison & set(ids):
            raise _fault(self.status)
        refused = [RefusedTicket(id=i, code="x", detail="No.") for i in ids if i in self.refused]
        gone = self.refused | self.forgotten
        return HandedOver(taken=[i for i in ids if i not in gone], refused=refused)


def _fault(status: int) -> Exception:
    if status >= 500:
        return ServerAway("it fell over", status)
    return ServerRefused(Problem(title="No", status=status, code="bad_fields", detail="No."))


def test_all_are_handed_over_in_their_order():
    """In batches, the oldest first."""
    owner, server = Owner(95), Server()
    assert hand_over(owner, server.take) == 0
    assert owner.left == []
    assert [len(call) for call in server.calls] == [BATCH, BATCH, 15]
    assert [one for call in server.calls for one in call] == [f"k1.{n}" for n in range(95)]


def test_a_refused_ticket_is_settled(caplog):
    """The center has noted it; the kiosk says so in its log and goes on."""
    owner, server = Owner(3), Server(refused=["k1.1"])
    assert hand_over(owner, server.take) == 0
    assert owner.left == []
    assert "refused a ticket" in caplog.text


@pytest.mark.parametrize("status", [500, 503])
def test_a_ticket_at_which_the_server_falls_over_keeps_no_other(status):
    """It stays, and the others are taken."""
    owner, server = Owner(50), Server(poison=["k1.7"], status=status)
    assert hand_over(owner, server.take) == 1
    assert [one.id for one in owner.left] == ["k1.7"]


def test_a_ticket_that_the_server_cannot_read_is_refused():
    """A field that is wrong will be wrong tomorrow."""
    owner, server = Owner(5), Server(poison=["k1.2"], status=422)
    assert hand_over(owner, server.take) == 0
    assert owner.left == []


def test_a_server_that_falls_over_at_everything_is_not_asked_for_ever():
    """Three tickets tell enough."""
    owner = Owner(200)
    server = Server(poison=[one.id for one in owner.left])
    assert hand_over(owner, server.take) == 200
    assert len(server.calls) <= 8


def test_a_ticket_without_an_answer_stays():
    """And is not asked about again at once."""
    owner, server = Owner(4), Server(forgotten=["k1.3"])
    assert hand_over(owner, server.take) == 1
    assert [one.id for one in owner.left] == ["k1.3"]


def test_no_answer_at_all_is_a_lost_server():
    """Nothing is settled."""
    owner = Owner(4)

    def silence(_: HandOver) -> HandedOver:
        raise ServerAway("nobody")

    with pytest.raises(ServerAway):
        hand_over(owner, silence)
    assert len(owner.left) == 4


def test_a_server_that_takes_no_tickets_from_this_device_says_so():
    """That is not the tickets' fault."""
    with pytest.raises(ServerRefused):
        hand_over(Owner(4), Server(poison=["k1.0"], status=403).take)
