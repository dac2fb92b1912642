"""The web board, for televisions: the page itself is public, its calls and media need a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from flask import Flask, Response, current_app, jsonify, request, send_from_directory

from queue_server.domain.errors import Forbidden, Unknown
from queue_server.web.auth import KnownDevices, current_actor, needs, public
from queue_server.web.pages.rendering import page, reader_language
from queue_server.web.site import site

#: what a television shows beside the calls; no SVG, which may hold a script
MEDIA: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".mp4", ".webm"})
#: seconds that a television keeps a picture
KEPT: Final = 300
#: the name under which the app keeps what boards have besides calls
EXTENSION: Final = "boards"


@dataclass(frozen=True, slots=True)
class Boards:
    """What the web boards of a center show besides its calls."""

    #: folder of pictures and videos; None where there are none
    media: Path | None = None
    #: theme's name → the colours that it changes, by the tokens' names
    themes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def install(app: Flask, boards: Boards) -> None:
    """Give the app's boards their media and themes."""
    app.extensions[EXTENSION] = boards


@public
def show(hall: int) -> Response:
    """Show a hall's board, fed by the token in its address or by the reader's session.

    `?theme=` names a theme, and an unknown one is light; the page itself reads `?layout=`,
    `?figures=1` and `?media=1`.
    """
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
        theme=dict(_boards().themes.get(request.args.get("theme", ""), {})),
    )


@needs("board:read")
def media(hall: int) -> Response:
    """Return the names of the pictures and videos to show beside the calls, in their order."""
    _at_own_hall(hall)
    folder = _boards().media
    found = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
    names = [path.name for path in found if _is_media(path)]
    return jsonify({"media": names})


@public
def media_file(hall: int, name: str) -> Response:
    """Return a picture or video; the token is in the address, where an image can have it."""
    _at_own_hall(hall)
    folder = _boards().media
    if folder is None or Path(name).suffix.lower() not in MEDIA or name.startswith("."):
        raise Unknown
    return send_from_directory(folder.resolve(), name, conditional=True, max_age=KEPT)


def _at_own_hall(hall: int) -> None:
    """Let in who may read this hall's board; raises NotSignedIn or Forbidden."""
    token = request.args.get("token")
    devices: KnownDevices = current_app.extensions["known_devices"]
    actor = devices.by_token(token) if token else current_actor()
    actor.must("board:read")
    if actor.kind == "device" and actor.hall != hall:
        raise Forbidden(f"This board belongs to hall {actor.hall}.")


def _boards() -> Boards:
    return cast("Boards", current_app.extensions.get(EXTENSION) or Boards())


def _is_media(path: Path) -> bool:
    return path.suffix.lower() in MEDIA and not path.name.startswith(".") and path.is_file()
