"""Guessing costs time: a try is counted before it is made, so that many at once do not slip by."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from queue_server.domain.errors import TryLater, WrongCredentials
from queue_server.domain.signing_in import ONE_ADDRESS, ONE_LOGIN, Slowing
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.records import Failure

#: under this login stands what an address has tried over all logins; codes are counted wherever
#: they come from, since only who has the password gets so far
ANY: Final = ""


@contextmanager
def counted(center: Center, login: str, address: str) -> Iterator[None]:
    """Let a secret be tried; raises TryLater while earlier wrong tries still cost time.

    The block's good end tells a right one, and all is forgotten that counted for this login and
    address.
    """
    _count(center, login, address)
    try:
        yield
    except WrongCredentials:
        if address != ANY:
            _count_wide(center, address)
        raise
    with center.write() as work:
        work.access.forget_failures(login, address)


@contextmanager
def counted_code(center: Center, login: str) -> Iterator[None]:
    """Let a code of the second factor be tried; raises TryLater."""
    with counted(center, code_of(login), ANY):
        yield


def code_of(login: str) -> str:
    """Return under which name the wrong codes of a login are counted; no login looks so."""
    return f"{login} code"


def _count(center: Center, login: str, address: str) -> None:
    now = center.clock.now()
    with center.write() as work:
        before = _known(work, login, address, now)
        wide = _known(work, ANY, address, now)
        _must_not_wait(max(_left(ONE_LOGIN, before, now), _left(ONE_ADDRESS, wide, now)))
        count = ONE_LOGIN.counted(before.count, before.last_at, now) + 1
        work.access.put_failure(replace(before, count=count, last_at=now))
        work.access.purge_failures(now - ONE_LOGIN.forgotten_after)


def _count_wide(center: Center, address: str) -> None:
    now = center.clock.now()
    with center.write() as work:
        kept = _known(work, ANY, address, now)
        count = ONE_ADDRESS.counted(kept.count, kept.last_at, now) + 1
        work.access.put_failure(replace(kept, count=count, last_at=now))


def _known(work: UnitOfWork, login: str, address: str, now: datetime) -> Failure:
    return work.access.failure(login, address) or Failure(login, address, 0, now)


def _left(slowing: Slowing, failure: Failure, now: datetime) -> timedelta:
    return slowing.left(failure.count, failure.last_at, now)


def _must_not_wait(left: timedelta) -> None:
    seconds = math.ceil(left.total_seconds())
    if seconds > 0:
        raise TryLater(f"Too many wrong tries; try again in {seconds} s.", seconds=seconds)
