"""Reception: the page where a greeter issues and corrects tickets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Response

from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import clerks, names, offer, rules
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

#: what the page's keys do → the right that it needs; without it there is no such key
KEYS: Final[Mapping[str, str]] = {
    "issue": "ticket:issue",
    "book": "ticket:book",
    "check-in": "ticket:check_in",
    "reprint": "ticket:reprint",
    "category": "ticket:category",
    "transfer": "ticket:transfer",
    "leg": "ticket:leg",
    "revive": "ticket:revive",
    "unbook": "ticket:unbook",
    "cancel": "ticket:cancel",
}


@needs("reception:work")
def show() -> Response:
    """Show the reception."""
    person, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue, people = work.catalogues.current(), work.access.people()
    data = starting_data(
        ("staff", "state", "reason", "error", "wait", "devices"),
        language,
        **offer(catalogue, language),
        clerks=clerks(people),
        people=names(people),
        rules=rules(catalogue),
        center_languages=list(catalogue.languages),
        person={"login": person.login, "name": person.name},
        may={key: person.actor.may(right) for key, right in KEYS.items()},
        csrf_token=person.csrf_token,
    )
    return page("reception/reception.html", language=language, data=data)
