"""Whom wrong tries are counted against."""

import pytest

from queue_server.web.limits import network


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("", ""),
    ],
)
def test_nobody_gets_new_tries_by_choosing_another_address(told: str, counted: str) -> None:
    """What a machine may choose by itself of its IPv6 address does not count."""
    assert network(told) == counted
