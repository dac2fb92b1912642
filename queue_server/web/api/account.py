"""The own account: `/api/v1/account`. Its calls keep no answers, since those are secrets."""

from __future__ import annotations

import io

import segno
from flask import Response

from queue_server.contracts.people import AccountOut, ChangePassword, FactorCode, FactorOut
from queue_server.domain.errors import NotSignedIn
from queue_server.usecases import account
from queue_server.usecases.access import SignedIn
from queue_server.usecases.account import RIGHT
from queue_server.web.api.calls import asked, command, done
from queue_server.web.auth import current_person
from queue_server.web.limits import address
from queue_server.web.site import site


@command("/account/password", RIGHT, AccountOut, body=ChangePassword)
def change_password() -> Response:
    """Take a new password; the person's other sessions end."""
    wish = asked(ChangePassword)
    return done(
        account.change_password(site().center, _me(), wish.old, wish.new, address=address())
    )


@command("/account/totp", RIGHT, FactorOut)
def begin_factor() -> Response:
    """Begin to set up a second factor."""
    me, center = _me(), site().center
    secret = account.begin_factor(center, me)
    with center.read() as work:
        name = work.catalogues.current().code
    uri = center.codes.uri(secret, me.login, f"Navbat {name}")
    return done(FactorOut(secret=secret, uri=uri, qr=_qr(uri)))


@command("/account/totp/confirm", RIGHT, AccountOut, body=FactorCode)
def confirm_factor() -> Response:
    """Show the first code of a second factor; it counts from then on."""
    return done(account.confirm_factor(site().center, _me(), asked(FactorCode).code))


@command("/account/totp/drop", RIGHT, AccountOut, body=FactorCode)
def drop_factor() -> Response:
    """Drop the second factor, with a last code of it."""
    return done(account.drop_factor(site().center, _me(), asked(FactorCode).code))


def _me() -> SignedIn:
    person = current_person()
    if person is None:
        raise NotSignedIn
    return person


def _qr(uri: str) -> str:
    """Return the address as an SVG picture, dark on light with its quiet zone."""
    drawn = io.BytesIO()
    segno.make(uri, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff"
    )
    return drawn.getvalue().decode()
