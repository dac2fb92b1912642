"""Devices: the page where staff see how every kiosk, board, printer and PC is."""

from __future__ import annotations

from flask import Response

from queue_server.web.auth import current_person, needs
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("devices:read")
def show() -> Response:
    """Show the devices."""
    person, language = current_person(), reader_language()
    assert person is not None
    with site().center.read() as work:
        timezone = work.catalogues.current().timezone
    data = starting_data(
        ("devices", "staff", "error"),
        language,
        timezone=timezone,
        answers=person.actor.may("help:answer"),
        csrf_token=person.csrf_token,
    )
    return page("devices/devices.html", language=language, data=data)
