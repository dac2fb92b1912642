"""The tables of a catalogue's TOML file: which keys there are, and of which type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from config import loader
from config.languages import Fee, Hint, Line, Text


def _opening_and_closing(span: tuple[str, ...]) -> tuple[str, ...]:
    if span and not (len(span) == 2 and span[0] < span[1]):  # noqa: PLR2004 - a pair
        raise ValueError("must be two times in order, like '09:00', '18:00'")
    return span


Confidence = Literal["h", "m", "l"]
Clock = Annotated[str, loader.like(r"([01]\d|2[0-3]):[0-5]\d", "'09:00'")]
Day = Annotated[str, loader.like(r"(\d{4}-\d\d-\d\d)?", "'2026-11-01'")]
RealDay = Annotated[str, loader.like(r"\d{4}-\d\d-\d\d", "'2026-11-01'")]
Confirm = Literal["none", "clerk", "reception"]
Span = Annotated[tuple[Clock, ...], AfterValidator(_opening_and_closing)]


class Center(loader.Settings):
    """`[center]`: the site and what it has decided for itself."""

    code: Line
    name_uz: Line
    name_uz_cyrl: Annotated[Line | None, Field(alias="name_uz_Cyrl")] = None
    name_ru: Line
    name_kaa: Line | None = None
    name_en: Line
    timezone: Line
    languages: tuple[Line, ...]
    bhm_soum: int | None = None
    wait_norm_minutes: float | None = None
    no_show_calls: int | None = None
    no_show_gap_seconds: float | None = None
    statutory_cap: int | None = None
    revive_minutes: float | None = None
    undo_seconds: float | None = None
    appointment_head_start_minutes: float | None = None
    appointment_tolerance_minutes: float | None = None
    late_behind: int | None = None
    corner_session_minutes: float | None = None
    corner_extensions: int | None = None
    keep_hours: bool | None = None
    day_ends: Clock | None = None


class Hours(loader.Settings):
    """`[hours]`: when the doors are open; an empty list is a closed day.

    A weekday of its own (`mon` to `fri`) goes before `mon_fri`. A service may have the same table.
    """

    mon_fri: Span = ()
    mon: Span | None = None
    tue: Span | None = None
    wed: Span | None = None
    thu: Span | None = None
    fri: Span | None = None
    sat: Span = ()
    sun: Span = ()
    lunch: tuple[Span, ...] = ()
    stop_tickets_before_close_minutes: float = 0


class Holiday(Text):
    """`[[holidays]]`: a day on which the center is closed, and why."""

    date: RealDay


class Surge(Text):
    """`[[surges]]`: a day on which so many times as many visitors come as usual, and why."""

    date: RealDay
    factor: float


class Hall(Text):
    """`[[halls]]`: the name of a hall."""

    number: int


class Booking(loader.Settings):
    """`[booking]`: what the center has decided about appointments."""

    slot_minutes: float | None = None
    horizon_days: int | None = None
    lead_minutes: float | None = None
    share: float | None = None
    per_contact: int | None = None
    reminder_minutes: tuple[int, ...] | None = None


class Duty(loader.Settings):
    """`[[duties]]`: what a window does for now in place of its plan."""

    window: int
    groups: tuple[Line, ...] = ()
    services: tuple[Line, ...] = ()
    helps: tuple[Line, ...] = ()
    help_after_minutes: float | None = None
    skills: tuple[Line, ...] = ()
    languages: tuple[Line, ...] = ()
    day: Day = ""
    reason: str = ""


class Closure(loader.Settings):
    """`[[closures]]`: a service or a group whose tickets are not given for now."""

    service: Line | None = None
    group: Line | None = None
    reason: Line
    day: Day = ""


class NotRequired(Text):
    """`[[not_required]]`: a document that nobody may demand."""

    source: str = ""


class Group(Text):
    """`[[groups]]`: a place in the menu and its prefix letter."""

    prefix: Line
    icon: str = ""
    demo_share: float = 0


class Leg(loader.Settings):
    """One of the `legs` of a service or life event: a step and what must be done before it."""

    service: Line
    after: tuple[Line, ...] = ()


class Service(Text, Fee, Hint):
    """`[[services]]`: what a visitor comes for."""

    id: Line
    group: Line
    minutes: float
    documents: tuple[Line, ...] = ()
    fee: str = ""
    fee_checked: Day = ""
    confidence: Confidence | None = None
    flags: tuple[Line, ...] = ()
    legs: tuple[Leg, ...] = ()
    search: tuple[Line, ...] = ()
    online: str = ""
    hours: Hours | None = None
    quota: int | None = None
    bookable: bool | None = None


class Event(Text, Hint):
    """`[[events]]`: what happened in somebody's life, and the services that it calls for."""

    id: Line
    icon: str = ""
    legs: tuple[Leg, ...]


class Window(loader.Settings):
    """`[[windows]]`: a numbered place and what it takes."""

    number: int
    groups: tuple[Line, ...] = ()
    services: tuple[Line, ...] = ()
    helps: tuple[Line, ...] = ()
    help_after_minutes: float | None = None
    hall: int = 1
    skills: tuple[Line, ...] = ()
    languages: tuple[Line, ...] = ()
    label: str = ""
    role: str = ""
    lunch: int | None = None
    #: how it was written before: counted from 0
    lunch_shift: int | None = None


class Point(Text):
    """`[[points]]`: a room or corner without a window."""

    id: Line
    services: tuple[Line, ...] = ()


class Priority(Text):
    """`[[priorities]]`: a category; tier 1 is statutory."""

    id: Line
    tier: Literal[1, 2]
    head_start_minutes: float | None = None
    proof: str = ""
    basis: str = ""
    confirm: Confirm = "none"
    confidence: Confidence | None = None

    @field_validator("head_start_minutes")
    @classmethod
    def _only_in_tier_2(cls, minutes: float | None, found: ValidationInfo) -> float | None:
        if minutes is not None and found.data.get("tier") == 1:
            raise ValueError("belongs to tier 2; tier 1 has an unlimited head start")
        return minutes


class Facts(loader.Settings):
    """`[facts]`: what a visitor may want to know about the center, beside its hours."""

    phone: str = ""
    address: Text | None = None
    legal_advice: Text | None = None
    sign_language: Text | None = None


class Place(Text):
    """`[[places]]`: a thing on the plan of a hall, in squares from the upper left corner."""

    id: Line
    kind: Line
    hall: int = 1
    x: float
    y: float
    w: float
    h: float
    window: int | None = None


class Notice(Text):
    """`[[notices]]`: what the center tells everybody."""

    id: Line


class CatalogueFile(loader.Settings):
    """The whole file."""

    center: Center
    hours: Hours | None = None
    holidays: tuple[Holiday, ...] = ()
    surges: tuple[Surge, ...] = ()
    booking: Booking | None = None
    documents: Mapping[str, Text] = Field(default_factory=dict)
    not_required: tuple[NotRequired, ...] = ()
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    windows: tuple[Window, ...]
    points: tuple[Point, ...] = ()
    priorities: tuple[Priority, ...] = ()
    events: tuple[Event, ...] = ()
    facts: Facts | None = None
    halls: tuple[Hall, ...] = ()
    duties: tuple[Duty, ...] = ()
    closures: tuple[Closure, ...] = ()
    facilities: tuple[Text, ...] = ()
    places: tuple[Place, ...] = ()
    notices: tuple[Notice, ...] = ()
    phrases: Mapping[str, Text] = Field(default_factory=dict)
