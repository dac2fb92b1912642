"""What visitors do with their own tickets, and what becomes of a category they declare."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import moves
from queue_server.domain.errors import (
    AlreadyLate,
    AlreadyRated,
    NothingToConfirm,
    NothingToRate,
)
from queue_server.domain.routing import arrival
from queue_server.domain.ticket import State
from tests.factories import DISABILITY, INFANT, a_ticket, a_ticket_in, at


@given(st.integers(1, 60))
def test_a_late_visitor_stands_just_behind_another(minute: int) -> None:
    """The place is the first one after the ticket named, whatever its minute."""
    behind = a_ticket(id="other", issued_at=at(minute), order_key=at(minute), serial=9)
    late = moves.step_back(a_ticket(), at(61), behind.order_key)
    assert arrival(late) > arrival(behind)
    assert late.late
    assert late.issued_at == a_ticket().issued_at


def test_one_is_late_but_once() -> None:
    """The second time is refused."""
    late = moves.step_back(a_ticket(), at(1), at(5))
    with pytest.raises(AlreadyLate):
        moves.step_back(late, at(2), at(9))


def test_papers_that_were_seen_give_the_place() -> None:
    """A declared category counts once it is confirmed, and then as if from the issue."""
    claim = a_ticket(claimed="infant")
    seen = moves.confirm(claim, "rec", at(4), INFANT)
    assert (seen.category, seen.claimed) == ("infant", None)
    assert seen.order_key == claim.issued_at - INFANT.head_start
    assert moves.confirm(claim, "rec", at(4), DISABILITY).statutory


def test_papers_that_were_not_shown_take_it() -> None:
    """The ticket stays, as an ordinary one."""
    claim = replace(a_ticket(claimed="disability"), category="disability", statutory=True)
    plain = moves.confirm(claim, "rec", at(4), None)
    assert (plain.category, plain.claimed, plain.statutory) == (None, None, False)
    assert plain.order_key == claim.issued_at


def test_what_nobody_declared_is_not_confirmed() -> None:
    """Without a claim there is nothing to see."""
    with pytest.raises(NothingToConfirm):
        moves.confirm(a_ticket(), "rec", at(1), INFANT)


def test_a_visit_is_rated_once_and_after_its_end() -> None:
    """The rating leaves the ticket as it ended."""
    done = a_ticket_in(State.FINISHED)
    rated = moves.rate(done, 5)
    assert (rated.stars, rated.state, rated.moved) == (5, State.FINISHED, done.moved)
    assert rated.version == done.version + 1
    with pytest.raises(AlreadyRated):
        moves.rate(rated, 1)


@pytest.mark.parametrize("state", sorted(set(State) - {State.FINISHED}))
def test_what_was_not_served_is_not_rated(state: State) -> None:
    """A cancelled, missed or waiting visit has no service to speak of."""
    with pytest.raises(NothingToRate):
        moves.rate(a_ticket_in(state), 3)
