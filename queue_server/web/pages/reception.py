"""Reception: the page where a greeter issues and corrects tickets."""

from __future__ import annotations

from flask import Response

from queue_server.web.auth import current_person, needs
from queue_server.web.pages.offers import clerks, names, offer, rules
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("reception:work")
def show() -> Response:
    """Show the reception."""
    person, language = current_person(), reader_language()
    assert person is not None
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
        csrf_token=person.csrf_token,
    )
    return page("reception/reception.html", language=language, data=data)
