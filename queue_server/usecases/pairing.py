"""How a device is let in: it asks and shows a code, an administrator answers, it fetches a token.

A device that asks is nobody yet, so asking and fetching take no right. The server keeps only the
hashes of the secret and of the token.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from queue_server.contracts.devices import DeviceOut
from queue_server.contracts.pairing import (
    ApprovePairing,
    AskPairing,
    ClaimOut,
    PairingOut,
    PairingsOut,
    WaitingPairing,
)
from queue_server.domain import pairing
from queue_server.domain.errors import NameTaken, PairingOver, UnknownPairing
from queue_server.usecases import devices, recording
from queue_server.usecases.access import Actor, secret_hash
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.recording import instant
from queue_server.usecases.records import Device, Pairing
from queue_server.usecases.rights import right

#: seconds between two questions of a device that waits
POLL_SECONDS: Final = 3.0


def ask(act: Act, wish: AskPairing, address: str) -> PairingOut:
    """Give a device that nobody knows a code to show; anyone may ask."""
    act.work.pairings.purge(act.now - pairing.KEPT)
    pushed = pairing.giving_way(act.work.pairings.waiting(act.now))
    if pushed is not None:
        act.work.pairings.save(replace(pushed, expires_at=act.now))
    secret = act.center.names.token()
    asked = Pairing(
        code=_new_code(act),
        secret_hash=secret_hash(secret),
        kind=wish.kind,
        address=address,
        asked_at=act.now,
        expires_at=act.now + pairing.LIVES,
    )
    act.work.pairings.add(asked)
    return PairingOut(
        code=pairing.shown(asked.code),
        secret=secret,
        expires_at=instant(asked.expires_at),
        poll_seconds=POLL_SECONDS,
    )


def claim(center: Center, secret: str) -> ClaimOut:
    """Tell a device whether it is let in, and once its token.

    Raises UnknownPairing, or PairingOver when it was fetched before or has run out.
    """
    with center.read() as work:
        asked = _standing(center, work, secret)
    if asked.state != "approved":
        return ClaimOut(state="refused" if asked.state == "refused" else "waiting")
    token = center.names.token()
    with center.write() as work:
        found = _standing(center, work, secret)
        known = work.devices.get(found.name or "")
        if known is None or known.revoked:
            return ClaimOut(state="refused")
        work.pairings.save(replace(found, state="claimed"))
        work.access.put_device(replace(known, token_hash=secret_hash(token)))
    return ClaimOut(
        state="approved",
        token=token,
        name=known.name,
        kind=known.kind,
        hall=known.hall,
        window=known.window,
    )


def waiting(center: Center, actor: Actor) -> PairingsOut:
    """Return the devices that wait to be let in."""
    actor.must("devices:manage")
    now = center.clock.now()
    with center.read() as work:
        taken = {one.name for one in work.devices.all()}
        asked = work.pairings.waiting(now)
    return PairingsOut(pairings=[_waiting(one, taken) for one in asked])


@right("devices:manage")
def approve(act: Act, wish: ApprovePairing) -> DeviceOut:
    """Let the device in that shows the code, under a name of its own and at its place.

    Raises UnknownPairing, PairingOver, NameTaken, and Invalid for a place that does not fit.
    """
    asked = _by_code(act, wish.code)
    name = pairing.name(wish.name)
    devices.must_fit(act, asked.kind, wish.hall, wish.window)
    _must_be_free(act, name, asked.kind)
    # nobody holds the token of this hash: the device's own comes when it fetches it
    unheld = secret_hash(act.center.names.token())
    device = Device(name, asked.kind, unheld, wish.hall, revoked=False, window=wish.window)
    act.work.access.put_device(device)
    act.work.pairings.save(
        replace(
            asked,
            state="approved",
            expires_at=act.now + pairing.LIVES,
            name=name,
            hall=wish.hall,
            window=wish.window,
        )
    )
    recording.noted(act, "device_enrolled", name, asked.kind)
    return devices.one(act, device)


@right("devices:manage")
def refuse(act: Act, code: str) -> None:
    """Do not let the device in that shows the code; raises UnknownPairing or PairingOver."""
    act.work.pairings.save(replace(_by_code(act, code), state="refused"))


def _new_code(act: Act) -> str:
    code = act.center.names.code()
    while act.work.pairings.by_code(code) is not None:
        code = act.center.names.code()
    return code


def _by_code(act: Act, text: str) -> Pairing:
    """Return the wish that waits under a code."""
    found = act.work.pairings.by_code(pairing.typed(text))
    if found is None:
        raise UnknownPairing
    pairing.must_wait(found.state, found.expires_at, act.now)
    return found


def _standing(center: Center, work: UnitOfWork, secret: str) -> Pairing:
    """Return the wish of a secret that waits or has its answer."""
    found = work.pairings.by_secret(secret_hash(secret))
    if found is None:
        raise UnknownPairing("Nobody waits with this secret; ask for a new code.")
    state = pairing.standing(found.state, found.expires_at, center.clock.now())
    if state in ("expired", "claimed"):
        raise PairingOver(state=state)
    return found


def _must_be_free(act: Act, name: str, kind: str) -> None:
    """Raise NameTaken unless the name is new, or of a revoked device that this one replaces."""
    known = act.work.devices.get(name)
    if known is not None and not (known.revoked and known.kind == kind):
        raise NameTaken(f"There is a device {name} already.")


def _waiting(asked: Pairing, taken: set[str]) -> WaitingPairing:
    return WaitingPairing(
        code=pairing.shown(asked.code),
        kind=asked.kind,
        address=asked.address,
        asked_at=instant(asked.asked_at),
        expires_at=instant(asked.expires_at),
        suggested_name=pairing.next_name(asked.kind, taken),
    )
