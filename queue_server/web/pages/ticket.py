"""The visitor's own page, opened from the code on the slip."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, request

from queue_server.contracts.api import TicketOut
from queue_server.domain import waiting
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import UnknownTicket
from queue_server.usecases import views
from queue_server.usecases.access import VISITOR
from queue_server.web.auth import public
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import Site, site

#: the address holds the ticket's key: nobody else may learn it
PRIVATE: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
NOT_FOUND: Final = 404


@public
def show(ticket_id: str) -> Response:
    """Show a ticket to the holder of its key; whatever is wrong, the answer is the same."""
    key = request.args.get("key", "")
    try:
        held = views.held_ticket(site().center, VISITOR, ticket_id, key)
    except UnknownTicket:
        response = _not_found(reader_language())
    else:
        response = _page(site(), held, key)
    response.headers.update(PRIVATE)
    return response


def _page(here: Site, held: TicketOut, key: str) -> Response:
    with here.center.read() as work:
        catalogue = work.catalogues.current()
    wanted = request.args.get("lang")
    language = str(wanted) if wanted in here.languages else held.language
    return page(
        "ticket/ticket.html",
        language=language,
        ticket=held,
        center=named(catalogue.name, language),
        service=named(catalogue.service(held.service).texts, language),
        wait=_wait(here, held, language, catalogue.timezone),
        issued=_local(held.issued_at, catalogue.timezone),
        data=_data(catalogue, held, key, language),
    )


def _not_found(language: str) -> Response:
    """Return the same page for whatever was asked: it echoes nothing of the address."""

    def in_language(tag: str) -> dict[str, str]:
        return {"lang": tag}

    return page("ticket/not_found.html", NOT_FOUND, language=language, in_language=in_language)


def _data(catalogue: Catalogue, held: TicketOut, key: str, language: str) -> dict[str, Any]:
    shown = held.model_dump(mode="json", exclude={"key", "url"})
    return starting_data(
        ("ticket", "wait"),
        language,
        ticket=shown,
        key=key,
        timezone=catalogue.timezone,
        soon=waiting.SOON,
        long=waiting.LONG,
    )


def _local(instant: str, timezone: str) -> str:
    """Return the center's wall time of a wire instant."""
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(timezone)):%H:%M}"


def _wait(here: Site, held: TicketOut, language: str, timezone: str) -> str | None:
    """Return the expected wait in words of the page's language."""
    if held.estimate is None:
        return None
    expected = waiting.Estimate(held.estimate.low, held.estimate.high)
    local = here.center.clock.now().astimezone(ZoneInfo(timezone))
    return here.center.say_wait(expected, language, local)
