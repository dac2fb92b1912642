"""The counter panel: the page where a clerk calls and serves."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import UnknownWindow
from queue_server.domain.routing import Desk
from queue_server.usecases.access import SignedIn
from queue_server.usecases.ports import UnitOfWork
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import cashier, clerks, desk_facts, names, offer, rules
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("window:work")
def show() -> Response:
    """Show the panel of the clerk's window, or let a person without a fixed one choose."""
    person, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue = work.catalogues.current()
        number = _window(person, work)
        if number is None:
            return page("panel/choose.html", windows=catalogue.windows, language=language)
        facts = _facts(catalogue, work, person, number, language)
    data = starting_data(("staff", "state", "reason", "error", "devices"), language, **facts)
    return page("panel/panel.html", language=language, data=data, window=number)


def _window(person: SignedIn, work: UnitOfWork) -> int | None:
    """Return the window to work at: the fixed one, the one asked for, or the one open already."""
    shift = work.shifts.of(person.login)
    asked = request.args.get("window", type=int)
    number = person.window or asked or (shift.window if shift else None)
    if number is not None and number not in work.catalogues.current().windows_by_number:
        raise UnknownWindow
    return number


def _facts(
    catalogue: Catalogue, work: UnitOfWork, person: SignedIn, number: int, language: str
) -> dict[str, Any]:
    window = catalogue.window(number)
    desk = Desk(number, person.login, window.takes, window.skills, window.languages)
    people = work.access.people()
    return {
        **offer(catalogue, language),
        "rules": rules(catalogue),
        "desk": desk_facts(desk),
        "window": number,
        "person": {"login": person.login, "name": person.name},
        "csrf_token": person.csrf_token,
        "clerks": clerks(people),
        "people": names(people),
        "cashier": cashier(catalogue),
    }
