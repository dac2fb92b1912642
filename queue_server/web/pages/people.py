"""People: the page where an administrator lets people in, moves them and takes them off."""

from __future__ import annotations

from flask import Response

from queue_server.usecases import people
from queue_server.usecases.rights import ROLES
from queue_server.web.auth import current_person, needs
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("people:manage")
def show() -> Response:
    """Show everybody."""
    me, language = current_person(), reader_language()
    assert me is not None, "a right that only people have"
    center = site().center
    everybody = people.overview(center, me.actor)
    with center.read() as work:
        catalogue = work.catalogues.current()
    data = starting_data(
        ("people", "role", "staff", "home", "error"),
        language,
        csrf_token=me.csrf_token,
        timezone=catalogue.timezone,
        me=me.login,
        roles=list(ROLES),
        windows=[window.number for window in catalogue.windows],
        **everybody.model_dump(),
    )
    return page("people/people.html", language=language, data=data, roles=ROLES)
