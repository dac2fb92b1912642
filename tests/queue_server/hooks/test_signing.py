"""A receiver knows our news from a stranger's, and new ones from old."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_server.hooks.signing import FRESH, holds, sign

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SECRET = b"shared in advance"


@given(st.binary(), st.floats(-FRESH.total_seconds() + 1, FRESH.total_seconds() - 1))
def test_what_was_signed_a_moment_ago_holds(body: bytes, seconds: float) -> None:
    """Clocks that differ a little are forgiven."""
    assert holds(SECRET, sign(SECRET, body, NOW), body, NOW + timedelta(seconds=seconds))


@given(st.binary(), st.binary(min_size=1))
def test_a_changed_body_does_not_hold(body: bytes, more: bytes) -> None:
    """One byte more and the signature is another."""
    assert not holds(SECRET, sign(SECRET, body, NOW), body + more, NOW)


def test_another_secret_does_not_hold() -> None:
    """Whoever does not know the secret signs nothing of ours."""
    assert not holds(b"another", sign(SECRET, b"news", NOW), b"news", NOW)


def test_yesterday_s_letter_sent_again_does_not_hold() -> None:
    """A recorded request is worth nothing after five minutes."""
    later = NOW + FRESH + timedelta(seconds=1)
    assert not holds(SECRET, sign(SECRET, b"news", NOW), b"news", later)


@given(st.text())
def test_no_header_makes_the_check_stumble(header: str) -> None:
    """Whatever stands there, the answer is no."""
    assert not holds(SECRET, header, b"news", NOW)
