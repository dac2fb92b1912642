"""The key that opens a ticket's page."""

import base64
import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts.keys import ticket_key

SECRETS, IDS = st.binary(min_size=1, max_size=64), st.text(min_size=1, max_size=40)


def test_a_key_is_what_the_contract_says() -> None:
    """The first 15 bytes of the HMAC of the ticket's id, for addresses."""
    digest = hmac.new(b"s", b"ticket:k1.abc", hashlib.sha256).digest()
    assert ticket_key(b"s", "k1.abc") == base64.urlsafe_b64encode(digest[:15]).decode()
    assert len(ticket_key(b"s", "k1.abc")) == 20


@given(SECRETS, IDS, IDS)
def test_another_ticket_has_another_key(secret, one, other) -> None:
    """A key opens just its own ticket, and under the same secret always the same."""
    assert (ticket_key(secret, one) == ticket_key(secret, other)) == (one == other)
