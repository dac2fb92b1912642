"""The visitor's own page, opened from the code on the slip."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, request

from queue_server.contracts.api import TicketOut
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import UnknownTicket
from queue_server.domain.estimate import LONG, NOBODY, SOON, Estimate
from queue_server.usecases import kept_word, views
from queue_server.usecases.access import VISITOR
from queue_server.web.auth import public
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import Site, site

#: the address holds the ticket's key: nobody else may learn it
PRIVATE: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
NOT_FOUND: Final = 404
#: what the page has no use for, and nobody who looks over a shoulder should read
UNSHOWN: Final = {"key", "url", "category", "claimed", "needs", "event", "code"}
STYLE: Final = Path(__file__).parents[1] / "static" / "ticket" / "ticket.css"
_VARIABLE: Final = re.compile(r"var\(--([\w-]+)\)")
_TOKEN: Final = re.compile(r"--([\w-]+):([^;]+);")


@public
def show(ticket_id: str) -> Response:
    """Show a ticket to the holder of its key; whatever is wrong, the answer is the same."""
    key = request.args.get("key", "")
    try:
        held = views.held_ticket(site().center, VISITOR, ticket_id, key)
    except UnknownTicket:
        response = _not_found(_spoken())
    else:
        response = _page(site(), held, key)
    response.headers.update(PRIVATE)
    return response


@public
def style() -> Response:
    """Return the style sheet with the tokens' values written in: old phones know no variables."""
    response = Response(plain_style(STYLE.read_text(encoding="utf-8"), site().tokens_css))
    response.mimetype = "text/css"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@cache
def plain_style(style: str, tokens: str) -> str:
    """Return a style sheet with every `var(--name)` replaced; KeyError for an unknown one."""
    values = dict(_TOKEN.findall(tokens))
    return _VARIABLE.sub(lambda found: values[found[1]], style)


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
        slot=_local(held.slot, catalogue.timezone, "%d.%m.%Y, %H:%M") if held.slot else None,
        progress=_progress(held),
        not_required=[named(texts, language) for texts in catalogue.not_required],
        kept=[each.texts[language] for each in kept_word.notices(here.center, catalogue)],
        data=_data(catalogue, held, key, language),
    )


def _not_found(language: str) -> Response:
    """Return the same page for whatever was asked: it echoes nothing of the address."""

    def in_language(tag: str) -> dict[str, str]:
        return {"lang": tag}

    return page("ticket/not_found.html", NOT_FOUND, language=language, in_language=in_language)


def _spoken() -> str:
    """Return the language that the reader asked for, else the browser's, else the center's."""
    tags = {tag.lower(): tag for tag in site().languages}
    if request.args.get("lang", "").lower() in tags:
        return reader_language()
    for wanted in request.accept_languages.values():
        parts = wanted.lower().split("-")
        for tag in ("-".join(parts[:2]), parts[0], f"{parts[0]}-latn"):
            if tag in tags:
                return tags[tag]
    return reader_language()


def _progress(held: TicketOut) -> dict[str, int]:
    done = sum(1 for leg in held.legs if leg.state == "done")
    return {"done": done, "all": len(held.legs)}


def _data(catalogue: Catalogue, held: TicketOut, key: str, language: str) -> dict[str, Any]:
    shown = held.model_dump(mode="json", exclude=UNSHOWN)
    services = {held.service, *(leg.service for leg in held.legs)}
    return starting_data(
        ("ticket", "wait"),
        language,
        ticket=shown,
        key=key,
        names={each: named(catalogue.service(each).texts, language) for each in sorted(services)},
        timezone=catalogue.timezone,
        soon=SOON,
        long=LONG,
        late_behind=catalogue.rules.late_behind,
    )


def _local(instant: str, timezone: str, form: str = "%H:%M") -> str:
    """Return the center's wall time of a wire instant."""
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(timezone)).strftime(form)


def _wait(here: Site, held: TicketOut, language: str, timezone: str) -> str | None:
    """Return the expected wait in words of the page's language."""
    if held.estimate is None:
        return None
    low, high = held.estimate.low, held.estimate.high
    expected = NOBODY if low is None or high is None else Estimate(low, high)
    local = here.center.clock.now().astimezone(ZoneInfo(timezone))
    return here.center.say_wait(expected, language, local)
