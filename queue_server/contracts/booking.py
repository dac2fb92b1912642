"""Appointments over HTTP: `/api/v1/appointments`. Times are RFC 3339, days are the center's."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.contracts.shapes import Identifier, Reply, Request


class BookAppointment(Request):
    """What a visitor wants to come for, and when: the time of a free slot."""

    service: Identifier
    at: Annotated[str, Field(max_length=40)]
    language: Annotated[str, Field(max_length=16)] | None = None
    #: why the visitor may go first; its papers are seen at the center
    category: Identifier | None = None
    #: a phone number or an e-mail address for reminders; forgotten after the day
    contact: Annotated[str, Field(min_length=1, max_length=120)] | None = None


class BookableServiceOut(Reply):
    """A service that can be booked, with texts in every language."""

    id: str
    group: str
    texts: dict[str, str]
    minutes: float
    #: what to bring
    documents: list[dict[str, str]]
    fee_texts: dict[str, str] = {}
    hint: dict[str, str] = {}
    search: list[str] = []
    online: str = ""


class BookableGroupOut(Reply):
    """A group with those of its services that can be booked."""

    prefix: str
    texts: dict[str, str]
    icon: str
    services: list[BookableServiceOut]


class BookableOut(Reply):
    """What can be booked, and the center's rules for it."""

    name: dict[str, str]
    timezone: str
    languages: list[str]
    slot_minutes: int
    horizon_days: int
    lead_minutes: int
    #: open appointments of one phone or e-mail address
    per_contact: int
    #: a booked visitor who comes later than this queues like those without an appointment
    tolerance_minutes: int
    groups: list[BookableGroupOut]


class DayOut(Reply):
    """A day, and how many free places its slots have together."""

    #: YYYY-MM-DD
    day: str
    free: int
    #: why the center is closed on it, where it is a holiday
    holiday: dict[str, str] = {}
    #: whether the doors are open at all
    open: bool = True


class SlotOut(Reply):
    """A time of the day, and how many free places it has; 0 when it is taken."""

    at: str
    free: int


class SlotsOut(Reply):
    """The days that can be booked, and the times of one of them."""

    service: str
    #: the day whose slots follow: the one that was asked for, else the first with a free place
    day: str | None
    days: list[DayOut]
    slots: list[SlotOut]
