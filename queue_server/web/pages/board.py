"""The web board, for televisions: the page itself is public, its calls need a token."""

from __future__ import annotations

from flask import Response, request

from queue_server.domain.errors import Unknown
from queue_server.web.auth import public
from queue_server.web.pages.rendering import page, reader_language
from queue_server.web.site import site


@public
def show(hall: int) -> Response:
    """Show a hall's board, fed by the token in its address or by the reader's session."""
    with site().center.read() as work:
        catalogue = work.catalogues.current()
    if hall not in catalogue.halls:
        raise Unknown
    return page(
        "board/board.html",
        language=reader_language(),
        hall=hall,
        token=request.args.get("token", ""),
        center_names=dict(catalogue.name),
        timezone=catalogue.timezone,
        texts={tag: dict(site().texts("board", tag)) for tag in catalogue.languages},
    )
