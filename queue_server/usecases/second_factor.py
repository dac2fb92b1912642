"""The second factor: a secret shared with an app on the person's phone, whose codes serve once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from queue_server.domain.errors import SecondFactorRequired, WrongCode
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Person

#: what the secret is sealed for
PURPOSE: Final = "second factor"


def active(person: Person) -> bool:
    """Return whether a person has a second factor, and has shown a code of it once."""
    return person.totp is not None and person.totp_step > 0


def checked(center: Center, person: Person, code: str | None, now: datetime) -> Person:
    """Return the person after a right code; raises SecondFactorRequired without one, WrongCode.

    Also a code that served before is wrong, and so are all before it.
    """
    if not code:
        raise SecondFactorRequired
    secret = shared_secret(center, person)
    step = center.codes.step(secret, code.replace(" ", ""), now) if secret else None
    if step is None or step <= person.totp_step:
        raise WrongCode
    return replace(person, totp_step=step)


def shared_secret(center: Center, person: Person) -> str | None:
    """Return the secret of a person's app, or None where there is none that we could read."""
    return center.signer.unseal(PURPOSE, person.totp) if person.totp else None


def with_new_secret(center: Center, person: Person) -> Person:
    """Return the person with a secret that no code has been shown of yet."""
    sealed = center.signer.seal(PURPOSE, center.codes.secret())
    return replace(person, totp=sealed, totp_step=0)


def without(person: Person) -> Person:
    """Return the person without a second factor."""
    return replace(person, totp=None, totp_step=0)
