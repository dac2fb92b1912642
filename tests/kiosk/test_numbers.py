from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.numbers import (
    Numbers,
    first_of,
    following,
    on_day,
    passed_over,
    told,
    written,
)
from kiosk.numbers import (
    given as given_out,
)
from queue_server.contracts.devices import LeaseOut

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
LEASE = LeaseOut(
    id="k1", first=500, last=999, secret="s", url="http://c", day=MONDAY, used={"A": 504}
)


def lease(**changes: object) -> LeaseOut:
    """Return the lease with some fields changed."""
    return LEASE.model_copy(update=changes)


def test_numbers_go_on_behind_what_the_server_knows():
    """And begin at the block's first where nothing is known."""
    numbers = first_of(LEASE)
    assert following(numbers, LEASE, "A") == 505
    assert following(numbers, LEASE, "E") == 500


def test_a_block_ends():
    """Prefix by prefix."""
    numbers = Numbers("k1", MONDAY, {"A": 999})
    assert following(numbers, LEASE, "A") is None
    assert following(numbers, LEASE, "E") == 500


def test_a_new_day_begins_anew():
    """Once it is certain."""
    numbers = given_out(first_of(LEASE), "A", 505, certain=True)
    assert following(on_day(numbers, TUESDAY), LEASE, "A") == 500
    assert following(on_day(numbers, MONDAY), LEASE, "A") == 506


def test_days_only_move_forward():
    """A clock that went back gives yesterday's numbers to nobody."""
    tuesday = Numbers("k1", TUESDAY, {"A": 510})
    assert on_day(tuesday, MONDAY) == tuesday
    assert told(tuesday, LEASE).last == {"A": 510}


def test_in_doubt_numbers_go_on():
    """A number given out when nobody knew the day counts for the day that turns out."""
    doubtful = given_out(first_of(LEASE), "A", 505, certain=False)
    tuesday = on_day(doubtful, TUESDAY)
    assert following(tuesday, LEASE, "A") == 506
    wednesday = on_day(tuesday, "2026-11-25")
    assert following(wednesday, LEASE, "A") == 500


def test_the_server_s_word_and_our_own_are_joined():
    """Whoever knows more is right."""
    ours = Numbers("k1", MONDAY, {"A": 502, "E": 520})
    joined = told(ours, lease(used={"A": 504, "F": 510}))
    assert joined.last == {"A": 504, "E": 520, "F": 510}


def test_another_block_begins_at_its_own_first():
    """What was used of the old one does not count in it."""
    other = lease(id="k9", first=1000, last=1499, used={})
    moved = told(Numbers("k1", MONDAY, {"A": 760}), other)
    assert (moved.lease, following(moved, other, "A")) == ("k9", 1000)


def test_the_same_block_under_another_name_goes_on():
    """A server that was set up anew does not make numbers be given out twice."""
    same = lease(id="k2", used={})
    moved = told(Numbers("k1", MONDAY, {"A": 560}), same)
    assert following(moved, same, "A") == 561


def test_lost_notes_are_passed_over():
    """Each may have used the next number of any prefix."""
    numbers = passed_over(Numbers("k1", MONDAY, {"A": 504}), LEASE, 2)
    assert following(numbers, LEASE, "A") == 507
    assert following(numbers, LEASE, "E") == 502
    assert passed_over(numbers, LEASE, 0) is numbers


def test_a_number_has_three_digits_at_least():
    """As everywhere."""
    assert (written("A", 5), written("E", 500), written("V", 1000)) == ("A005", "E500", "V1000")


STEPS = st.lists(
    st.tuples(st.sampled_from("AE"), st.integers(0, 3), st.sampled_from(["sure", "unsure", "back"]))
)


@given(STEPS)
def test_no_number_is_given_out_twice_on_a_day(steps):
    """Days pass, the time is known or not, the clock goes back: no day sees a number twice.

    Days pass only while the machine is off, or before the eyes of a clock that knows.
    """
    numbers, today = first_of(lease(used={})), 0
    seen: dict[int, set[tuple[str, int]]] = {}
    for prefix, days, clock in steps:
        today += days
        if clock == "sure":
            numbers = on_day(numbers, f"2026-11-{today:05}")
        elif clock == "back":
            numbers = on_day(numbers, "2026-01-01")
        number = following(numbers, LEASE, prefix)
        assert number is not None
        assert (prefix, number) not in seen.setdefault(today, set())
        seen[today].add((prefix, number))
        numbers = given_out(numbers, prefix, number, certain=clock == "sure")
