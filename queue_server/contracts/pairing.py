"""How a device is let in: it shows a short code, an administrator says where it belongs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.shapes import Identifier, Reason, Reply, Request

DeviceKind = Literal["kiosk", "board", "station", "pad", "corner", "callpad"]
Hall = Annotated[int, Field(ge=1)]
WindowNumber = Annotated[int, Field(ge=1)]
#: as an administrator types it: any case, with or without the dash
TypedCode = Annotated[str, Field(min_length=1, max_length=32)]


class AskPairing(Request):
    """A device that nobody knows yet asks to be let in."""

    kind: DeviceKind


class ClaimPairing(Request):
    """The device asks what became of its wish, by the secret that came with its code."""

    secret: Annotated[str, Field(min_length=16, max_length=200)]


class ApprovePairing(Request):
    """An administrator lets the device in that shows this code."""

    code: TypedCode
    name: Identifier
    hall: Hall
    #: of a rating pad or a call pad
    window: WindowNumber | None = None


class RefusePairing(Request):
    """An administrator does not let the device in that shows this code."""

    code: TypedCode


class RevokeDevice(Request):
    """A device's token is to open nothing any more."""

    reason: Reason | None = None


class ChangeDevice(Request):
    """A device stands elsewhere now."""

    hall: Hall
    window: WindowNumber | None = None


class PairingOut(Reply):
    """What the device shows, and the secret by which it asks again."""

    #: `K7QM-2RXT`
    code: str
    secret: str
    expires_at: str
    poll_seconds: float


class ClaimOut(Reply):
    """What became of the wish; the token is told this once."""

    state: Literal["waiting", "approved", "refused"]
    token: str | None = None
    name: str | None = None
    kind: str | None = None
    hall: int | None = None
    window: int | None = None
    #: the page of a device that is a browser, with its token
    url: str | None = None


class WaitingPairing(Reply):
    """A device that waits to be let in, as administrators see it."""

    code: str
    kind: str
    #: from where it has asked
    address: str
    asked_at: str
    expires_at: str
    #: a name that no device has
    suggested_name: str


class PairingsOut(Reply):
    """The devices that wait to be let in, the oldest first."""

    pairings: list[WaitingPairing]


class PlaceOut(Reply):
    """What a device is told of itself: its name and where it belongs."""

    name: str
    kind: str
    hall: int
    window: int | None
