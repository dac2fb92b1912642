"""The center's people: who may sign in, as what, and at which window.

Nobody is ever taken out: a person who has left is disabled, and the log keeps its names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from queue_server.contracts.people import AddPerson, ChangePerson, PeopleOut, PersonRow
from queue_server.domain.errors import (
    Invalid,
    LastAdministrator,
    LoginTaken,
    NotYourself,
    UnknownPerson,
)
from queue_server.domain.signing_in import check_login, check_password
from queue_server.usecases import access, guessing, recording, second_factor
from queue_server.usecases.access import SYSTEM, Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Person, WebSession
from queue_server.usecases.rights import right

ADMINISTRATOR = "administrator"


def overview(center: Center, actor: Actor) -> PeopleOut:
    """Return everybody, and who is signed in now."""
    actor.must("people:manage")
    now = center.clock.now()
    with center.read() as work:
        sessions = work.access.sessions()
        return PeopleOut(people=[_row(one, sessions, now) for one in work.access.people()])


@right("people:manage")
def add(act: Act, wish: AddPerson, password_hash: str) -> PersonRow:
    """Add a person with a password that serves once; raises LoginTaken, Invalid."""
    check_login(wish.login)
    if act.work.access.person(wish.login) is not None:
        raise LoginTaken
    person = Person(wish.login, wish.name, wish.role, password_hash, wish.window, must_change=True)
    _check_window(act, person)
    act.work.access.put_person(person)
    recording.noted(act, "person_added", person.login, person.role)
    return _shown(act, person)


@right("people:manage")
def change(act: Act, login: str, wish: ChangePerson) -> PersonRow:
    """Change the name, the role or the window; another role ends the person's sessions.

    Raises UnknownPerson, LastAdministrator, Invalid.
    """
    known = _known(act, login)
    given = wish.model_dump(include=wish.model_fields_set, exclude_none=True)
    if "window" in wish.model_fields_set:
        given["window"] = wish.window
    if given.get("role", known.role) != "clerk" and "window" not in given:
        given["window"] = None
    person = replace(known, **given)
    if person == known:
        return _shown(act, known)
    _check_window(act, person)
    if person.role != known.role:
        _leave_an_administrator(act, known)
        act.work.access.end_sessions(login)
    act.work.access.put_person(person)
    recording.noted(act, "person_changed", login, _differences(known, person))
    return _shown(act, person)


@right("people:manage")
def disable(act: Act, login: str, reason: str | None = None) -> PersonRow:
    """Let a person sign in no more, and end the sessions; raises NotYourself, LastAdministrator."""
    known = _known(act, login)
    _must_be_another(act, login)
    if known.disabled:
        return _shown(act, known)
    _leave_an_administrator(act, known)
    person = replace(known, disabled=True)
    act.work.access.put_person(person)
    act.work.access.end_sessions(login)
    recording.noted(act, "person_disabled", login, reason=reason)
    return _shown(act, person)


@right("people:manage")
def enable(act: Act, login: str) -> PersonRow:
    """Let a person sign in again."""
    known = _known(act, login)
    if not known.disabled:
        return _shown(act, known)
    person = replace(known, disabled=False)
    act.work.access.put_person(person)
    recording.noted(act, "person_enabled", login)
    return _shown(act, person)


@right("people:manage")
def reset(act: Act, login: str, password_hash: str) -> PersonRow:
    """Give a person a password that serves once; sessions and the second factor go.

    Raises UnknownPerson, NotYourself.
    """
    known = _known(act, login)
    _must_be_another(act, login)
    person = second_factor.without(replace(known, password_hash=password_hash, must_change=True))
    act.work.access.put_person(person)
    act.work.access.end_sessions(login)
    _forget_failures(act, login)
    recording.noted(act, "person_reset", login)
    return _shown(act, person)


@right("people:manage")
def sign_out(act: Act, login: str) -> PersonRow:
    """End all sessions of a person."""
    known = _known(act, login)
    if act.work.access.end_sessions(login):
        recording.noted(act, "person_signed_out", login, reason="administrator")
    return _shown(act, known)


def add_person(center: Center, person: Person, password: str) -> None:
    """Add a person from the command line, or give one a new password and this role.

    The same person with the same password changes nothing. Raises WeakPassword, Invalid.
    """
    check_login(person.login)
    check_password(person.login, password)
    with center.read() as work:
        known = work.access.person(person.login)
    if known is not None and _is_already(center, known, person, password):
        return
    kept = replace(person, password_hash=center.passwords.hash(password))
    with center.write() as work:
        act = Act(center, work, SYSTEM, center.clock.now())
        work.access.put_person(kept)
        work.access.end_sessions(person.login)
        _forget_failures(act, person.login)
        recording.noted(act, "person_reset" if known else "person_added", person.login, person.role)


def _is_already(center: Center, known: Person, person: Person, password: str) -> bool:
    same = (known.name, known.role, known.window, known.disabled)
    return same == (person.name, person.role, person.window, person.disabled) and (
        center.passwords.verify(password, known.password_hash)
    )


def _known(act: Act, login: str) -> Person:
    person = act.work.access.person(login)
    if person is None:
        raise UnknownPerson
    return person


def _must_be_another(act: Act, login: str) -> None:
    if act.actor.ref == f"person:{login}":
        raise NotYourself


def _leave_an_administrator(act: Act, leaving: Person) -> None:
    """Raise LastAdministrator where no other one could sign in."""
    others = (
        one.login
        for one in act.work.access.people()
        if one.role == ADMINISTRATOR and not one.disabled and one.login != leaving.login
    )
    if leaving.role == ADMINISTRATOR and next(others, None) is None:
        raise LastAdministrator


def _check_window(act: Act, person: Person) -> None:
    if person.window is None:
        return
    if person.role != "clerk":
        raise Invalid("Only a clerk has a fixed window.", field="window")
    if person.window not in act.catalogue.windows_by_number:
        raise Invalid(f"There is no window {person.window}.", field="window")


def _forget_failures(act: Act, login: str) -> None:
    act.work.access.forget_failures(login)
    act.work.access.forget_failures(guessing.code_of(login))


def _differences(before: Person, after: Person) -> str:
    """Return what is different now, `role supervisor, window 4`; the log keeps no new name."""
    said = [f"{name} {getattr(after, name)}" for name in ("role", "window")]
    told = zip(("role", "window"), said, strict=True)
    changed = [text for name, text in told if getattr(before, name) != getattr(after, name)]
    return ", ".join([*(["name"] if before.name != after.name else []), *changed])


def _shown(act: Act, person: Person) -> PersonRow:
    return _row(person, act.work.access.sessions(), act.now)


def _row(person: Person, sessions: Iterable[WebSession], now: datetime) -> PersonRow:
    live = [one for one in sessions if one.login == person.login and access.alive(one, now)]
    seen_at = max((one.seen_at for one in live), default=None)
    return PersonRow(
        login=person.login,
        name=person.name,
        role=person.role,
        window=person.window,
        disabled=person.disabled,
        must_change=person.must_change,
        second_factor=second_factor.active(person),
        linked=person.subject is not None,
        sessions=len(live),
        seen_at=recording.instant(seen_at) if seen_at else None,
    )
