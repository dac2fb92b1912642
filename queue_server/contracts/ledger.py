"""The ledger over HTTP: where the log ends, what the center has signed, what speaks against it."""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.shapes import Reason, Reply, Request


class AcceptContradictions(Request):
    """Answer for everything that speaks against the log: why it is right."""

    reason: Reason


class LedgerKeyOut(Reply):
    """The public half of the key by which the center signs its checkpoints."""

    #: the center's code, as it stands in every checkpoint; empty before the first catalogue
    center: str
    algorithm: Literal["Ed25519"] = "Ed25519"
    #: 32 bytes, base64url without padding
    public_key: str


class CheckpointOut(Reply):
    """A place in the log, signed: docs/ledger.md says how."""

    seq: int
    hash: str
    at: str
    #: the whole line, to be kept elsewhere
    text: str
    #: the form for fingers
    short: str


class CheckpointsOut(Reply):
    """The center's own checkpoints, in order."""

    checkpoints: list[CheckpointOut]


class ContradictionOut(Reply):
    """A checkpoint that the log does not hold."""

    #: the device that brought it back, or `log` where the center found it by itself
    witness: str
    seq: int
    #: the checkpoint's line; empty where the log broke by itself
    text: str
    #: when somebody answered for it; null while nobody has
    accepted: str | None


class LedgerOut(Reply):
    """How the ledger stands."""

    #: the newest event and its hash
    seq: int
    hash: str
    public_key: str
    newest: CheckpointOut | None
    contradictions: list[ContradictionOut]
