"""What all pages share: the language, and the data that their scripts start with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from flask import Response, render_template, request

from queue_server.usecases.recording import instant
from queue_server.web.auth import current_person, public
from queue_server.web.site import site

#: keeps the language that a person at this browser has chosen
LANGUAGE_COOKIE: Final = "navbat_language"
YEAR: Final = 365 * 24 * 3600


def page(
    template: str, status: int = 200, *, language: str | None = None, **shown: Any
) -> Response:
    """Return a page in a language, by default the reader's."""
    speech = _speech(language) if language else {}
    return Response(render_template(template, **{**speech, **shown}), status)


def reader_language() -> str:
    """Return the language that the reader has asked for, else the center's first one."""
    tags = site().languages
    for wanted in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in tags:
            return str(wanted)
    return next(iter(tags))


def starting_data(sections: tuple[str, ...], language: str, **facts: Any) -> dict[str, Any]:
    """Return what a page's scripts begin with: texts by `section.name`, the time, facts."""
    texts = {
        f"{section}.{name}": text
        for section in sections
        for name, text in site().texts(section, language).items()
    }
    return {
        "language": language,
        "languages": dict(site().languages),
        "texts": texts,
        "now": instant(site().center.clock.now()),
        **facts,
    }


def context() -> dict[str, Any]:
    """Return what every template may use, the error page too."""
    return {**_speech(reader_language()), "person": current_person(), "demo": site().demo}


def keep_language(response: Response) -> Response:
    """Let no browser store a page, and keep the language that its reader has chosen."""
    if response.mimetype != "text/html":
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    chosen = request.args.get("lang", "")
    # the visitor's own page sets no cookies
    if chosen in site().languages and not request.path.startswith(("/t/", "/book/")):
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@public
def tokens() -> Response:
    """Return the design tokens as a style sheet."""
    return Response(site().tokens_css, mimetype="text/css", headers={"Cache-Control": "no-cache"})


def _speech(language: str) -> dict[str, Any]:
    def say(key: str, **values: object) -> str:
        return site().say(key, language, **values)

    def say_error(code: str) -> str:
        reasons = site().texts("error", language)
        return reasons.get(code, reasons["other"])

    return {
        "language": language,
        "languages": site().languages,
        "say": say,
        "say_error": say_error,
        "in_language": partial(_here, request.args),
    }


def _here(arguments: Mapping[str, str], language: str) -> dict[str, str]:
    """Return this address's arguments with another language."""
    return {**arguments, "lang": language}
