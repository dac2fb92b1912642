"""An alert's course: raised once, settled by others than whom it is about."""

from dataclasses import replace

import pytest

from queue_server.domain.integrity import alert as alerts
from queue_server.domain.integrity.alert import MOVES, Alert, AlertState
from queue_server.domain.integrity.errors import AlertSettled, OwnAlert
from queue_server.domain.integrity.finding import (
    CENTER,
    Case,
    Evidence,
    Finding,
    Subject,
)
from tests.factories import at

FOUND = Finding(
    "R1", "2026-11-23", Subject("person", "ann"), Evidence(1, 1, 0, 9), (Case(1, (7,), "A001"),)
)
MORE = replace(FOUND, evidence=Evidence(2, 1, 0, 20), cases=(*FOUND.cases, Case(2, (9,))))


def test_a_finding_is_raised_once() -> None:
    """The same again changes nothing."""
    first = alerts.raised(FOUND, None, at(0))
    assert first == Alert(FOUND, at(0))
    assert alerts.raised(FOUND, first, at(5)) is None


def test_more_of_the_same_updates_the_alert() -> None:
    """Its evidence grows, its id stays, and it was raised when it was raised."""
    grown = alerts.raised(MORE, Alert(FOUND, at(0)), at(5))
    assert grown == Alert(MORE, at(0))
    assert grown.id == FOUND.id


@pytest.mark.parametrize(
    ("before", "after"),
    [("explained", "open"), ("dismissed", "open"), ("confirmed", "confirmed"), ("open", "open")],
)
def test_what_was_said_of_less_is_said_again(before: str, after: str) -> None:
    """More evidence opens an alert again; one that was confirmed stays so."""
    known = Alert(FOUND, at(0), AlertState(before))
    grown = alerts.raised(MORE, known, at(5))
    assert grown is not None
    assert grown.state == after


def test_fewer_numbers_open_nothing() -> None:
    """A share that has sunk is noted, no more."""
    known = Alert(FOUND, at(0), AlertState.DISMISSED)
    again = alerts.raised(replace(FOUND, evidence=Evidence(1, 1, 0, 30)), known, at(5))
    assert again is not None
    assert again.state is AlertState.DISMISSED


@pytest.mark.parametrize("to", MOVES)
def test_nobody_settles_an_alert_about_themself(to: AlertState) -> None:
    """Whatever the state and the right, another one must look at it."""
    with pytest.raises(OwnAlert):
        alerts.settled(Alert(FOUND, at(0)), to, "ann")
    assert alerts.settled(Alert(FOUND, at(0)), to, "cora").state is to


@pytest.mark.parametrize("state", AlertState)
@pytest.mark.parametrize("to", MOVES)
def test_only_the_drawn_moves_are_made(state: AlertState, to: AlertState) -> None:
    """Confirmed and dismissed are final; explained may become either."""
    known = Alert(FOUND, at(0), state)
    if state in MOVES[to]:
        assert alerts.settled(known, to, "cora").state is to
    else:
        with pytest.raises(AlertSettled) as refused:
            alerts.settled(known, to, "cora")
        assert refused.value.facts == {"state": state}


def test_an_alert_about_the_center_is_about_nobody() -> None:
    """Neither is one about a device, even where its name is somebody's login."""
    for subject in (CENTER, Subject("device", "ann")):
        one = Alert(replace(FOUND, subject=subject), at(0))
        assert (one.about, one.is_about("ann"), one.is_about("")) == ("", False, False)
