"""The floor's figures: told while somebody looks, and only when they have changed."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.usecases.ports import Center
from queue_server.web.figures import FigureKeeper
from tests.conftest import HandClock
from tests.queue_server.usecases.people import issue, open_window


class Room:
    """Who listens, and what they hear."""

    def __init__(self) -> None:
        self.audience: set[str] = {"floor"}
        self.heard: list[tuple[str, dict[str, Any]]] = []

    def emit(self, topic: str, payload: dict[str, Any]) -> None:
        """Hear."""
        self.heard.append((topic, payload))


@pytest.fixture
def room() -> Room:
    """A room in which somebody looks at the floor."""
    return Room()


@pytest.fixture
def keeper(center: Center, room: Room) -> FigureKeeper:
    """A keeper whose turns the test takes itself."""
    return FigureKeeper(center, room.emit, lambda: room.audience)


def test_the_floor_is_told_what_is_new(center: Center, keeper: FigureKeeper, room: Room) -> None:
    """A ticket changes the figures; a second look at the same hall says nothing."""
    keeper.tell()
    room.heard.clear()
    issue(center)
    keeper.tell()
    keeper.tell()
    ((topic, payload),) = room.heard
    assert (topic, payload["topic"], payload["type"]) == ("floor", "floor", "floor_figures")
    assert payload["day"]["waiting"] == 1
    assert {g["prefix"]: g["waiting"] for g in payload["groups"]}["A"] == 1


def test_alerts_come_by_time_alone(
    center: Center, clock: HandClock, keeper: FigureKeeper, room: Room
) -> None:
    """Nothing happens, and yet a window has become idle."""
    open_window(center, 1)
    issue(center)
    keeper.tell_floor()
    assert room.heard[-1][1]["alerts"] == []
    clock.pass_(minutes=3)
    keeper.tell_floor()
    assert [alert["kind"] for alert in room.heard[-1][1]["alerts"]] == ["idle"]


def test_nobody_looks(center: Center, keeper: FigureKeeper, room: Room) -> None:
    """Nothing is counted for an empty room, and who comes in sees the hall as it is then."""
    with center.read() as work:
        assert keeper.of_floor(work).day.waiting == 0
    room.audience.clear()
    issue(center)
    keeper.tell()
    assert room.heard == []
    with center.read() as work:
        assert keeper.of_floor(work).day.waiting == 1
