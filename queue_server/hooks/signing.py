"""How a receiver knows that a web hook is ours, new, and not sent a second time by a stranger.

`Navbat-Signature: t=<seconds since 1970>,v1=<hex>` is HMAC-SHA256 over `<t>.<body>` with the shared
secret. A receiver refuses an old `t`, and an `Navbat-Event` that it has seen: a retry carries the
same one.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

SIGNATURE: Final = "Navbat-Signature"
EVENT: Final = "Navbat-Event"
#: a receiver should take nothing older
FRESH: Final = timedelta(minutes=5)


def sign(secret: bytes, body: bytes, at: datetime) -> str:
    """Return the signature's header for a body sent at this time."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(secret, seconds, body)}"


def holds(secret: bytes, header: str, body: bytes, now: datetime) -> bool:
    """Return whether a header signs this body, and is fresh: what a receiver has to check."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    seconds = parts.get("t", "")
    if not seconds.isdecimal() or abs(now.timestamp() - int(seconds)) > FRESH.total_seconds():
        return False
    return hmac.compare_digest(parts.get("v1", ""), _digest(secret, int(seconds), body))


def _digest(secret: bytes, seconds: int, body: bytes) -> str:
    return hmac.new(secret, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
