"""The machine behind the ports: time, chance, the center's secret, hashes, one-time codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pyotp
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from queue_server.contracts.keys import ticket_key

#: letters and digits of which none is taken for another
_READABLE: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: a one-time password has so many groups of four signs: 60 bits
_GROUPS: Final = 3


class SteadyClock:
    """The machine's clock, but it never jumps while the hall works.

    Somebody may set the machine's time, or a time server may; the order of those who wait must
    not change by it. Small corrections are followed, never backwards; a jump is only noticed, and
    taken over by `settle` once nobody waits.
    """

    #: a difference that is no jump, milliseconds
    CALM: Final = 1000

    def __init__(
        self,
        wall: Callable[[], int] = time.time_ns,
        elapsed: Callable[[], int] = lambda: time.clock_gettime_ns(time.CLOCK_BOOTTIME),
    ) -> None:
        """Take the machine's time and, in nanoseconds, how long it runs."""
        self._wall, self._elapsed = wall, elapsed
        self._shift = self._wall_ms() - self._elapsed_ms()
        self._last = 0

    def now(self) -> datetime:
        """Return the present in UTC, cut to milliseconds."""
        wall, steady = self._wall_ms(), self._elapsed_ms() + self._shift
        calm = abs(wall - steady) <= self.CALM
        if calm and wall != steady:
            self._shift += wall - steady
        self._last = max(self._last, wall if calm else steady)
        return _EPOCH + timedelta(milliseconds=self._last)

    def jumped(self) -> timedelta:
        """Return by how much the machine's time has left ours; nothing while they agree."""
        apart = self._wall_ms() - self._elapsed_ms() - self._shift
        return timedelta(milliseconds=apart) if abs(apart) > self.CALM else timedelta()

    def settle(self) -> None:
        """Take the machine's time over, also where it lies in the past."""
        self._shift = self._wall_ms() - self._elapsed_ms()
        self._last = 0

    def _wall_ms(self) -> int:
        return self._wall() // 1_000_000

    def _elapsed_ms(self) -> int:
        return self._elapsed() // 1_000_000


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

    def seal(self, purpose: str, text: str) -> str:
        """Return the text sealed with the center's secret; each purpose has a key of its own."""
        return self._sealer(purpose).encrypt(text.encode()).decode()

    def unseal(self, purpose: str, sealed: str) -> str | None:
        """Return what was sealed, or None where this center has not sealed it."""
        try:
            return self._sealer(purpose).decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def one_time_password(self, of: str) -> str:
        """Return a password that follows from the center's secret and from what it is made for."""
        chance = hmac.digest(self.secret, b"one-time password:" + of.encode(), hashlib.sha256)
        signs = [_READABLE[byte % len(_READABLE)] for byte in chance[: 4 * _GROUPS]]
        return "-".join("".join(signs[4 * n : 4 * n + 4]) for n in range(_GROUPS))

    def _sealer(self, purpose: str) -> Fernet:
        derived = HKDF(SHA256(), 32, salt=None, info=f"navbat:{purpose}".encode())
        return Fernet(base64.urlsafe_b64encode(derived.derive(self.secret)))


@dataclass(frozen=True, slots=True)
class Ed25519Notary:
    """The center's key pair, from the 32 bytes of its private half."""

    private: bytes

    @property
    def public_key(self) -> str:
        """The public half, base64url without padding."""
        return _plain(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> str:
        """Return the signature, base64url without padding."""
        return _plain(self._key.sign(message))

    def signed(self, message: bytes, signature: str, public_key: str) -> bool:
        """Return whether this public key's owner has signed the message."""
        try:
            key = Ed25519PublicKey.from_public_bytes(_bytes(public_key))
            key.verify(_bytes(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)


class PyotpCodes:
    """The codes of second factors: TOTP (RFC 6238), six figures every 30 s."""

    def secret(self) -> str:
        """Return a new secret, as an app takes it."""
        return pyotp.random_base32()

    def uri(self, secret: str, login: str, center: str) -> str:
        """Return the address that an app scans."""
        return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=center)

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """Return the step whose code this is, of the present one and its neighbours, or None."""
        totp = pyotp.TOTP(secret)
        present = totp.timecode(now)
        right = (
            step
            for step in (present, present - 1, present + 1)
            if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())
        )
        return next(right, None)


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


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
