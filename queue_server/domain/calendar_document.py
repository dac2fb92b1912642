"""Hours, holidays, surges and appointments as parts of a catalogue document, there and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from queue_server.domain.catalogue import Booking
from queue_server.domain.opening import DAY_NAMES, Holiday, Hours, Surge

Document = dict[str, Any]

_MINUTE = timedelta(minutes=1)


def hours(item: Mapping[str, Any] | None) -> Hours:
    """Return the hours of a week that a checked document tells; none are told by {} or None."""
    told = item or {}
    return Hours(
        days={name: tuple(told[name]) for name in DAY_NAMES if told.get(name) is not None},
        lunch=tuple(tuple(each) for each in told.get("lunch") or ()),
        stop_before_close=told.get("stop_tickets_before_close_minutes", 0) * _MINUTE,
    )


def hours_document(told: Hours) -> Document:
    """Return the hours as a part of a document; the inverse of `hours`."""
    days = {name: list(span) for name, span in told.days.items()}
    lunch = {"lunch": [list(span) for span in told.lunch]} if told.lunch else {}
    stop = told.stop_before_close / _MINUTE
    return days | lunch | ({"stop_tickets_before_close_minutes": stop} if stop else {})


def holidays(document: Mapping[str, Any]) -> tuple[Holiday, ...]:
    """Return the days on which the center is closed."""
    told = document.get("holidays", ())
    return tuple(Holiday(date.fromisoformat(each["date"]), each["texts"]) for each in told)


def surges(document: Mapping[str, Any]) -> tuple[Surge, ...]:
    """Return the days that bring more or fewer visitors than usual."""
    return tuple(
        Surge(date.fromisoformat(each["date"]), float(each["factor"]), each["texts"])
        for each in document.get("surges", ())
    )


def days_document(closed: tuple[Holiday, ...], busy: tuple[Surge, ...]) -> Document:
    """Return holidays and surges as sections; the inverse of `holidays` and `surges`."""
    return {
        "holidays": [{"date": each.day.isoformat(), "texts": dict(each.texts)} for each in closed],
        "surges": [
            {"date": each.day.isoformat(), "factor": each.factor, "texts": dict(each.texts)}
            for each in busy
        ],
    }


def booking(document: Mapping[str, Any]) -> Booking:
    """Return what the center has decided about appointments, and the house's defaults."""
    told, usual = document.get("booking", {}), Booking()
    return Booking(
        slot=told.get("slot_minutes", usual.slot / _MINUTE) * _MINUTE,
        horizon_days=told.get("horizon_days", usual.horizon_days),
        lead=told.get("lead_minutes", usual.lead / _MINUTE) * _MINUTE,
        share=float(told.get("share", usual.share)),
        per_contact=told.get("per_contact", usual.per_contact),
        reminders=tuple(told.get("reminder_minutes", usual.reminders)),
    )


def booking_document(told: Booking) -> Document:
    """Return the section about appointments; the inverse of `booking`."""
    return {
        "slot_minutes": told.slot / _MINUTE,
        "horizon_days": told.horizon_days,
        "lead_minutes": told.lead / _MINUTE,
        "share": told.share,
        "per_contact": told.per_contact,
        "reminder_minutes": list(told.reminders),
    }


def clock(text: str) -> time:
    """Return a time of the day, "04:00"."""
    return time.fromisoformat(text)
