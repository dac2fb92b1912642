"""The service PIN: its hash in a file, five tries, then a pause that doubles.

There is no PIN until somebody sets one, and without one there is no service menu. The pause is
counted by the machine's ticks, so nobody shortens it by setting the clock; switching the machine
off and on makes it begin again.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import logging
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from kiosk.memory import write
from kiosk.true_time import Machine

_log = logging.getLogger(__name__)
#: digits of a PIN
SHORTEST, LONGEST = 6, 12
#: wrong tries in a row that cost nothing but the try
FREE: Final = 5
#: seconds of the first pause, and at most
PAUSE, LONGEST_PAUSE = 900.0, 86400.0
#: the cost of trying one PIN: about 100 ms and 32 MB
_N, _R, _P, _MEMORY = 2**15, 8, 1, 64 * 2**20


class PinUnfit(ValueError):
    """The PIN is too short, too long, no number, or the first one that anybody would try."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody was wrong, and until when nobody may try again."""

    wrong: int = 0
    boot: str = ""
    #: in the machine's ticks, seconds
    until: float = 0.0
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a PIN is right, and how many seconds until the next try."""

    right: bool
    wait: float = 0.0


def checked(pin: str) -> str:
    """Return a PIN that may be one; raises PinUnfit."""
    if not pin.isascii() or not pin.isdigit() or not SHORTEST <= len(pin) <= LONGEST:
        raise PinUnfit(f"a PIN has {SHORTEST} to {LONGEST} digits")
    steps = {int(b) - int(a) for a, b in itertools.pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, -1}:
        raise PinUnfit("this PIN is the first one that anybody would try; choose another")
    return pin


def wait_left(tries: Tries, boot: str, ticks: float) -> float:
    """Return the seconds until the next try; after a restart of the machine the whole pause."""
    if not tries.pause:
        return 0.0
    return max(0.0, tries.until - ticks if tries.boot == boot else tries.pause - ticks)


def after_wrong(tries: Tries, boot: str, ticks: float) -> Tries:
    """Return the tries after one more was wrong."""
    wrong = tries.wrong + 1
    if wrong % FREE:
        return replace(tries, wrong=wrong, until=0.0, pause=0.0)
    pause = min(LONGEST_PAUSE, PAUSE * 2.0 ** (wrong // FREE - 1))
    return Tries(wrong, boot, ticks + pause, pause)


class Lock:
    """The lock on the service menu, kept in a folder; one thread uses it."""

    def __init__(self, folder: Path, machine: Machine | None = None) -> None:
        self._file, self._tries = folder / "pin.json", folder / "pin-tries.json"
        self._machine = machine or Machine.here()

    @property
    def exists(self) -> bool:
        """Whether somebody has set a PIN."""
        return self._file.exists()

    def set(self, pin: str) -> None:
        """Take a new PIN; raises PinUnfit, or OSError if the disk does not take it."""
        salt = secrets.token_bytes(16)
        kept = {"salt": salt.hex(), "hash": _hash(checked(pin), salt).hex()}
        write(self._file, json.dumps(kept), private=True)
        self._tries.unlink(missing_ok=True)
        _give_to_owner_of(self._file.parent, self._file)
        _log.info("the service PIN was set", extra={"action": "pin_set"})

    def judge(self, pin: str) -> Verdict:
        """Return whether it is the PIN; during a pause nothing is right."""
        tries, machine = self._read_tries(), self._machine
        wait = wait_left(tries, machine.boot, machine.ticks())
        if wait > 0:
            _log.warning("a PIN was tried during the pause", extra={"action": "pin_locked"})
            return Verdict(False, wait)
        # a try counts before it is judged: pulling the plug gives none back
        counted = after_wrong(tries, machine.boot, machine.ticks())
        if not self._keep(counted):
            return Verdict(False)
        if self._fits(pin):
            self._keep(Tries())
            _log.info("the service menu was opened", extra={"action": "pin_right"})
            return Verdict(True)
        _log.warning("wrong service PIN", extra={"action": "pin_wrong", "tries": counted.wrong})
        return Verdict(False, counted.pause)

    def _fits(self, pin: str) -> bool:
        try:
            kept = json.loads(self._file.read_bytes())
            salt, known = bytes.fromhex(kept["salt"]), bytes.fromhex(kept["hash"])
        except (OSError, ValueError, TypeError, KeyError):
            return False
        return hmac.compare_digest(_hash(pin, salt), known)

    def _read_tries(self) -> Tries:
        try:
            return Tries(**json.loads(self._tries.read_bytes()))
        except FileNotFoundError:
            return Tries()
        except (OSError, ValueError, TypeError):
            # whoever can damage the file gains nothing by it
            return Tries(FREE - 1)

    def _keep(self, tries: Tries) -> bool:
        try:
            write(self._tries, json.dumps(asdict(tries)), private=True)
        except OSError as error:
            _log.error("tries of the PIN are not kept: %s", error, extra={"action": "pin"})
            return False
        return True


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY)


def _give_to_owner_of(folder: Path, file: Path) -> None:
    """Let the kiosk's user read what root has written."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
