"""The public page of appointments, and what its visitor takes home from it."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import segno
from flask import Response, request
from markupsafe import Markup

from queue_server.contracts.api import TicketOut
from queue_server.contracts.booking import BookableOut, BookableServiceOut
from queue_server.domain.errors import UnknownTicket
from queue_server.usecases import booking, views
from queue_server.usecases.access import VISITOR
from queue_server.web.auth import public
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.pages.ticket import PRIVATE, plain_style
from queue_server.web.site import Site, site

STYLE: Final = Path(__file__).parents[1] / "static" / "book" / "book.css"
_NOT_FOUND: Final = 404


@public
def show() -> Response:
    """Show what can be booked; the page's script asks for free times and books one."""
    language, offered = reader_language(), booking.services(site().center, VISITOR)
    return page(
        "book/book.html",
        language=language,
        center=named(offered.name, language),
        offered=offered,
        groups=[_group(offered, place, language) for place in range(len(offered.groups))],
        data=_data(offered, language),
    )


@public
def booked(ticket_id: str) -> Response:
    """Show an appointment to the holder of its key: the code, when and where, how to cancel."""
    here = site()
    try:
        held = views.held_ticket(here.center, VISITOR, ticket_id, request.args.get("key", ""))
    except UnknownTicket:
        held = None
    found = held is not None and held.slot is not None
    response = _booked(here, held) if held and found else _not_found()
    response.headers.update(PRIVATE)
    return response


def _not_found() -> Response:
    """Return the page for whatever was asked amiss: it echoes nothing of the address."""

    def in_language(tag: str) -> dict[str, str]:
        return {"lang": tag}

    return page("ticket/not_found.html", _NOT_FOUND, in_language=in_language)


@public
def style() -> Response:
    """Return the style sheet with the tokens' values written in: old phones know no variables."""
    response = Response(plain_style(STYLE.read_text(encoding="utf-8"), site().tokens_css))
    response.mimetype = "text/css"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _booked(here: Site, held: TicketOut) -> Response:
    language = reader_language() if "lang" in request.args else held.language
    with here.center.read() as work:
        catalogue = work.catalogues.current()
    service = catalogue.service(held.service)
    begins = datetime.fromisoformat(held.slot or "").astimezone(ZoneInfo(catalogue.timezone))
    return page(
        "book/booked.html",
        language=language,
        center=named(catalogue.name, language),
        held=held,
        service=named(service.texts, language),
        papers=[named(catalogue.documents[each], language) for each in service.documents],
        address=named(catalogue.facts.address, language) if catalogue.facts.address else "",
        day=_day_in_words(here, language, begins),
        time=f"{begins:%H:%M}",
        code=_spaced(held.code or ""),
        qr=_qr(held.url or ""),
        tolerance=_tolerance(here),
    )


def _day_in_words(here: Site, language: str, local: datetime) -> str:
    weekday = here.say("booking.weekdays_long", language).split("|")[local.weekday()]
    month = here.say("booking.months", language).split("|")[local.month - 1]
    return here.say("booking.day_long", language, weekday=weekday, day=local.day, month=month)


def _tolerance(here: Site) -> int:
    return booking.services(here.center, VISITOR).tolerance_minutes


def _spaced(code: str) -> str:
    """Return a code in halves, as it is read out."""
    middle = (len(code) + 1) // 2
    return f"{code[:middle]} {code[middle:]}".strip()


def _qr(url: str) -> Markup:
    """Return a QR code as a drawing; its black and white need no style."""
    drawing = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=True, scale=1, border=2, omitsize=True
    )
    # the drawing is segno's own: nothing in it was typed by anybody
    return Markup(drawing.getvalue().decode())  # noqa: S704


def _group(offered: BookableOut, place: int, language: str) -> dict[str, Any]:
    group = offered.groups[place]
    return {
        "prefix": group.prefix,
        "name": named(group.texts, language),
        "services": [_service(service, language) for service in group.services],
    }


def _service(service: BookableServiceOut, language: str) -> dict[str, str]:
    return {"id": service.id, "name": named(service.texts, language)}


def _data(offered: BookableOut, language: str) -> dict[str, Any]:
    services = {
        service.id: {
            "name": named(service.texts, language),
            "minutes": service.minutes,
            "papers": [named(texts, language) for texts in service.documents],
            "fee": named(service.fee_texts, language) if service.fee_texts else "",
            "hint": named(service.hint, language) if service.hint else "",
            "words": [*sorted(set(service.texts.values())), *service.search],
        }
        for group in offered.groups
        for service in group.services
    }
    return starting_data(
        ("booking",),
        language,
        services=services,
        timezone=offered.timezone,
        lead_minutes=offered.lead_minutes,
        per_contact=offered.per_contact,
    )
