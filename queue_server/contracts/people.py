"""The center's people over HTTP, and what each may do to the own account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from queue_server.contracts.shapes import Identifier, Reason, Reply, Request

Role = Literal["receptionist", "clerk", "supervisor", "controller", "administrator", "analyst"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Password = Annotated[str, Field(min_length=1, max_length=200)]
WindowNumber = Annotated[int, Field(ge=1, le=999)]


class AddPerson(Request):
    """Somebody new; the reply carries a password that serves once."""

    login: Identifier
    name: Name
    role: Role
    #: a clerk's fixed window
    window: WindowNumber | None = None


class ChangePerson(Request):
    """What is different from now on; `window` null takes the fixed window away."""

    name: Name | None = None
    role: Role | None = None
    window: WindowNumber | None = None


class DisablePerson(Request):
    """Why somebody may not sign in any more."""

    reason: Reason | None = None


class ChangePassword(Request):
    """The own password: the present one and the next."""

    old: Password
    new: Password


class FactorCode(Request):
    """Six figures that the app on the phone shows."""

    code: Annotated[str, Field(min_length=1, max_length=12)]


class PersonRow(Reply):
    """A person as an administrator sees one."""

    login: str
    name: str
    role: str
    window: int | None
    disabled: bool
    #: the password was given by somebody else and has not been changed yet
    must_change: bool
    second_factor: bool
    #: bound to a person of the sign-in service
    linked: bool
    #: live sessions, and when one was last used
    sessions: int
    seen_at: str | None


class PeopleOut(Reply):
    """Everybody, by login."""

    people: list[PersonRow]


class PersonWithPassword(Reply):
    """A person and the password that serves once; it is shown this one time."""

    person: PersonRow
    password: str


class AccountOut(Reply):
    """The own account after a change: what must still be done before all else."""

    pending: str | None
    second_factor: bool


class FactorOut(Reply):
    """A second factor to be set up: scanned, or typed into the app."""

    secret: str
    uri: str
    #: the address as a QR code, an SVG picture
    qr: str
