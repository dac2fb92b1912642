"""The catalogue: the page where an administrator sets what the center offers, and when."""

from __future__ import annotations

from flask import Response

from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("catalogue:edit")
def show() -> Response:
    """Show the catalogue's forms."""
    person, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue = work.catalogues.current()
    data = starting_data(
        ("catalogue", "staff", "error", "devices"),
        language,
        timezone=catalogue.timezone,
        csrf_token=person.csrf_token,
        # in their order, which an object on its way to a page would lose
        tongues=[{"tag": tag, "name": name} for tag, name in site().languages.items()],
    )
    name = named(catalogue.name, language)
    return page("catalogue/catalogue.html", language=language, data=data, center=name)
