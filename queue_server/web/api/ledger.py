"""The ledger: its public key, how it stands, the checkpoints to be kept elsewhere."""

from __future__ import annotations

from flask import Response, request

from queue_server.contracts.ledger import (
    AcceptContradictions,
    CheckpointsOut,
    LedgerKeyOut,
    LedgerOut,
)
from queue_server.domain.errors import Invalid
from queue_server.usecases import checkpoints
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site


@read("/ledger/key", None, LedgerKeyOut)
def key() -> Response:
    """Read the public key by which the center signs places in its log."""
    return done(checkpoints.key(site().center))


@read("/ledger", "log:read", LedgerOut)
def state() -> Response:
    """Read where the log ends, what was signed last, and what speaks against it."""
    return done(checkpoints.state(site().center, current_actor()))


@read("/ledger/checkpoints", "log:read", CheckpointsOut)
def kept() -> Response:
    """Read the signed places in the log, after `?after=SEQ`."""
    after = request.args.get("after", "0")
    if not after.isdecimal() or len(after) > 18:  # noqa: PLR2004 - digits of the largest seq
        raise Invalid("after must be a whole number.", field="after")
    return done(checkpoints.own(site().center, current_actor(), int(after)))


@command("/ledger/accept", "ledger:accept", LedgerOut, body=AcceptContradictions)
def accept() -> Response:
    """Answer for what speaks against the log, such as after a restore."""
    wish = asked(AcceptContradictions)
    return once(lambda act: checkpoints.answered(act, wish.reason))
