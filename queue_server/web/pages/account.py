"""The own account: what the person may open, the password, the second factor, the language."""

from __future__ import annotations

from flask import Response

from queue_server.usecases import second_factor
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.pages.sign_in import WORKPLACE, wanted_address
from queue_server.web.site import site


@needs("signed_in")
def show() -> Response:
    """Show the own account; while something is pending, only that."""
    me, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue, person = work.catalogues.current(), work.access.person(me.login)
    has_factor = person is not None and second_factor.active(person)
    must_have = me.role in site().center.sign_in.second_factor_for
    data = starting_data(
        ("people", "error"),
        language,
        csrf_token=me.csrf_token,
        pending=me.pending,
        second_factor=has_factor,
        must_have=must_have,
        onward=wanted_address() or WORKPLACE.get(me.role, "/account"),
    )
    return page(
        "account/account.html",
        language=language,
        data=data,
        center=named(catalogue.name, language),
        pending=me.pending,
        second_factor=has_factor,
        must_have=must_have,
    )
