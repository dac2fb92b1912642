"""Which leg of a visit comes next."""

import pytest

from queue_server.domain import journey
from queue_server.domain.catalogue import Leg, LifeEvent
from queue_server.domain.errors import Invalid
from queue_server.domain.moves import transfer
from queue_server.domain.ticket import Step
from tests.factories import a_service, a_ticket, a_ticket_in, at

A01, E01 = Step("A01"), Step("E01")


def visit(*legs: Step, service: str = "A01"):
    """Return a ticket with these legs whose leg in hand is of `service`."""
    return a_ticket(service=service, legs=legs)


def test_a_plain_service_is_one_leg() -> None:
    """Most visits are for one service."""
    assert journey.legs(a_service("A01")) == (A01,)


def test_a_composite_service_brings_its_further_steps() -> None:
    """The service itself comes first, then its steps with what must precede them."""
    birth = a_service("A01", legs=(Leg("E01"), Leg("E02", after=("E01",))))
    assert journey.legs(birth) == (A01, E01, Step("E02", ("E01",)))


def test_the_last_leg_leads_nowhere() -> None:
    """With one leg the visit ends."""
    assert journey.onward(visit(A01), {}) is None


def test_a_leg_that_is_done_does_not_come_again() -> None:
    """What has been served is not to come."""
    assert journey.onward(visit(A01, Step("E01", outcome="solved")), {}) is None


def test_a_leg_waits_for_what_must_come_before_it() -> None:
    """Precedence is kept, however short the wait for the later leg."""
    legs = A01, E01, Step("E02", after=("E01",))
    assert journey.onward(visit(*legs), {"E01": 50, "E02": 0}) == "E01"


def test_the_leg_in_hand_counts_as_done() -> None:
    """What must come after the leg in hand may come next."""
    assert journey.onward(visit(A01, Step("E01", after=("A01",))), {}) == "E01"


def test_a_leg_comes_once_all_before_it_are_done() -> None:
    """Two before it: the second is done as the leg in hand."""
    legs = Step("A01", outcome="solved"), E01, Step("E02", after=("A01", "E01"))
    assert journey.onward(visit(*legs, service="E01"), {}) == "E02"


@pytest.mark.parametrize(("waits", "next_leg"), [({"E01": 9, "G01": 4}, "G01"), ({}, "E01")])
def test_of_the_allowed_legs_the_shortest_wait_comes_next(waits, next_leg) -> None:
    """Where waits are equal or not known, the order of the visit decides."""
    assert journey.onward(visit(A01, E01, Step("G01")), waits) == next_leg


def test_two_legs_of_one_service_are_two() -> None:
    """A second passport is a leg of its own."""
    ticket = visit(A01, A01, Step("E01", after=("A01",)))
    assert journey.open_legs(ticket) == ("A01", "E01")
    assert journey.onward(ticket, {"A01": 9, "E01": 0}) == "A01"


def test_a_leg_of_the_service_in_hand_waits_for_what_comes_before_it() -> None:
    """That the same service is in hand now does not open a leg whose turn has not come."""
    ticket = visit(E01, Step("G01"), Step("E01", after=("G01",)), service="E01")
    assert journey.onward(ticket, {"E01": 0, "G01": 9}) == "G01"


def test_a_leg_does_not_wait_for_itself() -> None:
    """A leg transferred to the very service it had to follow is open."""
    ticket = visit(A01, Step("G01"), Step("E01", after=("E01",)))
    assert journey.onward(ticket, {"G01": 9, "E01": 0}) == "E01"


def test_legs_that_wait_for_each_other_are_not_lost() -> None:
    """Out of a circle the shortest wait comes next."""
    circle = Step("E01", after=("G01",)), Step("G01", after=("E01",))
    assert journey.onward(visit(A01, *circle), {"E01": 9, "G01": 4}) == "G01"


def test_a_transfer_of_one_leg_does_not_strand_the_next() -> None:
    """A step that had to come after a service comes after what the service became."""
    serving = a_ticket_in("serving", legs=(A01, Step("E01", after=("A01",))))
    sent = transfer(serving, "ann", at(5), service="G01")
    assert journey.onward(sent, {}) == "E01"


def test_at_the_cashier_the_sender_s_service_is_still_to_come() -> None:
    """Away with return, all legs are open but none of them is in hand."""
    serving = a_ticket_in("serving", legs=(A01, E01))
    away = transfer(serving, "ann", at(5), service="G01", with_return=True)
    assert journey.open_legs(away) == ("A01", "E01")


def test_legs_to_come_are_those_after_the_one_in_hand() -> None:
    """Neither what is done nor what is in hand is to come."""
    legs = Step("G01", outcome="solved"), A01, E01
    assert journey.open_legs(visit(*legs)) == ("E01",)


BIRTH = LifeEvent("birth", {}, "baby", (Leg("A01"), Leg("E01", ("A01",)), Leg("E02", ("E01",))))


def test_a_life_event_says_what_comes_before_what() -> None:
    """One ticket has the wanted services as legs, in the event's order of precedence."""
    legs = journey.visit(a_service("A01"), ["E02", "E01"], BIRTH)
    assert legs == (A01, Step("E02", ("E01",)), Step("E01", ("A01",)))


def test_a_life_event_brings_no_foreign_service() -> None:
    """A service that the event does not have is refused by name."""
    with pytest.raises(Invalid, match="U01 does not belong") as refused:
        journey.visit(a_service("A01"), ["U01"], BIRTH)
    assert refused.value.field == "legs"


def test_a_visit_cannot_begin_with_what_must_wait() -> None:
    """What needs another of the wanted services done first is no beginning."""
    with pytest.raises(Invalid, match="cannot be the first"):
        journey.visit(a_service("E01"), ["A01"], BIRTH)
    assert journey.visit(a_service("E01"), [], BIRTH) == (Step("E01"),)


def test_services_may_be_joined_without_an_event() -> None:
    """Several services on one ticket need no common cause, and none comes twice."""
    assert journey.visit(a_service("A01"), ["E01", "A01", "E01"]) == (A01, E01)
