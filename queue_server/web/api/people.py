"""The center's people: `/api/v1/people`.

A password that serves once follows from the center's secret and the request's Idempotency-Key: so
the same request is answered the same, and the kept answer holds none.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from queue_server.contracts.people import (
    AddPerson,
    ChangePerson,
    DisablePerson,
    PeopleOut,
    PersonRow,
    PersonWithPassword,
)
from queue_server.usecases import people
from queue_server.usecases.act import Act
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

RIGHT = "people:manage"


@read("/people", RIGHT, PeopleOut)
def overview() -> Response:
    """List everybody, and who is signed in."""
    return done(people.overview(site().center, current_actor()))


@command("/people", RIGHT, PersonWithPassword, body=AddPerson, status=201)
def add() -> Response:
    """Add a person; the reply shows a password that serves once."""
    wish = asked(AddPerson)
    return _with_password(lambda act, kept: people.add(act, wish, kept), 201)


@command("/people/<login>/change", RIGHT, PersonRow, body=ChangePerson)
def change(login: str) -> Response:
    """Change a person's name, role or window."""
    wish = asked(ChangePerson)
    return once(lambda act: people.change(act, login, wish))


@command("/people/<login>/disable", RIGHT, PersonRow, body=DisablePerson)
def disable(login: str) -> Response:
    """Let a person sign in no more."""
    wish = asked(DisablePerson)
    return once(lambda act: people.disable(act, login, wish.reason))


@command("/people/<login>/enable", RIGHT, PersonRow)
def enable(login: str) -> Response:
    """Let a person sign in again."""
    return once(lambda act: people.enable(act, login))


@command("/people/<login>/reset", RIGHT, PersonWithPassword)
def reset(login: str) -> Response:
    """Give a person a password that serves once; the second factor goes."""
    return _with_password(lambda act, kept: people.reset(act, login, kept), 200)


@command("/people/<login>/sign-out", RIGHT, PersonRow)
def sign_out(login: str) -> Response:
    """End all sessions of a person."""
    return once(lambda act: people.sign_out(act, login))


def _with_password(run: Callable[[Act, str], PersonRow], status: int) -> Response:
    """Run a command once, and answer it with the password whose hash it has kept."""
    center, key = site().center, request.headers.get("Idempotency-Key", "")
    password = center.signer.one_time_password(f"{current_actor().ref} {request.path} {key}")
    # a slow hash is no work for the transaction that everybody waits for
    kept = center.passwords.hash(password)
    answer = once(lambda act: run(act, kept), status)
    if answer.status_code != status:
        return answer
    person = PersonRow.model_validate_json(answer.get_data())
    return done(PersonWithPassword(person=person, password=password), status)
