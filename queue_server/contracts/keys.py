"""The key that opens a ticket's page: the center makes it, and a kiosk for its own tickets."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

#: bytes of the digest that make a key: 120 bits
_LENGTH: Final = 15


def ticket_key(secret: bytes, ticket_id: str) -> str:
    """Return 120 bits of HMAC-SHA256 over the ticket's id, in the letters of an address."""
    digest = hmac.digest(secret, b"ticket:" + ticket_id.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:_LENGTH]).decode()
