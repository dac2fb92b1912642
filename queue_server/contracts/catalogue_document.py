"""The shape of a whole catalogue document, as it is kept and edited.

What it means (does the group exist, is every service served) is judged by the domain. What is left
out has a default, so that a document of an earlier version is read too.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

Line = Annotated[str, StringConstraints(max_length=4000)]
Texts = dict[str, Line]
Span = Annotated[list[Line], Field(max_length=2)]
Confidence = Literal["h", "m", "l"]


class Shape(BaseModel):
    """A table of a document: strict types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Sparse(Shape):
    """A table in which what is not said has no key: the house's own values hold."""

    @model_serializer(mode="wrap")
    def _said(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in dump(self).items() if value is not None}


class CenterPart(Shape):
    """The site."""

    code: Line
    name: Texts
    timezone: Line
    languages: list[Line]
    bhm_soum: int | None = None


class RulesPart(Sparse):
    """What the center has decided for itself."""

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
    day_ends: Line | None = None


class HoursPart(Sparse):
    """When the doors are open; an empty list is a closed day."""

    mon_fri: Span | None = None
    mon: Span | None = None
    tue: Span | None = None
    wed: Span | None = None
    thu: Span | None = None
    fri: Span | None = None
    sat: Span | None = None
    sun: Span | None = None
    lunch: list[Span] | None = None
    stop_tickets_before_close_minutes: float | None = None


class BookingPart(Sparse):
    """What the center has decided about appointments."""

    slot_minutes: float | None = None
    horizon_days: int | None = None
    lead_minutes: float | None = None
    share: float | None = None
    per_contact: int | None = None
    reminder_minutes: list[int] | None = None


class HolidayPart(Shape):
    """A day on which the center is closed, and why."""

    date: Line
    texts: Texts


class SurgePart(HolidayPart):
    """A day with `factor` times as many visitors as usual, and why."""

    factor: float


class TextsPart(Shape):
    """A text without a name of its own."""

    texts: Texts


class NotRequiredPart(TextsPart):
    """A document that nobody may demand."""

    source: Line = ""


class GroupPart(Shape):
    """A place in the menu and its prefix letter."""

    prefix: Line
    icon: Line = ""
    demo_share: float = 0
    texts: Texts


class LegPart(Shape):
    """A step of a visit, and what must be done before it."""

    service: Line
    after: list[Line] = []


class ServicePart(Shape):
    """What a visitor comes for."""

    id: Line
    group: Line
    minutes: float
    documents: list[Line] = []
    fee: Line = ""
    fee_checked: Line = ""
    confidence: Confidence | None = None
    flags: list[Line] = []
    legs: list[LegPart] = []
    search: list[Line] = []
    online: Line = ""
    hours: HoursPart | None = None
    quota: int | None = None
    bookable: bool | None = None
    texts: Texts
    fee_texts: Texts = {}
    hint: Texts = {}


class DutyPart(Shape):
    """What a window does for now in place of its plan."""

    window: int
    groups: list[Line] = []
    services: list[Line] = []
    helps: list[Line] = []
    help_after_minutes: float | None = None
    skills: list[Line] = []
    languages: list[Line] = []
    day: Line = ""
    reason: Line = ""


class WindowPart(Shape):
    """A numbered place and what it takes."""

    number: int
    groups: list[Line] = []
    services: list[Line] = []
    helps: list[Line] = []
    help_after_minutes: float | None = None
    hall: int = 1
    skills: list[Line] = []
    languages: list[Line] = []
    label: Line = ""
    role: Line = ""
    lunch: int = 0

    @model_validator(mode="before")
    @classmethod
    def _counted_from_one(cls, told: Any) -> Any:
        """Read a lunch shift that was kept counted from 0."""
        if not isinstance(told, dict) or "lunch_shift" not in told:
            return told
        old = told["lunch_shift"]
        kept = {name: value for name, value in told.items() if name != "lunch_shift"}
        return {"lunch": 0 if old is None else old + 1} | kept


class ClosurePart(Sparse):
    """A service or a group whose tickets are not given for now."""

    service: Line | None = None
    group: Line | None = None
    reason: Line
    day: Line = ""


class HallPart(Shape):
    """The name of a hall."""

    number: int
    texts: Texts


class PointPart(Shape):
    """A room or corner without a window."""

    id: Line
    services: list[Line] = []
    texts: Texts


class CategoryPart(Shape):
    """Why a visitor has a head start; None is an unlimited one."""

    id: Line
    head_start_minutes: float | None
    proof: Line = ""
    basis: Line = ""
    confirm: Line = "none"
    confidence: Confidence | None = None
    texts: Texts


class EventPart(Shape):
    """What happened in somebody's life, and the services that it calls for."""

    id: Line
    icon: Line = ""
    legs: list[LegPart]
    texts: Texts
    hint: Texts = {}


class FactsPart(Shape):
    """What a visitor may want to know about the center."""

    phone: Line = ""
    address: Texts = {}
    legal_advice: Texts = {}
    sign_language: Texts = {}


class PlacePart(Shape):
    """A thing on the plan of a hall."""

    id: Line
    kind: Line
    hall: int = 1
    x: float
    y: float
    w: float
    h: float
    window: int | None = None
    texts: Texts


class NoticePart(Shape):
    """What the center tells everybody."""

    id: Line
    texts: Texts


class CatalogueDocument(Shape):
    """The whole document."""

    center: CenterPart
    rules: RulesPart = RulesPart()
    hours: HoursPart = HoursPart()
    holidays: list[HolidayPart] = []
    surges: list[SurgePart] = []
    booking: BookingPart = BookingPart()
    documents: dict[str, Texts] = {}
    not_required: list[NotRequiredPart] = []
    groups: list[GroupPart]
    services: list[ServicePart]
    windows: list[WindowPart]
    duties: list[DutyPart] = []
    closures: list[ClosurePart] = []
    halls: list[HallPart] = []
    points: list[PointPart] = []
    categories: list[CategoryPart] = []
    phrases: dict[str, Texts] = {}
    events: list[EventPart] = []
    facts: FactsPart = FactsPart()
    facilities: list[TextsPart] = []
    places: list[PlacePart] = []
    notices: list[NoticePart] = []
