"""Signing in, as plain forms: they work before any script has loaded.

First the login and the password, or the sign-in service's button; then, from those who have a
second factor, its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain.errors import (
    Forbidden,
    NotSignedIn,
    ProviderRequired,
    SecondFactorRequired,
    SignedInElsewhere,
    TryLater,
    Unknown,
    WrongCredentials,
)
from queue_server.usecases import sessions
from queue_server.usecases.access import SignedIn
from queue_server.usecases.sessions import Proven
from queue_server.web import oidc
from queue_server.web.auth import drop_session, ended_session, keep_session, public
from queue_server.web.limits import address
from queue_server.web.oidc import Departure, NotVouched, ServiceAway
from queue_server.web.pages.rendering import page, reader_language
from queue_server.web.site import site

#: role → where its work is; others begin at their account
WORKPLACE: Final[Mapping[str, str]] = {
    "clerk": "/panel",
    "receptionist": "/reception",
    "supervisor": "/floor",
}
WRONG: Final = 401
TOO_MANY: Final = 429
#: keeps what a departure to the sign-in service must remember
DEPARTURE: Final = "navbat_departure"
#: what the form may be told to say, beside what its own fields are guilty of
FAULTS: Final = frozenset(
    {"provider_away", "provider_refused", "provider_unknown", "provider_required", "too_late"}
)


@public
def show() -> Response:
    """Show the form, and why the session before has ended."""
    elsewhere = isinstance(ended_session(), SignedInElsewhere)
    asked = request.args.get("fault")
    fault = asked if asked in FAULTS else None
    response = _form(200, elsewhere=elsewhere and not fault, fault=fault)
    if elsewhere:
        drop_session(response)
    return response


@public
def begin() -> AnyResponse:
    """Begin a session and go to work, or show the form with what is wrong at its field."""
    _must_be_own_form()
    proof = request.form.get("proof")
    return _second_step(proof) if proof else _first_step()


@public
def depart() -> AnyResponse:
    """Go to the sign-in service."""
    service = oidc.service()
    if service is None:
        raise Unknown
    home = service.settings.public_url
    if urlsplit(home).netloc != request.host:
        # the way back leads there, and so must the cookie that knows it
        return redirect(home + request.full_path.rstrip("?"))
    try:
        departure = service.depart(wanted_address())
    except ServiceAway:
        return _to_form("provider_away")
    response = redirect(departure.url, 303)
    center = site().center
    response.set_cookie(
        DEPARTURE,
        departure.sealed(center.signer, center.clock.now()),
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
        path="/sign-in/oidc",
        max_age=int(oidc.AWAY.total_seconds()),
    )
    return response


@public
def come_back() -> AnyResponse:
    """Begin a session for whom the sign-in service has let in, or say at the form why not."""
    service = oidc.service()
    if service is None:
        raise Unknown
    response = _welcome_back(service)
    response.delete_cookie(DEPARTURE, path="/sign-in/oidc", httponly=True, samesite="Lax")
    return response


def _first_step() -> Response:
    login, password = request.form.get("login", "").strip(), request.form.get("password", "")
    if not (login and password):
        return _form(WRONG, login=login, missing="password" if login else "login")
    try:
        proven = sessions.prove(site().center, login, password, address=address())
    except WrongCredentials:
        return _form(WRONG, login=login, wrong=True)
    except ProviderRequired:
        return _form(WRONG, login=login, fault="provider_required")
    except TryLater as later:
        return _wait("people/sign_in.html", later, login=login)
    return _enter(proven, wanted_address())


def _second_step(proof: str) -> Response:
    center, code = site().center, request.form.get("code", "")
    try:
        proven = sessions.unsealed(center, proof)
        return _welcome(*sessions.begin(center, proven, code), wanted_address())
    except NotSignedIn:
        return _form(WRONG, fault="too_late")
    except TryLater as later:
        return _wait("people/code.html", later, proof=proof)
    except WrongCredentials:
        return _show("people/code.html", WRONG, proof=proof, wrong=True)


def _enter(proven: Proven, onward: str | None) -> Response:
    """Begin a session, or ask for the code of the second factor before."""
    center = site().center
    try:
        return _welcome(*sessions.begin(center, proven), onward)
    except SecondFactorRequired:
        proof = sessions.sealed(center, proven)
        return _show("people/code.html", 200, onward=onward, proof=proof)


def _welcome_back(service: oidc.SignInService) -> AnyResponse:
    center = site().center
    kept = request.cookies.get(DEPARTURE, "")
    try:
        departure = Departure.unsealed(center.signer, kept, center.clock.now())
        vouched = service.vouched(departure, request.args)
        proven = sessions.prove_by_provider(center, vouched.subject, vouched.login)
        return _enter(proven, departure.onward)
    except ServiceAway:
        return _to_form("provider_away")
    except NotVouched as error:
        oidc.note(error)
        return _to_form("provider_refused")
    except WrongCredentials:
        return _to_form("provider_unknown")


def _welcome(token: str, person: SignedIn, onward: str | None) -> Response:
    place = onward or WORKPLACE.get(person.role, "/account")
    if person.pending:
        place = f"/account?next={place}"
    response = Response(status=303, headers={"Location": place})
    keep_session(response, token)
    return response


def _form(status: int, **shown: object) -> Response:
    return _show("people/sign_in.html", status, **shown)


def _show(template: str, status: int, **shown: object) -> Response:
    language, service = reader_language(), oidc.service()
    button = service.settings.name.get(language) if service else None
    facts = {"onward": wanted_address(), "button": button, **shown}
    return page(template, status, language=language, **facts)


def _wait(template: str, later: TryLater, **shown: object) -> Response:
    seconds = int(str(later.facts["seconds"]))
    response = _show(template, TOO_MANY, wait=seconds, **shown)
    response.headers["Retry-After"] = str(seconds)
    return response


def _to_form(fault: str) -> AnyResponse:
    return redirect(f"/sign-in?fault={fault}", 303)


def wanted_address() -> str | None:
    """Return the address of this server's own to which the form was told to send its reader."""
    told = request.values.get("next")
    if not told or not told.startswith("/") or told.startswith(("//", "/\\")):
        return None
    return told if not urlsplit(told).netloc else None


def _must_be_own_form() -> None:
    """Refuse a form that another site has posted: it would sign the reader in as a stranger."""
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Forbidden("Sign in from this site's own page.")
