"""The rules by which a device that shows a code is let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import pairing
from queue_server.domain.errors import Invalid, PairingOver

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=10)
CODES = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=8)
#: windows' halls by their numbers
HALLS = {1: 1, 2: 1, 7: 2}


@dataclass(frozen=True)
class Wish:
    """A device that has asked."""

    address: str
    asked_at: datetime


def wishes(address: str, count: int, after: int = 0) -> list[Wish]:
    """Return so many wishes of one address, a second apart."""
    return [Wish(address, NOW + timedelta(seconds=after + n)) for n in range(count)]


@given(CODES)
def test_a_code_may_be_typed_as_people_type(code: str) -> None:
    """Small letters, blanks and the dash make no difference, nor O for 0 and l for 1."""
    assert pairing.typed(pairing.shown(code)) == code
    assert pairing.typed(f" {code[:4].lower()} {code[4:].lower()} ") == code
    sloppy = code.replace("0", "o").replace("1", "l")
    assert pairing.typed(sloppy) == code


def test_a_code_is_shown_in_two_halves() -> None:
    """Four characters are as many as one reads out in a breath."""
    assert pairing.shown("K7QM2RXT") == "K7QM-2RXT"


@pytest.mark.parametrize("text", ["", "K7QM", "K7QM-2RXT9", "K7QM-2RX!", "ЖЖЖЖ-ЖЖЖЖ"])
def test_what_is_no_code_is_said_to_be_none(text: str) -> None:
    """The refusal names the field."""
    with pytest.raises(Invalid) as refusal:
        pairing.typed(text)
    assert refusal.value.field == "code"


@pytest.mark.parametrize(
    ("state", "now", "found"),
    [
        ("waiting", NOW, "waiting"),
        ("waiting", SOON, "expired"),
        ("approved", SOON, "expired"),
        ("claimed", SOON, "claimed"),
        ("refused", SOON, "refused"),
    ],
)
def test_what_is_not_answered_or_fetched_in_time_runs_out(
    state: str, now: datetime, found: str
) -> None:
    """Only what waits for somebody can run out."""
    assert pairing.standing(state, SOON, now) == found


@pytest.mark.parametrize("state", ["approved", "refused", "claimed"])
def test_an_answer_is_given_once(state: str) -> None:
    """A code that has its answer takes no other."""
    pairing.must_wait("waiting", SOON, NOW)
    with pytest.raises(PairingOver) as refusal:
        pairing.must_wait(state, SOON, NOW)
    assert refusal.value.facts == {"state": state}


def test_there_is_room_for_twenty() -> None:
    """Nobody gives way while there is room."""
    assert pairing.giving_way(wishes("10.0.0.1", 19)) is None


def test_who_has_asked_most_gives_way() -> None:
    """A machine that fills the room pushes out its own oldest wish, not another's."""
    crowd = wishes("10.0.0.9", 3) + wishes("10.0.0.1", 17, after=5)
    pushed = pairing.giving_way(crowd)
    assert pushed == crowd[3]


@pytest.mark.parametrize("text", ["kiosk-1", " Kiosk 1 ", "Зал 2", "a"])
def test_a_name_is_what_people_call_it(text: str) -> None:
    """Outer blanks are dropped."""
    assert pairing.name(text) == text.strip()


@pytest.mark.parametrize("text", ["", "  ", "a/b", "-x", "x" * 41, "x\ny"])
def test_a_name_fits_into_an_address_and_a_line(text: str) -> None:
    """What does not is refused at its field."""
    with pytest.raises(Invalid) as refusal:
        pairing.name(text)
    assert refusal.value.field == "name"


def test_a_new_device_gets_a_name_to_begin_with() -> None:
    """The first number that is free."""
    assert pairing.next_name("kiosk", {"kiosk-1", "kiosk-3"}) == "kiosk-2"


@pytest.mark.parametrize(
    ("kind", "hall", "window"),
    [("kiosk", 1, None), ("board", 2, None), ("pad", 1, 2), ("callpad", 2, 7)],
)
def test_a_device_stands_in_a_hall_or_at_a_window(kind: str, hall: int, window: int | None) -> None:
    """Pads belong to a window of their hall, all others to a hall."""
    pairing.must_fit(kind, hall, window, HALLS)


@pytest.mark.parametrize(
    ("kind", "hall", "window", "field"),
    [
        ("kiosk", 3, None, "hall"),
        ("kiosk", 1, 1, "window"),
        ("pad", 1, None, "window"),
        ("pad", 1, 99, "window"),
        ("callpad", 1, 7, "window"),
    ],
)
def test_a_place_that_does_not_fit_is_named(
    kind: str, hall: int, window: int | None, field: str
) -> None:
    """The refusal names the field that is wrong."""
    with pytest.raises(Invalid) as refusal:
        pairing.must_fit(kind, hall, window, HALLS)
    assert refusal.value.field == field
