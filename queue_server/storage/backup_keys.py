"""The key pair of those who keep backups (X25519): the center needs only its public half.

Both halves are one line of text. The private one never lies on the center's machine.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from queue_server.storage.errors import StorageError

_PUBLIC: Final = "navbat-backup-public-1 "
_PRIVATE: Final = "navbat-backup-private-1 "
LENGTH: Final = 32


def make(file: Path) -> Path:
    """Write a new private key to a file, readable by its owner alone, its public half beside it.

    Returns the public half's file; raises StorageError where one of both is there already.
    """
    private, public = X25519PrivateKey.generate(), file.with_name(file.name + ".pub")
    lines = {
        file: (_PRIVATE + _text(private.private_bytes_raw()), 0o600),
        public: (_PUBLIC + _text(private.public_key().public_bytes_raw()), 0o644),
    }
    for path in lines:
        if path.exists():
            raise StorageError(f"{path} is there already; a key is never written over.")
    for path, (line, mode) in lines.items():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(line + "\n")
    return public


def public(file: Path) -> bytes:
    """Return the public key that a file holds; raises StorageError."""
    raw = _read(file, _PUBLIC, "public key of a backup; make one with `backup keygen`")
    return X25519PublicKey.from_public_bytes(raw).public_bytes_raw()


def private(file: Path) -> bytes:
    """Return the private key that a file holds; raises StorageError."""
    return _read(file, _PRIVATE, "private key of a backup")


def public_of(private_key: bytes) -> bytes:
    """Return the public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def ephemeral(recipient: bytes) -> tuple[bytes, bytes]:
    """Return the public half of a key made for one backup, and the secret shared by it."""
    once = X25519PrivateKey.generate()
    secret = once.exchange(X25519PublicKey.from_public_bytes(recipient))
    return once.public_key().public_bytes_raw(), secret


def shared(private_key: bytes, ephemeral_key: bytes) -> bytes:
    """Return the secret that a private key shares with a backup's own key.

    Raises ValueError for a key of which nobody can share anything.
    """
    own = X25519PrivateKey.from_private_bytes(private_key)
    return own.exchange(X25519PublicKey.from_public_bytes(ephemeral_key))


def _read(file: Path, mark: str, what: str) -> bytes:
    try:
        text = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"The key {file} cannot be read.") from error
    try:
        raw = base64.urlsafe_b64decode(text.removeprefix(mark).encode() + b"=")
    except (binascii.Error, ValueError):
        raw = b""
    if not text.startswith(mark) or len(raw) != LENGTH:
        raise StorageError(f"{file} holds no {what}.")
    return raw


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
