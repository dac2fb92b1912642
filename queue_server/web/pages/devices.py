"""Devices: the page where staff see how every kiosk, board, printer and PC is.

Administrators also let new devices in here, say where each stands, and sign devices off.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.pairing import AT_WINDOW
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site


@needs("devices:read")
def show() -> Response:
    """Show the devices."""
    person, language = the_person(), reader_language()
    with site().center.read() as work:
        catalogue = work.catalogues.current()
    manages = person.actor.may("devices:manage")
    data = starting_data(
        ("devices", "staff", "error", "pairing"),
        language,
        timezone=catalogue.timezone,
        answers=person.actor.may("help:answer"),
        csrf_token=person.csrf_token,
        places=_places(catalogue) if manages else None,
    )
    address = f"{request.host_url}pair"
    return page(
        "devices/devices.html", language=language, data=data, manages=manages, address=address
    )


def _places(catalogue: Catalogue) -> dict[str, Any]:
    """Return where a device may stand."""
    return {
        "halls": list(catalogue.halls),
        "windows": [{"number": one.number, "hall": one.hall} for one in catalogue.windows],
        "at_window": sorted(AT_WINDOW),
    }
