"""Checkpoints: places in the log, signed by the center, to be kept where nobody reaches both.

A checkpoint is one line of text, so that it can be printed, photographed, mailed and typed:
`navbat-checkpoint 1 <center> <seq> <time> <hash> <signature>`. What is signed (Ed25519) are the
bytes of the line before its last blank. The short form, `<seq>-<first digits of the hash>`, is for
fingers: it carries no signature and proves just as much to whoever has written it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

#: a checkpoint is made after so many events, and at each day's close
EVERY: Final = 1000
#: digits of the hash in the short form: 64 bits
SHORT: Final = 16
_MARK: Final = "navbat-checkpoint 1"
_LINE: Final = re.compile(
    rf"{_MARK} (?P<center>\S+) (?P<seq>\d{{1,18}}) (?P<at>\S+)"
    r" (?P<hash>[0-9a-f]{64}) (?P<signature>[\w-]+)"
)
_SHORT: Final = re.compile(rf"(\d{{1,18}})-([0-9a-f]{{{SHORT},64}})")


class NoCheckpoint(ValueError):
    """A text is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A place in the log; of the short form only `seq` and the beginning of `hash` are known."""

    seq: int
    hash: str
    center: str = ""
    #: RFC 3339
    at: str = ""
    #: Ed25519, base64url without padding; empty: not signed
    signature: str = ""

    @property
    def signed_bytes(self) -> bytes:
        """What the signature is made over."""
        return f"{_MARK} {quoted(self.center)} {self.seq} {self.at} {self.hash}".encode()

    @property
    def short(self) -> str:
        """The form for fingers."""
        return f"{self.seq}-{self.hash[:SHORT]}"

    def __str__(self) -> str:
        if not self.signature:
            return f"{self.seq}-{self.hash}"
        return f"{self.signed_bytes.decode()} {self.signature}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint as the center keeps it."""

    checkpoint: Checkpoint
    #: whose signature it bears, base64url
    public_key: str
    #: the device that brought it back because the log says something else; empty: our own
    witness: str = ""
    #: when somebody answered for the contradiction, RFC 3339; empty: not yet, or nothing to answer
    accepted: str = ""


def quoted(center: str) -> str:
    """Return a center's code as one word."""
    return quote(center, safe="")


def parse(text: str) -> Checkpoint:
    """Return the checkpoint that a text says, in its long or short form; raises NoCheckpoint."""
    plain = " ".join(text.split())
    if found := _LINE.fullmatch(plain):
        return Checkpoint(
            int(found["seq"]), found["hash"], unquote(found["center"]), found["at"],
            found["signature"],
        )  # fmt: skip
    if noted := _SHORT.fullmatch(plain.replace(" ", "")):
        return Checkpoint(int(noted[1]), noted[2])
    raise NoCheckpoint(
        f"{plain[:60]!r} is no checkpoint; give its whole line, or the short form 1234-9f3a…."
    )


def in_text(text: str) -> list[Checkpoint]:
    """Return every checkpoint of a file: a line each, others are passed over."""
    found = []
    for line in text.splitlines():
        try:
            found.append(parse(line.removeprefix("#")))
        except NoCheckpoint:
            continue
    return found


def by_seq(checkpoints: Iterable[Checkpoint]) -> dict[int, list[Checkpoint]]:
    """Return checkpoints by their place in the log."""
    places: dict[int, list[Checkpoint]] = {}
    for each in checkpoints:
        places.setdefault(each.seq, []).append(each)
    return places


def is_due(seq: int, newest: int | None, closed: int | None) -> bool:
    """Return whether the log has earned a new checkpoint.

    `seq` is its end, `newest` the last checkpoint's place, `closed` where the last day was closed.
    """
    if newest is None:
        return seq > 0
    return seq - newest >= EVERY or (closed is not None and closed > newest)
