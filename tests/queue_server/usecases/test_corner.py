"""The self-service corner."""

import pytest

from queue_server.contracts.devices import DivertOnline
from queue_server.domain.errors import Refused, UnknownService
from queue_server.usecases import corner
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import KIOSK, do, types

PC = Actor("device", "corner-1", "corner")


def test_a_session_has_an_end(center: Center, clock: HandClock) -> None:
    """It runs out by itself after the center's time, and then a new one may begin."""
    begun = do(center, PC, corner.begin)
    assert (begun.began_at, begun.ends_at) == (
        "2026-11-23T05:00:00.000Z",
        "2026-11-23T05:15:00.000Z",
    )
    assert do(center, PC, corner.begin) == begun
    clock.pass_(minutes=15)
    assert do(center, PC, corner.now).ends_at is None


def test_a_session_is_extended_as_often_as_the_center_allows(center: Center) -> None:
    """Twice a quarter of an hour more; the third time is refused."""
    do(center, PC, corner.begin)
    left = [do(center, PC, corner.extend).extensions_left for _ in range(2)]
    assert left == [1, 0]
    assert do(center, PC, corner.now).ends_at == "2026-11-23T05:45:00.000Z"
    with pytest.raises(Refused):
        do(center, PC, corner.extend)


def test_who_leaves_ends_it(center: Center) -> None:
    """Nothing of the session is left, and nothing is extended that does not run."""
    do(center, PC, corner.begin)
    assert do(center, PC, corner.end).began_at is None
    with pytest.raises(Refused):
        do(center, PC, corner.extend)
    assert types(center)[-2:] == ["corner_began", "corner_ended"]


def test_what_is_done_online_is_counted(center: Center, clock: HandClock) -> None:
    """Each day counts for itself, each service too."""
    ask = DivertOnline(service="A02")
    counts = [do(center, KIOSK, lambda act: corner.divert(act, ask)).count for _ in range(3)]
    assert counts == [1, 2, 3]
    clock.pass_(days=1)
    assert do(center, KIOSK, lambda act: corner.divert(act, ask)).count == 1
    with pytest.raises(UnknownService):
        do(center, KIOSK, lambda act: corner.divert(act, DivertOnline(service="XX")))
