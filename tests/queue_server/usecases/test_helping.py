"""Somebody needs help, and somebody comes."""

import pytest

from queue_server.contracts.devices import CallHelp
from queue_server.domain.errors import Unknown
from queue_server.usecases import helping
from queue_server.usecases.ports import Center
from tests.queue_server.usecases.people import KIOSK, RECEPTION, SUPERVISOR, do, types

ASK = CallHelp(reason="assistance", language="kaa")


def test_a_call_waits_until_somebody_answers(center: Center) -> None:
    """It is listed, answered once, and its device sees that somebody comes."""
    asked = do(center, KIOSK, lambda act: helping.call(act, ASK))
    assert [one.id for one in helping.waiting(center).calls] == [asked.id]
    first = do(center, RECEPTION, lambda act: helping.answer(act, asked.id))
    again = do(center, SUPERVISOR, lambda act: helping.answer(act, asked.id))
    assert first == again == helping.one(center, asked.id)
    assert helping.waiting(center).calls == []
    assert types(center)[-2:] == ["help_called", "help_answered"]


def test_an_impatient_finger_calls_once(center: Center) -> None:
    """While the call waits, the same call again changes nothing."""
    calls = [do(center, KIOSK, lambda act: helping.call(act, ASK)) for _ in range(3)]
    assert len({one.id for one in calls}) == 1


def test_an_unknown_call_is_said_to_be_unknown(center: Center) -> None:
    """Nobody answers what nobody asked."""
    with pytest.raises(Unknown):
        do(center, RECEPTION, lambda act: helping.answer(act, 99))
