"""Beginning and ending sessions: by password, by the sign-in service, with a second factor.

A clerk has one live session: a newer sign-in ends the older one, wherever that was.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from queue_server.domain.errors import (
    NotSignedIn,
    ProviderRequired,
    SecondFactorRequired,
    WrongCredentials,
)
from queue_server.usecases import access, guessing, recording, second_factor
from queue_server.usecases.access import Actor, SignedIn
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.records import Person, WebSession

#: what is shown at the first step is good for so long
PROOF_HOLDS: Final = timedelta(minutes=5)
#: what a proof of it is sealed for
PURPOSE: Final = "first step"
LONGEST_LOGIN: Final = 64


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody who has done the first step: the password was right, or the service vouches."""

    login: str
    #: who the sign-in service says it is; None after a password
    subject: str | None = None
    #: of the password that was right: a new one makes the proof void
    stamp: str = ""


def sign_in(
    center: Center, login: str, password: str, code: str | None = None, *, address: str = ""
) -> tuple[str, SignedIn]:
    """Begin a session and return its token.

    Raises WrongCredentials, SecondFactorRequired and WrongCode, ProviderRequired, TryLater.
    """
    return begin(center, prove(center, login, password, address=address), code)


def prove(center: Center, login: str, password: str, *, address: str = "") -> Proven:
    """Do the first step by password; raises WrongCredentials, ProviderRequired, TryLater."""
    if len(login) > LONGEST_LOGIN:
        raise WrongCredentials
    with guessing.counted(center, login, address):
        with center.read() as work:
            person = work.access.person(login)
        kept = person.password_hash if person and not person.disabled else ""
        if not center.passwords.verify(password, kept) or person is None:
            raise WrongCredentials
    if person.role in center.sign_in.provider_only:
        raise ProviderRequired
    return Proven(login, stamp=_stamp(person))


def prove_by_provider(center: Center, subject: str, login: str) -> Proven:
    """Do the first step by the sign-in service, which has let in `subject`.

    Who comes for the first time is found by the login, and from then on by the service's own id.
    Raises WrongCredentials for one whom no administrator has added.
    """
    with center.read() as work:
        person = work.access.by_subject(subject) or work.access.person(login)
    if person is None or person.disabled or person.subject not in (None, subject):
        raise WrongCredentials
    return Proven(person.login, subject)


def begin(center: Center, proven: Proven, code: str | None = None) -> tuple[str, SignedIn]:
    """Do the second step, where one is asked for, and begin a session; returns its token.

    Raises SecondFactorRequired without a code, WrongCode, TryLater.
    """
    with center.read() as work:
        asked = _asks_code(center, _known(work, proven), proven)
    if not asked:
        return _begin(center, proven, None)
    if not code:
        raise SecondFactorRequired
    with guessing.counted_code(center, proven.login):
        return _begin(center, proven, code)


def sealed(center: Center, proven: Proven) -> str:
    """Return a proof of the first step, for the form that asks for the code."""
    said = [*astuple(proven), center.clock.now().isoformat()]
    return center.signer.seal(PURPOSE, json.dumps(said))


def unsealed(center: Center, proof: str) -> Proven:
    """Return whose first step this proves; raises NotSignedIn for none of ours, or an old one."""
    said = center.signer.unseal(PURPOSE, proof)
    if said is None:
        raise NotSignedIn
    *who, at = json.loads(said)
    if not timedelta() <= center.clock.now() - datetime.fromisoformat(at) <= PROOF_HOLDS:
        raise NotSignedIn("That took too long; begin again.")
    return Proven(*who)


def sign_out(center: Center, token: str) -> None:
    """End a session; an unknown one is no error."""
    with center.write() as work:
        session = work.access.session(access.secret_hash(token))
        person = work.access.person(session.login) if session else None
        if session is None or person is None:
            return
        work.access.end_session(session.token_hash)
        act = _own_act(center, work, person)
        if access.alive(session, act.now):
            recording.noted(act, "person_signed_out", person.login)


def _begin(center: Center, proven: Proven, code: str | None) -> tuple[str, SignedIn]:
    token = center.names.token()
    with center.write() as work:
        known = _known(work, proven)
        act = _own_act(center, work, known)
        person = known
        if _asks_code(center, person, proven):
            person = second_factor.checked(center, person, code, act.now)
        if proven.subject is not None and person.subject is None:
            person = replace(person, subject=proven.subject)
            recording.noted(act, "person_changed", person.login, "linked")
        if person != known:
            work.access.put_person(person)
        session = _new_session(act, person, proven, token)
        _end_older(act, person)
        work.access.put_session(session)
        way = "password" if proven.subject is None else "provider"
        recording.noted(act, "person_signed_in", person.login, way)
    return token, access.signed_in(person, session)


def _new_session(act: Act, person: Person, proven: Proven, token: str) -> WebSession:
    pending = act.center.sign_in.pending(
        person.role,
        must_change=person.must_change,
        has_factor=second_factor.active(person),
        by_provider=proven.subject is not None,
    )
    csrf_token = act.center.names.token()
    hashed = access.secret_hash(token)
    return WebSession(hashed, person.login, csrf_token, act.now, act.now, pending)


def _end_older(act: Act, person: Person) -> None:
    """End a clerk's other sessions, so that their pages can say why; forget what is long over."""
    act.work.access.purge_sessions(act.now - access.ABSOLUTE)
    if person.role != "clerk":
        return
    mine = [one for one in act.work.access.sessions() if one.login == person.login]
    live = [one for one in mine if access.alive(one, act.now)]
    for session in live:
        act.work.access.put_session(replace(session, pending=access.REPLACED))
    if live:
        recording.noted(act, "person_signed_out", person.login, reason=access.REPLACED)


def _known(work: UnitOfWork, proven: Proven) -> Person:
    """Return the person whom a first step still proves; raises WrongCredentials."""
    person = work.access.person(proven.login)
    if person is None or person.disabled:
        raise WrongCredentials
    if proven.subject is None:
        holds = proven.stamp == _stamp(person)
    else:
        holds = person.subject in (None, proven.subject)
    if not holds:
        raise WrongCredentials
    return person


def _asks_code(center: Center, person: Person, proven: Proven) -> bool:
    return center.sign_in.asks_code(
        has_factor=second_factor.active(person), by_provider=proven.subject is not None
    )


def _stamp(person: Person) -> str:
    return access.secret_hash(person.password_hash)[:16]


def _own_act(center: Center, work: UnitOfWork, person: Person) -> Act:
    """Return an act of the person; it is no work of the hall's day, and opens none."""
    actor = Actor("person", person.login, person.role, person.window)
    return Act(center, work, actor, center.clock.now())
