"""Signing in and out: `/api/v1/session`."""

from __future__ import annotations

from flask import Response, request

from queue_server.contracts.api import PersonOut
from queue_server.contracts.asks import SignIn
from queue_server.domain.errors import NotSignedIn
from queue_server.usecases import sessions
from queue_server.usecases.access import SignedIn
from queue_server.web import auth
from queue_server.web.api.calls import api, asked, command, done, read
from queue_server.web.limits import address
from queue_server.web.site import site


@command("/session", None, PersonOut, body=SignIn)
def sign_in() -> Response:
    """Begin a session; sets the cookie and returns the CSRF token."""
    wish = asked(SignIn)
    token, person = sessions.sign_in(
        site().center, wish.login, wish.password, wish.code, address=address()
    )
    response = done(_person(person))
    auth.keep_session(response, token)
    return response


@read("/session", "signed_in", PersonOut)
def who_am_i() -> Response:
    """Return who is signed in; a new page learns the CSRF token from it."""
    person = auth.current_person()
    if person is None:
        raise NotSignedIn
    return done(_person(person))


@api.delete("/session")
@api.doc(responses={204: "Signed out"}, extensions={"x-right": "signed_in"})
@auth.needs("signed_in")
def sign_out() -> Response:
    """End the session."""
    token = request.cookies.get(auth.COOKIE)
    if token:
        sessions.sign_out(site().center, token)
    response = Response(status=204)
    auth.drop_session(response)
    return response


def _person(person: SignedIn) -> PersonOut:
    return PersonOut(
        login=person.login,
        name=person.name,
        role=person.role,
        window=person.window,
        csrf_token=person.csrf_token,
        pending=person.pending,
    )
