"""Letting devices in, and shutting them out: `/api/v1/pairings`, `/api/v1/devices/<name>`."""

from __future__ import annotations

from typing import Final

from flask import Response, request

from queue_server.contracts.devices import DeviceOut
from queue_server.contracts.pairing import (
    ApprovePairing,
    AskPairing,
    ChangeDevice,
    ClaimOut,
    ClaimPairing,
    PairingOut,
    PairingsOut,
    PlaceOut,
    RefusePairing,
    RevokeDevice,
)
from queue_server.usecases import devices, pairing
from queue_server.usecases.access import VISITOR
from queue_server.usecases.act import Act
from queue_server.usecases.commands import acting
from queue_server.web import pairing_limits
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

WAITING: Final = 202
#: kind → the page that such a device is, where a browser can be one
PAGES: Final = {"board": "/board/{hall}?token={token}", "corner": "/corner?token={token}"}


@command("/pairings", None, PairingOut, body=AskPairing, status=201)
def ask() -> Response:
    """Ask for a code to show: an administrator who types it lets this device in."""
    wish = asked(AskPairing)
    pairing_limits.may_ask()
    # the answer holds a secret: it is not kept under the idempotency key
    with acting(site().center, VISITOR) as act:
        return done(pairing.ask(act, wish, request.remote_addr or ""), 201)


@command("/pairings/claim", None, ClaimOut, body=ClaimPairing)
def claim() -> Response:
    """Ask whether this device is let in: 202 while it waits; the token is told once."""
    found = pairing.claim(site().center, asked(ClaimPairing).secret)
    if found.state == "waiting":
        return done(found, WAITING)
    page = PAGES.get(found.kind or "")
    url = page.format(hall=found.hall, token=found.token) if page else None
    return done(found.model_copy(update={"url": url}))


@read("/pairings", "devices:manage", PairingsOut)
def waiting() -> Response:
    """List the devices that wait to be let in."""
    return done(pairing.waiting(site().center, current_actor()))


@command("/pairings/approve", "devices:manage", DeviceOut, body=ApprovePairing)
def approve() -> Response:
    """Let the device in that shows this code."""
    wish = asked(ApprovePairing)

    def run(act: Act) -> DeviceOut:
        """Count a code that nobody shows."""
        with pairing_limits.guessing():
            return pairing.approve(act, wish)

    return once(run)


@command("/pairings/refuse", "devices:manage", None, body=RefusePairing, status=204)
def refuse() -> Response:
    """Do not let the device in that shows this code."""
    wish = asked(RefusePairing)

    def run(act: Act) -> None:
        """Count a code that nobody shows."""
        with pairing_limits.guessing():
            pairing.refuse(act, wish.code)

    return once(run)


@command("/devices/<name>/revoke", "devices:manage", None, body=RevokeDevice, status=204)
def revoke(name: str) -> Response:
    """Let this device's token open nothing any more."""
    wish = asked(RevokeDevice)
    return once(lambda act: devices.revoke(act, name, wish.reason))


@command("/devices/<name>/change", "devices:manage", DeviceOut, body=ChangeDevice)
def change(name: str) -> Response:
    """Let this device stand elsewhere."""
    wish = asked(ChangeDevice)
    return once(lambda act: devices.change(act, name, wish))


@read("/device", "signed_in", PlaceOut)
def myself() -> Response:
    """Tell a device its own name, and where it belongs."""
    return done(devices.myself(current_actor()))
