"""Signing in, as a plain form: it works before any script has loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from flask import Response, request

from queue_server.domain.errors import Forbidden, WrongCredentials
from queue_server.web import limits
from queue_server.web.auth import keep_session, public
from queue_server.web.pages.rendering import page, reader_language

#: role → where its work is; others begin at their account
WORKPLACE: Final[Mapping[str, str]] = {"clerk": "/panel", "receptionist": "/reception"}
WRONG: Final = 401


@public
def show() -> Response:
    """Show the form."""
    return _form(200)


@public
def begin() -> Response:
    """Begin a session and go to work, or show the form with what is wrong at its field."""
    _must_be_own_form()
    login, password = request.form.get("login", ""), request.form.get("password", "")
    if not (login.strip() and password):
        return _form(WRONG, login=login, missing="password" if login.strip() else "login")
    try:
        token, person = limits.sign_in(login.strip(), password)
    except WrongCredentials:
        return _form(WRONG, login=login, wrong=True)
    onward = _own_address(request.form.get("next")) or WORKPLACE.get(person.role, "/account")
    response = Response(status=303, headers={"Location": onward})
    keep_session(response, token)
    return response


def _form(status: int, **shown: object) -> Response:
    onward = _own_address(request.values.get("next"))
    return page("people/sign_in.html", status, language=reader_language(), onward=onward, **shown)


def _own_address(address: str | None) -> str | None:
    """Return an address of this server's own, to which a form may send its reader."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return address if not urlsplit(address).netloc else None


def _must_be_own_form() -> None:
    """Refuse a form that another site has posted: it would sign the reader in as a stranger."""
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Forbidden("Sign in from this site's own page.")
