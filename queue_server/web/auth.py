"""Who is asking, and may they: deny by default.

Every route declares a right with `@needs` or says `@public`; one without either is refused,
and a test enumerates them all.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar, cast

from flask import Flask, Response, current_app, g, request

from queue_server.domain.errors import (
    Forbidden,
    NotSignedIn,
    PasswordChangeRequired,
    SecondFactorMissing,
)
from queue_server.usecases import access
from queue_server.usecases.access import VISITOR, Actor, SignedIn
from queue_server.usecases.ports import Center
from queue_server.web.site import site

COOKIE: Final = "navbat_session"
PUBLIC: Final = "public"
SIGNED_IN: Final = "signed_in"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])


def needs(right: str) -> Callable[[View], View]:
    """Declare the right that a route needs; signed in is enough for `"signed_in"`."""

    def declare(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare a route that anyone may use."""
    return needs(PUBLIC)(view)


def install(app: Flask, center: Center) -> None:
    """Guard every route of the app."""
    app.extensions["known_devices"] = KnownDevices(center)
    app.view_functions["static"] = public(app.view_functions["static"])
    app.before_request(_guard)


def right_of(view: Callable[..., Any]) -> str | None:
    """Return what a route has declared."""
    return cast("str | None", getattr(view, "right", None))


def current_person() -> SignedIn | None:
    """Return the person signed in at this browser, or None."""
    if "person" not in g:
        token = request.cookies.get(COOKIE)
        try:
            g.person = access.by_session(site().center, token) if token else None
        except NotSignedIn as ended:
            g.person, g.ended = None, ended
    return cast("SignedIn | None", g.person)


def ended_session() -> NotSignedIn | None:
    """Return why this browser's session opens nothing any more, or None where it had none."""
    current_person()
    return cast("NotSignedIn | None", g.get("ended"))


def the_person() -> SignedIn:
    """Return the person signed in at this browser; raises Forbidden to a device."""
    person = current_person()
    if person is None:
        raise Forbidden("This page is for people.")
    return person


def current_actor() -> Actor:
    """Return who is asking: a device by its token, a person by the session, else a visitor."""
    if "actor" not in g:
        g.actor = _identify()
    return cast("Actor", g.actor)


def keep_session(response: Response, token: str) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE,
        token,
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
        max_age=int(access.ABSOLUTE.total_seconds()),
    )


def drop_session(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, httponly=True, secure=request.is_secure, samesite="Lax")


def bearer(header: str | None) -> str | None:
    """Return the token of an Authorization header."""
    scheme, _, token = (header or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else None


class KnownDevices:
    """Devices that showed a valid token a moment ago, so that a burst asks the database once.

    A revoked token opens nothing after `KEPT`.
    """

    KEPT: Final = timedelta(seconds=2)

    def __init__(self, center: Center) -> None:
        self._center = center
        self._seen: dict[str, tuple[datetime, Actor]] = {}

    def by_token(self, token: str) -> Actor:
        """Return the device that holds the token; raises NotSignedIn."""
        now = self._center.clock.now()
        seen = self._seen.get(token)
        if seen is None or not timedelta() <= now - seen[0] < self.KEPT:
            seen = self._seen[token] = now, access.by_token(self._center, token)
        return seen[1]


def _identify() -> Actor:
    token = bearer(request.headers.get("Authorization"))
    if token:
        devices: KnownDevices = current_app.extensions["known_devices"]
        return devices.by_token(token)
    person = current_person()
    return person.actor if person else VISITOR


def _guard() -> None:
    if request.endpoint is None:
        return
    right = right_of(current_app.view_functions[request.endpoint])
    if right == PUBLIC:
        return
    if right is None:
        raise Forbidden("This page declares no right, so nobody may use it.")
    actor = current_actor()
    if actor is VISITOR and not (actor.may(right) and "key" in request.args):
        raise ended_session() or NotSignedIn
    _check_csrf(actor)
    if right != SIGNED_IN:
        _check_pending(actor, right)
        actor.must(right)


def _check_pending(actor: Actor, right: str) -> None:
    """Say what must be done first, to a person who may do nothing else before."""
    person = current_person() if actor.kind == "person" else None
    if person is None or person.pending is None or actor.may(right):
        return
    raise PasswordChangeRequired if person.pending == "password" else SecondFactorMissing


def _check_csrf(actor: Actor) -> None:
    """A browser sends its cookie by itself, so a person's command must also show the token."""
    if request.method in SAFE or actor.kind != "person":
        return
    person, shown = current_person(), request.headers.get("X-CSRF-Token", "")
    if person is None or not hmac.compare_digest(shown.encode(), person.csrf_token.encode()):
        raise Forbidden("The X-CSRF-Token header is missing or wrong; sign in again.")
