"""The web board's voice: an announcement as a sound file, joined here from the voice packs."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from queue_server.domain.errors import Forbidden, Invalid, Unknown
from queue_server.voice import wav
from queue_server.voice.phrases import VOICES, Unspeakable
from queue_server.voice.voicebox import Voicebox
from queue_server.web.auth import current_actor, needs
from queue_server.web.site import site

#: the name under which the app keeps its voice; without one the boards only chime
EXTENSION = "voice"
#: a number and a window have no more letters
_LONGEST = 12


def install(app: Flask, voicebox: Voicebox) -> None:
    """Let the app speak."""
    app.extensions[EXTENSION] = voicebox


@needs("board:read")
def speak(hall: int) -> Response:
    """Return `?number=A042&window=3&language=ru` as a WAV file: our language, then the ticket's."""
    _check_hall(hall)
    voicebox: Voicebox | None = current_app.extensions.get(EXTENSION)
    number, window = _asked("number"), _window()
    language = _language()
    if voicebox is None:
        raise Unknown("There is no voice here.")
    try:
        samples = voicebox.say(number, window, language)
    except Unspeakable as error:
        raise Invalid(f"This cannot be said: {error}.", field="number") from error
    if not samples:
        raise Unknown("There is no voice pack here.")
    response = Response(wav.write(samples), mimetype="audio/wav")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{number}-{window}-{language}-{voicebox.version(language)}")
    return response.make_conditional(request)  # type: ignore[return-value]


def _check_hall(hall: int) -> None:
    actor = current_actor()
    if actor.kind == "device" and actor.hall != hall:
        raise Forbidden(f"This board belongs to hall {actor.hall}.")
    with site().center.read() as work:
        if hall not in work.catalogues.current().halls:
            raise Unknown(f"There is no hall {hall}.")


def _window() -> int:
    text = _asked("window")
    if not (text.isascii() and text.isdecimal()):
        raise Invalid("window must be a whole number.", field="window")
    return int(text)


def _language() -> str:
    tag = request.args.get("language", "")
    if tag and tag not in VOICES:
        raise Invalid("language is none of the five.", field="language")
    return tag


def _asked(name: str) -> str:
    text = request.args.get(name, "")
    if not 0 < len(text) <= _LONGEST:
        raise Invalid(f"{name} is missing or too long.", field=name)
    return text
