"""The machine behind the ports: time, chance, the center's secret, password hashes."""

from __future__ import annotations

import hashlib
import hmac
import os
import random
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from queue_server.contracts.keys import ticket_key

#: letters and digits of which none is taken for another
_READABLE: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present in UTC, cut to milliseconds."""
        return _EPOCH + timedelta(milliseconds=time.time_ns() // 1_000_000)


class RandomNames:
    """Ids and tokens."""

    def __init__(self) -> None:
        # an id is no secret (the key is), so it need not wait for the system's chance each time
        self._chance = random.Random(secrets.randbits(256))  # noqa: S311

    def ticket_id(self, at: datetime) -> str:
        """Return milliseconds and 48 bits of chance in hex: it sorts by time."""
        milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
        return f"{milliseconds:011x}{self._chance.getrandbits(48):012x}"

    def token(self) -> str:
        """Return a new secret of 256 bits."""
        return secrets.token_urlsafe(32)

    def code(self) -> str:
        """Return a new code of 40 bits that people can read out and type."""
        return "".join(secrets.choice(_READABLE) for _ in range(8))


@dataclass(frozen=True, slots=True)
class SecretSigner:
    """Ticket keys made from the center's secret: nothing to keep, nothing to leak."""

    secret: bytes

    def key(self, ticket_id: str) -> str:
        """Return the key of a ticket.

        An id `<lease>.<rest>` was made by a kiosk, which holds only the lease's secret.
        """
        lease, dot, _ = ticket_id.partition(".")
        secret = self.lease_secret(lease).encode() if dot else self.secret
        return ticket_key(secret, ticket_id)

    def lease_secret(self, lease_id: str) -> str:
        """Return the secret from which a kiosk makes the keys of its own tickets."""
        return hmac.digest(self.secret, b"lease:" + lease_id.encode(), hashlib.sha256).hex()

    def opens(self, ticket_id: str, key: str) -> bool:
        """Return whether this is the ticket's key, in constant time."""
        return hmac.compare_digest(self.key(ticket_id).encode(), key.encode())


class Argon2Passwords:
    """Argon2id through pwdlib."""

    def __init__(self, *, strong: bool = True) -> None:
        """`strong` false is for the demo and tests: a hash then takes milliseconds."""
        hasher = Argon2Hasher() if strong else Argon2Hasher(time_cost=1, memory_cost=1024)
        self._hashes = PasswordHash((hasher,))
        self._nobody = self._hashes.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """Return the hash to keep."""
        return self._hashes.hash(password)

    def verify(self, password: str, kept: str) -> bool:
        """Return whether this is the password; an unknown login takes as long as a known one."""
        return self._hashes.verify(password, kept or self._nobody) and bool(kept)


def read_secret(path: Path) -> bytes:
    """Return the center's secret; the first start makes it, readable by its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        secret = secrets.token_bytes(32)
        file.write(secret)
        os.fsync(file.fileno())
    return secret
