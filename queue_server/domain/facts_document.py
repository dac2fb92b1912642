"""The center's facts and notices as parts of a catalogue document, there and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queue_server.domain import calendar_document
from queue_server.domain.facts import Facts, Notice, Place
from queue_server.domain.opening import Hours

Document = dict[str, Any]


def parse(document: Mapping[str, Any]) -> Facts:
    """Return the facts that a checked document means; what it leaves out is unknown."""
    told, hours = document.get("facts", {}), calendar_document.hours(document.get("hours", {}))
    return Facts(
        hours=hours.days,
        lunch=hours.lunch,
        stop_before_close=hours.stop_before_close,
        address=told.get("address", {}),
        phone=told.get("phone", ""),
        legal_advice=told.get("legal_advice", {}),
        sign_language=told.get("sign_language", {}),
        facilities=tuple(each["texts"] for each in document.get("facilities", ())),
        places=tuple(_place(each) for each in document.get("places", ())),
    )


def notices(document: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return the notices that a checked document means."""
    return tuple(Notice(each["id"], each["texts"]) for each in document.get("notices", ()))


def dump(facts: Facts) -> Document:
    """Return the sections of a document that say these facts; the inverse of `parse`."""
    hours = Hours(facts.hours, facts.lunch, facts.stop_before_close)
    return {
        "hours": calendar_document.hours_document(hours),
        "facts": {
            "phone": facts.phone,
            "address": dict(facts.address),
            "legal_advice": dict(facts.legal_advice),
            "sign_language": dict(facts.sign_language),
        },
        "facilities": [{"texts": dict(texts)} for texts in facts.facilities],
        "places": [_place_document(place) for place in facts.places],
    }


def notices_document(told: tuple[Notice, ...]) -> list[Document]:
    """Return the notices as a section of a document; the inverse of `notices`."""
    return [{"id": notice.id, "texts": dict(notice.texts)} for notice in told]


def _place(item: Mapping[str, Any]) -> Place:
    return Place(
        id=item["id"],
        kind=item["kind"],
        texts=item["texts"],
        x=float(item["x"]),
        y=float(item["y"]),
        w=float(item["w"]),
        h=float(item["h"]),
        hall=item["hall"],
        window=item["window"],
    )


def _place_document(place: Place) -> Document:
    return {
        "id": place.id,
        "kind": place.kind,
        "hall": place.hall,
        "x": place.x,
        "y": place.y,
        "w": place.w,
        "h": place.h,
        "window": place.window,
        "texts": dict(place.texts),
    }
