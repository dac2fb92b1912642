"""What people do to their own account: a password of their own, a second factor.

None of it goes through the kept answers: what is asked for and answered here are secrets. Each
call, made again, changes nothing and is answered the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from queue_server.contracts.people import AccountOut
from queue_server.domain.errors import Invalid, NotSignedIn, WeakPassword, WrongCredentials
from queue_server.domain.signing_in import check_password
from queue_server.usecases import guessing, recording, second_factor
from queue_server.usecases.access import SignedIn
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Person

RIGHT = "account:own"


def change_password(
    center: Center, me: SignedIn, old: str, new: str, *, address: str = ""
) -> AccountOut:
    """Take a new password; every other session of the person ends.

    Raises WeakPassword, WrongCredentials for a wrong old one, TryLater.
    """
    me.actor.must(RIGHT)
    check_password(me.login, new, "new")
    with center.read() as work:
        person = _me(work.access.person(me.login))
    with guessing.counted(center, me.login, address):
        if not center.passwords.verify(old, person.password_hash):
            if center.passwords.verify(new, person.password_hash):
                return _out(me.pending, person)
            raise WrongCredentials("The present password is wrong.", field="old")
    if old == new:
        raise WeakPassword("Take another password than the present one.", field="new")
    kept = center.passwords.hash(new)
    return _change(
        center, me, "password", lambda one: replace(one, password_hash=kept, must_change=False)
    )


def begin_factor(center: Center, me: SignedIn) -> str:
    """Return the secret of a second factor that begins to count with its first code.

    Raises Invalid where there is one already.
    """
    me.actor.must(RIGHT)
    with center.write() as work:
        person = _me(work.access.person(me.login))
        if second_factor.active(person):
            raise Invalid("You have a second factor; drop it first.", field="code")
        secret = second_factor.shared_secret(center, person)
        if secret is None:
            person = second_factor.with_new_secret(center, person)
            work.access.put_person(person)
            secret = second_factor.shared_secret(center, person)
    assert secret is not None, "what was sealed just now is ours"
    return secret


def confirm_factor(center: Center, me: SignedIn, code: str) -> AccountOut:
    """Let the second factor count: its app shows the right code; raises WrongCode."""
    me.actor.must(RIGHT)
    now = center.clock.now()

    def confirmed(person: Person) -> Person:
        if second_factor.active(person):
            return person
        return second_factor.checked(center, person, code, now)

    return _change(center, me, "second_factor", confirmed)


def drop_factor(center: Center, me: SignedIn, code: str) -> AccountOut:
    """Drop the second factor, with a last code of it; raises WrongCode, TryLater."""
    me.actor.must(RIGHT)
    now = center.clock.now()

    def dropped(person: Person) -> Person:
        if second_factor.active(person):
            second_factor.checked(center, person, code, now)
        return second_factor.without(person)

    with guessing.counted_code(center, me.login):
        return _change(center, me, "second_factor_dropped", dropped)


def _change(
    center: Center, me: SignedIn, what: str, change: Callable[[Person], Person]
) -> AccountOut:
    """Keep a person's next value, and let this session do what was pending before."""
    with center.write() as work:
        known = _me(work.access.person(me.login))
        person = change(known)
        session = work.access.session(me.session)
        if session is None:
            raise NotSignedIn
        if person == known:
            return _out(session.pending, person)
        work.access.put_person(person)
        if person.password_hash != known.password_hash:
            work.access.end_sessions(me.login)
        pending = session.pending and _still_pending(center, person)
        work.access.put_session(replace(session, pending=pending))
        act = Act(center, work, replace(me, pending=None).actor, center.clock.now())
        recording.noted(act, "person_changed", me.login, what)
    return _out(pending, person)


def _still_pending(center: Center, person: Person) -> str | None:
    return center.sign_in.pending(
        person.role,
        must_change=person.must_change,
        has_factor=second_factor.active(person),
    )


def _me(person: Person | None) -> Person:
    if person is None or person.disabled:
        raise NotSignedIn
    return person


def _out(pending: str | None, person: Person) -> AccountOut:
    return AccountOut(pending=pending, second_factor=second_factor.active(person))
