"""The hall as it was, over HTTP: `GET /api/v1/replay`. Nobody's name is in it."""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.shapes import Reply


class ReplayCourseOut(Reply):
    """A day's course, a sample a minute; each list begins at `begin`."""

    #: `YYYY-MM-DD`, and the days before and after it of which there is a log
    day: str
    earlier: str | None
    later: str | None
    #: RFC 3339; null for a day without a log
    begin: str | None
    closed: bool
    #: the wait that the center aims at, minutes
    norm: float
    waiting: list[int]
    at_windows: list[int]
    open_windows: list[int]
    #: the longest wait, begun minutes
    longest: list[int]


class ReplayTicketOut(Reply):
    """A ticket as the hall saw it."""

    number: str
    service: str
    state: str
    place: str
    #: when its present state began; of one that waits, its wait
    since: str


class ReplayWindowOut(Reply):
    """A window and who was called to it."""

    number: int
    hall: int
    state: Literal["closed", "open", "paused", "wrap_up"]
    since: str | None
    ticket: ReplayTicketOut | None


class ReplayCallOut(Reply):
    """A number on the boards."""

    number: str
    window: int
    at: str


class ReplayHallOut(Reply):
    """The hall at a minute."""

    at: str
    windows: list[ReplayWindowOut]
    #: in the order of the queue
    waiting: list[ReplayTicketOut]
    parked: list[ReplayTicketOut]
    #: the newest first
    calls: list[ReplayCallOut]
    #: since the day began
    issued: int
    served: int
    missed: int
    #: minutes
    longest: int
