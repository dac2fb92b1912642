"""A device shows a code, an administrator answers, the device fetches its token."""

from __future__ import annotations

import pytest

from queue_server.contracts.pairing import ApprovePairing, AskPairing, ChangeDevice, PairingOut
from queue_server.domain.errors import (
    Forbidden,
    Invalid,
    NameTaken,
    NotSignedIn,
    PairingOver,
    UnknownDevice,
    UnknownPairing,
)
from queue_server.usecases import access, devices, pairing
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import RECEPTION, SUPERVISOR, clerk, do, events

ADMINISTRATOR = Actor("person", "administrator", "administrator")


def ask(center: Center, kind: str = "kiosk", address: str = "10.0.0.7") -> PairingOut:
    """Let a device ask for a code."""
    wish = AskPairing.model_validate({"kind": kind})
    return do(center, VISITOR, lambda act: pairing.ask(act, wish, address))


def approve(center: Center, code: str, **changes: object) -> None:
    """Let the administrator answer yes."""
    wish = ApprovePairing.model_validate({"code": code, "name": "kiosk-9", "hall": 1} | changes)
    do(center, ADMINISTRATOR, lambda act: pairing.approve(act, wish))


def revoke(center: Center, name: str, reason: str | None = None) -> None:
    """Let the administrator shut a device out."""
    do(center, ADMINISTRATOR, lambda act: devices.revoke(act, name, reason))


def test_a_device_is_let_in(center: Center) -> None:
    """From the code to a token that opens what its kind may do, with a line in the ledger."""
    asked = ask(center)
    assert pairing.claim(center, asked.secret).state == "waiting"
    approve(center, asked.code.lower())
    told = pairing.claim(center, asked.secret)
    assert (told.state, told.name, told.kind, told.hall) == ("approved", "kiosk-9", "kiosk", 1)
    assert told.token is not None
    assert access.by_token(center, told.token) == Actor("device", "kiosk-9", "kiosk", None, 1)
    event = events(center)[-1]
    assert (event["type"], event["subject"]) == ("device_enrolled", "kiosk-9")
    assert event["actor"]["name"] == "administrator"  # type: ignore[index]


def test_the_token_is_told_once(center: Center) -> None:
    """Who comes second with the secret gets nothing."""
    asked = ask(center)
    approve(center, asked.code)
    pairing.claim(center, asked.secret)
    with pytest.raises(PairingOver) as refusal:
        pairing.claim(center, asked.secret)
    assert refusal.value.facts == {"state": "claimed"}


def test_only_hashes_are_kept(center: Center) -> None:
    """Neither the secret nor the token stands in the database."""
    asked = ask(center)
    approve(center, asked.code)
    token = pairing.claim(center, asked.secret).token
    with center.read() as work:
        found = work.devices.get("kiosk-9")
        kept = work.pairings.by_secret(access.secret_hash(asked.secret))
    assert found is not None
    assert kept is not None
    assert asked.secret not in repr(kept)
    assert token not in repr(found)


def test_a_code_lives_ten_minutes(center: Center, clock: HandClock) -> None:
    """After that neither the administrator nor the device gets anywhere with it."""
    asked = ask(center)
    clock.pass_(minutes=10)
    with pytest.raises(PairingOver):
        approve(center, asked.code)
    with pytest.raises(PairingOver) as refusal:
        pairing.claim(center, asked.secret)
    assert refusal.value.facts == {"state": "expired"}


def test_an_approval_can_be_fetched_as_long_again(center: Center, clock: HandClock) -> None:
    """An answer in the last second is not lost."""
    asked = ask(center)
    clock.pass_(minutes=9)
    approve(center, asked.code)
    clock.pass_(minutes=9)
    assert pairing.claim(center, asked.secret).state == "approved"


def test_old_wishes_are_forgotten(center: Center, clock: HandClock) -> None:
    """The next wish purges what ran out an hour ago."""
    asked = ask(center)
    clock.pass_(hours=2)
    ask(center)
    with pytest.raises(UnknownPairing):
        pairing.claim(center, asked.secret)


def test_a_refused_device_is_told(center: Center) -> None:
    """It waits no longer, and its code cannot be approved after all."""
    asked = ask(center)
    do(center, ADMINISTRATOR, lambda act: pairing.refuse(act, asked.code))
    assert pairing.claim(center, asked.secret).state == "refused"
    with pytest.raises(PairingOver):
        approve(center, asked.code)


def test_at_most_twenty_wait(center: Center, clock: HandClock) -> None:
    """One more from the crowded address pushes that address's oldest out."""
    first = ask(center, address="10.0.0.1")
    clock.pass_(seconds=1)
    for _ in range(18):
        ask(center, address="10.0.0.1")
    calm = ask(center, address="10.0.0.2")
    ask(center, address="10.0.0.3")
    assert len(pairing.waiting(center, ADMINISTRATOR).pairings) == 20
    with pytest.raises(PairingOver):
        pairing.claim(center, first.secret)
    assert pairing.claim(center, calm.secret).state == "waiting"


def test_a_name_belongs_to_one_device(center: Center) -> None:
    """A revoked device's name may go to the one that replaces it, if that is of its kind."""
    first = ask(center)
    with pytest.raises(NameTaken) as refusal:
        approve(center, first.code, name="kiosk-1")
    assert refusal.value.field == "name"
    revoke(center, "kiosk-1")
    board = ask(center, "board")
    with pytest.raises(NameTaken):
        approve(center, board.code, name="kiosk-1")
    approve(center, first.code, name="kiosk-1")
    assert pairing.claim(center, first.secret).name == "kiosk-1"


def test_a_pad_needs_its_window(center: Center) -> None:
    """It acts only there."""
    asked = ask(center, "callpad")
    with pytest.raises(Invalid) as refusal:
        approve(center, asked.code)
    assert refusal.value.field == "window"
    approve(center, asked.code, window=3)
    assert pairing.claim(center, asked.secret).window == 3


def test_a_revoked_device_may_nothing(center: Center) -> None:
    """Its token opens nothing, it stands in no list, and the ledger says why."""
    asked = ask(center)
    approve(center, asked.code)
    token = pairing.claim(center, asked.secret).token
    assert token is not None
    revoke(center, "kiosk-9", "stolen")
    with pytest.raises(NotSignedIn):
        access.by_token(center, token)
    listed = {one.name for one in devices.overview(center, ADMINISTRATOR).devices}
    assert "kiosk-9" not in listed
    event = events(center)[-1]
    told = (event["type"], event["subject"], event["reason"])
    assert told == ("device_revoked", "kiosk-9", "stolen")
    with pytest.raises(UnknownDevice):
        revoke(center, "kiosk-9")


def test_an_approval_that_is_revoked_before_the_fetch_gives_no_token(center: Center) -> None:
    """The administrator has had second thoughts."""
    asked = ask(center)
    approve(center, asked.code)
    revoke(center, "kiosk-9")
    assert pairing.claim(center, asked.secret).state == "refused"


def test_a_device_moves(center: Center) -> None:
    """Its place changes and the ledger knows; the same place again is no event."""
    asked = ask(center, "pad")
    approve(center, asked.code, name="pad-9", window=1)
    for window in (2, 2):
        wish = ChangeDevice(hall=1, window=window)
        found = do(center, ADMINISTRATOR, lambda act, wish=wish: devices.change(act, "pad-9", wish))
        assert (found.hall, found.window) == (1, 2)
    changed = [event for event in events(center) if event["type"] == "device_changed"]
    assert [event["detail"] for event in changed] == ["hall 1, window 2"]


def test_the_list_names_what_an_administrator_must_see(center: Center) -> None:
    """Code, kind, address and a name that is free."""
    asked = ask(center, address="192.0.2.7")
    (row,) = pairing.waiting(center, ADMINISTRATOR).pairings
    assert (row.code, row.kind, row.address) == (asked.code, "kiosk", "192.0.2.7")
    with center.read() as work:
        assert row.suggested_name not in {one.name for one in work.devices.all()}


@pytest.mark.parametrize("actor", [RECEPTION, SUPERVISOR, clerk(1)])
def test_only_administrators_let_in_and_shut_out(center: Center, actor: Actor) -> None:
    """Everybody else may at most look at the devices."""
    asked = ask(center)
    wish = ApprovePairing(code=asked.code, name="kiosk-9", hall=1)
    place = ChangeDevice(hall=1)
    for act_of in (
        lambda act: pairing.approve(act, wish),
        lambda act: pairing.refuse(act, asked.code),
        lambda act: devices.revoke(act, "kiosk-1", None),
        lambda act: devices.change(act, "kiosk-1", place),
    ):
        with pytest.raises(Forbidden):
            do(center, actor, act_of)
    with pytest.raises(Forbidden):
        pairing.waiting(center, actor)


def test_a_device_knows_itself(center: Center) -> None:
    """A person is no device."""
    place = devices.myself(Actor("device", "pad-1", "pad", 4, 2))
    assert (place.name, place.kind, place.hall, place.window) == ("pad-1", "pad", 2, 4)
    with pytest.raises(Forbidden):
        devices.myself(ADMINISTRATOR)
