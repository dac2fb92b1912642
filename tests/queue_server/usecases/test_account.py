"""The own account: a password of one's own, a second factor, and what was pending before."""

from dataclasses import replace

import pytest

from queue_server.domain.errors import (
    Invalid,
    NotSignedIn,
    TryLater,
    WeakPassword,
    WrongCode,
    WrongCredentials,
)
from queue_server.usecases import access, account, sessions
from tests.queue_server.usecases.people import events
from tests.queue_server.usecases.staff import (
    HERE,
    PASSWORD,
    Phone,
    added,
    asking,
    signed_in,
)

NEXT = "quite another phrase"


@pytest.fixture
def ann(center):
    """Ann, a supervisor, signed in: the center, the token, who she is."""
    added(center, "ann", "supervisor")
    return center, *signed_in(center, "ann")


def changed(center, me, old=PASSWORD, new=NEXT):
    """Change the own password."""
    return account.change_password(center, me, old, new, address=HERE)


def test_a_new_password_ends_the_other_sessions_and_not_this_one(ann):
    """Who fears that somebody knows the password is rid of them at once."""
    center, token, me = ann
    other, _ = signed_in(center, "ann")
    changed(center, me)
    assert access.by_session(center, token).login == "ann"
    with pytest.raises(NotSignedIn):
        access.by_session(center, other)
    with pytest.raises(WrongCredentials):
        signed_in(center, "ann")
    assert sessions.sign_in(center, "ann", NEXT, address=HERE)[1].login == "ann"


def test_the_same_wish_again_is_answered_the_same(ann):
    """An answer that was lost does not leave the person guessing."""
    center, _, me = ann
    assert changed(center, me) == changed(center, me)
    assert [e["type"] for e in events(center)].count("person_changed") == 1


def test_the_old_password_cannot_be_guessed_from_an_open_session(ann):
    """A screen left open does not give the password away."""
    center, _, me = ann
    for _ in range(4):
        with pytest.raises(WrongCredentials) as refused:
            changed(center, me, old="a guess at it")
        assert refused.value.field == "old"
    with pytest.raises(TryLater):
        changed(center, me)


def test_a_new_password_is_new_and_not_easy(ann):
    """The present one and a common one are refused at the field."""
    center, _, me = ann
    for new in (PASSWORD, "password123"):
        with pytest.raises(WeakPassword) as refused:
            changed(center, me, new=new)
        assert refused.value.field == "new"


def test_a_given_password_is_changed_and_then_the_second_factor_is_set_up(ann):
    """What is pending goes one by one, in the same session, and then all rights are there."""
    center = asking(ann[0], "supervisor")
    with center.write() as work:
        work.access.put_person(replace(work.access.person("ann"), must_change=True))
    token, me = signed_in(center, "ann")
    assert me.pending == "password"
    assert changed(center, me).pending == "second_factor"
    me = access.by_session(center, token)
    assert account.confirm_factor(center, me, Phone(center, token).code()).pending is None
    assert access.by_session(center, token).actor.may("window:any")


def test_a_second_factor_counts_from_its_first_code(ann):
    """A secret that was only looked at locks nobody out, and stays the same until it counts."""
    center, token, me = ann
    secret = account.begin_factor(center, me)
    assert account.begin_factor(center, me) == secret
    assert signed_in(center, "ann")[1].login == "ann"
    with pytest.raises(WrongCode):
        account.confirm_factor(center, me, "000000")
    phone = Phone(center, token)
    assert account.confirm_factor(center, me, phone.code()).second_factor
    assert account.confirm_factor(center, me, phone.code()).second_factor
    with pytest.raises(Invalid):
        account.begin_factor(center, me)


def test_dropping_the_second_factor_takes_a_code_of_it(ann, clock):
    """An open session alone does not take the second factor away, nor may it guess for long."""
    center, token, me = ann
    phone = Phone(center, token)
    account.confirm_factor(center, me, phone.code())
    clock.pass_(minutes=1)
    with pytest.raises(WrongCode):
        account.drop_factor(center, me, "000000")
    assert not account.drop_factor(center, me, phone.code()).second_factor
    assert signed_in(center, "ann")[1].login == "ann"
    assert Phone(center, token).code() != phone.code()


def test_the_secret_is_kept_sealed(ann):
    """Who reads the database finds no secret, and the log has none either."""
    center, _, me = ann
    secret = account.begin_factor(center, me)
    with center.read() as work:
        kept = work.access.person("ann").totp
    assert secret not in kept
    assert secret not in str(events(center))


def test_an_ended_session_changes_nothing(ann):
    """A page that was left behind does not act."""
    center, token, me = ann
    sessions.sign_out(center, token)
    with pytest.raises(NotSignedIn):
        changed(center, me)
    assert signed_in(center, "ann")[1].login == "ann"
