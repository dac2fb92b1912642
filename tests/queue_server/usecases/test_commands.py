"""Idempotency: the same key never acts twice and is answered the same."""

import pytest

from queue_server.contracts.asks import IssueTicket
from queue_server.domain.errors import DomainError, KeyReused, UnknownService
from queue_server.usecases import reception
from queue_server.usecases.act import Act
from queue_server.usecases.commands import Answer, Command, perform
from queue_server.usecases.ports import Center
from tests.queue_server.usecases.people import KIOSK, types


def _issue(act: Act) -> Answer:
    return Answer(201, reception.issue(act, IssueTicket(service="A01")).model_dump_json())


def _refuse(error: DomainError) -> Answer:
    return Answer(422, error.code)


def _fail(_: Act) -> Answer:
    raise UnknownService


def test_a_repeated_key_is_answered_and_not_done_again(center: Center) -> None:
    """One ticket, two equal answers."""
    command = Command("k1", "request")
    answers = [perform(center, KIOSK, command, _issue, _refuse) for _ in range(2)]
    assert answers[0] == answers[1]
    assert types(center).count("ticket_issued") == 1


def test_a_refusal_is_remembered_too(center: Center) -> None:
    """What was refused under a key stays refused under it, and nothing was done."""
    command = Command("k2", "request")
    first = perform(center, KIOSK, command, _fail, _refuse)
    assert first == Answer(422, "unknown_service")
    assert perform(center, KIOSK, command, _issue, _refuse) == first
    assert "ticket_issued" not in types(center)


def test_a_key_belongs_to_one_request(center: Center) -> None:
    """The key with another request is refused."""
    perform(center, KIOSK, Command("k3", "one"), _issue, _refuse)
    with pytest.raises(KeyReused):
        perform(center, KIOSK, Command("k3", "other"), _issue, _refuse)


def test_a_fault_of_ours_leaves_nothing(center: Center) -> None:
    """When an act breaks in the middle, neither its ticket nor its answer is kept."""

    def breaks(act: Act) -> Answer:
        _issue(act)
        raise RuntimeError("bug")

    with pytest.raises(RuntimeError):
        perform(center, KIOSK, Command("k4", "request"), breaks, _refuse)
    assert "ticket_issued" not in types(center)
    assert perform(center, KIOSK, Command("k4", "request"), _issue, _refuse).status == 201
