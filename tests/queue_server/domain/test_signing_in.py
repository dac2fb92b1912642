from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import Invalid, WeakPassword
from queue_server.domain.signing_in import (
    ONE_ADDRESS,
    ONE_LOGIN,
    SignInRules,
    check_login,
    check_password,
    delay,
)
from tests.factories import at

COUNTS = st.integers(0, 10_000)


def test_the_first_three_wrong_tries_are_free_then_each_costs_twice_the_one_before():
    """A slip of the finger is free; a guesser waits 1, 2, 4 … s, at most a quarter hour."""
    assert [delay(n).total_seconds() for n in range(8)] == [0, 0, 0, 0, 1, 2, 4, 8]
    assert delay(13) == timedelta(seconds=512)
    assert delay(14) == delay(1_000_000) == timedelta(minutes=15)


@given(COUNTS, COUNTS)
def test_more_wrong_tries_never_cost_less(one, other):
    """A guesser gains nothing by going on."""
    fewer, more = sorted((one, other))
    for slowing in (ONE_LOGIN, ONE_ADDRESS):
        assert slowing.delay(fewer) <= slowing.delay(more) <= slowing.longest
    assert ONE_ADDRESS.delay(fewer) <= ONE_LOGIN.delay(fewer)


@given(COUNTS, st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_a_clock_that_jumps_never_lengthens_the_wait(failures, passed):
    """What is left of a wait is never more than the wait, and nothing once it is over."""
    left = ONE_LOGIN.left(failures, at(), at() + passed)
    assert timedelta() <= left <= ONE_LOGIN.delay(failures)
    if passed >= ONE_LOGIN.delay(failures):
        assert left == timedelta()


def test_wrong_tries_are_forgotten_after_a_quiet_day():
    """Tries of last week do not make today's slip cost a quarter of an hour."""
    day = ONE_LOGIN.forgotten_after
    assert ONE_LOGIN.counted(20, at(), at() + day) == 20
    assert ONE_LOGIN.counted(20, at(), at() + day + timedelta(seconds=1)) == 0


@pytest.mark.parametrize(
    "password",
    ["short", "nine char", "0123456789", "Password123", "aaaaaaaaaaaa", "ababababab", "Dilnoza-K1"],
)
def test_a_password_that_is_easy_to_guess_is_refused(password):
    """Short, common, a pattern, or the login itself: each is refused by name of its field."""
    with pytest.raises(WeakPassword) as refused:
        check_password("dilnoza-k1", password, "new")
    assert refused.value.field == "new"


@pytest.mark.parametrize(
    "password", ["ten signs!", "uzun ibora yaxshi", "парольная фраза", "q" * 9 + "xyz"]
)
def test_length_counts_not_composition(password):
    """A long phrase in any script needs no figure and no capital."""
    check_password("clerk1", password)


@pytest.mark.parametrize("login", ["Clerk", "with blank", "", ".dot", "ҳамма", "x" * 65])
def test_a_login_is_easy_to_type(login):
    """Capitals, blanks and foreign letters are refused where a login is given."""
    with pytest.raises(Invalid) as refused:
        check_login(login)
    assert refused.value.field == "login"
    check_login("dilnoza.k-2_a")


RULES = SignInRules(second_factor_for=frozenset({"administrator"}))


def test_a_given_password_is_changed_before_a_second_factor_is_set_up():
    """What is pending comes one after the other, and then nothing."""
    who = "administrator"
    assert RULES.pending(who, must_change=True, has_factor=False) == "password"
    assert RULES.pending(who, must_change=False, has_factor=False) == "second_factor"
    assert RULES.pending(who, must_change=False, has_factor=True) is None
    assert RULES.pending("clerk", must_change=False, has_factor=False) is None


def test_the_service_s_factor_counts_unless_ours_is_asked_for_besides():
    """Who came through the sign-in service has shown what the service asks."""
    both = SignInRules(RULES.second_factor_for, factor_after_provider=True)
    by_provider = {"must_change": True, "has_factor": False, "by_provider": True}
    assert RULES.pending("administrator", **by_provider) is None
    assert both.pending("administrator", **by_provider) == "second_factor"
    assert not RULES.asks_code(has_factor=True, by_provider=True)
    assert both.asks_code(has_factor=True, by_provider=True)
    assert RULES.asks_code(has_factor=True, by_provider=False)
