"""What a center offers, as kiosks and pages show it: `GET /api/v1/catalogue`."""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.shapes import Reply


class EventLegOut(Reply):
    """A service of a life event, and the services that must be done before it."""

    service: str
    after: list[str] = []


class LifeEventOut(Reply):
    """What happened in somebody's life, and the services that it calls for."""

    id: str
    texts: dict[str, str]
    icon: str
    legs: list[EventLegOut]
    hint: dict[str, str] = {}


class ServiceOut(Reply):
    """A service, with texts in every language."""

    id: str
    group: str
    texts: dict[str, str]
    minutes: float
    documents: list[dict[str, str]]
    fee: str
    flags: list[str]
    #: what it costs, for visitors, and the date (YYYY-MM-DD) on which that was checked
    fee_texts: dict[str, str] = {}
    fee_checked: str = ""
    #: what people also call it, for searching
    search: list[str] = []
    #: what a visitor should know before queueing: proactive benefits and the like
    hint: dict[str, str] = {}
    #: services that belong to the same visit, in order
    legs: list[str] = []
    #: where it can be done online; the flag `online` says that it can
    online: str = ""
    #: how many wait for it now, and the expected wait of one more, minutes; null while no open
    #: window serves it
    waiting: int
    low: int | None
    high: int | None
    #: why no ticket is given for it now, a key of the texts `closing.*`; null where it is
    closed: str | None = None
    bookable: bool = True


class GroupOut(Reply):
    """A service group with its services."""

    prefix: str
    texts: dict[str, str]
    icon: str
    services: list[ServiceOut]


class CategoryOut(Reply):
    """A category; `head_start_minutes` is null where it is unlimited."""

    id: str
    texts: dict[str, str]
    head_start_minutes: float | None
    statutory: bool
    proof: str
    #: who sees the papers before, or while, the head start counts
    confirm: Literal["none", "clerk", "reception"] = "none"


class WindowPlanOut(Reply):
    """A window of the catalogue."""

    number: int
    hall: int
    services: list[str]


class PlaceOut(Reply):
    """A thing on the plan of a hall, in a grid of squares: x, y, width and height."""

    id: str
    #: window, entrance, kiosk, room, toilet, seats, corner, reception, stairs, parking
    kind: str
    texts: dict[str, str]
    hall: int
    x: float
    y: float
    w: float
    h: float
    window: int | None = None


class HolidayOut(Reply):
    """A day on which the center is closed, and why."""

    #: YYYY-MM-DD
    date: str
    texts: dict[str, str]


class HallOut(Reply):
    """The name of a hall."""

    number: int
    texts: dict[str, str]


class FactsOut(Reply):
    """What a visitor may want to know about the center."""

    #: mon_fri, sat, sun, and weekdays of their own (mon, tue, …) → [open, close], empty for closed
    hours: dict[str, list[str]] = {}
    lunch: list[list[str]] = []
    holidays: list[HolidayOut] = []
    address: dict[str, str] = {}
    phone: str = ""
    legal_advice: dict[str, str] = {}
    sign_language: dict[str, str] = {}
    facilities: list[dict[str, str]] = []
    places: list[PlaceOut] = []


class NoticeOut(Reply):
    """What the center tells everybody."""

    id: str
    texts: dict[str, str]


class CatalogueOut(Reply):
    """Everything that a kiosk shows."""

    version: int
    code: str
    name: dict[str, str]
    timezone: str
    languages: list[str]
    groups: list[GroupOut]
    windows: list[WindowPlanOut]
    categories: list[CategoryOut]
    #: documents that may not be demanded
    not_required: list[dict[str, str]]
    events: list[LifeEventOut] = []
    facts: FactsOut = FactsOut()
    notices: list[NoticeOut] = []
    halls: list[HallOut] = []
