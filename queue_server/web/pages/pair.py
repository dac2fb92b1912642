"""The page by which a browser becomes a device: a television a board, a PC one of the corner."""

from __future__ import annotations

from typing import Final

from flask import Response, request

from queue_server.web.auth import public
from queue_server.web.pages.rendering import page, starting_data
from queue_server.web.site import site

#: what a browser can be
KINDS: Final = ("board", "corner")


@public
def show() -> Response:
    """Show the code of this browser, or ask what it is for: `?kind=board`, `?kind=corner`.

    Whatever else stands in the address goes on to the device's own page.
    """
    with site().center.read() as work:
        tongues = work.catalogues.current().languages
    kind = request.args.get("kind", "")
    options = {name: value for name, value in request.args.items() if name not in _OWN}
    return page(
        "pair/pair.html",
        language=tongues[0],
        tongues=tongues,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        options=options,
        words={tag: _words(tag) for tag in tongues},
        data=starting_data(
            (),
            tongues[0],
            kind=kind if kind in KINDS else None,
            options=options,
        ),
    )


#: arguments of the address that are for this page alone
_OWN: Final = frozenset({"kind", "token", "lang"})


def _words(language: str) -> dict[str, str]:
    return {
        **{f"pairing.{name}": text for name, text in site().texts("pairing", language).items()},
        **{f"devices.{name}": text for name, text in site().texts("devices", language).items()},
    }
