"""Whom tries are counted against: the address that a request comes from."""

from __future__ import annotations

import ipaddress

from flask import request

#: so many bits of an IPv6 address tell homes apart; the rest a machine may choose by itself
HOME: int = 64


def address() -> str:
    """Return where this request comes from; of an IPv6 address only its network."""
    return network(request.remote_addr or "")


def network(told: str) -> str:
    """Return what of an address its owner cannot change at will."""
    try:
        found = ipaddress.ip_address(told.partition("%")[0])
    except ValueError:
        return told
    if found.version == 4:  # noqa: PLR2004 - the protocol's name
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(found), HOME), strict=False))
