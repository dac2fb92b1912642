"""The self-service corner's page, for its PCs: public, its calls need the PC's token."""

from __future__ import annotations

from flask import Response, request

from queue_server.web.auth import public
from queue_server.web.pages.rendering import page, starting_data
from queue_server.web.site import site


@public
def show() -> Response:
    """Show the page in every language: a visitor changes it without losing anything."""
    with site().center.read() as work:
        catalogue = work.catalogues.current()
    first, *_ = catalogue.languages
    data = starting_data(
        (),
        first,
        words={tag: _words(tag) for tag in catalogue.languages},
        center=dict(catalogue.name),
        token=request.args.get("token", ""),
    )
    return page("corner/corner.html", language=first, tongues=catalogue.languages, data=data)


def _words(language: str) -> dict[str, str]:
    return {f"corner.{name}": text for name, text in site().texts("corner", language).items()}
