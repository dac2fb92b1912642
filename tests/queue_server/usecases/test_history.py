"""The history of a visit, and the notes on it."""

from __future__ import annotations

import pytest

from queue_server.contracts.asks import CallTicket, FinishTicket
from queue_server.domain.errors import Forbidden, Invalid, UnknownTicket
from queue_server.usecases import history, serving
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    KIOSK,
    RECEPTION,
    SUPERVISOR,
    clerk,
    do,
    events,
    issue,
    open_window,
)

CONTROLLER = Actor("person", "controller", "controller")


def test_a_visit_is_told_in_order(center: Center, clock: HandClock) -> None:
    """Each step has its time, its window, who did it and why; the note stands beside them."""
    issue(center)
    ticket = issue(center)
    open_window(center, 1)
    clock.pass_(minutes=7)
    wish = CallTicket(ticket=ticket.id, reason="feels unwell")
    do(center, clerk(1), lambda act: serving.call_this(act, 1, wish))
    do(center, clerk(1), lambda act: serving.start(act, ticket.id, None))
    do(center, clerk(1), lambda act: history.note(act, ticket.id, "comes back tomorrow "))
    away = FinishTicket(outcome="turned_away", document="not_required-1")
    do(center, clerk(1), lambda act: serving.finish(act, ticket.id, away))
    told = history.of_ticket(center, SUPERVISOR, ticket.id)
    assert [step.type for step in told.events] == [
        "ticket_issued",
        "ticket_called",
        "ticket_started",
        "ticket_noted",
        "ticket_finished",
    ]
    called, ended = told.events[1], told.events[-1]
    assert (called.window, called.clerk, called.rule_rank) == (1, "clerk1", 2)
    assert (called.reason, called.at) == ("feels unwell", "2026-11-23T05:07:00.000Z")
    with center.read() as work:
        person = work.access.person("clerk1")
    assert person is not None
    assert (called.by.login, called.by.name) == ("clerk1", person.name)
    assert (ended.document, ended.demanded, ended.state) == ("not_required-1", True, "finished")
    assert [(each.text, each.by.login) for each in told.notes] == [
        ("comes back tomorrow", "clerk1")
    ]


def test_a_note_stands_in_no_log(center: Center) -> None:
    """The log says only that something was noted, and under which number."""
    ticket = issue(center)
    kept = do(center, RECEPTION, lambda act: history.note(act, ticket.id, "a secret"))
    event = events(center)[-1]
    assert (event["type"], event["note"]) == ("ticket_noted", kept.id)
    assert "secret" not in str(event)


def test_a_note_says_something_about_a_ticket(center: Center) -> None:
    """Blanks are no note, and an unknown ticket takes none."""
    ticket = issue(center)
    with pytest.raises(Invalid):
        do(center, RECEPTION, lambda act: history.note(act, ticket.id, "  "))
    with pytest.raises(UnknownTicket):
        do(center, RECEPTION, lambda act: history.note(act, "none", "text"))


def test_the_history_is_for_staff(center: Center) -> None:
    """Devices and visitors neither read nor write it; a controller reads and does not write."""
    ticket = issue(center)
    for actor in (KIOSK, VISITOR):
        with pytest.raises(Forbidden):
            history.of_ticket(center, actor, ticket.id)
        with pytest.raises(Forbidden):
            do(center, actor, lambda act: history.note(act, ticket.id, "text"))
    assert history.of_ticket(center, CONTROLLER, ticket.id).number == ticket.number
    with pytest.raises(Forbidden):
        do(center, CONTROLLER, lambda act: history.note(act, ticket.id, "text"))
