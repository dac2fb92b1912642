"""What a visitor may want to know about the center: its hours, its rooms, and what it announces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from queue_server.domain.opening import DAYS, Span

__all__ = ["DAYS", "PLACE_KINDS", "Facts", "Notice", "Place", "Span"]

#: what can stand on the plan of a hall
PLACE_KINDS = (
    "window",
    "entrance",
    "kiosk",
    "reception",
    "seats",
    "corner",
    "room",
    "toilet",
    "stairs",
    "parking",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A thing on the plan of a hall; x, y, width and height in squares from the upper left."""

    id: str
    #: one of PLACE_KINDS
    kind: str
    texts: Mapping[str, str]
    x: float
    y: float
    w: float
    h: float
    hall: int = 1
    #: the window's number where it is one
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the center tells everybody."""

    id: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The center itself; a text without languages is one that the center does not give."""

    #: of opening.DAY_NAMES
    hours: Mapping[str, Span] = field(default_factory=dict)
    lunch: tuple[Span, ...] = ()
    #: the last ticket is given so long before the end of a day
    stop_before_close: timedelta = timedelta()
    address: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    #: who gives it, where and when
    legal_advice: Mapping[str, str] = field(default_factory=dict)
    #: when an interpreter is there
    sign_language: Mapping[str, str] = field(default_factory=dict)
    facilities: tuple[Mapping[str, str], ...] = ()
    places: tuple[Place, ...] = ()
